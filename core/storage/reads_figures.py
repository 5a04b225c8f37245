"""Counts over the comments of a query: totals, over time, by source and by author."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Unit = Literal["hour", "day", "week", "month"]
Cancel = threading.Event | None

FIGURES = """
select
    count(*),
    count(*) filter (root_id is null),
    count(root_id),
    count(distinct author_no),
    count(distinct source),
    coalesce(sum(likes), 0)::bigint,
    count(*) filter (state = 'deleted'),
    count(*) filter (state = 'edited'),
    min(published_at),
    max(published_at),
    count(*) filter (has_attachments)
from {rows}
where {where}
"""

PER_HOUR = """
select
    timestamp '0001-01-01' + to_hours({minute} // 60) as period,
    count(*) as comments,
    count(root_id) as replies,
    count(distinct author_no) as authors
from {rows}
where {where} and minute_no is not null
group by period
order by period
"""

PER_DAY = """
select
    (date '0001-01-01' + ({minute} // 1440)::integer)::timestamp as period,
    count(*) as comments,
    count(root_id) as replies,
    count(distinct author_no) as authors
from {rows}
where {where} and minute_no is not null
group by period
order by period
"""

PER_WEEK = """
select
    (date '0001-01-01' + ({minute} // 10080 * 7)::integer)::timestamp as period,
    count(*) as comments,
    count(root_id) as replies,
    count(distinct author_no) as authors
from {rows}
where {where} and minute_no is not null
group by period
order by period
"""

PER_MONTH = """
select
    date_trunc('month', date '0001-01-01' + ({minute} // 1440)::integer)::timestamp as period,
    count(*) as comments,
    count(root_id) as replies,
    count(distinct author_no) as authors
from {rows}
where {where} and minute_no is not null
group by period
order by period
"""

PER_UNIT: dict[Unit, str] = {"hour": PER_HOUR, "day": PER_DAY, "week": PER_WEEK, "month": PER_MONTH}

PER_HOUR_WEEKDAY = """
select
    {minute} // 1440 % 7 + 1 as weekday,
    {minute} // 60 % 24 as hour,
    count(*) as comments
from {rows}
where {where} and minute_no is not null
group by weekday, hour
order by weekday, hour
"""

TOP_SOURCES = """
with ranked as (
    select
        source,
        count(*) as comments,
        count(distinct author_no) as authors,
        coalesce(sum(likes), 0)::bigint as likes
    from {rows}
    where {where}
    group by source
    order by comments desc, source
    limit $limit
)
select
    ranked.source,
    coalesce(sources_now.title, '') as title,
    ranked.comments,
    ranked.authors,
    ranked.likes,
    sources_now.published_at
from ranked
left join sources_now using (source)
order by ranked.comments desc, ranked.source
"""

# Only numbers made from a name lie below -2^62, see `author_no`; ids do not.
TOP_AUTHORS = """
with ranked as (
    select
        author_no,
        count(*) as comments,
        count(root_id) as replies,
        coalesce(sum(likes), 0)::bigint as likes
    from {rows}
    where {where} and author_no is not null
    group by author_no
    order by comments desc, author_no
    limit $limit
),
named as (
    select author_no, any_value(author_name) as author_name
    from {rows}
    semi join ranked using (author_no)
    where author_name is not null
    group by author_no
)
select
    case when ranked.author_no >= -4611686018427387904 then ranked.author_no end as author_id,
    coalesce(named.author_name, authors.name, '') as author_name,
    ranked.author_no between -4611686018427387904 and -1 as is_community,
    ranked.comments,
    ranked.replies,
    ranked.likes
from ranked
left join named on ranked.author_no = named.author_no
left join {authors} as authors on ranked.author_no = authors.author_id
order by ranked.comments desc, ranked.author_no
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """The totals of a query; times are aware UTC, None when no comment has a date."""

    comments: int
    roots: int
    replies: int
    authors: int
    sources: int
    likes: int
    deleted: int
    edited: int
    first_at: datetime | None
    last_at: datetime | None
    with_attachments: int


def figures(store: Store, query: Query, cancel: Cancel = None) -> Figures:
    """Return the totals of a query; a tombstone nobody saw alive counts as a comment without an author."""
    return Figures(*ask.row(store, query, FIGURES, cancel=cancel))


def per_period(store: Store, query: Query, unit: Unit, cancel: Cancel = None) -> pd.DataFrame:
    """Return [period, comments, replies, authors]; periods without comments are left out.

    `period` is the naive local time in the query's zone at which it begins, a week on Monday.
    """
    return ask.frame(store, query, PER_UNIT[unit], cancel=cancel).astype({"period": "datetime64[us]"})


def per_hour_weekday(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [weekday 1-7 (Monday first), hour 0-23, comments] in the query's zone, empty cells left out."""
    return ask.frame(store, query, PER_HOUR_WEEKDAY, cancel=cancel)


def top_sources(store: Store, query: Query, limit: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, title, comments, authors, likes, published_at (naive UTC)], most comments first."""
    return ask.frame(store, query, TOP_SOURCES, limit=limit, cancel=cancel)


def top_authors(store: Store, query: Query, limit: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return [author_id, author_name, is_community, comments, replies, likes], most comments first.

    `author_id` is missing (Int64) for an imported author who has only a name.
    """
    return ask.frame(store, query, TOP_AUTHORS, limit=limit, cancel=cancel).astype({"author_id": "Int64"})

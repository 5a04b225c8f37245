"""Counts over the comments of a query: totals, over time and through the week."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.looking import Look, Question, looking
from core.storage.rolled import BY_AUTHOR, BY_HOUR
from core.storage.store import Store

Unit = Literal["hour", "day", "week", "month"]
Cancel = threading.Event | None

# By source first: the engine groups by a repeated text three times as fast as it counts different ones.
TOTALS_OF_ROWS = """
with by_source as (
    select
        source,
        count(*) as comments,
        count(root_id) as replies,
        sum(likes) as likes,
        count(likes) as likes_known,
        count(*) filter (state = 'deleted') as deleted,
        count(*) filter (state = 'edited') as edited,
        count(*) filter (has_attachments) as with_attachments,
        min(published_at) as first_at,
        max(published_at) as last_at
    from {rows}
    where {where}
    group by source
)
select
    coalesce(sum(comments), 0)::bigint,
    coalesce(sum(replies), 0)::bigint,
    count(*),
    coalesce(sum(likes), 0)::bigint,
    coalesce(sum(likes_known), 0)::bigint,
    coalesce(sum(deleted), 0)::bigint,
    coalesce(sum(edited), 0)::bigint,
    coalesce(sum(with_attachments), 0)::bigint,
    min(first_at),
    max(last_at)
from by_source
"""

TOTALS_BY_HOUR = """
with by_source as (
    select
        source,
        sum(comments) as comments,
        sum(comments) filter (is_reply) as replies,
        sum(likes) as likes,
        sum(likes_known) as likes_known,
        sum(deleted) as deleted,
        sum(edited) as edited,
        sum(with_attachments) as with_attachments,
        min(first_at) as first_at,
        max(last_at) as last_at
    from hour_counts
    where {where}
    group by source
)
select
    coalesce(sum(comments), 0)::bigint,
    coalesce(sum(replies), 0)::bigint,
    count(*),
    coalesce(sum(likes), 0)::bigint,
    coalesce(sum(likes_known), 0)::bigint,
    coalesce(sum(deleted), 0)::bigint,
    coalesce(sum(edited), 0)::bigint,
    coalesce(sum(with_attachments), 0)::bigint,
    min(first_at),
    max(last_at)
from by_source
"""

AUTHORS_OF_ROWS = """
select count(distinct author_no)
from {rows}
where {where}
"""

AUTHORS_BY_AUTHOR = """
select count(distinct author_no)
from author_counts
where {where}
"""

# Whole numbers are grouped by, and few steps become moments; a month is summed up from its days.
COUNTS_OF_ROWS = """
with steps as (
    select {minute} // $minutes as step, count(*) as comments, count(root_id) as replies
    from {rows}
    where {where} and minute_no is not null
    group by step
),
begun as (
    select timestamp '0001-01-01' + to_minutes((step * $minutes)::bigint) as begin, comments, replies
    from steps
)
select
    case when $unit = 'month' then date_trunc('month', begin)::timestamp else begin end as period,
    sum(comments)::bigint as comments,
    sum(replies)::bigint as replies
from begun
group by period
order by period
"""

COUNTS_BY_HOUR = """
with steps as (
    select
        {minute} // $minutes as step,
        sum(comments) as comments,
        coalesce(sum(comments) filter (is_reply), 0) as replies
    from hour_counts
    where {where} and minute_no is not null
    group by step
),
begun as (
    select timestamp '0001-01-01' + to_minutes((step * $minutes)::bigint) as begin, comments, replies
    from steps
)
select
    case when $unit = 'month' then date_trunc('month', begin)::timestamp else begin end as period,
    sum(comments)::bigint as comments,
    sum(replies)::bigint as replies
from begun
group by period
order by period
"""

STEPS: dict[Unit, int] = {"hour": 60, "day": 1440, "week": 10_080, "month": 1440}

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

RHYTHM_OF_ROWS = """
with hours as (
    select {minute} // 60 % 168 as hour_of_week, count(*) as comments
    from {rows}
    where {where} and minute_no is not null
    group by hour_of_week
)
select hour_of_week // 24 + 1 as weekday, hour_of_week % 24 as hour, comments
from hours
order by hour_of_week
"""

RHYTHM_BY_HOUR = """
with hours as (
    select {minute} // 60 % 168 as hour_of_week, sum(comments)::bigint as comments
    from hour_counts
    where {where} and minute_no is not null
    group by hour_of_week
)
select hour_of_week // 24 + 1 as weekday, hour_of_week % 24 as hour, comments
from hours
order by hour_of_week
"""

TOTALS = Question(TOTALS_OF_ROWS, TOTALS_BY_HOUR, BY_HOUR)
AUTHORS = Question(AUTHORS_OF_ROWS, AUTHORS_BY_AUTHOR, BY_AUTHOR)
COUNTS = Question(COUNTS_OF_ROWS, COUNTS_BY_HOUR, BY_HOUR)
RHYTHM = Question(RHYTHM_OF_ROWS, RHYTHM_BY_HOUR, BY_HOUR)


@dataclass(frozen=True, slots=True)
class Totals:
    """What can be said of a query without telling its authors apart; times are aware UTC or None.

    `likes_known` are the comments whose likes are known: 0 means that `likes` says nothing.
    """

    comments: int
    replies: int
    sources: int
    likes: int
    likes_known: int
    deleted: int
    edited: int
    with_attachments: int
    first_at: datetime | None
    last_at: datetime | None


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


def totals(store: Store, query: Query, cancel: Cancel = None) -> Totals:
    """Return the totals that need no telling apart of authors, the dearest of all."""
    with looking(store, query, cancel) as look:
        return totals_of(look)


def figures(store: Store, query: Query, cancel: Cancel = None) -> Figures:
    """Return the totals of a query; a tombstone nobody saw alive counts as a comment without an author."""
    with looking(store, query, cancel) as look:
        look.set_aside()
        return with_authors(totals_of(look), int(look.row(AUTHORS)[0]))


def per_period(store: Store, query: Query, unit: Unit, cancel: Cancel = None) -> pd.DataFrame:
    """Return [period, comments, replies, authors]; periods without comments are left out.

    `period` is the naive local time in the query's zone at which it begins, a week on Monday.
    """
    return ask.frame(store, query, PER_UNIT[unit], cancel=cancel).astype({"period": "datetime64[us]"})


def counts_per_period(store: Store, query: Query, unit: Unit, cancel: Cancel = None) -> pd.DataFrame:
    """Return [period, comments, replies] as `per_period` does, but much faster: no authors are told apart."""
    with looking(store, query, cancel) as look:
        return counts_of(look, unit)


def per_hour_weekday(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [weekday 1-7 (Monday first), hour 0-23, comments] in the query's zone, empty cells left out."""
    with looking(store, query, cancel) as look:
        return rhythm_of(look)


def totals_of(look: Look) -> Totals:
    """Return the totals of a look."""
    return Totals(*look.row(TOTALS))


def with_authors(known: Totals, authors: int) -> Figures:
    """Return totals with the number of different authors."""
    return Figures(
        comments=known.comments,
        roots=known.comments - known.replies,
        replies=known.replies,
        authors=authors,
        sources=known.sources,
        likes=known.likes,
        deleted=known.deleted,
        edited=known.edited,
        first_at=known.first_at,
        last_at=known.last_at,
        with_attachments=known.with_attachments,
    )


def counts_of(look: Look, unit: Unit) -> pd.DataFrame:
    """Return [period, comments, replies] of a look."""
    return look.frame(COUNTS, unit=unit, minutes=STEPS[unit]).astype({"period": "datetime64[us]"})


def rhythm_of(look: Look) -> pd.DataFrame:
    """Return [weekday, hour, comments] of a look."""
    return look.frame(RHYTHM)

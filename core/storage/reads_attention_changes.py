"""What was edited or deleted: counts by source, topic or period, with how they differ between clusters."""

from __future__ import annotations

import threading
from typing import Final, Literal

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

By = Literal["source", "topic", "week", "month"]
Cancel = threading.Event | None

# Reads `looked`, a row per comment.
_SUMMED: Final = """,
clusters as (
    select
        name,
        count(*)::double as n,
        count(*) filter (is_checked) as checked,
        count(*) filter (state = 'deleted')::double as deleted,
        count(*) filter (state = 'edited')::double as edited
    from looked
    group by name, cluster
),
summed as (
    select
        name,
        sum(n)::bigint as comments,
        sum(checked)::bigint as checked,
        sum(deleted)::bigint as deleted,
        sum(edited)::bigint as edited,
        count(*) as clusters,
        sum(n * n) as sizes,
        sum(deleted * deleted) as deleted_squares,
        sum(deleted * n) as deleted_products,
        sum(edited * edited) as edited_squares,
        sum(edited * n) as edited_products
    from clusters
    group by name
)
"""

# Within a source comments of one author are alike, elsewhere those of one source: these are the clusters. A
# comment was looked at again when it was seen twice, or when a change of it was noticed.
BY_SOURCE = (
    """
with looked as (
    select
        source as name,
        coalesce(author_no, (hash(source, comment_id) >> 1)::bigint) as cluster,
        state,
        last_seen_at > first_seen_at or state <> 'live' as is_checked
    from {rows}
    where {where}
)"""
    + _SUMMED
    + """
select summed.*, coalesce(posts.title, '') as title
from summed
left join sources_now as posts on summed.name = posts.source
order by summed.comments desc, summed.name
limit $top
"""
)

BY_TOPIC = (
    """
with looked as (
    select
        topic as name,
        source as cluster,
        state,
        last_seen_at > first_seen_at or state <> 'live' as is_checked
    from {rows}
    join topic_assignments using (source, comment_id)
    where {where}
)"""
    + _SUMMED
    + """
select * replace (name::varchar as name), '' as title
from summed
order by comments desc, summed.name
limit $top
"""
)

# The latest periods first, so that a limit leaves the oldest out.
BY_PERIOD = (
    """
with looked as (
    select
        case $by
            when 'week' then date '0001-01-01' + ({minute} // 10080 * 7)::integer
            else date_trunc('month', date '0001-01-01' + ({minute} // 1440)::integer)::date
        end as name,
        source as cluster,
        state,
        last_seen_at > first_seen_at or state <> 'live' as is_checked
    from {rows}
    where {where} and minute_no is not null
)"""
    + _SUMMED
    + """
select * replace (strftime(name, '%Y-%m-%d') as name), '' as title
from summed
order by summed.name desc
limit $top
"""
)

PER_SOURCE = """
select
    source,
    count(*)::double as comments,
    count(*) filter (last_seen_at > first_seen_at or state <> 'live') as checked,
    count(*) filter (state = 'deleted')::double as deleted,
    count(*) filter (state = 'edited')::double as edited
from {rows}
where {where}
group by source
order by source
"""

NOTICED = """
select
    (hash(source) >> 1)::bigint as post,
    state,
    datediff('second', published_at, coalesce(deleted_at, edited_at)) / 3600 as hours
from {rows}
where {where} and state <> 'live' and published_at <= coalesce(deleted_at, edited_at)
"""


def changes(store: Store, query: Query, by: By, top: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return counts of `top` sources or topics (most comments first), or of the latest periods.

    [name, title, comments, checked, deleted, edited, clusters] and over clusters (authors within a source,
    else sources) the sums of squares and products with their sizes. `name` is the source's key, the topic's
    number or the local date at which a week (Monday) or month begins.
    """
    if by == "source":
        return ask.frame(store, query, BY_SOURCE, cancel=cancel, top=top)
    if by == "topic":
        return ask.frame(store, query, BY_TOPIC, cancel=cancel, top=top)
    return ask.frame(store, query, BY_PERIOD, cancel=cancel, top=top, by=by)


def per_source(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, comments, checked, deleted, edited] of every source."""
    return ask.frame(store, query, PER_SOURCE, cancel=cancel)


def noticed(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [post (a number), state, hours] of changed comments: hours from writing to noticing."""
    return ask.frame(store, query, NOTICED, cancel=cancel)

"""Threads as the comments of a query make them: what answers what, and how many, who and how fast."""

from __future__ import annotations

import threading

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

# A thread is a root and the comments under it that the query holds; its number has no meaning of its own. A
# reply without a parent answers the root.
LINKS = """
select
    (hash(source, coalesce(root_id, comment_id)) >> 1)::bigint as thread,
    comment_id,
    coalesce(root_id, comment_id) as root,
    coalesce(parent_id, root_id, -1) as answered
from {rows}
where {where}
"""

THREADS = """
with chosen as materialized (
    select
        source,
        comment_id,
        coalesce(root_id, comment_id) as root,
        coalesce(parent_id, root_id) as answered,
        author_no,
        published_at
    from {rows}
    where {where}
),
threads as (
    select
        source,
        root,
        count(*) as comments,
        count(distinct author_no) as authors,
        min(published_at) as first_at,
        max(published_at) as last_at
    from chosen
    group by source, root
    having count(*) > 1
),
links as (
    select
        chosen.source,
        chosen.root,
        chosen.author_no as author,
        parents.author_no as parent_author,
        datediff('second', parents.published_at, chosen.published_at) / 60 as minutes
    from chosen
    join chosen as parents on chosen.source = parents.source and chosen.answered = parents.comment_id
),
latencies as (
    select source, root, count(*) as timed, median(minutes) as latency
    from links
    where minutes >= 0
    group by source, root
),
pairs as (
    select source, root, bool_or(author < parent_author) and bool_or(author > parent_author) as is_mutual
    from links
    where author <> parent_author
    group by source, root, least(author, parent_author), greatest(author, parent_author)
),
dyads as (
    select source, root, count(*) as pairs, count(*) filter (is_mutual) as mutual
    from pairs
    group by source, root
)
select
    (hash(threads.source, threads.root) >> 1)::bigint as thread,
    threads.source,
    threads.root,
    threads.comments,
    threads.authors,
    threads.first_at,
    threads.last_at,
    coalesce(latencies.timed, 0) as timed,
    latencies.latency,
    coalesce(dyads.pairs, 0) as pairs,
    coalesce(dyads.mutual, 0) as mutual
from threads
left join latencies using (source, root)
left join dyads using (source, root)
order by threads.comments desc, threads.source, threads.root
"""

ANSWERED = """
with threads as (
    select source, count(*) as comments
    from {rows}
    where {where}
    group by source, coalesce(root_id, comment_id)
)
select source, count(*) as threads, count(*) filter (comments > 1) as answered
from threads
group by source
order by source
"""


def links(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [thread, comment_id, root, answered] of comments; `answered` is -1 for what answers nothing."""
    return ask.frame(store, query, LINKS, cancel=cancel)


def threads(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return threads of two or more comments, the largest first.

    [thread, source, root, comments, authors, first_at, last_at (naive UTC), timed, latency (median minutes
    from a comment to its answer, over `timed` answers), pairs of different authors of whom one answered the
    other, mutual (those who both did)].
    """
    return ask.frame(store, query, THREADS, cancel=cancel)


def answered(store: Store, query: Query, cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, threads, answered]: threads, and those of two or more comments, of each source."""
    return ask.frame(store, query, ANSWERED, cancel=cancel)

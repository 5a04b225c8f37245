"""Who and what leads among the comments of a query: its sources and its authors."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pandas as pd

from core.query import Query
from core.storage.looking import Look, Question, either, looking
from core.storage.rolled import BY_AUTHOR, BY_HOUR
from core.storage.store import Store

Cancel = threading.Event | None

SOURCES_OF_ROWS = """
select source, count(*) as comments, coalesce(sum(likes), 0)::bigint as likes
from {rows}
where {where}
group by source
order by count(*) desc, source
limit $limit
"""

SOURCES_BY_HOUR = """
select source, sum(comments)::bigint as comments, sum(likes)::bigint as likes
from hour_counts
where {where}
group by source
order by sum(comments) desc, source
limit $limit
"""

# Of the ranked ones alone: different authors of every source are dear.
THEIR_AUTHORS_OF_ROWS = """
select source, count(distinct author_no) as authors
from {rows}
where {where}
group by source
"""

THEIR_AUTHORS_BY_AUTHOR = """
select source, count(distinct author_no) as authors
from author_counts
where {where}
group by source
"""

NAMED_SOURCES = """
with ranked as (
    select
        unnest($sources::varchar[]) as source,
        unnest($comments::bigint[]) as comments,
        unnest($authors::bigint[]) as authors,
        unnest($likes::bigint[]) as likes
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

LEADING_AUTHORS = """
with by_author as materialized (
    COUNTED
)
select author_no, comments, replies, likes, (select count(*) from by_author) as authors
from by_author
order by comments desc, author_no
limit $limit
"""

AUTHORS_OF_ROWS = """
select
    author_no,
    count(*) as comments,
    count(root_id) as replies,
    coalesce(sum(likes), 0)::bigint as likes
from {rows}
where {where} and author_no is not null
group by author_no
"""

AUTHORS_BY_AUTHOR = """
select
    author_no,
    sum(comments)::bigint as comments,
    coalesce(sum(comments) filter (is_reply), 0)::bigint as replies,
    sum(likes)::bigint as likes
from author_counts
where {where}
group by author_no
"""

# Only numbers made from a name lie below -2^62, see `author_no`; ids do not.
NAMED_AUTHORS = """
with ranked as (
    select
        unnest($authors::bigint[]) as author_no,
        unnest($comments::bigint[]) as comments,
        unnest($replies::bigint[]) as replies,
        unnest($likes::bigint[]) as likes
),
named as (
    select author_no, any_value(author_name) as author_name
    from {plain}
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

SOURCES = Question(SOURCES_OF_ROWS, SOURCES_BY_HOUR, BY_HOUR)
THEIR_AUTHORS = Question(THEIR_AUTHORS_OF_ROWS, THEIR_AUTHORS_BY_AUTHOR, BY_AUTHOR)
AUTHORS = either(LEADING_AUTHORS, AUTHORS_OF_ROWS, AUTHORS_BY_AUTHOR, BY_AUTHOR)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The authors who lead, as `top_authors` returns them, and of how many: one pass tells both."""

    rows: pd.DataFrame
    authors: int


def top_sources(store: Store, query: Query, limit: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return [source, title, comments, authors, likes, published_at (naive UTC)], most comments first."""
    with looking(store, query, cancel) as look:
        look.set_aside()
        return sources_of(look, limit)


def top_authors(store: Store, query: Query, limit: int, cancel: Cancel = None) -> pd.DataFrame:
    """Return [author_id, author_name, is_community, comments, replies, likes], most comments first.

    `author_id` is missing (Int64) for an imported author who has only a name.
    """
    return ranking(store, query, limit, cancel).rows


def ranking(store: Store, query: Query, limit: int, cancel: Cancel = None) -> Ranking:
    """Return the authors with most comments, as `top_authors` does, and how many authors there are."""
    with looking(store, query, cancel) as look:
        return authors_of(look, limit)


def sources_of(look: Look, limit: int) -> pd.DataFrame:
    """Return the sources that lead in a look."""
    ranked = look.frame(SOURCES, limit=limit)
    keys = ranked["source"].tolist()
    counted = look.frame(THEIR_AUTHORS, within=tuple(keys))
    authors = dict(zip(counted["source"], counted["authors"].tolist(), strict=True))
    return look.plain(
        NAMED_SOURCES,
        sources=keys,
        comments=ranked["comments"].tolist(),
        authors=[authors.get(key, 0) for key in keys],
        likes=ranked["likes"].tolist(),
    )


def authors_of(look: Look, limit: int) -> Ranking:
    """Return the authors that lead in a look."""
    ranked = look.frame(AUTHORS, limit=limit)
    named = look.plain(
        NAMED_AUTHORS,
        authors=ranked["author_no"].tolist(),
        comments=ranked["comments"].tolist(),
        replies=ranked["replies"].tolist(),
        likes=ranked["likes"].tolist(),
    )
    authors = int(ranked["authors"].max()) if len(ranked) else 0
    return Ranking(named.astype({"author_id": "Int64"}), authors)

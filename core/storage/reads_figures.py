"""The totals of a query, with and without telling its authors apart."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from core.query import Query
from core.storage.looking import Look, Question, either, looking
from core.storage.rolled import BY_AUTHOR, BY_HOUR
from core.storage.store import Store

Cancel = threading.Event | None

# By source first: the engine groups by a repeated text three times as fast as it counts different ones.
ALL_TOTALS = """
with by_source as (
    COUNTED
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

TOTALS_OF_ROWS = """
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
"""

TOTALS_BY_HOUR = """
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

TOTALS = either(ALL_TOTALS, TOTALS_OF_ROWS, TOTALS_BY_HOUR, BY_HOUR)
AUTHORS = Question(AUTHORS_OF_ROWS, AUTHORS_BY_AUTHOR, BY_AUTHOR)


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
    """The totals of a query; times are aware UTC, None when no comment has a date.

    `likes_known` are the comments whose likes are known: a mean is of these.
    """

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
    likes_known: int


def totals(store: Store, query: Query, cancel: Cancel = None) -> Totals:
    """Return the totals that need no telling apart of authors, the dearest of all."""
    with looking(store, query, cancel) as look:
        return totals_of(look)


def figures(store: Store, query: Query, cancel: Cancel = None) -> Figures:
    """Return the totals of a query; a tombstone nobody saw alive counts as a comment without an author."""
    with looking(store, query, cancel) as look:
        look.set_aside()
        return with_authors(totals_of(look), int(look.row(AUTHORS)[0]))


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
        likes_known=known.likes_known,
    )

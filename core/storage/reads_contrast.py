"""Two sets of comments side by side: sums per author and post, per day, and lengths."""

from __future__ import annotations

import threading
from typing import Final

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Cancel = threading.Event | None

# A comment may be in both sets. A comment whose author nobody knows is of an author of its own, numbered
# below all others.
CELLS: Final = """
with marked as (
    select
        *,
        {minute} as minute,
        coalesce(({where}), false) as in_a,
        coalesce(({other}), false) as in_b
    from {rows}{featured}
)
select
    coalesce(author_no, -9223372036854775808 + (hash(source, comment_id) // 8)::bigint) as author,
    (hash(source) >> 1)::bigint as post,
    in_a,
    in_b,
    count(*)::double as comments,
    count(root_id)::double as replies,
    count(is_question)::double as read,
    count(*) filter (is_question)::double as questions,
    count(likes)::double as liked,
    coalesce(sum(likes), 0)::double as likes,
    coalesce(sum(likes::double * likes), 0) as likes_squares,
    count(sentiment)::double as judged,
    count(*) filter (sentiment = 'negative')::double as negative,
    count(*) filter (sentiment = 'neutral')::double as neutral,
    count(*) filter (sentiment = 'positive')::double as positive,
    count(*) filter (sentiment = 'unsure')::double as unsure,
    round(coalesce(sum(toxicity::double), 0), 9) as toxicity,
    round(coalesce(sum(toxicity::double * toxicity), 0), 9) as toxicity_squares,
    count(*) filter (state = 'deleted')::double as deleted,
    count(*) filter (state <> 'deleted')::double as standing,
    count(*) filter (state <> 'deleted' and has_attachments)::double as attachments,
    count(*) filter (len(links) > 0)::double as links,
    count(minute_no)::double as dated,
    count(*) filter (minute // 60 % 24 < 6)::double as night,
    count(length)::double as measured,
    count(*) filter (length <= $median_a)::double as to_median_a,
    count(*) filter (length <= $median_b)::double as to_median_b,
    count(*) filter (length > $median)::double as longer
from marked
where in_a or in_b
group by author, post, in_a, in_b
order by author, post, in_a, in_b
"""

LENGTHS: Final = """
with marked as (
    select
        length,
        coalesce(({where}), false) as in_a,
        coalesce(({other}), false) as in_b
    from {rows}{featured}
)
select length, count(*) filter (in_a) as in_a, count(*) filter (in_b) as in_b
from marked
where length is not null and (in_a or in_b)
group by length
order by length
"""

DAYS: Final = """
with marked as (
    select
        {minute} // 1440 as day,
        coalesce(({where}), false) as in_a,
        coalesce(({other}), false) as in_b
    from {rows}
)
select day, count(*) filter (in_a) as in_a, count(*) filter (in_b) as in_b
from marked
where day is not null and (in_a or in_b)
group by day
order by day
"""

REST: Final = """
select count(distinct author_no), count(distinct source)
from {rows}
where not coalesce(({where}), false)
"""

UNKNOWN_BELOW: Final = -(3 * 2**61)
"""Numbers of authors below this stand for one comment each, whose author nobody knows."""


def rest(store: Store, query: Query, cancel: Cancel = None) -> tuple[int, int]:
    """Return how many authors and sources the comments have that a query leaves out."""
    authors, sources = ask.row(store, query, REST, cancel=cancel)
    return int(authors), int(sources)


def lengths(store: Store, query: Query, other: Query | None, cancel: Cancel = None) -> pd.DataFrame:
    """Return [length, in_a, in_b]: how many comments of each set have so many words."""
    return ask.frame(store, query, LENGTHS, other=other, cancel=cancel)


def days(store: Store, query: Query, other: Query | None, cancel: Cancel = None) -> pd.DataFrame:
    """Return [day, in_a, in_b]: comments of each set on local days, counted from 0001-01-01, none empty."""
    return ask.frame(store, query, DAYS, other=other, cancel=cancel)


def cells(
    store: Store,
    query: Query,
    other: Query | None,
    medians: tuple[float, float, float],
    cancel: Cancel = None,
) -> pd.DataFrame:
    """Return sums for each author under each post, by the set (or both) that the comments are in.

    `medians` are lengths in words: of the first set, of the second, of both together.
    """
    bound = dict(zip(("median_a", "median_b", "median"), medians, strict=True))
    return ask.frame(store, query, CELLS, other=other, cancel=cancel, **bound)

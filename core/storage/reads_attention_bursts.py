"""Comments per hour or day for bursts, and what most of the comments of some spans of time have in common."""

from __future__ import annotations

import threading
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.store import Store

Step = Literal["hour", "day"]
Cancel = threading.Event | None
Minutes = np.ndarray[Any, np.dtype[np.int64]]

# Local beginnings in the scale of `minute_no`: an hour as the UTC minute it begins at, so that one repeated
# when clocks go back is two; a day as the local minute of its midnight.
PER_HOUR = """
select {minute} // 60 * 60 - {minute} + minute_no as begins, count(*) as comments
from {rows}
where {where} and minute_no is not null
group by begins
order by begins
"""

PER_DAY = """
select {minute} // 1440 * 1440 as begins, count(*) as comments
from {rows}
where {where} and minute_no is not null
group by begins
order by begins
"""

PER_STEP: dict[Step, str] = {"hour": PER_HOUR, "day": PER_DAY}

# Every offset of a time zone is a multiple of 15 minutes, so spans are whole quarters and can be joined by
# number.
_QUARTERS: Final = """
with quarters as (
    select number, unnest(range(begins // 15, ends // 15)) as quarter
    from (
        select
            unnest($numbers::bigint[]) as number,
            unnest($begins::bigint[]) as begins,
            unnest($ends::bigint[]) as ends
    )
)"""

PARTICIPANTS = (
    _QUARTERS
    + """
select quarters.number, count(*) as comments, count(distinct author_no) as authors
from {rows}
join quarters on minute_no // 15 = quarters.quarter
where {where}
group by quarters.number
order by quarters.number
"""
)

LEADING_SOURCES = (
    _QUARTERS
    + """,
inside as (
    select quarters.number, source, count(*) as comments
    from {rows}
    join quarters on minute_no // 15 = quarters.quarter
    where {where}
    group by quarters.number, source
),
leaders as (
    select number, source, comments
    from inside
    qualify row_number() over (partition by number order by comments desc, source) = 1
),
overall as (
    select source, count(*) as comments
    from {rows}
    semi join leaders using (source)
    where {where} and minute_no is not null
    group by source
),
within_any as (
    select source, sum(comments) as comments
    from inside
    group by source
)
select
    leaders.number,
    leaders.source,
    coalesce(sources_now.title, '') as title,
    leaders.comments,
    (overall.comments - within_any.comments)::bigint as elsewhere
from leaders
join overall using (source)
join within_any using (source)
left join sources_now using (source)
order by leaders.number
"""
)

# Only numbers made from a name lie below -2^62, see `author_no`; ids do not.
LEADING_AUTHORS = (
    _QUARTERS
    + """,
inside as (
    select quarters.number, author_no, count(*) as comments, any_value(author_name) as author_name
    from {rows}
    join quarters on minute_no // 15 = quarters.quarter
    where {where} and author_no is not null
    group by quarters.number, author_no
),
leaders as (
    select number, author_no, comments, author_name
    from inside
    qualify row_number() over (partition by number order by comments desc, author_no) = 1
),
overall as (
    select author_no, count(*) as comments
    from {rows}
    semi join leaders using (author_no)
    where {where} and minute_no is not null
    group by author_no
),
within_any as (
    select author_no, sum(comments) as comments
    from inside
    group by author_no
)
select
    leaders.number,
    case when leaders.author_no >= -4611686018427387904 then leaders.author_no end as author_id,
    coalesce(leaders.author_name, authors.name, '') as author_name,
    leaders.comments,
    (overall.comments - within_any.comments)::bigint as elsewhere
from leaders
join overall using (author_no)
join within_any using (author_no)
left join {authors} as authors on leaders.author_no = authors.author_id
order by leaders.number
"""
)

# The features are joined to few comments here; by {featured} they would be to all.
LEADING_COPIES = (
    _QUARTERS
    + """,
chosen as (
    select quarters.number, source, comment_id, text
    from {rows}
    join quarters on minute_no // 15 = quarters.quarter
    where {where}
),
inside as (
    select chosen.number, copy_hash as copy, count(*) as comments, min(chosen.text) as example
    from features
    join chosen using (source, comment_id)
    where copy_length >= $shortest
    group by chosen.number, copy_hash
),
leaders as (
    select number, copy, comments, example
    from inside
    where comments > 1
    qualify row_number() over (partition by number order by comments desc, copy) = 1
),
alike as (
    select source, comment_id, copy_hash as copy
    from features
    where copy_hash in (select copy from leaders)
),
overall as (
    select copy, count(*) as comments
    from {rows}
    join alike using (source, comment_id)
    where {where} and minute_no is not null
    group by copy
),
within_any as (
    select copy, sum(comments) as comments
    from inside
    group by copy
)
select
    leaders.number,
    leaders.example,
    leaders.comments,
    (overall.comments - within_any.comments)::bigint as elsewhere
from leaders
join overall using (copy)
join within_any using (copy)
order by leaders.number
"""
)

SHORTEST_COPY: Final = 20


def per_step(store: Store, query: Query, step: Step, cancel: Cancel = None) -> tuple[Minutes, Minutes]:
    """Return when local hours or days begin and how many comments each has; empty ones are left out.

    An hour is the minute since 0001-01-01 UTC at which it begins, a day the local minute of its midnight.
    """
    found = ask.frame(store, query, PER_STEP[step], cancel=cancel)
    return found["begins"].to_numpy(dtype="int64"), found["comments"].to_numpy(dtype="int64")


def participants(
    store: Store, query: Query, begins: Minutes, ends: Minutes, cancel: Cancel = None
) -> pd.DataFrame:
    """Return [number, comments, authors] of each span from `begins` to before `ends`, in UTC minutes."""
    return ask.frame(store, query, PARTICIPANTS, cancel=cancel, **_spans(begins, ends))


def leading_sources(
    store: Store, query: Query, begins: Minutes, ends: Minutes, cancel: Cancel = None
) -> pd.DataFrame:
    """Return [number, source, title, comments, elsewhere]: the source with most comments of each span.

    `elsewhere` counts its comments outside of all spans.
    """
    return ask.frame(store, query, LEADING_SOURCES, cancel=cancel, **_spans(begins, ends))


def leading_authors(
    store: Store, query: Query, begins: Minutes, ends: Minutes, cancel: Cancel = None
) -> pd.DataFrame:
    """Return [number, author_id, author_name, comments, elsewhere]: the author with most of each span.

    `author_id` is missing (Int64) for one who has only a name.
    """
    found = ask.frame(store, query, LEADING_AUTHORS, cancel=cancel, **_spans(begins, ends))
    return found.astype({"author_id": "Int64"})


def leading_copies(
    store: Store, query: Query, begins: Minutes, ends: Minutes, cancel: Cancel = None
) -> pd.DataFrame:
    """Return [number, example, comments, elsewhere]: the text that was repeated most in each span.

    Texts are alike but for case, punctuation, links and mentions; shorter ones than 20 letters and digits
    are left out, and so are spans in which no text was repeated.
    """
    spans = _spans(begins, ends)
    return ask.frame(store, query, LEADING_COPIES, cancel=cancel, shortest=SHORTEST_COPY, **spans)


def _spans(begins: Minutes, ends: Minutes) -> dict[str, list[int]]:
    return {"numbers": list(range(len(begins))), "begins": begins.tolist(), "ends": ends.tolist()}

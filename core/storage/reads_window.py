"""A window of the list of comments, wherever in it: deep down only the rows around it are put in order.

The list is counted by its first sort key, then by source within a key that very many share, until the rows
in question are few: counting costs a part of what sorting does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from core.query import Query
from core.storage.columns import SCHEMA, SORT_COLUMNS
from core.storage.label_columns import with_labels
from core.storage.looking import Look, Question, either, is_dear, looking
from core.storage.reads_comments import placed
from core.storage.rolled import BY_HOUR
from core.storage.store import Store

DEEP: Final = 900
"""From so many rows before the window on it pays to count them first."""
LAST: Final = 2**62
"""Stands for an unknown value, which comes last in both directions."""

# Sort column -> the whole number its rows are counted by.
STEPS: Final = {"published_at": "minute_no // 60", "likes": "likes", "replies": "replies"}

# The steps that hold the window, how many comments stand before the first of them, and how many they are.
PASSED_STEPS: Final = """
with counted as (
    COUNTED
),
passed as (
    select step, comments, (sum(comments) over (order by step ORDER))::bigint as upto
    from counted
)
select min(step), max(step), min(upto - comments), count(*)
from passed
where upto > $offset and upto - comments < $offset + $limit
"""

STEPS_OF_ROWS: Final = """
select coalesce(STEP, $last) as step, count(*) as comments
from {rows}
where {where}
group by step
"""

STEPS_BY_HOUR: Final = """
select coalesce(minute_no // 60, $last) as step, sum(comments)::bigint as comments
from hour_counts
where {where}
group by step
"""

COUNT_SOURCES: Final = """
with counted as (
    select source, count(*) as comments
    from {rows}
    where {where} and coalesce(STEP, $last) = $step
    group by source
),
passed as (
    select source, comments, (sum(comments) over (order by source))::bigint as upto
    from counted
)
select min(source), max(source), min(upto - comments)
from passed
where upto > $offset and upto - comments < $offset + $limit
"""

# So few rows of a table the engine itself finds by their order alone, and reads the rest of them after.
FIRST: Final = """
with chosen as (
    select *
    from {rows}
    where {where}
    order by {order}
    limit $limit offset $offset
)
select {columns}
from chosen as comments
{joins}
order by {order}
"""

SKIPPED: Final = " offset $offset"
AROUND: Final = """
        and coalesce(STEP, $last) between $low and $high
        and ($first::varchar is null or source between $first and $final)"""
WINDOW: Final = placed(skipped=SKIPPED)


@dataclass(frozen=True, slots=True)
class Order:
    """The statements of one order of rows; `is_exact` says that rows of one step have one sort key."""

    steps: Question
    sources: Question
    around: Question
    last: int
    is_exact: bool


def _order(sort: str) -> Order:
    column, is_descending = SORT_COLUMNS[sort]
    step, direction = STEPS[column], "desc" if is_descending else "asc"

    def filled(template: str) -> str:
        return template.replace("STEP", step).replace("ORDER", direction)

    steps = either(filled(PASSED_STEPS), filled(STEPS_OF_ROWS), STEPS_BY_HOUR, BY_HOUR)
    return Order(
        steps=steps if column == "published_at" else Question(steps.rows),
        sources=Question(filled(COUNT_SOURCES)),
        around=Question(placed(filled(AROUND), SKIPPED)),
        last=-LAST if is_descending else LAST,
        is_exact=column != "published_at",
    )


ORDERS: Final = {sort: _order(sort) for sort in SORT_COLUMNS}


def window(store: Store, query: Query, offset: int, limit: int) -> pa.Table:
    """Return the comments number `offset` (from 0) to `offset + limit` of a query, in its order."""
    with looking(store, query) as look:
        if is_dear(query) or (look.unfolded and offset < DEEP):
            found = look.table(Question(WINDOW), offset=offset, limit=limit)
        elif offset < DEEP:
            found = look.table(Question(FIRST), offset=offset, limit=limit)
        else:
            found = _deep(look, offset, limit)
        rows = found.cast(SCHEMA)
    return with_labels(store, rows)


def _deep(look: Look, offset: int, limit: int) -> pa.Table:
    order = ORDERS[look.query.sort]
    wanted: dict[str, Any] = {"limit": limit, "last": order.last}
    low, high, before, steps = look.row(order.steps, offset=offset, **wanted)
    first = final = None
    if steps == 1 and (order.is_exact or low == order.last):
        first, final, within = look.row(order.sources, offset=offset - before, step=low, **wanted)
        before += within
    elif not steps:
        low, high, before = 0, -1, offset
    around = {"low": low, "high": high, "first": first, "final": final, "offset": offset - before}
    return look.table(order.around, **wanted, **around)

"""What was labelled among the comments of a query: values and coders, judgements to compare, all labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
import pyarrow as pa

from core.query import Query
from core.storage import ask
from core.storage.store import Store

VALUES: Final = """
with inside as (
    select source, comment_id
    from {rows}
    where {where}
)
select
    name,
    value,
    count(distinct (source, comment_id)) as comments,
    list_sort(list(distinct coder)) as coders
from labels
semi join inside using (source, comment_id)
group by name, value
order by name, comments desc, value
"""

IN_USE: Final = """
select name, value
from labels
group by name, value
order by count(*) desc, name, value
limit $most
"""

# A comment that one coder judged says nothing about agreement.
COMPARED: Final = """
with inside as (
    select source, comment_id
    from {rows}
    where {where}
),
told as (
    select *
    from labels
    semi join inside using (source, comment_id)
),
several as (
    select source, comment_id, name
    from told
    group by all
    having count(*) > 1
)
select name, source || ':' || comment_id as comment, coder, value
from told
semi join several using (source, comment_id, name)
order by name, source, comment_id, coder
"""

EVERY: Final = """
with inside as (
    select source, comment_id
    from {rows}
    where {where}
)
select source || ':' || comment_id as comment_key, name, value, coder, note
from labels
semi join inside using (source, comment_id)
order by source, comment_id, name, coder
"""

HERE: Final = """
with wanted as materialized (
    select unnest($sources::varchar[]) as source, unnest($ids::bigint[]) as comment_id
)
select source || ':' || comment_id
from {rows}
semi join wanted using (source, comment_id)
"""


@dataclass(frozen=True, slots=True)
class LabelValue:
    """A value of a label: how many comments have it by any coder, and by whom."""

    name: str
    value: str
    comments: int
    coders: tuple[str, ...]


def label_values(store: Store, query: Query) -> list[LabelValue]:
    """Return the values of each name in use among a query's comments, the most frequent first."""
    return [
        LabelValue(str(name), str(value), int(comments), tuple(coders))
        for name, value, comments, coders in ask.rows(store, query, VALUES)
    ]


def in_use(store: Store, most: int) -> list[tuple[str, str]]:
    """Return names with their values in the whole database, the most frequent first."""
    return [(str(name), str(value)) for name, value in ask.rows(store, Query(), IN_USE, most=most)]


def compared(store: Store, query: Query) -> pd.DataFrame:
    """Return [name, comment, coder, value] of what several coders judged among a query's comments."""
    return ask.frame(store, query, COMPARED)


def every_label(store: Store, query: Query) -> pa.Table:
    """Return [comment_key, name, value, coder, note] of all labels of a query's comments."""
    return ask.table(store, query, EVERY)


def here(store: Store, parts: list[tuple[str, int]]) -> set[str]:
    """Return which comments, given by source and number, are in this database, by key."""
    if not parts:
        return set()
    sources, ids = zip(*parts, strict=True)
    rows = ask.rows(store, Query(), HERE, sources=list(sources), ids=list(ids))
    return {str(key) for (key,) in rows}

"""Ask the database one statement about a query and take the answer as a frame, a table or a row."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import duckdb
import pandas as pd
import pyarrow as pa

from core.errors import QueryError
from core.query import Query
from core.storage.conditions import OTHER
from core.storage.filters import Position, Statement, needs_zone, render
from core.storage.lemma_search import word_ids
from core.storage.store import Lent, Store

CONDITIONAL = ("{where}", "{other}")
"""Slots that conditions go into."""

SPAN = """
select coalesce(min(minute_no), 0), coalesce(max(minute_no), 0)
from {rows}
"""

TRY_REGEX = """
select regexp_matches('', $regex)
"""


@contextlib.contextmanager
def asking(
    store: Store,
    query: Query,
    template: str,
    *,
    after: Position | None = None,
    other: Query | None = None,
    timeout_s: float | None = None,
    cancel: threading.Event | None = None,
    kind: Literal["read", "export"] = "read",
    **values: Any,
) -> Iterator[Lent]:
    """Run a statement for a query, or two that are compared, and lend the cursor that holds its answer.

    Raises QueryError for a filter the database cannot read, QueryTimedOut, TaskCancelled once `cancel` is
    set, Busy, StorageError.
    """
    with store.reading(timeout_s, cancel=cancel, kind=kind) as cursor:
        asked = prepared(
            cursor, query, template, unfolded=store.unfolded > 0, after=after, other=other, values=values
        )
        yield cursor.execute(asked.sql, asked.values)


def prepared(
    cursor: Lent,
    query: Query,
    template: str,
    *,
    unfolded: bool,
    values: Mapping[str, Any],
    after: Position | None = None,
    other: Query | None = None,
) -> Statement:
    """Return a statement for a query with all that has to be looked up first, such as the numbers of words.

    Raises QueryError for a filter the database cannot read.
    """
    check_regex(cursor, query)
    if other is not None:
        check_regex(cursor, other)
    minutes = (0, 0)
    if needs_zone(template, query, other):
        span = render(SPAN, query, unfolded=unfolded)
        minutes = cursor.execute(span.sql).fetchone() or minutes
    bound = {**values, **_words(cursor, template, query, other)}
    return render(template, query, unfolded=unfolded, minutes=minutes, values=bound, after=after, other=other)


def _words(cursor: Lent, template: str, query: Query, other: Query | None) -> dict[str, list[int]]:
    """Return the numbers of the words that a statement's conditions look for; one without any needs none."""
    if not any(slot in template for slot in CONDITIONAL):
        return {}
    return {**word_ids(cursor, query), **word_ids(cursor, other, OTHER)}


def frame(store: Store, query: Query, template: str, **values: Any) -> pd.DataFrame:
    """Return the answer as a pandas frame."""
    with asking(store, query, template, **values) as cursor:
        return cursor.df()


def table(
    store: Store, query: Query, template: str, *, after: Position | None = None, **values: Any
) -> pa.Table:
    """Return the answer as an Arrow table."""
    with asking(store, query, template, after=after, **values) as cursor:
        return cursor.to_arrow_table()


def row(store: Store, query: Query, template: str, **values: Any) -> tuple[Any, ...]:
    """Return the answer's first row, times as aware UTC."""
    return rows(store, query, template, **values)[0]


def rows(store: Store, query: Query, template: str, **values: Any) -> list[tuple[Any, ...]]:
    """Return the answer's rows, times as aware UTC."""
    with asking(store, query, template, **values) as cursor:
        return [tuple(map(aware, found)) for found in cursor.fetchall()]


def aware(value: Any) -> Any:
    """Return a moment of a row as aware UTC, anything else as it is."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def check_regex(cursor: Lent, query: Query) -> None:
    """Raise QueryError for a regular expression that the engine cannot read."""
    if query.regex is None:
        return
    try:
        cursor.execute(TRY_REGEX, {"regex": query.regex})
    except duckdb.InvalidInputException as error:
        reason = str(error).partition(":")[2].strip()
        raise QueryError(
            "The regular expression cannot be read: {reason}.",
            hint="The syntax is RE2's; look at brackets and backslashes.",
            key="regex",
            value=query.regex,
            reason=reason,
        ) from error

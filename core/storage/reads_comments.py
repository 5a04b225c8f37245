"""Comments as rows: pages of a list, one comment, its thread, the stream of an export."""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from core.errors import NotFound
from core.query import Query
from core.storage import ask
from core.storage.columns import SCHEMA, SORT_COLUMNS
from core.storage.filters import Position, read_cursor, write_cursor
from core.storage.label_columns import label_names, label_schema, spread, with_labels
from core.storage.store import Store

COUNT = """
select count(*)
from {rows}
where {where}
"""

# Places first: rows with everything in them would all be sorted.
PLACED = """
with places as (
    select source, comment_id
    from {rows}
    where {where}NARROWED
    order by {order}
    limit $limitSKIPPED
),
chosen as (
    select comments.*
    from {plain} as comments
    semi join places using (source, comment_id)
)
select {columns}
from chosen as comments
{joins}
order by {order}
"""


def placed(narrowed: str = "", skipped: str = "") -> str:
    """Return the statement of some rows in order, of those that a condition leaves, after those skipped."""
    return PLACED.replace("NARROWED", narrowed).replace("SKIPPED", skipped)


PAGE = placed()

ONE = """
select {columns}
from {rows} as comments
{joins}
where comments.source = $source and comments.comment_id = $comment_id
"""

MANY = """
with wanted as materialized (
    select
        unnest($sources::varchar[]) as source,
        unnest($ids::bigint[]) as comment_id,
        unnest(range(len($ids::bigint[]))) as place
),
chosen as (
    select comments.*, wanted.place
    from {rows} as comments
    join wanted on comments.source = wanted.source and comments.comment_id = wanted.comment_id
)
select {columns}
from chosen as comments
{joins}
order by comments.place
"""

THREAD = """
with root as (
    select coalesce(any_value(root_id), $comment_id) as comment_id
    from {rows}
    where source = $source and comment_id = $comment_id
),
chosen as (
    select *
    from {rows}
    where source = $source
        and (comment_id = (select comment_id from root) or root_id = (select comment_id from root))
)
select {columns}
from chosen as comments
{joins}
order by comments.root_id is not null, comments.comment_id
"""

EXPORT = """
with chosen as (
    select *
    from {rows}
    where {where}
)
select {columns}
from chosen as comments
{joins}
order by {order}
"""

# The same with what people say of each comment, by name.
EXPORT_LABELLED = """
with chosen as (
    select *
    from {rows}
    where {where}
),
labelled as (
    select source, comment_id, map_from_entries(list(struct_pack(name := name, said := said))) as said
    from (
        select source, comment_id, name, string_agg(distinct value, ', ' order by value) as said
        from labels
        group by source, comment_id, name
    ) as by_name
    group by source, comment_id
)
select {columns}, labelled.said
from chosen as comments
left join labelled on comments.source = labelled.source and comments.comment_id = labelled.comment_id
{joins}
order by {order}
"""


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Some rows of a list, in the contract's columns, and the cursor of the rows after them."""

    rows: pa.Table
    next: str | None


def count(store: Store, query: Query, cancel: threading.Event | None = None) -> int:
    """Return how many comments a query holds."""
    return int(ask.row(store, query, COUNT, cancel=cancel)[0])


def comments(store: Store, query: Query, limit: int, cursor: str | None = None) -> CommentPage:
    """Return the next `limit` comments after a cursor; a bad cursor raises QueryError."""
    after = read_cursor(query, cursor) if cursor else None
    found = ask.table(store, query, PAGE, after=after, limit=limit + 1).cast(SCHEMA)
    if found.num_rows <= limit:
        return CommentPage(with_labels(store, found), None)
    following = write_cursor(query, _position(query, found, limit - 1))
    return CommentPage(with_labels(store, found.slice(0, limit)), following)


def comment(store: Store, key: str) -> pa.Table:
    """Return one comment as a table of one row; raises NotFound."""
    source, comment_id = parts_of(key)
    return _found(store, ask.table(store, Query(), ONE, source=source, comment_id=comment_id), key)


def comments_by_keys(store: Store, keys: Iterable[str]) -> pa.Table:
    """Return the comments of many keys in one statement, in the order of the keys.

    Those not here are left out, as is what is no key; a key given twice counts once.
    """
    parts = [found for found in map(_split, dict.fromkeys(keys)) if found is not None]
    sources, ids = [source for source, _ in parts], [number for _, number in parts]
    return ask.table(store, Query(), MANY, sources=sources, ids=ids).cast(SCHEMA)


def thread(store: Store, key: str) -> pa.Table:
    """Return the thread a comment stands in: its root, then all replies by id, tombstones in place.

    Raises NotFound.
    """
    source, comment_id = parts_of(key)
    return _found(store, ask.table(store, Query(), THREAD, source=source, comment_id=comment_id), key)


@contextlib.contextmanager
def export_reader(
    store: Store, query: Query, batch_rows: int, cancel: threading.Event | None = None
) -> Iterator[pa.RecordBatchReader]:
    """Stream all comments of a query, in its order, in batches of about `batch_rows` rows.

    Raises TaskCancelled once `cancel` is set, also while the first rows are being found.
    """
    names = label_names(store)
    schema, statement = label_schema(SCHEMA, names), EXPORT_LABELLED if names else EXPORT
    with ask.asking(store, query, statement, timeout_s=math.inf, cancel=cancel, kind="export") as cursor:
        batches = cursor.to_arrow_reader(batch_rows)
        told = (spread(batch, names, schema) if names else batch.cast(SCHEMA) for batch in batches)
        yield pa.RecordBatchReader.from_batches(schema, told)


def _position(query: Query, found: pa.Table, index: int) -> Position:
    column, _ = SORT_COLUMNS[query.sort]
    return Position(
        found[column][index].as_py(), found["source"][index].as_py(), found["comment_id"][index].as_py()
    )


def parts_of(key: str) -> tuple[str, int]:
    """Return (source key, comment id) of a comment's key; raises NotFound for what is none."""
    parts = _split(key)
    if parts is None:
        raise missing_comment(key)
    return parts


def _split(key: str) -> tuple[str, int] | None:
    source, _, number = key.rpartition(":")
    if not source or not (number.isascii() and number.isdigit()) or len(number) > 18:
        return None
    return source, int(number)


def _found(store: Store, table: pa.Table, key: str) -> pa.Table:
    if not table.num_rows:
        raise missing_comment(key)
    return with_labels(store, table.cast(SCHEMA))


def missing_comment(key: str) -> NotFound:
    """Say that a comment is not here."""
    return NotFound("There is no comment {key} here.", hint="A key looks like wall:-1_2:3.", key=key[:100])

"""Appends to the log and its fold into the current state: the two steps every writer is made of."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa

from core.storage import rollups
from core.storage.bulk import naive, write_batch
from core.storage.store import Transaction

# From so many rows on an append folds at once: reads of what is not folded slow down with their number.
FOLD_ROWS = 40_000

# Tables of their own, because MERGE would work out a view anew, twenty times slower in a long log.
RESOLVE_COMMENTS = """
create or replace temp table resolved_batch as
select *
from resolved_comments
"""

FOLD_COMMENTS = """
merge into comments
using resolved_batch as resolved
on comments.source = resolved.source and comments.comment_id = resolved.comment_id
when matched then update by name
when not matched then insert by name
"""

RESOLVE_AUTHORS = """
create or replace temp table resolved_author_batch as
select *
from resolved_authors
"""

FOLD_AUTHORS = """
merge into authors
using resolved_author_batch as resolved
on authors.author_id = resolved.author_id
when matched then update by name
when not matched then insert by name
"""

FORGET_BATCHES = (
    "drop table resolved_batch",
    "drop table resolved_author_batch",
)

MARK_FOLDED = """
insert into folds
values ($version)
"""


def append(transaction: Transaction, statement: str, batch: pa.Table, run_id: str, seen_at: datetime) -> None:
    """Append a batch, each row with its run, moment, version and place in the transaction."""
    if not batch.num_rows:
        return
    ordinals = pa.array(range(batch.num_rows), pa.int32())
    rows = batch.append_column("ordinal", ordinals)
    write_batch(
        transaction.cursor,
        statement,
        rows,
        run_id=run_id,
        seen_at=naive(seen_at),
        version=transaction.version,
    )


def appended(transaction: Transaction, rows: int) -> None:
    """Count rows appended to the log; fold when many wait."""
    transaction.unfolded += rows
    if transaction.unfolded >= FOLD_ROWS:
        fold_log(transaction)


def fold_log(transaction: Transaction) -> None:
    """Merge what the log holds beyond the last fold into the current state."""
    transaction.cursor.execute(RESOLVE_COMMENTS)
    transaction.cursor.execute(FOLD_COMMENTS)
    transaction.cursor.execute(RESOLVE_AUTHORS)
    transaction.cursor.execute(FOLD_AUTHORS)
    rollups.recount(transaction.cursor)
    for statement in FORGET_BATCHES:
        transaction.cursor.execute(statement)
    transaction.cursor.execute(MARK_FOLDED, {"version": transaction.version})
    transaction.unfolded = 0

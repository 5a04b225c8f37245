"""Everything that changes the database: appends to the log, the fold into the current state, deletion.

Appends are safe to repeat: the log may hold a page twice, reads and the fold see each comment once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pyarrow as pa

from core.models import Page, Source, SourceState
from core.storage.batches import (
    StateRow,
    author_table,
    comment_table,
    imported_table,
    page_table,
    source_table,
    state_table,
)
from core.storage.store import Store, Transaction

IMPORT_RUN = "import"

# From so many rows on an append folds at once: reads of what is not folded slow down with their number.
FOLD_ROWS = 40_000

APPEND_COMMENTS = """
insert into observations by name
select *, $run_id as run_id, $seen_at as seen_at, $version as version
from batch
"""

APPEND_AUTHORS = """
insert into author_observations by name
select *, $run_id as run_id, $seen_at as seen_at, $version as version
from batch
"""

APPEND_PAGES = """
insert into pages by name
select
    * replace (map_from_entries(extra) as extra),
    $run_id as run_id, $seen_at as seen_at, $version as version
from batch
"""

APPEND_SOURCES = """
insert into source_observations by name
select *, $run_id as run_id, $seen_at as seen_at, $version as version
from batch
"""

APPEND_STATES = """
insert into source_states by name
select *, $run_id as run_id, $seen_at as seen_at, $version as version
from batch
"""

HAS_SOURCE = """
select count(*)
from source_observations
where source = $source
"""

# A table of its own, because MERGE would work out the view anew for each branch.
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

FOLD_AUTHORS = """
merge into authors
using resolved_authors as resolved
on authors.author_id = resolved.author_id
when matched then update by name
when not matched then insert by name
"""

FORGET_BATCH = """
drop table resolved_batch
"""

MARK_FOLDED = """
insert into folds
values ($version)
"""

DELETE_SOURCE = (
    "delete from comments where source = $source",
    "delete from observations where source = $source",
    "delete from pages where source = $source",
    "delete from source_observations where source = $source",
    "delete from source_states where source = $source",
)


def write_pages(store: Store, run_id: str, pages: Sequence[Page], seen_at: datetime) -> int:
    """Append answered pages with their comments, authors and checkpoint; return the new version.

    `seen_at` (aware UTC) orders observations: what was seen later wins, however late it is written.
    """
    comments = [comment for page in pages for comment in page.comments]
    authors = {author.author_id: author for page in pages for author in page.authors}
    batches = (
        (APPEND_COMMENTS, comment_table(comments)),
        (APPEND_AUTHORS, author_table(list(authors.values()))),
        (APPEND_PAGES, page_table(pages)),
    )
    with store.writing("pages") as transaction:
        for statement, batch in batches:
            _append(transaction, statement, batch, run_id, seen_at)
        transaction.unfolded += len(comments) + len(authors)
        if transaction.unfolded >= FOLD_ROWS:
            _fold(transaction)
    return transaction.version


def write_sources(store: Store, run_id: str, sources: Sequence[Source], seen_at: datetime) -> int:
    """Append what VK says about sources; return the new version."""
    with store.writing("sources") as transaction:
        _append(transaction, APPEND_SOURCES, source_table(sources), run_id, seen_at)
    return transaction.version


def write_states(store: Store, run_id: str, states: Sequence[StateRow], seen_at: datetime) -> int:
    """Append how complete sources are: (source, state, declared comments, VK's code of refusal or 0)."""
    with store.writing("states") as transaction:
        _append(transaction, APPEND_STATES, state_table(states), run_id, seen_at)
    return transaction.version


def write_import(store: Store, source: Source, comments: pa.Table) -> int:
    """Store a file's comments (columns of IMPORT_SCHEMA) as a source; return how many were written.

    A file that is here already is left as it is: 0.
    """
    key, seen_at = str(source.ref), store.now()
    state = (
        source.ref,
        SourceState.COMPLETE if comments.num_rows else SourceState.EMPTY,
        comments.num_rows,
        0,
    )
    batches = (
        (APPEND_COMMENTS, imported_table(key, comments)),
        (APPEND_SOURCES, source_table([source])),
        (APPEND_STATES, state_table([state])),
    )
    with store.writing("import") as transaction:
        known = transaction.cursor.execute(HAS_SOURCE, {"source": key}).fetchone()
        if known and known[0]:
            transaction.is_void = True
            return 0
        for statement, batch in batches:
            _append(transaction, statement, batch, IMPORT_RUN, seen_at)
        _fold(transaction)
    return int(comments.num_rows)


def fold(store: Store) -> None:
    """Merge what the log holds beyond the last fold into the current state; nothing to do is fine.

    Reads answer the same before and after; a fold that breaks off leaves everything as it was.
    """
    if not store.unfolded:
        return
    with store.writing("fold") as transaction:
        _fold(transaction)


def delete_source(store: Store, key: str) -> None:
    """Delete a source with its comments, log, checkpoints and states, in one transaction."""
    with store.writing("delete") as transaction:
        for statement in DELETE_SOURCE:
            transaction.cursor.execute(statement, {"source": key})


def _fold(transaction: Transaction) -> None:
    transaction.cursor.execute(RESOLVE_COMMENTS)
    transaction.cursor.execute(FOLD_COMMENTS)
    transaction.cursor.execute(FORGET_BATCH)
    transaction.cursor.execute(FOLD_AUTHORS)
    transaction.cursor.execute(MARK_FOLDED, {"version": transaction.version})
    transaction.unfolded = 0


def _append(
    transaction: Transaction, statement: str, batch: pa.Table, run_id: str, seen_at: datetime
) -> None:
    """Append a batch, each row with its run, moment, version and place in the transaction."""
    if not batch.num_rows:
        return
    ordinals = pa.array(range(batch.num_rows), pa.int32())
    transaction.cursor.register("batch", batch.append_column("ordinal", ordinals))
    transaction.cursor.execute(
        statement,
        {
            "run_id": run_id,
            "seen_at": seen_at.astimezone(UTC).replace(tzinfo=None),
            "version": transaction.version,
        },
    )
    transaction.cursor.unregister("batch")

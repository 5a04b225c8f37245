"""Everything that changes the database: appends to the log, the fold into the current state, deletion.

Appends are safe to repeat: the log may hold a page twice, reads and the fold see each comment once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from core.models import Page, Source, SourceState
from core.storage import rollups
from core.storage.batches import (
    StateRow,
    author_table,
    comment_table,
    imported_table,
    page_table,
    source_table,
    state_table,
)
from core.storage.folding import append, appended, fold_log
from core.storage.store import Store
from core.storage.writes_balances import write_absent, write_balances
from core.storage.writes_notes import (
    CallsRow,
    delete_schedules,
    delete_tasks,
    write_calls,
    write_schedules,
    write_tasks,
)

__all__ = [
    "IMPORT_RUN",
    "CallsRow",
    "delete_schedules",
    "delete_source",
    "delete_tasks",
    "fold",
    "forget_listing_pages",
    "write_absent",
    "write_balances",
    "write_calls",
    "write_import",
    "write_listing_pages",
    "write_pages",
    "write_schedules",
    "write_sources",
    "write_states",
    "write_tasks",
]

IMPORT_RUN = "import"

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

APPEND_LISTING_PAGES = """
insert into listings by name
select *, $run_id as run_id, $seen_at as seen_at, $version as version
from batch
"""

FORGET_LISTING_PAGES = """
delete from listings
where run_id = $run_id
"""

DELETE_SOURCE = (
    "delete from comments where source = $source",
    "delete from features where source = $source",
    "delete from labels where source = $source",
    "delete from labels_replaced where source = $source",
    "delete from coding_items where source = $source",
    "delete from topic_assignments where source = $source",
    "delete from entities where source = $source",
    "delete from observations where source = $source",
    "delete from pages where source = $source",
    "delete from source_observations where source = $source",
    "delete from source_states where source = $source",
    *rollups.FORGET_SOURCE,
)

# A page of a list may tell of the source among a hundred others; a run under way asks it again if killed.
DELETE_LISTING_PAGES = """
delete from listings
"""


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
            append(transaction, statement, batch, run_id, seen_at)
        appended(transaction, len(comments) + len(authors))
    return transaction.version


def write_sources(store: Store, run_id: str, sources: Sequence[Source], seen_at: datetime) -> int:
    """Append what VK says about sources; return the new version."""
    with store.writing("sources") as transaction:
        append(transaction, APPEND_SOURCES, source_table(sources), run_id, seen_at)
    return transaction.version


def write_states(store: Store, run_id: str, states: Sequence[StateRow], seen_at: datetime) -> int:
    """Append how complete sources are: (source, state, declared comments, VK's code of refusal or 0)."""
    with store.writing("states") as transaction:
        append(transaction, APPEND_STATES, state_table(states), run_id, seen_at)
    return transaction.version


def write_listing_pages(
    store: Store, run_id: str, rows: Sequence[tuple[str, str, str]], seen_at: datetime
) -> int:
    """Append answered pages of lists, the checkpoint of a run: (listing, call, body); return the version."""
    batch = pa.table(
        {
            "listing": pa.array([listing for listing, _, _ in rows], pa.string()),
            "call": pa.array([call for _, call, _ in rows], pa.string()),
            "body": pa.array([body for _, _, body in rows], pa.string()),
        }
    )
    with store.writing("listings") as transaction:
        append(transaction, APPEND_LISTING_PAGES, batch, run_id, seen_at)
    return transaction.version


def forget_listing_pages(store: Store, run_id: str) -> None:
    """Delete the listing pages of a run that needs them no more; data stays as it is."""
    with store.noting() as cursor:
        cursor.execute(FORGET_LISTING_PAGES, {"run_id": run_id})


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
            append(transaction, statement, batch, IMPORT_RUN, seen_at)
        fold_log(transaction)
    return int(comments.num_rows)


def fold(store: Store) -> None:
    """Merge what the log holds beyond the last fold into the current state; nothing to do is fine.

    Reads answer the same before and after; a fold that breaks off leaves everything as it was.
    """
    if not store.unfolded:
        return
    with store.writing("fold") as transaction:
        fold_log(transaction)


def delete_source(store: Store, key: str) -> None:
    """Delete a source with its comments, log, checkpoints and states, in one transaction."""
    with store.writing("delete") as transaction:
        for statement in DELETE_SOURCE:
            transaction.cursor.execute(statement, {"source": key})
        transaction.cursor.execute(DELETE_LISTING_PAGES)

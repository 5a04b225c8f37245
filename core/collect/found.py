"""What a run found changed, counted by the log: in all, and in the sources it read in full as a sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from core.collect.refresh import Drawn
from core.models import SourceRef
from core.query import Query
from core.storage import reads
from core.storage.reads import ChangeKind
from core.storage.store import Store

PER_READ: Final = 1_000
_TOLD: Final = (ChangeKind.EDITED, ChangeKind.DELETED)


def changed(store: Store, run_id: str, since: int) -> dict[str, int]:
    """Count the changes that a run has seen since a version of the dataset, by kind."""
    counts = reads.change_counts_of(store, run_id, since)
    return {
        "new": counts.new,
        "edited": counts.edited,
        "deleted": counts.deleted,
        "restored": counts.restored,
    }


def changed_in(
    store: Store, drawn: Mapping[SourceRef, Drawn], since: int
) -> dict[SourceRef, tuple[int, int]]:
    """Count, for each of these sources, comments found edited and comments found gone since a version.

    Where a source is drawn for its long threads, only those count.
    """
    threads = {str(ref): each.threads for ref, each in drawn.items()}
    keys = tuple(threads)
    found: set[tuple[str, str, int]] = set()
    cursor: str | None = None
    while keys:
        page = reads.changes(store, Query(source=keys), since, PER_READ, cursor, kinds=_TOLD)
        rows = page.rows.select(["source", "comment_id", "root_id"]).to_pylist()
        for change, row in zip(page.changes, rows, strict=True):
            within = threads[row["source"]]
            if within is None or row["root_id"] in within:
                found.add((str(change.kind), row["source"], row["comment_id"]))
        cursor = page.next
        if cursor is None:
            break
    counts = Counter((kind, source) for kind, source, _ in found)
    return {SourceRef.parse(key): (counts["edited", key], counts["deleted", key]) for key in keys}

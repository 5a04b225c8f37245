"""What an earlier attempt of the same run has stored already, so that nothing answered is asked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from core.collect.facts import PageFacts
from core.models import SourceRef
from core.storage import reads
from core.storage.store import Store

Checkpoint = Mapping[SourceRef, Mapping[str, PageFacts]]


def read_checkpoint(store: Store, run_id: str) -> Checkpoint:
    """Read the answered pages of a run, by source and call; empty for a new one. Raises StorageError."""
    pages: defaultdict[SourceRef, dict[str, PageFacts]] = defaultdict(dict)
    for record in reads.answered(store, run_id):
        if not record.refused_code:
            declared = (record.declared_total, record.declared_level)
            facts = PageFacts.stored(record.extra, record.threads, declared, record.thread_root)
            pages[record.source][record.call] = facts
    return pages

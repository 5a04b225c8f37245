"""What earlier attempts of the same run have stored already, so that nothing answered is asked again.

Pages of comments lie in the log itself; pages of lists, the meaning of names and where the run began are
notes of the run, kept until it has everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

import orjson

from core.collect.facts import PageFacts
from core.models import Source, SourceRef
from core.storage import reads
from core.storage.store import Store
from core.vk.client import Meter
from core.vk.execute import ApiCall
from core.vk.parse import Listing

BEGUN: Final = ("run", "begun")
COST: Final = ("run", "cost")
NAMES: Final = "names"
NoteKey = tuple[str, str]
"""What was asked: the method and its parameters, for a page of a list."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a run has: pages of comments by source and name, and its notes as JSON."""

    pages: Mapping[SourceRef, Mapping[str, PageFacts]] = field(default_factory=dict)
    notes: Mapping[NoteKey, str] = field(default_factory=dict)

    def begun(self) -> tuple[int, datetime] | None:
        """Return the dataset version and the moment at which the run began; None for a new one."""
        note = self.notes.get(BEGUN)
        if note is None:
            return None
        version, moment = orjson.loads(note)
        return int(version), datetime.fromtimestamp(moment, UTC)

    def meter(self) -> Meter:
        """Return a meter that goes on from what earlier attempts had noted."""
        requests, calls, retries, size = orjson.loads(self.notes.get(COST, "[0, 0, 0, 0]"))
        return Meter(requests, calls, retries, size)

    def names(self) -> dict[str, tuple[str, int]]:
        """Return the owners that names were found to mean."""
        found: dict[str, tuple[str, int]] = {}
        for (kind, name), body in self.notes.items():
            if kind == NAMES:
                what, number = orjson.loads(body)
                found[name] = (str(what), int(number))
        return found


def read_checkpoint(store: Store, run_id: str) -> Checkpoint:
    """Read what a run has stored; empty for a new one. Raises StorageError."""
    pages: defaultdict[SourceRef, dict[str, PageFacts]] = defaultdict(dict)
    for record in reads.answered(store, run_id):
        if not record.refused_code:
            declared = (record.declared_total, record.declared_level)
            facts = PageFacts.stored(record.extra, record.threads, declared, record.thread_root)
            pages[record.source][record.call] = facts
    notes = {(what, call): body for what, call, body in reads.listing_pages(store, run_id)}
    return Checkpoint(pages, notes)


def note_key(call: ApiCall, time: int) -> NoteKey:
    """Return the name of a page of a list; `time` counts how often the run has asked for it."""
    params = sha256(orjson.dumps(dict(call.params), option=orjson.OPT_SORT_KEYS)).hexdigest()[:24]
    return call.method, params if time == 1 else f"{params}~{time}"


def begun_note(version: int, moment: datetime) -> str:
    """Write down where a run begins."""
    return orjson.dumps([version, moment.timestamp()]).decode()


def cost_note(meter: Meter) -> str:
    """Write down what a run has cost so far."""
    return orjson.dumps([meter.requests, meter.calls, meter.retries, meter.bytes]).decode()


def name_note(owner: tuple[str, int]) -> str:
    """Write down whose a name is: (type, id)."""
    return orjson.dumps(owner).decode()


def listing_note(listing: Listing) -> str:
    """Write down a page of a list."""
    sources = [
        {
            "source": str(each.ref),
            "published_at": each.published_at and each.published_at.timestamp(),
            "raw": each.raw.decode(),
            **{name: getattr(each, name) for name in _PLAIN},
        }
        for each in listing.sources
    ]
    closed = [str(ref) for ref in listing.maybe_closed]
    note = {"total": listing.total, "items": listing.items, "sources": sources, "maybe_closed": closed}
    return orjson.dumps(note).decode()


def read_listing(note: str) -> Listing:
    """Read a page of a list back."""
    body: dict[str, Any] = orjson.loads(note)
    return Listing(
        body["total"],
        body["items"],
        tuple(_source(each) for each in body["sources"]),
        frozenset(SourceRef.parse(key) for key in body["maybe_closed"]),
    )


_PLAIN: Final = (
    "title", "text", "author_id", "likes", "reposts", "views", "declared_comments", "is_pinned",
)  # fmt: skip


def _source(row: dict[str, Any]) -> Source:
    moment = row["published_at"]
    return Source(
        SourceRef.parse(row["source"]),
        published_at=None if moment is None else datetime.fromtimestamp(moment, UTC),
        raw=row["raw"].encode(),
        **{name: row[name] for name in _PLAIN},
    )

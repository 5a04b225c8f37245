"""The balance of one source: what VK declared at each level, what came, what is missing by name.

The collector makes it, the database keeps it, the API, the page and the exports show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.models import SourceRef, SourceState
from core.templates import Reason


class Reading(StrEnum):
    """How a run looked at a source: all of it, only what had moved, or not at all because nothing had."""

    FULL = "full"
    MOVED = "moved"
    UNMOVED = "unmoved"


@dataclass(frozen=True, slots=True)
class SourceBalance:
    """One source: declared by VK (whole, and roots alone), what came, and why something is missing.

    `listed` is the number the object itself stated when it was listed, `declared` the comment pages' own.
    `missing_threads` is (root id, replies missing). `calls`, `retries` and `bytes` are what it cost.
    """

    ref: SourceRef
    title: str
    state: SourceState
    listed: int | None = None
    declared: int | None = None
    declared_level: int | None = None
    roots: int = 0
    replies: int = 0
    tombstones: int = 0
    placeholders: int = 0
    collected: int = 0
    refused_code: int = 0
    missing_roots: int = 0
    missing_threads: tuple[tuple[int, int], ...] = ()
    reason: Reason | None = None
    error_code: str = ""
    reading: Reading = Reading.FULL
    calls: int = 0
    retries: int = 0
    bytes: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the balance ready for JSON."""
        return {
            "source": str(self.ref),
            "title": self.title,
            "state": str(self.state),
            "reading": str(self.reading),
            "listed": self.listed,
            "declared": self.declared,
            "declared_roots": self.declared_level,
            "collected": self.collected,
            "roots": self.roots,
            "replies": self.replies,
            "tombstones": self.tombstones,
            "placeholders": self.placeholders,
            "refused_code": self.refused_code,
            "missing_roots": self.missing_roots,
            "missing_threads": [
                {"comment_key": f"{self.ref}:{root}", "missing": missing}
                for root, missing in self.missing_threads
            ],
            "reason": self.reason.as_dict() if self.reason else "",
            "error_code": self.error_code,
            "calls": self.calls,
            "retries": self.retries,
            "bytes": self.bytes,
        }

"""What the cache did since the start, in all and by space."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from core.errors import CacheError

Event = Literal["hits", "misses", "waits", "corrupt", "refused"]


@dataclass(frozen=True, slots=True)
class SpaceStats:
    """What became of the questions to one space; `refused` are answers that could not be kept."""

    hits: int = 0
    misses: int = 0
    waits: int = 0
    corrupt: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class CacheStats:
    """What the cache did since the start, and what state it is in.

    `waits` are callers who joined a computation under way, here or in another process; `dropped` are answers
    that left the memory too old or pushed out, and those that were refused. `entries` are those in this
    process's memory and, with a shared engine, all keys of its database as they were last counted, foreign
    ones included; `memory` is about how many bytes the former take. `reason` is why the state is "degraded".
    """

    engine: str
    state: Literal["ok", "degraded"]
    entries: int
    hits: int
    misses: int
    waits: int
    dropped: int
    corrupt: int = 0
    failures: int = 0
    by_space: Mapping[str, SpaceStats] = field(default_factory=dict)
    memory: int = 0
    outages: int = 0
    reason: CacheError | None = None


class Tally:
    """Counts by space; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, Counter[Event]] = {}

    def count(self, space: str, event: Event, times: int = 1) -> None:
        """Count an event, or several of a kind."""
        with self._lock:
            self._counts.setdefault(space, Counter())[event] += times

    def by_space(self) -> dict[str, SpaceStats]:
        """Return the counts."""
        with self._lock:
            counts = sorted(self._counts.items())
            return {space: SpaceStats(**{str(each): n for each, n in of.items()}) for space, of in counts}

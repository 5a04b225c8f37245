"""Short-lived answers in memory: named spaces, a life per kind of answer, one computation per key.

Only what can be asked again belongs here; truth lives in the database. An answer of None means "nothing
there" and is kept for a shorter time, because things appear. An error is never kept.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from cachetools import TLRUCache

MAX_ENTRIES = 50_000
TTL_S = 3600.0
NEGATIVE_TTL_S = 60.0

Answer = TypeVar("Answer")
Key = tuple[str, Hashable]


@dataclass(frozen=True, slots=True)
class CacheStats:
    """What the cache did since the start; `waits` are callers who joined a computation under way."""

    engine: str
    entries: int
    hits: int
    misses: int
    waits: int
    dropped: int


@dataclass(frozen=True, slots=True)
class _Entry:
    answer: Any
    ttl_s: float


class Cache:
    """A size-bounded table of this process, least recently used out first; safe to call from any thread."""

    def __init__(
        self, *, max_entries: int = MAX_ENTRIES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._lock = threading.Lock()
        self._entries: TLRUCache[Key, _Entry] = TLRUCache(
            max_entries, ttu=lambda _key, entry, now: now + entry.ttl_s, timer=clock
        )
        self._under_way: dict[Key, Future[Any]] = {}
        self._hits = self._misses = self._waits = self._kept = 0

    def computed(
        self, space: str, key: Hashable, compute: Callable[[], Answer], ttl_s: float = TTL_S
    ) -> Answer:
        """Return the kept answer, or compute it once, however many ask; errors reach all who waited."""
        place = (space, key)
        with self._lock:
            entry = self._entries.get(place)
            if entry is not None:
                self._hits += 1
                answer: Answer = entry.answer
                return answer
            other = self._under_way.get(place)
            if other is None:
                self._misses += 1
                mine: Future[Any] = Future()
                self._under_way[place] = mine
            else:
                self._waits += 1
        if other is not None:
            joined: Answer = other.result()
            return joined
        return self._compute(place, mine, compute, ttl_s)

    def _compute(self, place: Key, mine: Future[Any], compute: Callable[[], Answer], ttl_s: float) -> Answer:
        try:
            answer = compute()
        except BaseException as error:
            with self._lock:
                del self._under_way[place]
            mine.set_exception(error)
            raise
        with self._lock:
            self._store(place, answer, ttl_s)
            del self._under_way[place]
        mine.set_result(answer)
        return answer

    def kept(self, space: str, key: Hashable) -> Any | None:
        """Return the kept answer, or None."""
        with self._lock:
            entry = self._entries.get((space, key))
            if entry is None:
                self._misses += 1
                return None
            self._hits += 1
            return entry.answer

    def keep(self, space: str, key: Hashable, answer: object, ttl_s: float = TTL_S) -> None:
        """Keep an answer for `ttl_s` seconds; None only for NEGATIVE_TTL_S."""
        with self._lock:
            self._store((space, key), answer, ttl_s)

    def take(self, space: str, key: Hashable) -> Any | None:
        """Return the kept answer and forget it in one step, so that only one caller gets it."""
        with self._lock:
            entry = self._entries.pop((space, key), None)
            if entry is None:
                return None
            self._kept -= 1
            return entry.answer

    def stats(self) -> CacheStats:
        """Return the counters."""
        with self._lock:
            self._entries.expire()
            entries = len(self._entries)
            return CacheStats("memory", entries, self._hits, self._misses, self._waits, self._kept - entries)

    def _store(self, place: Key, answer: object, ttl_s: float) -> None:
        life_s = min(ttl_s, NEGATIVE_TTL_S) if answer is None else ttl_s
        if place not in self._entries:
            self._kept += 1
        self._entries[place] = _Entry(answer, life_s)

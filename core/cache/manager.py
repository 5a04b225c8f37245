"""The cache as everything uses it: spaces of answers, a life for each, one computation per key.

Only what can be asked again belongs here; truth lives in the database. An error is never kept. With a shared
engine the answers of spaces that have a codec are every process's; all others stay in this one.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import Future
from enum import Enum
from typing import Any, Final, TypeVar

from core.cache.breaker import USUAL, Patience
from core.cache.codec import Unreadable, opened, sealed
from core.cache.figures import CacheStats, Tally
from core.cache.memory import MAX_ENTRIES, MAX_MEMORY, Entry, Here, Shelf, Table
from core.cache.shared import Shared
from core.cache.spaces import Place, Space
from core.cache.tiers import Tiers
from core.errors import CacheError

FIRST_POLL_S: Final = 0.01
LONGEST_POLL_S: Final = 0.1

Answer = TypeVar("Answer")
Asked = TypeVar("Asked", bound=Hashable)


class Missing(Enum):
    """What stands where nothing is kept, as None is an answer too."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


def _nobody(_error: CacheError) -> None:
    """Tell nobody."""


class Cache:
    """Short-lived answers, in this process or shared; no method fails because of the engine.

    `shared` is the engine that other processes use too; `noticed` is told the first failure of each outage.
    A space that is a plain text keeps live objects in this process.
    """

    def __init__(
        self,
        *,
        max_entries: int = MAX_ENTRIES,
        max_memory: int = MAX_MEMORY,
        clock: Callable[[], float] = time.monotonic,
        shared: Shared | None = None,
        patience: Patience = USUAL,
        noticed: Callable[[CacheError], None] = _nobody,
    ) -> None:
        self._table = Table(max_entries, max_memory, clock)
        self._here = Here(self._table)
        self._tally = Tally()
        self._lock = threading.Lock()
        self._under_way: dict[Place, Future[Any]] = {}
        self._patience = patience
        self._closing = threading.Event()
        self._tiers = None if shared is None else Tiers(self._table, shared, patience, noticed)
        if self._tiers is not None:
            self._tiers.breaker.begin()

    def computed(
        self,
        space: Space[Answer] | str,
        key: Hashable,
        compute: Callable[[], Answer],
        ttl_s: float | None = None,
    ) -> Answer:
        """Return the kept answer, or compute it once, however many ask; errors reach all who waited here.

        Another process that computes the same is waited for, but not for ever: a dead one's turn ends by
        itself, and after `Patience.others_s` it is computed here as well.
        """
        kind = _kind(space)
        place = kind.place(key)
        with self._lock:
            other = self._under_way.get(place)
            mine: Future[Answer] = Future()
            if other is None:
                self._under_way[place] = mine
        if other is not None:
            self._tally.count(kind.name, "waits")
            joined: Answer = other.result()
            return joined
        try:
            answer = self._found_or_computed(kind, place, compute, ttl_s)
        except BaseException as error:
            self._end(place)
            mine.set_exception(error)
            raise
        self._end(place)
        mine.set_result(answer)
        return answer

    def kept(self, space: Space[Answer] | str, key: Hashable) -> Answer | None:
        """Return the kept answer, or None."""
        answer = self.kept_many(space, [key])[key]
        return None if isinstance(answer, Missing) else answer

    def kept_many(
        self, space: Space[Answer] | str, keys: Iterable[Asked]
    ) -> dict[Asked, Answer | Missing | None]:
        """Return the kept answers by key: None where "nothing there" is kept, MISSING where nothing is."""
        kind = _kind(space)
        places = {key: kind.place(key) for key in keys}
        held = self._shelf(kind).read(list(places.values()))
        found: dict[Asked, Answer | Missing | None] = {
            key: self._opened(kind, held[place]) if place in held else MISSING
            for key, place in places.items()
        }
        misses = sum(answer is MISSING for answer in found.values())
        self._tally.count(kind.name, "misses", misses)
        self._tally.count(kind.name, "hits", len(found) - misses)
        return found

    def keep(
        self, space: Space[Answer] | str, key: Hashable, answer: Answer | None, ttl_s: float | None = None
    ) -> None:
        """Keep an answer for as long as its space says, or for `ttl_s` seconds; None for a shorter time."""
        self.keep_many(space, {key: answer}, ttl_s)

    def keep_many(
        self,
        space: Space[Answer] | str,
        answers: Mapping[Asked, Answer | None],
        ttl_s: float | None = None,
    ) -> None:
        """Keep answers by key; one that its codec cannot say is only counted."""
        kind = _kind(space)
        entries = {kind.place(key): self._entry(kind, answer, ttl_s) for key, answer in answers.items()}
        sayable = {place: entry for place, entry in entries.items() if entry is not None}
        refused = self._shelf(kind).write(kind, sayable)
        self._tally.count(kind.name, "refused", refused + len(entries) - len(sayable))

    def take(self, space: Space[Answer] | str, key: Hashable) -> Answer | None:
        """Return the kept answer and forget it in one step, so that only one caller gets it."""
        kind = _kind(space)
        held = self._shelf(kind).take(kind.place(key))
        answer: Answer | Missing | None = MISSING if held is None else self._opened(kind, held)
        self._tally.count(kind.name, "misses" if answer is MISSING else "hits")
        return None if isinstance(answer, Missing) else answer

    def stats(self) -> CacheStats:
        """Return the figures; the engine is not asked for them."""
        table, by_space = self._table.stats(), self._tally.by_space()
        breaker = None if self._tiers is None else self._tiers.breaker
        reason = None if breaker is None else breaker.reason
        return CacheStats(
            engine="memory" if self._tiers is None else "redis",
            state="ok" if reason is None else "degraded",
            entries=table.entries + (0 if self._tiers is None else self._tiers.entries),
            hits=sum(each.hits for each in by_space.values()),
            misses=sum(each.misses for each in by_space.values()),
            waits=sum(each.waits for each in by_space.values()),
            dropped=table.dropped + sum(each.refused for each in by_space.values()),
            corrupt=sum(each.corrupt for each in by_space.values()),
            failures=0 if breaker is None else breaker.failures,
            by_space=by_space,
            memory=table.size,
            outages=0 if breaker is None else breaker.outages,
            reason=reason,
        )

    def close(self) -> None:
        """Let go of what the engine holds; who still asks is answered from memory."""
        self._closing.set()
        if self._tiers is not None:
            self._tiers.close()

    def _found_or_computed(
        self, kind: Space[Answer], place: Place, compute: Callable[[], Answer], ttl_s: float | None
    ) -> Answer:
        shelf, token = self._shelf(kind), secrets.token_hex(8)
        found = self._claimed(kind, place, token)
        if not isinstance(found, Missing):
            self._tally.count(kind.name, "hits")
            return found
        self._tally.count(kind.name, "misses")
        entry: Entry | None = None
        refused = 0
        try:
            answer = compute()
            entry = self._entry(kind, answer, ttl_s)
            refused = int(entry is None)
        finally:
            refused += shelf.settle(kind, place, token, entry)
            self._tally.count(kind.name, "refused", refused)
        return answer

    def _claimed(self, kind: Space[Answer], place: Place, token: str) -> Answer | Missing:
        """Return the kept answer, if need be when another process has it; MISSING to compute it now."""
        shelf, poll_s = self._shelf(kind), FIRST_POLL_S
        ends_at = time.monotonic() + self._patience.others_s
        while time.monotonic() < ends_at:
            claimed = shelf.claim(place, token)
            if claimed is True:
                return MISSING
            if isinstance(claimed, Entry):
                answer: Answer | Missing = self._opened(kind, claimed.held)
                if answer is not MISSING:
                    return answer
                shelf.forget(place)
                continue
            if poll_s == FIRST_POLL_S:
                self._tally.count(kind.name, "waits")
            self._closing.wait(poll_s)
            poll_s = min(poll_s * 2, LONGEST_POLL_S)
        return MISSING

    def _shelf(self, kind: Space[Any]) -> Shelf:
        return self._here if kind.codec is None or self._tiers is None else self._tiers

    def _end(self, place: Place) -> None:
        with self._lock:
            del self._under_way[place]

    def _entry(self, kind: Space[Answer], answer: Answer | None, ttl_s: float | None) -> Entry | None:
        """Return what to keep; None for an answer that the codec cannot say."""
        life_s = kind.life_s(answer, ttl_s)
        if kind.codec is None:
            return Entry(answer, life_s)
        held = sealed(kind.codec, answer)
        return None if held is None else Entry(held, life_s)

    def _opened(self, kind: Space[Any], held: Any) -> Any:
        """Return the answer in what is kept; MISSING where it cannot be read."""
        if kind.codec is None:
            return held
        try:
            return opened(kind.codec, held)
        except Unreadable:
            self._tally.count(kind.name, "corrupt")
            return MISSING


def _kind(space: Space[Answer] | str) -> Space[Answer]:
    return Space(space) if isinstance(space, str) else space

"""This process's memory: a table bounded by entries and by bytes, least recently used out first."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from cachetools import TLRUCache

from core.cache.spaces import Place, Space

MAX_ENTRIES: Final = 50_000
MAX_MEMORY: Final = 128 * 2**20
OVERHEAD: Final = 256
"""About what an entry weighs besides its answer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept answer: sealed bytes where the space has a codec, the object itself where it has none.

    `copy_of` is the number of outages there had been when the shared engine took the same answer; None when
    it is kept here alone.
    """

    held: Any
    ttl_s: float
    copy_of: int | None = None

    @property
    def weight(self) -> int:
        """Return about how many bytes it takes; of an object only the outermost layer is counted."""
        return sys.getsizeof(self.held) + OVERHEAD


class Shelf(Protocol):
    """Where the answers of a space are kept; safe to use from any thread, and raises nothing."""

    def read(self, places: Sequence[Place]) -> dict[Place, Any]:
        """Return what is kept, by place."""

    def write(self, space: Space[Any], entries: Mapping[Place, Entry]) -> int:
        """Keep entries; return how many of them there was no room for."""

    def take(self, place: Place) -> Any | None:
        """Return what is kept and forget it in one step."""

    def claim(self, place: Place, token: str) -> Entry | bool:
        """Return what is kept; else tell whether to compute it now, because nobody else does."""

    def settle(self, space: Space[Any], place: Place, token: str, entry: Entry | None) -> int:
        """Keep what a claim was computed to, None where it came to nothing; return 1 without room."""

    def forget(self, place: Place) -> None:
        """Forget what nobody can read."""


@dataclass(frozen=True, slots=True)
class TableStats:
    """What the table holds, and how many entries left it by themselves: too old, or pushed out."""

    entries: int
    size: int
    dropped: int


class Table:
    """A bounded table of entries, each with a life of its own; safe to use from any thread."""

    def __init__(self, max_entries: int, max_memory: int, clock: Callable[[], float]) -> None:
        self._lock = threading.Lock()
        self._max_entries = max_entries
        self._entries: TLRUCache[Place, Entry] = TLRUCache(
            max_memory,
            ttu=lambda _place, entry, now: now + entry.ttl_s,
            timer=clock,
            getsizeof=lambda entry: entry.weight,
        )
        self._kept = 0

    def entry(self, place: Place) -> Entry | None:
        """Return what is kept."""
        with self._lock:
            return self._entries.get(place)

    def put(self, place: Place, entry: Entry) -> int:
        """Keep an entry; return 1 when it is larger than all the room there is."""
        if entry.weight > self._entries.maxsize:
            self.pop(place)
            return 1
        with self._lock:
            if place not in self._entries:
                self._kept += 1
                self._make_room()
            self._entries[place] = entry
        return 0

    def pop(self, place: Place) -> Entry | None:
        """Return what is kept and forget it in one step."""
        with self._lock:
            entry = self._entries.pop(place, None)
            if entry is not None:
                self._kept -= 1
            return entry

    def forget(self, places: Iterable[Place]) -> None:
        """Forget what is kept there."""
        for place in places:
            self.pop(place)

    def stats(self) -> TableStats:
        """Return the figures."""
        with self._lock:
            self._entries.expire()
            entries = len(self._entries)
            return TableStats(entries, int(self._entries.currsize), self._kept - entries)

    def _make_room(self) -> None:
        """See that there is a place for one more: what is too old goes first."""
        if len(self._entries) >= self._max_entries:
            self._entries.expire()
        if len(self._entries) >= self._max_entries:
            self._entries.popitem()


class Here:
    """The shelf of this process: the table alone."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def read(self, places: Sequence[Place]) -> dict[Place, Any]:
        """Return what is kept, by place."""
        return {place: entry.held for place in places if (entry := self._table.entry(place)) is not None}

    def write(self, space: Space[Any], entries: Mapping[Place, Entry]) -> int:
        """Keep entries; return how many of them there was no room for."""
        del space
        return sum(self._table.put(place, entry) for place, entry in entries.items())

    def take(self, place: Place) -> Any | None:
        """Return what is kept and forget it in one step."""
        entry = self._table.pop(place)
        return None if entry is None else entry.held

    def claim(self, place: Place, token: str) -> Entry | bool:
        """Return what is kept; else it is to be computed: threads of one process see to their turns."""
        del token
        return self._table.entry(place) or True

    def settle(self, space: Space[Any], place: Place, token: str, entry: Entry | None) -> int:
        """Keep what was computed, if it came to anything; return 1 without room."""
        del space, token
        return 0 if entry is None else self._table.put(place, entry)

    def forget(self, place: Place) -> None:
        """Forget what nobody can read."""
        self._table.pop(place)

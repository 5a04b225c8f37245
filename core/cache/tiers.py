"""The shelf that processes share: Redis while it answers, this process's table while it does not.

After an outage nothing is served that was replaced during it: what this process kept meanwhile is forgotten
in the engine and in the table before the engine is asked again, and so asked for anew. What changed in the
world lives at most as long as its space says, as ever. The table also has what is too large to share, and
copies of what is for one caller only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from core.cache.breaker import Breaker, Patience
from core.cache.memory import Entry, Table
from core.cache.shared import Shared
from core.cache.spaces import Place, Space
from core.errors import CacheError

Answer = TypeVar("Answer")

MOST_MEANWHILE: Final = 50_000
"""Of how many keys it is told one by one that they were kept during an outage; of more, all are forgotten."""


class Tiers:
    """The shared engine over the table; safe to use from any thread, and no failure of it is raised."""

    def __init__(
        self,
        table: Table,
        shared: Shared,
        patience: Patience,
        noticed: Callable[[CacheError], None],
        most_meanwhile: int = MOST_MEANWHILE,
    ) -> None:
        self._table = table
        self._shared = shared
        self._most_meanwhile = most_meanwhile
        self._lock = threading.Lock()
        self._taking = threading.Lock()
        self._meanwhile: set[str] = set()
        self.breaker = Breaker(self._look, patience, noticed)

    @property
    def entries(self) -> int:
        """Return how many keys the engine had when it was last looked at."""
        return self._shared.entries

    def read(self, places: Sequence[Place]) -> dict[Place, Any]:
        """Return what is kept, by place."""
        found = {place: entry.held for place in places if (entry := self._table.entry(place)) is not None}
        missing = [str(place) for place in places if place not in found]
        if missing and (answered := self._asked(lambda: self._shared.read(missing))):
            kept = zip(missing, answered[0], strict=True)
            found |= {place: held for place, held in kept if held is not None}
        return found

    def write(self, space: Space[Any], entries: Mapping[Place, Entry]) -> int:
        """Keep entries; return how many of them there was no room for."""
        outages = self.breaker.outages
        small = {str(place): entry for place, entry in entries.items() if _fits(space, entry)}
        gone = [str(place) for place in entries if place not in small]
        is_shared = self._asked(lambda: self._shared.write(small, gone)) is not None
        refused = 0
        for place, entry in entries.items():
            if not is_shared:
                refused += self._put_meanwhile(space, str(place), entry)
            elif place not in small:
                refused += self._table.put(place, entry)
            elif space.is_once:
                self._table.put(place, replace(entry, copy_of=outages))
            else:
                self._table.pop(place)
        return refused

    def take(self, place: Place) -> Any | None:
        """Return what is kept and forget it in one step: one caller of all processes gets it.

        Only where the engine was away since it was kept, the process that kept it decides alone: there it
        is given to one caller of this process, whether or not the engine gave it away before it went.
        """
        with self._taking:
            mine = self._table.pop(place)
            answered = self._asked(lambda: self._shared.take(str(place)))
        if answered and (answered[0] is not None or mine is None or mine.copy_of == self.breaker.outages):
            return answered[0]
        return None if mine is None else mine.held

    def claim(self, place: Place, token: str) -> Entry | bool:
        """Return what is kept; else tell whether to compute it now, because no other process does."""
        entry = self._table.entry(place)
        if entry is not None:
            return entry
        answered = self._asked(lambda: self._shared.claim(str(place), token))
        if answered is None:
            return True
        return Entry(answered[0], 0.0) if isinstance(answered[0], bytes) else answered[0]

    def settle(self, space: Space[Any], place: Place, token: str, entry: Entry | None) -> int:
        """Keep what a claim was computed to, None where it came to nothing, and give others their turn."""
        small = entry if entry is not None and _fits(space, entry) else None
        if self._asked(lambda: self._shared.settle(str(place), token, small)):
            return 0 if small is entry or entry is None else self._table.put(place, entry)
        self._shared.abandon(str(place))
        return 0 if entry is None else self._put_meanwhile(space, str(place), entry)

    def forget(self, place: Place) -> None:
        """Forget what nobody can read."""
        self._table.pop(place)
        self._asked(lambda: self._shared.forget([str(place)]))

    def close(self) -> None:
        """Let go of the engine."""
        self.breaker.close()
        self._shared.close()

    def _asked(self, ask: Callable[[], Answer]) -> tuple[Answer] | None:
        """Return what the engine answers, in a tuple; None while it is away, and when that shows now."""
        if self.breaker.reason is not None:
            return None
        try:
            return (ask(),)
        except CacheError as error:
            self.breaker.trip(error)
            return None

    def _put_meanwhile(self, space: Space[Any], place: str, entry: Entry) -> int:
        """Keep in the table, and remember it; what is for one caller has a key that nobody used before."""
        if not space.is_once:
            with self._lock:
                self._meanwhile.add(place)
        return self._table.put(place, entry)

    def _look(self) -> None:
        """See whether the engine works; before it is asked again it forgets what was kept here meanwhile.

        A write that began before the end of the outage is found at the next look.
        """
        if self.breaker.reason is not None:
            self._shared.hang_up()
        self._shared.look()
        with self._lock:
            meanwhile, self._meanwhile = self._meanwhile, set()
        try:
            if len(meanwhile) > self._most_meanwhile:
                self._shared.forget_all()
            else:
                self._shared.forget(list(meanwhile))
        except CacheError:
            with self._lock:
                self._meanwhile |= meanwhile
            raise
        self._table.forget(meanwhile)


def _fits(space: Space[Any], entry: Entry) -> bool:
    return len(entry.held) <= space.max_bytes

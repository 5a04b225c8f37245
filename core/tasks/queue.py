"""Which waiting task starts next: by priority, but nobody waits for ever.

A place in the queue is the moment of arrival plus a handicap per priority, so waiting for AGING_S makes a
task as good as a new one of the next higher priority. The order is fixed at arrival; nothing is recomputed.
Who may not start yet, because its source or all places of its kind are taken, is overtaken by those who may;
but nobody takes a source away from one who stands before and waits for it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from core.tasks.claims import Claims
from core.tasks.records import Priority, TaskKind

AGING_S = 600.0


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
    """A place in the queue; the lower comes first. `claims` are the sources that the task wants to itself."""

    rank_s: float
    arrival: int
    task_id: str = field(compare=False)
    kind: TaskKind = field(compare=False)
    priority: Priority = field(compare=False)
    since_s: float = field(compare=False)
    claims: frozenset[str] = field(compare=False)


class WaitingLine:
    """Tasks in starting order; equal places start in order of arrival. Not thread-safe by itself."""

    def __init__(self) -> None:
        self._places: list[Waiting] = []
        self._by_id: dict[str, Waiting] = {}
        self._arrivals = count()

    def __len__(self) -> int:
        return len(self._places)

    def add(
        self,
        task_id: str,
        kind: TaskKind,
        priority: Priority,
        now_s: float,
        claims: frozenset[str] = frozenset(),
    ) -> None:
        """Let a task wait from `now_s` (monotonic seconds) on."""
        rank_s = now_s + priority * AGING_S
        self.put_back(Waiting(rank_s, next(self._arrivals), task_id, kind, priority, now_s, claims))

    def put_back(self, place: Waiting) -> None:
        """Let a task wait where it waited before."""
        insort(self._places, place)
        self._by_id[place.task_id] = place

    def remove(self, task_id: str) -> bool:
        """Take a task out; tell whether it was waiting."""
        place = self._by_id.pop(task_id, None)
        if place is not None:
            self._places.remove(place)
        return place is not None

    def next(self, claims: Claims, is_full: Callable[[TaskKind], bool]) -> Waiting | None:
        """Take out the task that starts next, or return None: with these claims, and kinds that are full."""
        for place, holder in self._with_holders(claims):
            if holder is None and not is_full(place.kind):
                self.remove(place.task_id)
                return place
        return None

    def waits(self, claims: Claims) -> dict[str, str]:
        """Return the tasks that wait for a source, each with the task that has it or comes before."""
        return {place.task_id: holder for place, holder in self._with_holders(claims) if holder is not None}

    def first_before(self, place: Waiting, keys: frozenset[str]) -> str | None:
        """Return a task that stands before this place and wants one of these sources."""
        asked = Claims()
        asked.take(place.task_id, keys)
        before = self._places[: bisect_left(self._places, place)]
        return next((each.task_id for each in before if asked.holder(each.claims)), None)

    def ids(self) -> tuple[str, ...]:
        """Return the tasks that wait, in the order in which they may start."""
        return tuple(place.task_id for place in self._places)

    def oldest_s(self) -> float | None:
        """Return since when the one waits that has waited longest, None when nobody waits."""
        return min((place.since_s for place in self._places), default=None)

    def _with_holders(self, claims: Claims) -> Iterator[tuple[Waiting, str | None]]:
        """Go through the places; the second is the task that keeps this one from its sources."""
        wanted = Claims()
        for place in tuple(self._places):
            if not place.claims:
                yield place, None
                continue
            yield place, claims.holder(place.claims) or wanted.holder(place.claims)
            wanted.take(place.task_id, place.claims)

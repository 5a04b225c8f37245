"""Which waiting task starts next: by priority, but nobody waits for ever.

A place in the queue is the moment of arrival plus a handicap per priority, so waiting for AGING_S makes a
task as good as a new one of the next higher priority. The order is fixed at arrival; nothing is recomputed.
"""

from __future__ import annotations

import heapq
from itertools import count

from core.tasks.records import Priority

AGING_S = 600.0


class WaitingLine:
    """Task ids in starting order; equal places start in order of arrival. Not thread-safe by itself."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, str]] = []
        self._waiting: set[str] = set()
        self._arrivals = count()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, task_id: str, priority: Priority, now_s: float) -> None:
        """Let a task wait from `now_s` (monotonic seconds) on."""
        self._waiting.add(task_id)
        heapq.heappush(self._heap, (now_s + priority * AGING_S, next(self._arrivals), task_id))

    def remove(self, task_id: str) -> bool:
        """Take a task out; tell whether it was waiting."""
        if task_id not in self._waiting:
            return False
        self._waiting.discard(task_id)
        self._heap = [place for place in self._heap if place[2] != task_id]
        heapq.heapify(self._heap)
        return True

    def next(self) -> str | None:
        """Take out the task that starts next, or return None."""
        if not self._heap:
            return None
        task_id = heapq.heappop(self._heap)[2]
        self._waiting.discard(task_id)
        return task_id

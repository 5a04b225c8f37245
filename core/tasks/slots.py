"""Which attempts run now and which task may be the next: slots, kinds, sources. Not thread-safe by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from core.errors import TaskCancelled
from core.tasks.claims import Claims, Waits
from core.tasks.queue import Waiting, WaitingLine
from core.tasks.records import TaskKind
from core.tasks.running import Job, Run


class Slots:
    """As many slots as there are workers, the queue before them, and who holds which sources.

    An attempt that did not stop when told to is `abandoned`: its slot is free, its sources are not.
    """

    def __init__(self, jobs: Mapping[TaskKind, Job], number: int) -> None:
        self.number = number
        self.line = WaitingLine()
        self.runs: dict[str, Run] = {}
        self.abandoned: dict[str, Run] = {}
        self._jobs = jobs
        self._claims = Claims()

    def next(self) -> Waiting | None:
        """Take out of the queue who starts now, and its sources for it; None when nobody may."""
        if len(self.runs) >= self.number:
            return None
        waiting = self.line.next(self._claims, self._is_full)
        if waiting is not None:
            self._claims.take(waiting.task_id, waiting.claims)
        return waiting

    def waits(self) -> dict[str, str]:
        """Return the tasks that wait for a source, each with the task that has it or comes before."""
        return self.line.waits(self._claims)

    def holder(self, source_key: str) -> str | None:
        """Return the task that works on a source now, or on a part of it."""
        return self._claims.holder([source_key])

    def kinds(self) -> Counter[TaskKind]:
        """Count what runs by kind."""
        return Counter(run.waiting.kind for run in self.runs.values())

    def is_current(self, run: Run) -> bool:
        """Tell whether the attempt still has its slot."""
        return self.runs.get(run.task_id) is run

    def claim(self, run: Run, keys: frozenset[str]) -> None:
        """Take sources for an attempt beside those it has, all or none; raises Waits when one is taken.

        The attempt remembers them, so that it begins again only when it may have them all.
        """
        if run.cancel.is_set():
            raise TaskCancelled("The task was cancelled.")
        claims = run.waiting.claims | keys
        run.waiting = replace(run.waiting, claims=claims)
        if self._claims.holder(claims, run.task_id) or self.line.first_before(run.waiting, claims):
            raise Waits
        self._claims.take(run.task_id, claims)

    def abandon(self, run: Run) -> None:
        """Free the slot of an attempt that goes on all the same."""
        del self.runs[run.task_id]
        self.abandoned[run.task_id] = run

    def end(self, run: Run) -> None:
        """Free the slot and the sources of an attempt that has ended."""
        (self.runs if self.is_current(run) else self.abandoned).pop(run.task_id)
        self._claims.release(run.task_id)

    def _is_full(self, kind: TaskKind) -> bool:
        at_once = self._jobs[kind].at_once
        return at_once is not None and self.kinds()[kind] >= at_once

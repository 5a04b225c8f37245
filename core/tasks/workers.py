"""The threads that do the work, and the one lock under which tasks change.

Threads come from concurrent.futures; the order comes from our own waiting line, because an executor starts
what came first. A job never runs under the lock and is stopped by an event that it checks itself. Nothing is
saved under the lock either. A job that does not stop when told to is abandoned after GRACE_S seconds: its
slot gets a new thread, its sources stay its own until it ends, and nothing it still says is taken.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Final

from core.errors import NotFound, TaskConflict, TaskError
from core.log import bound_contextvars, logger
from core.metrics import Metrics
from core.models import Progress
from core.tasks import transitions
from core.tasks.bells import Bells
from core.tasks.files import remove, remove_file
from core.tasks.queue import Waiting
from core.tasks.records import PoolStats, Records, Task, TaskKind, TaskState
from core.tasks.running import Job, Outcome, Run, TaskContext, outcome_of, stopped_outcome
from core.tasks.shelf import Keeper
from core.tasks.slots import Slots

GRACE_S: Final = 5.0
DEAF: Final = "A task did not stop when told to; its slot is given to others."
DEAF_HINT: Final = "Restart the server if this happens again, and report it with the log."


class Workers:
    """Runs what is queued, as many at a time as there are threads.

    Hold `changed` around all but `stats`, `subscribe` and `close`; call the keeper's `flush` after it.
    """

    def __init__(
        self,
        jobs: Mapping[TaskKind, Job],
        number: int,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        records: Records,
        keeper: Keeper,
        metrics: Metrics,
        noticed: Callable[[BaseException], None],
    ) -> None:
        self.jobs = dict(jobs)
        self.clock = clock
        self.records = records
        self.keeper = keeper
        self.changed = threading.Condition()
        self.is_closed = False
        self._slots = Slots(self.jobs, number)
        self._monotonic = monotonic
        self._metrics = metrics
        self._noticed = noticed
        self._waits: dict[str, str] = {}
        self._bells = Bells()
        self._executor = self._threads()

    def read(self, task_id: str) -> Task:
        """Return the task as it stands; raises NotFound."""
        task = self.records.read(task_id)
        if task is None:
            raise NotFound("There is no such task, or it is long finished.", task=task_id)
        return task

    def write(self, task: Task, *, is_state: bool = True) -> None:
        """Make this snapshot the newest, and tell everybody who waits or listens."""
        self.records.write(task)
        self.keeper.note(task, is_urgent=is_state)
        self.changed.notify_all()
        self._bells.ring(task.id)

    def queue(self, task: Task, claims: frozenset[str]) -> None:
        """Let a task wait for a thread, and for sources that it wants to itself."""
        self.queue_all([(task, claims, 0.0)])

    def queue_all(self, tasks: Iterable[tuple[Task, frozenset[str], float]]) -> None:
        """Let tasks wait, each for its sources and as if it had waited for so many seconds already."""
        now_s = self._monotonic()
        for task, claims, waited_s in tasks:
            self._slots.line.add(task.id, task.kind, task.priority, now_s - waited_s, claims)
        self._dispatch()

    def end_waiting(self, task: Task) -> bool:
        """Take a task out of the queue, as this last snapshot says; tell whether it was there."""
        was_waiting = self._slots.line.remove(task.id)
        if was_waiting:
            self.write(task)
            self._dispatch()
        return was_waiting

    def stop(self, task_id: str) -> None:
        """Set the event of a task that runs."""
        run = self._slots.runs.get(task_id)
        if run is not None and run.stop(TaskState.CANCELLED, self._monotonic()):
            self.write(replace(self.read(task_id), is_stopping=True))

    def holder(self, source_key: str) -> str | None:
        """Return the task that works on a source now, or on a part of it."""
        return self._slots.holder(source_key)

    def give_up_deaf(self) -> None:
        """Take their slots from attempts that were told to stop GRACE_S seconds ago and did not."""
        now_s = self._monotonic()
        for run in tuple(self._slots.runs.values()):
            if run.stopped_s is not None and now_s - run.stopped_s >= GRACE_S:
                self._abandon(run)

    def expire(self) -> list[Task]:
        """Forget finished tasks beyond the number or the age, with their files; return them."""
        gone = self.records.expire(self.clock())
        self.keeper.forget(gone)
        for task in gone:
            remove_file(task)
        return gone

    def refuse_when_closed(self) -> None:
        """Raise TaskError when nothing is started any more."""
        if self.is_closed:
            raise TaskError("The server is stopping; no task can be started.")

    def refuse_when_abandoned(self, task_id: str) -> None:
        """Raise TaskConflict while an attempt of the task still runs although it was told to stop."""
        if task_id in self._slots.abandoned:
            raise TaskConflict(
                "The former attempt of the task has not stopped yet.",
                hint="Try again in a while, or restart the server.",
                task=task_id,
            )

    def stats(self) -> PoolStats:
        """Count workers, running and waiting tasks, and tasks by state."""
        with self.changed:
            states = Counter(str(task.state) for task in self.records.all())
            slots, oldest_s = self._slots, self._slots.line.oldest_s()
            return PoolStats(
                slots.number,
                len(slots.runs),
                len(slots.line),
                dict(states),
                {str(kind): number for kind, number in slots.kinds().items()},
                0.0 if oldest_s is None else max(0.0, self._monotonic() - oldest_s),
                len(slots.abandoned),
                slots.line.ids(),
            )

    def subscribe(self, task_id: str, bell: Callable[[], None]) -> Callable[[], None]:
        """Call `bell`, under the lock, after every change of the task until the returned function is."""
        with self.changed:
            self.read(task_id)
            self._bells.hang(task_id, bell)

        def leave() -> None:
            with self.changed:
                self._bells.take_down(task_id, bell)

        return leave

    def close(self, wait_s: float) -> None:
        """Interrupt what runs, wait up to `wait_s` seconds for it to stop, start nothing more."""
        with self.changed:
            self.is_closed = True
            for run in self._slots.runs.values():
                run.stop(TaskState.INTERRUPTED, self._monotonic())
            self.changed.wait_for(lambda: not self._slots.runs, wait_s)
        self._executor.shutdown(wait=False, cancel_futures=True)
        self.keeper.finish()

    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._slots.number, thread_name_prefix="task")

    def _dispatch(self) -> None:
        """Start what may start, and say what the others wait for."""
        while not self.is_closed and (waiting := self._slots.next()) is not None:
            self._start(waiting)
        before, self._waits = self._waits, self._slots.waits()
        for task_id, holder in self._waits.items():
            if before.get(task_id) != holder:
                self.write(transitions.noted(self.read(task_id), holder), is_state=False)
        for task_id in before.keys() - self._waits.keys():
            task = self.records.read(task_id)
            if task is not None and task.state is TaskState.QUEUED:
                self.write(transitions.unnoted(task), is_state=False)

    def _start(self, waiting: Waiting) -> None:
        task, now_s = self.read(waiting.task_id), self._monotonic()
        run = Run(waiting, task.attempt, now_s)
        self._slots.runs[task.id] = run
        self._metrics.queue_wait_seconds.labels(str(task.kind), task.priority.name.lower()).observe(
            max(0.0, now_s - waiting.since_s)
        )
        self.write(transitions.begun(task, self.clock()))
        self._executor.submit(self._work, run)

    def _bound(self, run: Run) -> AbstractContextManager[None]:
        """Let every line of the log inside name the attempt."""
        return bound_contextvars(
            task=run.task_id, kind=str(run.waiting.kind), run=f"{run.task_id}.{run.attempt}"
        )

    def _work(self, run: Run) -> None:
        with self._bound(run):
            self.keeper.flush()
            with self.changed:
                task = self.read(run.task_id)
            logger(__name__).info("A task begins", attempt=run.attempt)
            timer = self._alarm(run, task.timeout_s)
            context = TaskContext(
                task.id,
                task.attempt,
                run.cancel,
                lambda progress: self._report(run, progress),
                task.place,
                lambda keys: self._claim(run, keys),
            )
            outcome = outcome_of(self.jobs[task.kind], context, task.params, run, self._noticed)
            if timer is not None:
                timer.cancel()
            with self.changed:
                self._end(run, outcome)
            self.keeper.flush()

    def _end(self, run: Run, outcome: Outcome) -> None:
        """Take in how an attempt ended, unless it was abandoned, and let the next one start."""
        is_current = self._slots.is_current(run)
        self._slots.end(run)
        if is_current:
            self._settle(run, outcome)
        else:
            remove(outcome.file)
            logger(__name__).info("An abandoned attempt ended", state=str(outcome.state))
        self._dispatch()

    def _settle(self, run: Run, outcome: Outcome) -> None:
        task = self.read(run.task_id)
        if outcome.state is TaskState.QUEUED:
            logger(__name__).info("A task waits for a source")
            self.write(transitions.queued_again(task))
            self._slots.line.put_back(replace(run.waiting, since_s=self._monotonic()))
            return
        seconds = max(0.0, self._monotonic() - run.began_s)
        self._metrics.task_seconds.labels(str(task.kind), str(outcome.state)).observe(seconds)
        logger(__name__).info("A task ended", state=str(outcome.state), seconds=round(seconds, 3))
        self.write(transitions.finished(task, outcome, self.clock()))

    def _abandon(self, run: Run) -> None:
        self._slots.abandon(run)
        with self._bound(run):
            logger(__name__).error("A task did not stop when told to")
            self._noticed(TaskError(DEAF, hint=DEAF_HINT))
            self._settle(run, stopped_outcome(run))
        self._executor.shutdown(wait=False)
        self._executor = self._threads()
        self._dispatch()

    def _alarm(self, run: Run, timeout_s: float | None) -> threading.Timer | None:
        """Stop the run as timed out after so many seconds, unless the returned timer is cancelled first."""
        if timeout_s is None:
            return None

        def ring() -> None:
            with self.changed:
                run.stop(TaskState.TIMED_OUT, self._monotonic())

        timer = threading.Timer(timeout_s, ring)
        timer.daemon = True
        timer.start()
        return timer

    def _report(self, run: Run, progress: Progress) -> None:
        with self.changed:
            if self._slots.is_current(run):
                task = transitions.progressed(self.read(run.task_id), progress, run.pace, self._monotonic())
                self.write(task, is_state=False)

    def _claim(self, run: Run, keys: frozenset[str]) -> None:
        with self.changed:
            self._slots.claim(run, keys)

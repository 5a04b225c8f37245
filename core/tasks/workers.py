"""The threads that do the work, and the one lock under which tasks change.

Threads come from concurrent.futures; the order comes from our own waiting line, because an executor starts
what came first. A job never runs under the lock and is stopped by an event that it checks itself. Nothing is
saved under the lock either.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from core.errors import NotFound, TaskError
from core.log import bound_contextvars
from core.models import Progress
from core.tasks.queue import WaitingLine
from core.tasks.records import PoolStats, Records, Task, TaskKind, TaskState
from core.tasks.running import Job, Run, TaskContext, alarm, begun, finished, outcome_of, progressed
from core.tasks.shelf import Keeper


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
    ) -> None:
        self.jobs = dict(jobs)
        self.clock = clock
        self.records = records
        self.keeper = keeper
        self.changed = threading.Condition()
        self.is_closed = False
        self._number = number
        self._monotonic = monotonic
        self._line = WaitingLine()
        self._runs: dict[str, Run] = {}
        self._bells: dict[str, list[Callable[[], None]]] = {}
        self._executor = ThreadPoolExecutor(number, thread_name_prefix="task")

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
        for bell in tuple(self._bells.get(task.id, ())):
            bell()

    def queue(self, task: Task) -> None:
        """Let a task wait for a thread."""
        self.queue_all([task], lambda _task: 0.0)

    def queue_all(self, tasks: Iterable[Task], waited_s: Callable[[Task], float]) -> None:
        """Let tasks wait for a thread, each as if it had waited for so many seconds already."""
        now_s = self._monotonic()
        for task in tasks:
            self._line.add(task.id, task.priority, now_s - waited_s(task))
        self._dispatch()

    def leave_queue(self, task_id: str) -> bool:
        """Take a task out of the queue; tell whether it was there."""
        return self._line.remove(task_id)

    def stop(self, task_id: str) -> None:
        """Set the event of a task that runs."""
        if task_id in self._runs:
            self._runs[task_id].cancel.set()

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

    def stats(self) -> PoolStats:
        """Count workers, running and waiting tasks, and tasks by state."""
        with self.changed:
            states = Counter(str(task.state) for task in self.records.all())
            return PoolStats(self._number, len(self._runs), len(self._line), dict(states))

    def subscribe(self, task_id: str, bell: Callable[[], None]) -> Callable[[], None]:
        """Call `bell`, under the lock, after every change of the task until the returned function is."""
        with self.changed:
            self.read(task_id)
            self._bells.setdefault(task_id, []).append(bell)

        def leave() -> None:
            with self.changed:
                bells = self._bells.get(task_id, [])
                if bell in bells:
                    bells.remove(bell)
                if not bells:
                    self._bells.pop(task_id, None)

        return leave

    def close(self, wait_s: float) -> None:
        """Interrupt what runs, wait up to `wait_s` seconds for it to stop, start nothing more."""
        with self.changed:
            self.is_closed = True
            for run in self._runs.values():
                run.stopped_as = TaskState.INTERRUPTED
                run.cancel.set()
            self.changed.wait_for(lambda: not self._runs, wait_s)
        self._executor.shutdown(wait=False, cancel_futures=True)
        self.keeper.flush()

    def _dispatch(self) -> None:
        while not self.is_closed and len(self._runs) < self._number:
            task_id = self._line.next()
            if task_id is None:
                return
            task = self.read(task_id)
            run = Run(task_id, task.attempt)
            self._runs[task_id] = run
            self.write(begun(task, self.clock()))
            self._executor.submit(self._work, run)

    def _work(self, run: Run) -> None:
        self.keeper.flush()
        with self.changed:
            task = self.read(run.task_id)
        timer = alarm(run, task.timeout_s, self.changed)
        context = TaskContext(
            task.id, task.attempt, run.cancel, lambda progress: self._report(run, progress), task.place
        )
        with bound_contextvars(task=task.id, kind=str(task.kind)):
            outcome = outcome_of(self.jobs[task.kind], context, task.params, run)
        if timer is not None:
            timer.cancel()
        with self.changed:
            del self._runs[run.task_id]
            self.write(finished(self.read(run.task_id), outcome, run, self.clock()))
            self._dispatch()
        self.keeper.flush()

    def _report(self, run: Run, progress: Progress) -> None:
        with self.changed:
            task = progressed(self.read(run.task_id), progress, run, self._monotonic())
            self.write(task, is_state=False)


def remove_file(task: Task) -> None:
    """Remove what a task made, when it made a file."""
    if task.file is not None:
        task.file.unlink(missing_ok=True)


def without_lost_file(task: Task) -> Task:
    """Return a task without the file it made when somebody removed that."""
    is_lost = task.file is not None and not task.file.exists()
    return replace(task, file=None, file_name="") if is_lost else task

"""The workers of long work: who runs next, for how long, and how it is stopped.

Threads come from concurrent.futures; the order comes from our own waiting line, because an executor starts
what came first. A job never runs under the pool's lock and is stopped by an event that it checks itself.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from core.errors import NotFound, TaskConflict, TaskError
from core.log import bound_contextvars
from core.models import Progress
from core.tasks.params import refuse_broken_text
from core.tasks.queue import WaitingLine
from core.tasks.records import RETRYABLE, Priority, Records, Task, TaskKind, TaskState
from core.tasks.running import Job, Run, TaskContext, again, finished, outcome_of, progressed

CLOSE_WAIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Submission:
    """The task that does the work, and whether this call created it."""

    task: Task
    is_new: bool


@dataclass(frozen=True, slots=True)
class PoolStats:
    """The pool at one moment; `states` counts the tasks that are remembered."""

    workers: int
    running: int
    waiting: int
    states: dict[str, int]


class TaskPool:
    """Runs jobs by kind; every method may be called from any thread and returns frozen snapshots.

    `clock` gives aware UTC, `monotonic` seconds for order and durations.
    """

    def __init__(
        self,
        jobs: Mapping[TaskKind, Job],
        *,
        workers: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        records: Records | None = None,
    ) -> None:
        self._jobs = dict(jobs)
        self._workers = workers
        self._clock = clock
        self._monotonic = monotonic
        self._records = records or Records(_remove_file)
        self._changed = threading.Condition()
        self._line = WaitingLine()
        self._runs: dict[str, Run] = {}
        self._keys: dict[str, tuple[str, str]] = {}
        self._bells: dict[str, list[Callable[[], None]]] = {}
        self._is_closed = False
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="task")

    def submit(
        self,
        kind: TaskKind | str,
        params: Mapping[str, Any],
        *,
        priority: Priority = Priority.NORMAL,
        timeout_s: float | None = None,
        key: str | None = None,
    ) -> Submission:
        """Queue a job, or return the task that already does the same; `params` are JSON-ready.

        `timeout_s` None means the kind's own limit. `key` makes a repeated call safe. Raises TaskError for
        wrong parameters, TaskConflict when the key was used for something else.
        """
        kind = TaskKind(kind)
        if kind not in self._jobs:
            raise TaskError(f"Tasks of the kind '{kind}' are not built yet.", kind=kind)
        job = self._jobs[kind]
        refuse_broken_text(params)
        params = job.check(params)
        timeout_s = job.timeout_s if timeout_s is None else timeout_s
        body = _fingerprint([kind, params, int(priority), timeout_s])
        with self._changed:
            self._refuse_when_closed()
            self._expire()
            known = self._known(kind, params, body, key)
            task = known or Task(
                uuid4().hex, kind, params, self._clock(), priority=priority, timeout_s=timeout_s
            )
            if key is not None:
                self._keys[key] = (body, task.id)
            if known is not None:
                return Submission(known, is_new=False)
            self._write(task)
            self._line.add(task.id, priority, self._monotonic())
            self._dispatch()
            return Submission(self._read(task.id), is_new=True)

    def get(self, task_id: str) -> Task:
        """Return the task as it stands; raises NotFound."""
        with self._changed:
            return self._read(task_id)

    def list(self, *, state: TaskState | None = None, kind: TaskKind | None = None) -> list[Task]:
        """Return tasks, the last submitted first."""
        return [
            task for task in self._records.all() if state in {None, task.state} and kind in {None, task.kind}
        ]

    def stats(self) -> PoolStats:
        """Count workers, running and waiting tasks, and tasks by state."""
        with self._changed:
            states = Counter(str(task.state) for task in self._records.all())
            return PoolStats(self._workers, len(self._runs), len(self._line), dict(states))

    def cancel(self, task_id: str) -> Task:
        """Stop a task: at once when it waits, within a second when it runs; TaskConflict if finished."""
        with self._changed:
            task = self._read(task_id)
            if task.is_finished:
                raise TaskConflict(
                    "The task is finished; nothing is left to cancel.", task=task_id, state=task.state
                )
            if self._line.remove(task_id):
                self._write(replace(task, state=TaskState.CANCELLED, finished_at=self._clock()))
            elif task_id in self._runs:
                self._runs[task_id].cancel.set()
            return self._read(task_id)

    def retry(self, task_id: str) -> Task:
        """Queue a task that did not succeed again, same id, next attempt; raises TaskConflict otherwise."""
        with self._changed:
            self._refuse_when_closed()
            task = self._read(task_id)
            if task.state not in RETRYABLE:
                raise TaskConflict(
                    f"A task that is {task.state} cannot be retried.", task=task_id, state=task.state
                )
            same = self._active(task.kind, task.params)
            if same is not None:
                raise TaskConflict("Another task does the same already.", task=same.id, state=same.state)
            _remove_file(task)
            self._write(again(task))
            self._line.add(task_id, task.priority, self._monotonic())
            self._dispatch()
            return self._read(task_id)

    def subscribe(self, task_id: str, bell: Callable[[], None]) -> Callable[[], None]:
        """Call `bell` after every change of the task until the returned function is called.

        The bell rings under the pool's lock: it must be quick, and read the task elsewhere.
        """
        with self._changed:
            self._read(task_id)
            self._bells.setdefault(task_id, []).append(bell)

        def leave() -> None:
            with self._changed:
                bells = self._bells.get(task_id, [])
                if bell in bells:
                    bells.remove(bell)
                if not bells:
                    self._bells.pop(task_id, None)

        return leave

    def wait(self, task_id: str, timeout_s: float) -> Task:
        """Return the task once it is finished, or as it stands after `timeout_s` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._read(task_id).is_finished, timeout_s)
            return self._read(task_id)

    def close(self, wait_s: float = CLOSE_WAIT_S) -> None:
        """Interrupt everything, wait up to `wait_s` seconds for running jobs to stop, start nothing more."""
        with self._changed:
            self._is_closed = True
            while (task_id := self._line.next()) is not None:
                self._write(
                    replace(self._read(task_id), state=TaskState.INTERRUPTED, finished_at=self._clock())
                )
            for run in self._runs.values():
                run.stopped_as = TaskState.INTERRUPTED
                run.cancel.set()
            self._changed.wait_for(lambda: not self._runs, wait_s)
        self._executor.shutdown(wait=False, cancel_futures=True)
        for task in self._records.all():
            _remove_file(task)

    def _known(self, kind: TaskKind, params: Mapping[str, Any], body: str, key: str | None) -> Task | None:
        used = self._keys.get(key) if key is not None else None
        if used is not None:
            if used[0] != body:
                raise TaskConflict(
                    "This Idempotency-Key was used for another task.", hint="Use a new key.", task=used[1]
                )
            return self._read(used[1])
        return self._active(kind, params)

    def _active(self, kind: TaskKind, params: Mapping[str, Any]) -> Task | None:
        wanted = _fingerprint(params)
        for task in self._records.all():
            if task.kind is kind and not task.is_finished and _fingerprint(task.params) == wanted:
                return task
        return None

    def _dispatch(self) -> None:
        while not self._is_closed and len(self._runs) < self._workers:
            task_id = self._line.next()
            if task_id is None:
                return
            task = self._read(task_id)
            run = Run(task_id, task.attempt)
            self._runs[task_id] = run
            self._write(replace(task, state=TaskState.RUNNING, started_at=self._clock(), finished_at=None))
            self._executor.submit(self._work, run)

    def _work(self, run: Run) -> None:
        with self._changed:
            task = self._read(run.task_id)
        alarm = self._alarm(run, task.timeout_s)
        context = TaskContext(task.id, task.attempt, run.cancel, lambda progress: self._report(run, progress))
        with bound_contextvars(task=task.id, kind=str(task.kind)):
            outcome = outcome_of(self._jobs[task.kind], context, task.params, run)
        if alarm is not None:
            alarm.cancel()
        with self._changed:
            del self._runs[run.task_id]
            self._write(finished(self._read(run.task_id), outcome, self._clock()))
            self._expire()
            self._dispatch()

    def _alarm(self, run: Run, timeout_s: float | None) -> threading.Timer | None:
        if timeout_s is None:
            return None

        def ring() -> None:
            with self._changed:
                if not run.cancel.is_set():
                    run.stopped_as = TaskState.TIMED_OUT
                    run.cancel.set()

        alarm = threading.Timer(timeout_s, ring)
        alarm.daemon = True
        alarm.start()
        return alarm

    def _report(self, run: Run, progress: Progress) -> None:
        with self._changed:
            self._write(progressed(self._read(run.task_id), progress, run, self._monotonic()))

    def _read(self, task_id: str) -> Task:
        task = self._records.read(task_id)
        if task is None:
            raise NotFound("There is no such task, or it is long finished.", task=task_id)
        return task

    def _write(self, task: Task) -> None:
        self._records.write(task)
        self._changed.notify_all()
        for bell in tuple(self._bells.get(task.id, ())):
            bell()

    def _expire(self) -> None:
        self._records.expire(self._clock())
        self._keys = {
            key: used for key, used in self._keys.items() if self._records.read(used[1]) is not None
        }

    def _refuse_when_closed(self) -> None:
        if self._is_closed:
            raise TaskError("The server is stopping; no task can be started.")


def _fingerprint(body: object) -> str:
    return json.dumps(body, sort_keys=True, default=str)


def _remove_file(task: Task) -> None:
    if task.file is not None:
        task.file.unlink(missing_ok=True)

"""What may be asked of long work: start it, watch it, stop it, repeat it, answer what it waits for."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from core.errors import TaskConflict, TaskError
from core.metrics import Metrics
from core.models import Pause
from core.tasks.files import remove_file, without_lost_file
from core.tasks.params import checked_answer, fingerprint, refuse_broken_text
from core.tasks.records import RETRYABLE, PoolStats, Priority, Records, Submission, Task, TaskKind, TaskState
from core.tasks.running import Job
from core.tasks.shelf import NOWHERE, Keeper, Shelf
from core.tasks.stored import after_restart
from core.tasks.transitions import again, stopped_at
from core.tasks.workers import Workers

CLOSE_WAIT_S = 5.0
LOOK_S = 1.0
NOT_BUILT = "Tasks of the kind '{kind}' are not built yet."


class TaskPool:
    """Runs jobs by kind; every method may be called from any thread and returns frozen snapshots.

    `clock` gives aware UTC, `monotonic` seconds for order and durations. `shelf` keeps tasks beyond the
    process. `answer` hands on what a person gave for a pause (nothing: try again); it raises TaskError.
    `noticed` hears of each failed attempt, in its worker's thread.
    """

    def __init__(
        self,
        jobs: Mapping[TaskKind, Job],
        *,
        workers: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        records: Records | None = None,
        shelf: Shelf = NOWHERE,
        answer: Callable[[Pause, Mapping[str, str]], None] = lambda _pause, _answer: None,
        metrics: Metrics | None = None,
        noticed: Callable[[BaseException], None] = lambda _error: None,
    ) -> None:
        self._keeper = Keeper(shelf, monotonic)
        self._work = Workers(
            jobs,
            workers,
            clock=clock,
            monotonic=monotonic,
            records=records or Records(),
            keeper=self._keeper,
            metrics=metrics or Metrics(),
            noticed=noticed,
        )
        self._jobs = self._work.jobs
        self._records = self._work.records
        self._changed = self._work.changed
        self._clock = clock
        self._answer = answer
        self._keys: dict[str, tuple[str, str]] = {}
        self._closing = threading.Event()

    def begin(self, wait: Callable[[threading.Event, float], bool] = threading.Event.wait) -> None:
        """Take up what a former process left, and look at the clock from now on, `wait`ing in between."""
        left = self._keeper.load()
        now = self._clock()
        tasks = [without_lost_file(after_restart(task, self._jobs.get(task.kind), now)) for task in left]
        waiting = [
            (task, self._claims_of(task), max(0.0, (now - task.submitted_at).total_seconds()))
            for task in tasks
            if task.state is TaskState.QUEUED
        ]
        with self._changed:
            for task, before in zip(tasks, left, strict=True):
                self._records.write(task)
                self._keys |= {key: (digest, task.id) for key, digest in task.keys}
                if task != before:
                    self._work.write(task)
            self._work.queue_all(waiting)
        self._keeper.flush()
        threading.Thread(target=self._look_always, args=(wait,), name="task-clock", daemon=True).start()

    def look(self) -> None:
        """Start again what was paused until now, save progress that is due, forget what is old."""
        with self._changed:
            now = self._clock()
            due = [
                task.pause
                for task in self._records.all()
                if task.pause is not None and task.pause.until is not None and task.pause.until <= now
            ]
            self._expire()
            self._work.give_up_deaf()
        if due:
            self._wake(lambda pause: pause in due)
        self._keeper.flush()

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
            raise TaskError(NOT_BUILT, kind=kind)
        job = self._jobs[kind]
        refuse_broken_text(params)
        params = job.check(params)
        timeout_s = job.timeout_s if timeout_s is None else timeout_s
        digest = hashlib.sha256(fingerprint([kind, params, int(priority), timeout_s]).encode()).hexdigest()
        place, claims = job.place(), job.claims(params)
        with self._changed:
            self._work.refuse_when_closed()
            self._expire()
            known = self._keyed(key, digest) or self._active(kind, params, place)
            task = known or Task(
                uuid4().hex, kind, params, self._clock(), priority=priority, timeout_s=timeout_s, place=place
            )
            if key is not None and key not in self._keys:
                self._keys[key] = (digest, task.id)
                task = replace(task, keys=(*task.keys, (key, digest)))
            if task is not known:
                self._work.write(task)
            if known is None:
                self._work.queue(task, claims)
            submission = Submission(self._work.read(task.id), is_new=known is None)
        self._keeper.flush()
        return submission

    def get(self, task_id: str) -> Task:
        """Return the task as it stands; raises NotFound."""
        with self._changed:
            return self._work.read(task_id)

    def list(self, *, state: TaskState | None = None, kind: TaskKind | None = None) -> list[Task]:
        """Return tasks, the last submitted first."""
        return [
            task for task in self._records.all() if state in {None, task.state} and kind in {None, task.kind}
        ]

    def stats(self) -> PoolStats:
        """Count workers, running and waiting tasks, and tasks by state."""
        return self._work.stats()

    def cancel(self, task_id: str) -> Task:
        """Stop a task: at once when it waits, within a second when it runs; TaskConflict if finished."""
        with self._changed:
            task = self._work.read(task_id)
            if task.is_finished:
                raise TaskConflict(
                    "The task is finished; nothing is left to cancel.", task=task_id, state=task.state
                )
            ended = stopped_at(task, TaskState.CANCELLED, self._clock())
            if task.state is TaskState.PAUSED:
                self._work.write(ended)
            elif not self._work.end_waiting(ended):
                self._work.stop(task_id)
            task = self._work.read(task_id)
        self._keeper.flush()
        return task

    def retry(self, task_id: str) -> Task:
        """Queue a task that did not succeed again, same id, next attempt; raises TaskConflict otherwise."""
        task = self.get(task_id)
        if task.kind not in self._jobs:
            raise TaskError(NOT_BUILT, kind=task.kind)
        self._jobs[task.kind].check(task.params)
        claims = self._claims_of(task)
        with self._changed:
            self._work.refuse_when_closed()
            task = self._work.read(task_id)
            if task.state not in RETRYABLE:
                raise TaskConflict(
                    "A task that is {state} cannot be retried.", task=task_id, state=task.state
                )
            self._work.refuse_when_abandoned(task_id)
            same = self._active(task.kind, task.params, task.place)
            if same is not None:
                raise TaskConflict("Another task does the same already.", task=same.id, state=same.state)
            remove_file(task)
            self._repeat(task, claims)
            task = self._work.read(task_id)
        self._keeper.flush()
        return task

    def resume(self, task_id: str, answer: Mapping[str, Any]) -> Task:
        """Let a paused task go on with what its pause asked for; an empty answer tries again at once.

        Others that wait for the same go on too. Raises TaskConflict unless it is paused, TaskError for an
        answer that is none or that VK does not take.
        """
        answer = checked_answer(answer)
        with self._changed:
            self._work.refuse_when_closed()
            task = self._work.read(task_id)
            if task.pause is None:
                raise TaskConflict(
                    "A task that is {state} waits for no answer.", task=task_id, state=task.state
                )
            asked = task.pause
        self._answer(asked, answer)
        self._wake(lambda pause: (pause.reason, pause.token) == (asked.reason, asked.token))
        self._keeper.flush()
        return self.get(task_id)

    def holder(self, source_key: str) -> str | None:
        """Return the task that collects a source now (`wall:-1`: any of that owner's), or None."""
        with self._changed:
            return self._work.holder(source_key)

    def subscribe(self, task_id: str, bell: Callable[[], None]) -> Callable[[], None]:
        """Call `bell` after every change of the task until the returned function is called.

        The bell rings under the pool's lock: it must be quick, and read the task elsewhere.
        """
        return self._work.subscribe(task_id, bell)

    def wait(self, task_id: str, timeout_s: float) -> Task:
        """Return the task once it is finished or paused, or as it stands after `timeout_s` seconds."""

        def rests() -> bool:
            task = self._work.read(task_id)
            return task.is_finished or task.state is TaskState.PAUSED

        with self._changed:
            self._changed.wait_for(rests, timeout_s)
            return self._work.read(task_id)

    def close(self, wait_s: float = CLOSE_WAIT_S) -> None:
        """Interrupt what runs, wait up to `wait_s` seconds for it to stop, start nothing more.

        What waits stays as it is, for the next process.
        """
        self._closing.set()
        self._work.close(wait_s)

    def _look_always(self, wait: Callable[[threading.Event, float], bool]) -> None:
        while not wait(self._closing, LOOK_S):
            self.look()

    def _wake(self, is_meant: Callable[[Pause], bool]) -> None:
        meant = [task for task in self._records.all() if task.pause is not None and is_meant(task.pause)]
        claims = {task.id: self._claims_of(task) for task in meant}
        with self._changed:
            for task in reversed(meant):
                if self._records.read(task.id) is task and not self._work.is_closed:
                    self._repeat(task, claims[task.id])

    def _repeat(self, task: Task, claims: frozenset[str]) -> None:
        task = again(task)
        self._work.write(task)
        self._work.queue(task, claims)

    def _claims_of(self, task: Task) -> frozenset[str]:
        """Return the sources a task wants; thousands of links take a moment, so ask outside the lock."""
        return self._jobs[task.kind].claims(task.params)

    def _keyed(self, key: str | None, digest: str) -> Task | None:
        if key is None or key not in self._keys:
            return None
        used_for, task_id = self._keys[key]
        if used_for != digest:
            raise TaskConflict(
                "This Idempotency-Key was used for another task.", hint="Use a new key.", task=task_id
            )
        return self._work.read(task_id)

    def _active(self, kind: TaskKind, params: Mapping[str, Any], place: str) -> Task | None:
        wanted = fingerprint(params)
        for task in self._records.all():
            is_like = (task.kind, task.place) == (kind, place) and not task.is_finished
            if is_like and not task.is_stopping and fingerprint(task.params) == wanted:
                return task
        return None

    def _expire(self) -> None:
        for task in self._work.expire():
            for key, _digest in task.keys:
                self._keys.pop(key, None)

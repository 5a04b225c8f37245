"""What a task is to everybody outside: a frozen snapshot with a state, and the place that keeps snapshots."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any

from core.models import Pause, Progress

MAX_FINISHED = 500
MAX_AGE = timedelta(days=7)


class TaskKind(StrEnum):
    """What kind of work a task does."""

    COLLECT = "collect"
    IMPORT = "import"
    ENRICH = "enrich"
    ANALYZE = "analyze"
    EXPORT = "export"
    DIGEST = "digest"
    MAINTENANCE = "maintenance"


class TaskState(StrEnum):
    """Where a task stands."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    SUCCEEDED = "succeeded"
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMED_OUT = "timed_out"


class Priority(IntEnum):
    """Who goes first when workers are short; lower numbers start earlier."""

    URGENT = 0
    HIGH = 1
    NORMAL = 2
    LOW = 3


UNFINISHED = frozenset({TaskState.QUEUED, TaskState.RUNNING, TaskState.PAUSED})
RETRYABLE = frozenset(
    {TaskState.FAILED, TaskState.PARTIAL, TaskState.CANCELLED, TaskState.TIMED_OUT, TaskState.INTERRUPTED}
)


@dataclass(frozen=True, slots=True)
class TaskFault:
    """Why a task did not do all it should: a stable code, what happened, what to do.

    `detail` and `hint` are English templates with {named} places for `params`, as those of an error;
    `core.wording.faults.told` says them.
    """

    code: str
    detail: str
    hint: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """Return `detail`, by the name it has in an error."""
        return self.detail

    @property
    def hint_template(self) -> str:
        """Return `hint`, by the name it has in an error."""
        return self.hint


@dataclass(frozen=True, slots=True)
class Task:
    """One task as it stood at one moment; times are aware UTC, `result` is JSON-ready.

    `fraction` never falls within an attempt. `is_stopping`: somebody cancelled it while it ran. `file` is
    what the task made, when it made a file; `file_name` is how a reader should call it. `pause` is set while
    it is paused. `place` names the dataset it works for, empty where that cannot change. `keys` are
    (Idempotency-Key, digest of the body).
    """

    id: str
    kind: TaskKind
    params: Mapping[str, Any]
    submitted_at: datetime
    state: TaskState = TaskState.QUEUED
    priority: Priority = Priority.NORMAL
    started_at: datetime | None = None
    finished_at: datetime | None = None
    timeout_s: float | None = None
    attempt: int = 1
    progress: Progress = field(default_factory=Progress)
    fraction: float | None = None
    fault: TaskFault | None = None
    result: Any = None
    file: Path | None = None
    file_name: str = ""
    pause: Pause | None = None
    place: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    is_stopping: bool = False

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing more will happen to it unless somebody retries it."""
        return self.state not in UNFINISHED


class Records:
    """The newest snapshot of every task; finished ones are kept up to a number and an age."""

    def __init__(self, *, max_finished: int = MAX_FINISHED, max_age: timedelta = MAX_AGE) -> None:
        self._tasks: dict[str, Task] = {}
        self._lock = threading.Lock()
        self._max_finished = max_finished
        self._max_age = max_age

    def write(self, task: Task) -> None:
        """Keep this snapshot in place of the former one."""
        with self._lock:
            self._tasks[task.id] = task

    def read(self, task_id: str) -> Task | None:
        """Return the newest snapshot, or None for an unknown or forgotten id."""
        with self._lock:
            return self._tasks.get(task_id)

    def all(self) -> list[Task]:
        """Return the newest snapshot of every task, the last submitted first."""
        with self._lock:
            return list(reversed(self._tasks.values()))

    def expire(self, now: datetime) -> list[Task]:
        """Forget finished tasks beyond the number or the age; return them."""
        with self._lock:
            finished = sorted(
                (task for task in self._tasks.values() if task.finished_at is not None and task.is_finished),
                key=lambda task: task.finished_at or now,
                reverse=True,
            )
            gone = [
                task
                for rank, task in enumerate(finished)
                if rank >= self._max_finished or now - (task.finished_at or now) > self._max_age
            ]
            for task in gone:
                del self._tasks[task.id]
        return gone


@dataclass(frozen=True, slots=True)
class Submission:
    """The task that does the work, and whether this call created it."""

    task: Task
    is_new: bool


@dataclass(frozen=True, slots=True)
class PoolStats:
    """The pool at one moment; `states` counts the tasks that are remembered.

    `kinds` counts what runs by kind. `oldest_wait_s` is the longest wait in the queue, 0 when it is
    empty. `abandoned` are attempts that did not stop when told to: their slots are free again.
    `queue` are the tasks that wait, in the order in which they may start.
    """

    workers: int
    running: int
    waiting: int
    states: dict[str, int]
    kinds: dict[str, int] = field(default_factory=dict)
    oldest_wait_s: float = 0.0
    abandoned: int = 0
    queue: tuple[str, ...] = ()

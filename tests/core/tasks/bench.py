"""A task pool with one job whose behaviour the parameters choose, and a clock that tests turn."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from structlog.contextvars import get_contextvars

from core.errors import StorageError, TaskCancelled, TaskError, TaskPaused
from core.metrics import Metrics
from core.models import Pause, PauseReason, Progress
from core.tasks.pool import TaskPool
from core.tasks.records import Records, TaskFault, TaskKind, TaskState
from core.tasks.running import Job, Outcome, TaskContext
from core.tasks.shelf import NOWHERE, Shelf

LONG_S = 60.0
START = datetime(2026, 3, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()


class Bench:
    """A pool with one job whose behaviour the parameters choose."""

    def __init__(
        self,
        folder: Path,
        workers: int = 1,
        *,
        clock: Clock | None = None,
        records: Records | None = None,
        shelf: Shelf = NOWHERE,
    ) -> None:
        self.metrics = Metrics()
        self.noticed: list[tuple[BaseException, dict[str, Any]]] = []
        self.clock = clock or Clock()
        self.place = "demo"
        self.answers: list[dict[str, str]] = []
        self.refused = ""
        self.folder = folder
        self.started: list[str] = []
        self.gate = threading.Event()
        self.begun = threading.Semaphore(0)
        self.claimed = threading.Semaphore(0)
        self.pool = TaskPool(
            {
                TaskKind.COLLECT: Job(
                    self.job,
                    place=lambda: self.place,
                    goes_on=True,
                    claims=lambda params: frozenset(params.get("sources", ())),
                ),
                TaskKind.EXPORT: Job(self.job, check),
                TaskKind.IMPORT: Job(self.job, at_once=1),
            },
            workers=workers,
            clock=self.clock,
            monotonic=self.clock.seconds,
            records=records,
            shelf=shelf,
            answer=self.answer,
            metrics=self.metrics,
            noticed=lambda error: self.noticed.append((error, get_contextvars())),
        )

    def answer(self, _pause: Pause, answer: Mapping[str, str]) -> None:
        if self.refused and self.refused in answer.values():
            raise TaskError("VK does not take this token.")
        self.answers.append(dict(answer))

    def job(self, context: TaskContext, params: Mapping[str, Any]) -> Outcome:  # noqa: C901, PLR0912 - a table of behaviours
        self.started.append(params.get("name", ""))
        self.begun.release()
        context.claim(frozenset(params.get("claims", ())))
        self.claimed.release()
        match params.get("do"):
            case "gate":
                self.gate.wait(LONG_S)
            case "until cancelled":
                if context.cancel.wait(LONG_S):
                    raise TaskCancelled("stopped")
            case "deaf":
                self.gate.wait(LONG_S)
                raise StorageError("the query was interrupted")
            case "keep":
                context.cancel.wait(LONG_S)
                raise TaskCancelled("stopped", result={"kept": 5})
            case "cannot remove":
                return Outcome(state=TaskState.PARTIAL, file=self.folder)
            case "claim late":
                self.gate.wait(LONG_S)
                context.claim(frozenset(params["late"]))
            case "deaf file":
                context.report(Progress(1, 2))
                self.gate.wait(LONG_S)
                context.report(Progress(2, 2))
                return self.file_of(context)
            case "fail first" if context.attempt == 1:
                raise StorageError("the disk is full", hint="Make room.")
            case "pause first" if context.attempt == 1:
                context.report(Progress(30, 100))
                raise TaskPaused("VK asks.", pause=pause_in(params), result={"collected": 30})
            case "break":
                raise ZeroDivisionError
            case "partial":
                fault = TaskFault("access_denied", "one was closed")
                return Outcome({"rows": 1}, TaskState.PARTIAL, fault)
            case "progress" | "file":
                return self.made(context, params)
        return Outcome({"attempt": context.attempt})

    def made(self, context: TaskContext, params: Mapping[str, Any]) -> Outcome:
        for done, total in params.get("steps", ()):
            context.report(Progress(done, total))
        if params["do"] == "progress":
            self.begun.release()
            self.gate.wait(LONG_S)
        return self.file_of(context)

    def file_of(self, context: TaskContext) -> Outcome:
        path = self.folder / f"{context.id}.csv"
        path.write_text("rows")
        return Outcome(file=path, file_name="comments.csv")

    def submit(self, name: str, do: str = "", **options: Any) -> str:
        return self.pool.submit("collect", {"name": name, "do": do}, **options).task.id

    def started_within_long(self, number: int) -> list[str]:
        """Return what has started once that many attempts have."""
        for _ in range(number):
            assert self.begun.acquire(timeout=LONG_S)
        return self.started

    def wait_for(self, task_id: str, state: TaskState) -> None:
        """Wait until a task is in a state that is none of the ends."""
        changed = threading.Event()
        leave = self.pool.subscribe(task_id, changed.set)
        while self.pool.get(task_id).state is not state:
            assert changed.wait(LONG_S)
            changed.clear()
        leave()

    def state(self, task_id: str) -> TaskState:
        return self.pool.wait(task_id, LONG_S).state


def check(params: Mapping[str, Any]) -> dict[str, Any]:
    """Refuse what a test wants refused."""
    if params.get("do") == "refused":
        raise TaskError("The parameter 'do' cannot be that.", hint="Do something else.")
    return dict(params)


def pause_in(params: Mapping[str, Any]) -> Pause:
    """Return the pause that the parameters describe."""
    hours = params.get("hours")
    until = START + timedelta(hours=hours) if hours else None
    return Pause(PauseReason(params.get("reason", "captcha")), until=until, token=params.get("token", ""))

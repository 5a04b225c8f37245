"""One attempt of one task: what a job is given, how it ends, and the boundary that no error passes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import DashboardError, TaskCancelled
from core.log import logger
from core.models import Progress
from core.tasks.eta import remaining
from core.tasks.records import Task, TaskFault, TaskState

MAX_SAMPLES = 64


@dataclass(frozen=True, slots=True)
class TaskContext:
    """What a job is given beside its parameters; `cancel` must be checked at least once a second."""

    id: str
    attempt: int
    cancel: threading.Event
    report: Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended when it did not raise: `result` is JSON-ready, `file` is removed with the task."""

    result: Any = None
    state: TaskState = TaskState.SUCCEEDED
    fault: TaskFault | None = None
    file: Path | None = None
    file_name: str = ""


Work = Callable[[TaskContext, Mapping[str, Any]], Outcome]
Check = Callable[[Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Job:
    """How tasks of one kind are done: the work, its parameters brought into one form, its usual time limit.

    `check` raises TaskError naming the parameter that is wrong; equal work comes out of it as equal values.
    """

    work: Work
    check: Check = dict
    timeout_s: float | None = None


@dataclass(slots=True)
class Run:
    """One attempt under way; `stopped_as` says why the event was set."""

    task_id: str
    attempt: int
    cancel: threading.Event = field(default_factory=threading.Event)
    stopped_as: TaskState = TaskState.CANCELLED
    samples: list[tuple[float, int]] = field(default_factory=list)


def outcome_of(job: Job, context: TaskContext, params: Mapping[str, Any], run: Run) -> Outcome:
    """Run the job and turn whatever happens into an outcome: the worker's error boundary."""
    try:
        return job.work(context, params)
    except TaskCancelled as stopped:
        return replace(_stopped(run), result=stopped.result)
    except DashboardError as error:
        if context.cancel.is_set():
            return _stopped(run)
        return Outcome(state=TaskState.FAILED, fault=fault_of(error))
    except Exception:  # noqa: BLE001 - the worker is one of the three places where every error ends
        logger(__name__).exception("A task failed unexpectedly")
        detail = "The task failed because of a defect of the program."
        fault = TaskFault("internal", detail, "The log of the server says more; retry, or report it.")
        return Outcome(state=TaskState.FAILED, fault=fault)


def _stopped(run: Run) -> Outcome:
    if run.stopped_as is TaskState.TIMED_OUT:
        detail = "The task ran past its time limit; what it had fetched is kept."
        return Outcome(
            state=TaskState.TIMED_OUT, fault=TaskFault("timed_out", detail, "Retry goes on from there.")
        )
    return Outcome(state=run.stopped_as)


def fault_of(error: DashboardError) -> TaskFault:
    """Return the error as a task carries it."""
    return TaskFault(error.code, error.message, error.hint, dict(error.params))


def finished(task: Task, outcome: Outcome, now: datetime) -> Task:
    """Return the task at its end."""
    return replace(
        task,
        state=outcome.state,
        finished_at=now,
        fraction=1.0 if outcome.state is TaskState.SUCCEEDED else task.fraction,
        progress=replace(task.progress, eta_s=None),
        fault=outcome.fault,
        result=outcome.result,
        file=outcome.file,
        file_name=outcome.file_name,
    )


def again(task: Task) -> Task:
    """Return the task before its next attempt."""
    return Task(
        task.id,
        task.kind,
        task.params,
        task.submitted_at,
        priority=task.priority,
        timeout_s=task.timeout_s,
        attempt=task.attempt + 1,
    )


def progressed(task: Task, progress: Progress, run: Run, now_s: float) -> Task:
    """Return the task further on: what is done, and its share, never fall."""
    done = max(progress.done, task.progress.done)
    run.samples.append((now_s, done))
    if len(run.samples) > MAX_SAMPLES:
        del run.samples[1::2]
    eta_s = progress.eta_s or remaining(run.samples, progress.total)
    shares = [share for share in (task.fraction, progress.fraction) if share is not None]
    return replace(
        task,
        progress=replace(progress, done=done, eta_s=eta_s),
        fraction=max(shares) if shares else None,
    )

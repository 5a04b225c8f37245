"""One attempt of one task: what a job is given, how it ends, and the boundary that no error passes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import DashboardError, TaskCancelled, TaskPaused
from core.log import logger
from core.models import Pause, Progress
from core.tasks.eta import remaining
from core.tasks.records import Task, TaskFault, TaskState

MAX_SAMPLES = 64
PLACE_GONE = "place_gone"


@dataclass(frozen=True, slots=True)
class TaskContext:
    """What a job is given beside its parameters; `cancel` must be checked at least once a second."""

    id: str
    attempt: int
    cancel: threading.Event
    report: Callable[[Progress], None]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended when it did not raise: `result` is JSON-ready, `file` is removed with the task."""

    result: Any = None
    state: TaskState = TaskState.SUCCEEDED
    fault: TaskFault | None = None
    file: Path | None = None
    file_name: str = ""
    pause: Pause | None = None


Work = Callable[[TaskContext, Mapping[str, Any]], Outcome]
Check = Callable[[Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Job:
    """How tasks of one kind are done: the work, its parameters brought into one form, its usual time limit.

    `check` raises TaskError naming the parameter that is wrong; equal work comes out of it as equal values.
    `place` names the dataset that such work goes to now; a task that was meant for another one is not done.
    `goes_on` says that an attempt which the end of the process broke off is repeated without being asked.
    """

    work: Work
    check: Check = dict
    timeout_s: float | None = None
    place: Callable[[], str] = str
    goes_on: bool = False


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
    moved = moved_away(job, context.place)
    if moved is not None:
        return Outcome(state=TaskState.INTERRUPTED, fault=moved)
    try:
        outcome = job.work(context, params)
    except TaskCancelled as stopped:
        outcome = replace(_stopped(run), result=stopped.result)
    except TaskPaused as paused:
        outcome = Outcome(paused.result, TaskState.PAUSED, pause=_pause_of(paused))
    except DashboardError as error:
        is_stopped = context.cancel.is_set()
        outcome = _stopped(run) if is_stopped else Outcome(state=TaskState.FAILED, fault=fault_of(error))
    except Exception:  # noqa: BLE001 - the worker is one of the three places where every error ends
        logger(__name__).exception("A task failed unexpectedly")
        detail = "The task failed because of a defect of the program."
        fault = TaskFault("internal", detail, "The log of the server says more; retry, or report it.")
        outcome = Outcome(state=TaskState.FAILED, fault=fault)
    return outcome


def _pause_of(paused: TaskPaused) -> Pause:
    assert isinstance(paused.pause, Pause)
    return paused.pause


def _stopped(run: Run) -> Outcome:
    if run.stopped_as is TaskState.TIMED_OUT:
        detail = "The task ran past its time limit; what it had fetched is kept."
        return Outcome(
            state=TaskState.TIMED_OUT, fault=TaskFault("timed_out", detail, "Retry goes on from there.")
        )
    return Outcome(state=run.stopped_as)


def moved_away(job: Job, place: str) -> TaskFault | None:
    """Return why a task that was meant for `place` cannot be done now, None when it can."""
    if place == job.place():
        return None
    if place == "demo":
        detail = "The task was collecting in the demo, and there is a VK token now."
        return TaskFault(
            PLACE_GONE, detail, "Start it anew to collect from VK, or remove the token and retry."
        )
    detail = "The task was collecting from VK, and there is no token any more."
    return TaskFault(PLACE_GONE, detail, "Add a token, then retry: it goes on from where it was.")


def fault_of(error: DashboardError) -> TaskFault:
    """Return the error as a task carries it."""
    return TaskFault(error.code, error.message, error.hint, dict(error.params))


def begun(task: Task, now: datetime) -> Task:
    """Return the task at the beginning of an attempt."""
    return replace(task, state=TaskState.RUNNING, started_at=now, finished_at=None)


def finished(task: Task, outcome: Outcome, run: Run, now: datetime) -> Task:
    """Return the task as an attempt left it; a pause that somebody cancelled meanwhile is no pause."""
    if outcome.state is TaskState.PAUSED and run.cancel.is_set():
        outcome = replace(_stopped(run), result=outcome.result)
    return replace(
        task,
        state=outcome.state,
        finished_at=None if outcome.state is TaskState.PAUSED else now,
        fraction=1.0 if outcome.state is TaskState.SUCCEEDED else task.fraction,
        progress=replace(task.progress, eta_s=None),
        fault=outcome.fault,
        result=outcome.result,
        file=outcome.file,
        file_name=outcome.file_name,
        pause=outcome.pause if outcome.state is TaskState.PAUSED else None,
    )


def again(task: Task) -> Task:
    """Return the task before its next attempt; one that was paused keeps how far it had come."""
    was_paused = task.state is TaskState.PAUSED
    return Task(
        task.id,
        task.kind,
        task.params,
        task.submitted_at,
        priority=task.priority,
        timeout_s=task.timeout_s,
        attempt=task.attempt + 1,
        progress=task.progress if was_paused else Progress(),
        fraction=task.fraction if was_paused else None,
        place=task.place,
        keys=task.keys,
    )


def stopped_at(task: Task, state: TaskState, now: datetime, fault: TaskFault | None = None) -> Task:
    """Return a task that is not under way at its end; what it had made so far stays."""
    return replace(task, state=state, finished_at=now, fault=fault, pause=None)


def alarm(run: Run, timeout_s: float | None, lock: AbstractContextManager[object]) -> threading.Timer | None:
    """Stop the run as timed out after so many seconds, unless the returned timer is cancelled first."""
    if timeout_s is None:
        return None

    def ring() -> None:
        with lock:
            if not run.cancel.is_set():
                run.stopped_as = TaskState.TIMED_OUT
                run.cancel.set()

    timer = threading.Timer(timeout_s, ring)
    timer.daemon = True
    timer.start()
    return timer


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

"""What a task becomes: the snapshots before, in and after an attempt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from core.models import Progress
from core.tasks.eta import Pace
from core.tasks.records import Task, TaskFault, TaskState
from core.tasks.running import Outcome

WAITS_FOR_SOURCE: Final = "task.waits_for_source"


def begun(task: Task, now: datetime) -> Task:
    """Return the task at the beginning of an attempt."""
    return replace(unnoted(task), state=TaskState.RUNNING, started_at=now, finished_at=None)


def finished(task: Task, outcome: Outcome, now: datetime) -> Task:
    """Return the task as an attempt left it."""
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
        pause=outcome.pause,
        is_stopping=False,
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


def queued_again(task: Task) -> Task:
    """Return the task as one that waits, in the same attempt."""
    return replace(task, state=TaskState.QUEUED, started_at=None)


def stopped_at(task: Task, state: TaskState, now: datetime, fault: TaskFault | None = None) -> Task:
    """Return a task that is not under way at its end; what it had made so far stays."""
    return replace(unnoted(task), state=state, finished_at=now, fault=fault, pause=None, is_stopping=False)


def noted(task: Task, holder: str) -> Task:
    """Return a waiting task with what it waits for: a source that another task holds."""
    note = replace(task.progress, note=WAITS_FOR_SOURCE, note_params=(("holder", holder),))
    return replace(task, progress=note)


def unnoted(task: Task) -> Task:
    """Return a task that waits for nobody's source."""
    if task.progress.note != WAITS_FOR_SOURCE:
        return task
    return replace(task, progress=replace(task.progress, note="", note_params=()))


def progressed(task: Task, progress: Progress, pace: Pace, now_s: float) -> Task:
    """Return the task further on: what is done, and its share, never fall."""
    done = max(progress.done, task.progress.done)
    pace.seen(now_s, done)
    eta_s = progress.eta_s or pace.remaining(progress.total)
    shares = [share for share in (task.fraction, progress.fraction) if share is not None]
    return replace(
        task,
        progress=replace(progress, done=done, eta_s=eta_s),
        fraction=max(shares) if shares else None,
    )

"""A task as text, for the database: every field as JSON and back, and what a restart makes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import DashboardError
from core.models import Pause, PauseReason, Progress
from core.tasks.records import Priority, Task, TaskFault, TaskKind, TaskState
from core.tasks.running import Job, fault_of, moved_away
from core.tasks.transitions import again, stopped_at

TIMES = ("submitted_at", "started_at", "finished_at")


def body_of(task: Task) -> str:
    """Return the task as JSON."""
    return json.dumps(
        {each.name: getattr(task, each.name) for each in fields(task)},
        ensure_ascii=False,
        separators=(",", ":"),
        default=_plain,
    )


def task_of(body: str) -> Task:
    """Read a task back; raises ValueError, KeyError or TypeError for what is none."""
    found = json.loads(body)
    known = {each.name for each in fields(Task)}
    values: dict[str, Any] = {name: value for name, value in found.items() if name in known}
    values |= {name: _moment(values.get(name)) for name in TIMES}
    values |= {
        "kind": TaskKind(found["kind"]),
        "state": TaskState(found["state"]),
        "priority": Priority(found["priority"]),
        "progress": _progress(found["progress"]),
        "fault": TaskFault(**found["fault"]) if found.get("fault") else None,
        "pause": _pause(found["pause"]) if found.get("pause") else None,
        "file": Path(found["file"]) if found.get("file") else None,
        "keys": tuple((str(key), str(digest)) for key, digest in found.get("keys", ())),
    }
    return Task(**values)


def after_restart(task: Task, job: Job | None, now: datetime) -> Task:
    """Return what a task of a former process is now.

    What waited waits, what was paused is paused, what is finished stays; what was under way goes on by
    itself where its kind does that, and is interrupted otherwise. Work whose dataset is gone is interrupted,
    work that somebody had told to stop is cancelled.
    """
    was_broken_off = task.state is TaskState.RUNNING or (
        task.state is TaskState.INTERRUPTED and task.fault is None
    )
    if task.is_finished and not was_broken_off:
        return task
    if task.is_stopping or job is None:
        state = TaskState.CANCELLED if task.is_stopping else TaskState.INTERRUPTED
        return stopped_at(task, state, now)
    fault = moved_away(job, task.place) or _wrong_now(job, task.params)
    if fault is not None:
        return stopped_at(task, TaskState.INTERRUPTED, now, fault)
    task = replace(task, params=job.check(task.params))
    if was_broken_off:
        interrupted = stopped_at(task, TaskState.INTERRUPTED, task.finished_at or now)
        return again(task) if job.goes_on else interrupted
    return task


def _wrong_now(job: Job, params: Mapping[str, Any]) -> TaskFault | None:
    """Return why parameters that another version accepted cannot be used, None when they can."""
    try:
        job.check(params)
    except DashboardError as error:
        return fault_of(error)
    return None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Progress | Pause | TaskFault):
        return asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None


def _progress(found: Mapping[str, Any]) -> Progress:
    eta = found["eta_s"]
    notes = tuple((str(key), str(value)) for key, value in found["note_params"])
    return Progress(**{**found, "eta_s": tuple(eta) if eta else None, "note_params": notes})


def _pause(found: Mapping[str, Any]) -> Pause:
    known = {each.name for each in fields(Pause)}
    values: dict[str, Any] = {name: value for name, value in found.items() if name in known}
    return Pause(**{**values, "reason": PauseReason(found["reason"]), "until": _moment(found["until"])})

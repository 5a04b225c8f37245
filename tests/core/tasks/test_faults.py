"""Why a task did not do all it should, as it is kept and told."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from core.errors import ComputeFailed, QueryError, TaskError
from core.tasks.records import Task, TaskFault, TaskKind
from core.tasks.running import error_of, fault_of
from core.tasks.stored import body_of, task_of
from core.wording.faults import told


def kept(fault: TaskFault) -> TaskFault | None:
    """Return a fault after its way through the database."""
    task = Task("id", TaskKind.EXPORT, {}, datetime(2026, 3, 1, tzinfo=UTC), fault=fault)
    return task_of(body_of(task)).fault


def test_a_fault_keeps_template_and_values() -> None:
    """The same sentence can be told in English and Russian, also after a restart."""
    error = TaskError("Tasks of the kind '{kind}' are not built yet.", kind=TaskKind.DIGEST)
    fault = kept(fault_of(error))
    assert fault is not None
    assert told(fault, "en").what == "Tasks of the kind 'digest' are not built yet."
    assert told(fault, "ru").what == "Задачи вида «digest» пока не сделаны."
    assert told(fault, "en") == told(error, "en")


def test_a_fault_of_an_earlier_version_still_reads() -> None:
    """Sentences that were kept ready-made are told as they are, whatever braces and values they have."""
    fault = TaskFault("task", "The parameter 'x' cannot be '{y}'.", "It is {z}.", {"key": "x"})
    read = kept(fault)
    assert read is not None
    said = told(read, "en")
    assert (said.what, said.remedy) == ("The parameter 'x' cannot be '{y}'.", "It is {z}.")
    body = json.loads(body_of(Task("id", TaskKind.EXPORT, {}, datetime(2026, 3, 1, tzinfo=UTC))))
    body["fault"] = {"code": "storage", "detail": "The disk is full."}
    assert task_of(json.dumps(body)).fault == TaskFault("storage", "The disk is full.")


def test_a_fault_is_the_error_it_was() -> None:
    """Who asks again is told by the same error; what was no error of ours is a failed computation."""
    error = QueryError(
        "The filter '{key}' cannot be '{value}'.", hint="There is no such filter.", key="a", value="b"
    )
    again = error_of(fault_of(error))
    assert (type(again), str(again)) == (QueryError, str(error))
    assert isinstance(error_of(TaskFault("internal", "It broke.", "Report it.")), ComputeFailed)

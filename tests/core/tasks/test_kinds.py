"""The jobs themselves, called as the pool calls them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest

from core.cache import Cache
from core.compute import Compute
from core.models import Progress
from core.storage.store import Store
from core.tasks.kinds import Parts, jobs, orphans
from core.tasks.records import Task, TaskKind, TaskState
from core.tasks.running import TaskContext
from core.tasks.uploads import upload_path

FILE = b"text\nfirst\nsecond\n"
PARAMS = {"file": "c.csv", "upload": "abc", "mapping": None}


def test_an_import_leaves_a_later_upload_of_the_same_file_alone(tmp_path: Path) -> None:
    """What comes while a file is being read belongs to the next import, which says it is here."""
    upload = upload_path(tmp_path, "abc")
    upload.write_bytes(FILE)

    def send_again(_progress: Progress) -> None:
        upload.write_bytes(FILE)

    def clock() -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC)

    def never() -> NoReturn:
        pytest.fail("an import asks neither VK nor a query")

    store = Store.open(f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}", clock=clock)
    parts = Parts(
        str,
        lambda _place: never(),
        lambda: store,
        lambda _query: never(),
        tmp_path,
        clock,
        1,
        Compute(),
        Cache(),
    )
    job = jobs(parts)[TaskKind.IMPORT]
    for name, written, notes in (("one", 2, []), ("two", 0, ["already_here"])):
        outcome = job.work(TaskContext(name, 1, threading.Event(), send_again), PARAMS)
        assert outcome.result["written"] == written
        assert [note["code"] for note in outcome.result["notes"]] == notes
        assert (outcome.result["mapping"]["encoding"], outcome.result["mapping"]["delimiter"]) == (
            "utf-8",
            "",
        )
        assert upload.exists()
    store.close()


def test_a_file_stays_while_a_task_may_need_it(tmp_path: Path) -> None:
    """Results, uploads of imports that did not succeed, and files being written are nobody else's rubbish."""
    made = tmp_path / "export-one.csv"

    def task(name: str, kind: TaskKind, state: TaskState, **fields: Any) -> Task:
        return Task(name, kind, fields.pop("params", {}), datetime(2026, 3, 1, tzinfo=UTC), state, **fields)

    tasks = [
        task("one", TaskKind.EXPORT, TaskState.SUCCEEDED, file=made),
        task("two", TaskKind.EXPORT, TaskState.RUNNING),
        task("three", TaskKind.IMPORT, TaskState.INTERRUPTED, params={"upload": "abc"}),
        task("four", TaskKind.IMPORT, TaskState.SUCCEEDED, params={"upload": "def"}),
    ]
    kept = {"export-one.csv", "export-two.csv", "import-three", "upload-abc"}
    for name in (*kept, "import-four", "upload-def", "export-gone.csv", "receiving-0"):
        (tmp_path / name).touch()
    gone = {path.name for path in orphans(tmp_path, tasks)}
    assert gone == {path.name for path in tmp_path.iterdir()} - kept

"""The jobs themselves, called as the pool calls them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.models import Progress
from core.storage.store import Store
from core.tasks.kinds import Parts, jobs, upload_path
from core.tasks.records import TaskKind
from core.tasks.running import TaskContext

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

    def never() -> None:
        pytest.fail("an import asks neither VK nor a query")

    store = Store.open(f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}", clock=clock)
    parts = Parts(never, lambda: store, lambda _query: never(), tmp_path, clock, in_flight=1)  # type: ignore[arg-type,func-returns-value,return-value]
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

"""An export that is cancelled lets go of the database at once and leaves no half a file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.cache import open_cache
from core.compute import Compute
from core.errors import TaskCancelled
from core.storage.store import Store
from core.tasks.kinds import Parts, jobs
from core.tasks.records import TaskKind
from core.tasks.running import TaskContext
from tests.builders import at
from tests.core.analysis import crowd

LONG_S = 60.0


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Open a database of which a workbook takes seconds."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    crowd.fill(opened, tmp_path_factory.mktemp("crowd"))
    yield opened
    opened.close()


@pytest.mark.slow
def test_a_cancelled_export_leaves_nothing(crowded: Store, tmp_path: Path) -> None:
    """Cancelling frees the reader, which is one of the exports', and removes what was written so far."""

    def never(*_: object) -> Any:
        pytest.fail("an export asks nothing of VK")

    parts = Parts(
        str,
        never,
        never,
        lambda _query: crowded,
        tmp_path,
        lambda: datetime(2026, 3, 1, tzinfo=UTC),
        1,
        compute=Compute(),
        cache=open_cache("memory://"),
    )
    job, cancel = jobs(parts)[TaskKind.EXPORT], threading.Event()
    params = job.check({"format": "xlsx", "query": {"regex": "сл.*"}})
    with ThreadPoolExecutor(1) as threads:
        context = TaskContext("one", 1, cancel, lambda _progress: None)
        running = threads.submit(job.work, context, params)
        while not crowded.stats().exports_busy:
            threading.Event().wait(0.001)
        cancel.set()
        with pytest.raises(TaskCancelled):
            running.result(LONG_S)
    assert crowded.stats().exports_busy == crowded.stats().readers_busy == 0
    assert list(tmp_path.iterdir()) == []

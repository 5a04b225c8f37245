"""A process with a task pool over a real database, for tests that kill it: each attempt leaves a line."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.errors import TaskCancelled, TaskPaused
from core.log import configure
from core.models import Pause, PauseReason, Progress
from core.storage.store import Store
from core.tasks.pool import TaskPool
from core.tasks.records import Priority, TaskKind, TaskState
from core.tasks.running import Job, Outcome, TaskContext
from core.tasks.shelf import shelf_of_tasks

WORKERS = 5
WAIT_S = 60.0


def now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


def open_store(folder: Path) -> Store:
    """Open the database of that folder."""
    return Store.open(f"duckdb:///{(folder / 'tasks.duckdb').as_posix()}", clock=now)


def pool_of(folder: Path, store: Store) -> TaskPool:
    """Return a pool whose jobs write down each attempt; those called "slow" end in their second only."""

    def work(context: TaskContext, params: Mapping[str, Any]) -> Outcome:
        with (folder / "attempts").open("a") as attempts:
            attempts.write(f"{params['name']} {context.attempt}\n")
        context.report(Progress(10, 100))
        if params.get("is_paused") and context.attempt == 1:
            raise TaskPaused("VK asks.", pause=Pause(PauseReason.CAPTCHA), result={"collected": 10})
        if params.get("is_slow") and context.attempt == 1:
            context.cancel.wait(WAIT_S)
            raise TaskCancelled("stopped")
        return Outcome({"attempt": context.attempt})

    jobs = {
        TaskKind.COLLECT: Job(work, goes_on=True),
        TaskKind.EXPORT: Job(work),
        TaskKind.IMPORT: Job(work),
    }
    return TaskPool(jobs, workers=WORKERS, shelf=shelf_of_tasks(store))


def main(folder: Path) -> None:
    """Let five tasks run, one be paused and three wait; say so, and wait to be killed."""
    configure("json", "ERROR")
    pool = pool_of(folder, open_store(folder))
    pool.begin()
    paused = pool.submit("collect", {"name": "paused", "is_paused": True}, key="paused").task
    assert pool.wait(paused.id, WAIT_S).state is TaskState.PAUSED
    slow = [("collect", "a"), ("collect", "b"), ("collect", "c"), ("export", "d"), ("import", "e")]
    for kind, name in slow:
        pool.submit(kind, {"name": name, "is_slow": True}, key=name)
    for name, priority in (("low", Priority.LOW), ("normal", Priority.NORMAL), ("urgent", Priority.URGENT)):
        pool.submit("export", {"name": name}, key=name, priority=priority)
    while pool.stats().running < len(slow) or len((folder / "attempts").read_text().split("\n")) <= len(slow):
        threading.Event().wait(0.02)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    threading.Event().wait(WAIT_S)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

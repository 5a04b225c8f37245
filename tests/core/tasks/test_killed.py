"""A process with five running tasks is killed in their middle; the next one finds everything."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from core.tasks.records import TaskState
from tests.core.tasks.killable import WAIT_S, open_store, pool_of

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_nothing_is_lost_or_done_twice_over_a_kill(tmp_path: Path) -> None:
    """Collections go on by themselves, others wait for a retry, the queue keeps its order and keys hold."""
    command = [sys.executable, "-m", "tests.core.tasks.killable", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.kill()
    assert said == "ready\n"
    store = open_store(tmp_path)
    pool = pool_of(tmp_path, store)
    pool.begin()
    tasks = {task.params["name"]: task for task in pool.list()}
    assert len(tasks) == 9
    assert tasks["paused"].state is TaskState.PAUSED
    assert [tasks[name].state for name in "de"] == [TaskState.INTERRUPTED] * 2
    for name in ("a", "b", "c", "low", "normal", "urgent"):
        assert pool.wait(tasks[name].id, WAIT_S).state is TaskState.SUCCEEDED
    for name in "de":
        assert pool.submit(tasks[name].kind, tasks[name].params, key=name).task.id == tasks[name].id
        pool.retry(tasks[name].id)
        assert pool.wait(tasks[name].id, WAIT_S).attempt == 2
    pool.resume(tasks["paused"].id, {})
    assert pool.wait(tasks["paused"].id, WAIT_S).state is TaskState.SUCCEEDED
    attempts = (tmp_path / "attempts").read_text().splitlines()
    twice = [f"{name} {attempt}" for name in ("paused", *"abcde") for attempt in (1, 2)]
    assert Counter(attempts) == Counter([*twice, "low 1", "normal 1", "urgent 1"])
    pool.close()
    store.close()

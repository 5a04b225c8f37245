"""A pause is a state: it waits for a person or a moment, frees its worker, and goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import TaskConflict, TaskError
from core.models import PauseReason
from core.tasks.records import TaskState
from tests.core.tasks.bench import LONG_S, START, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Give a pool of one worker and close it."""
    bench = Bench(tmp_path)
    yield bench
    bench.gate.set()
    bench.pool.close()


def paused(bench: Bench, name: str = "a", **params: Any) -> str:
    """Start a task that pauses at its first attempt, and wait until it does."""
    task_id = bench.pool.submit("collect", {"name": name, "do": "pause first", **params}).task.id
    assert bench.pool.wait(task_id, LONG_S).state is TaskState.PAUSED
    return task_id


def test_a_pause_is_no_end_and_no_failure(bench: Bench) -> None:
    """A paused task says what it waits for and what it has, without an error and without an end."""
    task = bench.pool.get(paused(bench, token="abc"))
    assert task.pause is not None
    assert (task.pause.reason, task.pause.token) == (PauseReason.CAPTCHA, "abc")
    assert (task.fault, task.finished_at, task.is_finished) == (None, None, False)
    assert (task.result, task.fraction) == ({"collected": 30}, 0.3)


def test_a_paused_task_frees_its_worker(bench: Bench) -> None:
    """With one worker, other work goes on while a task is paused."""
    paused(bench)
    assert bench.state(bench.submit("b")) is TaskState.SUCCEEDED
    assert bench.pool.stats().states == {"paused": 1, "succeeded": 1}


def test_an_answer_lets_it_go_on_from_where_it_was(bench: Bench) -> None:
    """Resuming hands the answer on and starts the next attempt under the same id; nothing falls back."""
    task_id = paused(bench)
    seen: list[tuple[TaskState, float | None]] = []
    leave = bench.pool.subscribe(
        task_id, lambda: seen.append((bench.pool.get(task_id).state, bench.pool.get(task_id).fraction))
    )
    resumed = bench.pool.resume(task_id, {"success_token": "solved"})
    assert (resumed.id, resumed.attempt, resumed.pause) == (task_id, 2, None)
    assert bench.state(task_id) is TaskState.SUCCEEDED
    leave()
    assert bench.answers == [{"success_token": "solved"}]
    assert seen == [(TaskState.QUEUED, 0.3), (TaskState.RUNNING, 0.3), (TaskState.SUCCEEDED, 1.0)]


def test_only_a_paused_task_takes_an_answer(bench: Bench) -> None:
    """What runs or is finished has asked for nothing."""
    running = bench.submit("a", "gate")
    with pytest.raises(TaskConflict):
        bench.pool.resume(running, {})
    bench.gate.set()
    bench.state(running)
    with pytest.raises(TaskConflict):
        bench.pool.resume(running, {})


@pytest.mark.parametrize(
    "answer",
    [{"colour": "red"}, {"token": "x", "captcha_key": "y"}, {"token": 5}, {"token": "a\nb"}],
)
def test_what_is_no_answer_is_refused_and_not_repeated(bench: Bench, answer: dict[str, Any]) -> None:
    """An unknown key, two answers or something that is no line of text leaves the task paused."""
    task_id = paused(bench)
    with pytest.raises(TaskError) as refused:
        bench.pool.resume(task_id, answer)
    assert not any(str(value) in str(refused.value).split() for value in answer.values())
    assert bench.pool.get(task_id).state is TaskState.PAUSED
    assert bench.answers == []


def test_a_token_that_vk_does_not_take_leaves_it_paused(bench: Bench) -> None:
    """The refusal reaches the caller; the next token may be right."""
    task_id = paused(bench, reason="token")
    bench.refused = "old"
    with pytest.raises(TaskError):
        bench.pool.resume(task_id, {"token": "old"})
    assert bench.pool.get(task_id).state is TaskState.PAUSED
    bench.pool.resume(task_id, {"token": "new"})
    assert bench.state(task_id) is TaskState.SUCCEEDED


def test_whoever_waits_for_the_same_goes_on_too(bench: Bench) -> None:
    """One answer serves all tasks of the same reason and token, and no other."""
    first, second = (paused(bench, name, token="one") for name in "ab")
    other = paused(bench, "c", token="two")
    bench.pool.resume(first, {})
    assert [bench.state(task_id) for task_id in (first, second)] == [TaskState.SUCCEEDED] * 2
    assert bench.pool.get(other).state is TaskState.PAUSED


def test_a_pause_with_a_time_ends_by_itself(bench: Bench) -> None:
    """It waits until its moment and not a second less; one without a moment waits for a person."""
    waiting, asking = paused(bench, "a", reason="daily_limit", hours=1), paused(bench, "b")
    bench.clock.now = START + timedelta(minutes=59, seconds=59)
    bench.pool.look()
    assert bench.pool.get(waiting).state is TaskState.PAUSED
    bench.clock.now = START + timedelta(hours=1)
    bench.pool.look()
    assert bench.state(waiting) is TaskState.SUCCEEDED
    assert bench.pool.get(asking).state is TaskState.PAUSED


def test_the_pool_looks_at_the_clock_by_itself(tmp_path: Path) -> None:
    """Once begun, nobody has to ask for a pause to end."""
    bench = Bench(tmp_path)
    bench.pool.begin(lambda closing, _seconds: closing.wait(0.001))
    task_id = paused(bench, reason="flood_control", hours=1)
    is_over = threading.Event()
    bench.pool.subscribe(task_id, is_over.set)
    bench.clock.now += timedelta(hours=1)
    assert is_over.wait(LONG_S)
    assert bench.state(task_id) is TaskState.SUCCEEDED
    bench.pool.close()


def test_a_paused_task_is_cancelled_at_once_and_keeps_what_it_has(bench: Bench) -> None:
    """Cancelling needs no worker and loses nothing."""
    task_id = paused(bench, hours=1)
    cancelled = bench.pool.cancel(task_id)
    assert (cancelled.state, cancelled.pause, cancelled.result) == (
        TaskState.CANCELLED,
        None,
        {"collected": 30},
    )
    assert cancelled.finished_at is not None
    bench.clock.now += timedelta(hours=2)
    bench.pool.look()
    assert bench.pool.get(task_id).state is TaskState.CANCELLED


def test_the_same_work_while_paused_is_that_task(bench: Bench) -> None:
    """Asking for what is paused starts nothing new."""
    task_id = paused(bench)
    again = bench.pool.submit("collect", {"name": "a", "do": "pause first"})
    assert (again.task.id, again.is_new) == (task_id, False)

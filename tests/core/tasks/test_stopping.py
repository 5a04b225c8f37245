"""What a cancel or a time limit does, also to a job that does not listen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import StorageError, TaskConflict, TaskTimedOut
from core.tasks.records import Priority, TaskFault, TaskState
from core.tasks.workers import DEAF, DEAF_HINT, GRACE_S
from tests.core.tasks.bench import LONG_S, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Give a pool of one worker and close it."""
    bench = Bench(tmp_path)
    yield bench
    bench.gate.set()
    bench.pool.close()


def deaf(bench: Bench, kind: str = "collect") -> str:
    """Start a job that makes a file and hears no cancel, and cancel it."""
    task_id = bench.pool.submit(kind, {"do": "deaf file", "sources": ["wall:-1_2"]}).task.id
    assert bench.claimed.acquire(timeout=LONG_S)
    assert bench.pool.cancel(task_id).is_stopping
    return task_id


def pass_grace(bench: Bench) -> None:
    """Let the grace period pass, as the pool's own look at the clock sees it."""
    bench.clock.now += timedelta(seconds=GRACE_S)
    bench.pool.look()


def test_twenty_slow_tasks_and_an_urgent_one_that_starts_next(tmp_path: Path) -> None:
    """With every worker busy, the first that comes free takes the urgent task before all that wait."""
    bench = Bench(tmp_path, workers=2)
    slow = [bench.submit(str(number), "until cancelled") for number in range(20)]
    bench.started_within_long(2)
    urgent = bench.pool.submit("export", {"name": "urgent"}, priority=Priority.URGENT).task.id
    bench.pool.cancel(slow[0])
    assert bench.started_within_long(1)[2] == "urgent"
    assert bench.state(urgent) is TaskState.SUCCEEDED
    for task_id in slow[1:]:
        bench.pool.cancel(task_id)
    assert {bench.state(task_id) for task_id in slow} == {TaskState.CANCELLED}
    bench.pool.close()


def test_a_cancel_frees_the_slot_within_a_second(bench: Bench) -> None:
    """A job that listens ends at once and its slot takes the next task, by a real clock."""
    running, following = bench.submit("first", "until cancelled"), bench.submit("second")
    bench.started_within_long(1)
    before_s = time.monotonic()
    bench.pool.cancel(running)
    assert bench.state(running) is TaskState.CANCELLED
    assert bench.state(following) is TaskState.SUCCEEDED
    assert time.monotonic() - before_s < 1.0


def test_what_is_cancelled_ends_as_cancelled_whatever_its_job_says(bench: Bench) -> None:
    """A job that comes to its end after the cancel has not succeeded, and its file is removed."""
    task_id = deaf(bench)
    bench.gate.set()
    task = bench.pool.wait(task_id, LONG_S)
    assert (task.state, task.file, task.is_stopping) == (TaskState.CANCELLED, None, False)
    assert list(bench.folder.iterdir()) == []


def test_a_cancel_keeps_what_the_job_has_to_say(bench: Bench) -> None:
    """A job that ends in its own words after the cancel leaves its result, and the state is the cancel's."""
    task_id = bench.submit("first", "gate")
    assert bench.claimed.acquire(timeout=LONG_S)
    bench.pool.cancel(task_id)
    bench.gate.set()
    task = bench.pool.wait(task_id, LONG_S)
    assert (task.state, task.result, task.fraction) == (TaskState.CANCELLED, {"attempt": 1}, None)


def test_the_same_work_asked_for_while_it_is_being_cancelled_is_done_anew(bench: Bench) -> None:
    """Whoever asks again after a cancel gets a task that will do the work, not the one that is ending."""
    params = {"do": "deaf file", "sources": ["wall:-1_2"]}
    ending = deaf(bench)
    again = bench.pool.submit("collect", params)
    assert again.is_new
    bench.gate.set()
    assert bench.pool.wait(ending, LONG_S).state is TaskState.CANCELLED
    assert bench.state(again.task.id) is TaskState.SUCCEEDED


def test_a_second_cancel_changes_nothing(bench: Bench) -> None:
    """Cancelling what is being cancelled is fine, and nobody hears of it again."""
    task_id = deaf(bench)
    rung: list[TaskState] = []
    bench.pool.subscribe(task_id, lambda: rung.append(bench.pool.get(task_id).state))
    assert bench.pool.cancel(task_id).is_stopping
    assert rung == []


def test_a_deaf_job_loses_its_slot_after_a_while(bench: Bench) -> None:
    """The next task gets a new thread; the task is over, and the figures say who still runs."""
    task_id, following = deaf(bench), bench.submit("second")
    bench.clock.now += timedelta(seconds=GRACE_S - 0.1)
    bench.pool.look()
    assert (bench.pool.get(task_id).state, bench.pool.stats().abandoned) == (TaskState.RUNNING, 0)
    pass_grace(bench)
    assert bench.pool.get(task_id).state is TaskState.CANCELLED
    assert bench.state(following) is TaskState.SUCCEEDED
    assert [str(error) for error, bound in bench.noticed if bound["task"] == task_id] == [
        f"{DEAF} {DEAF_HINT}"
    ]
    stats = bench.pool.stats()
    assert (stats.abandoned, stats.running, bench.pool.holder("wall:-1_2")) == (1, 0, task_id)


def test_what_an_abandoned_job_says_later_is_not_taken(bench: Bench) -> None:
    """Neither its progress nor its end touches the task; its file goes, and its sources come free."""
    task_id = deaf(bench)
    pass_grace(bench)
    before = bench.pool.get(task_id)
    rung: list[str] = []
    bench.pool.subscribe(task_id, lambda: rung.append(task_id))
    waiting = bench.pool.submit("collect", {"name": "next", "sources": ["wall:-1_2"]}).task.id
    bench.gate.set()
    assert bench.state(waiting) is TaskState.SUCCEEDED
    assert (bench.pool.get(task_id), rung, bench.pool.stats().abandoned) == (before, [], 0)
    assert list(bench.folder.iterdir()) == []


def test_a_task_is_not_retried_beside_its_own_abandoned_attempt(bench: Bench) -> None:
    """The same work never runs twice at once; once the old attempt has ended, a retry is fine."""
    task_id = deaf(bench, "export")
    pass_grace(bench)
    with pytest.raises(TaskConflict, match="not stopped"):
        bench.pool.retry(task_id)
    bench.gate.set()
    while bench.pool.stats().abandoned:
        bench.pool.wait(task_id, 0.01)
    bench.pool.retry(task_id)
    assert bench.state(task_id) is TaskState.SUCCEEDED


def test_every_worker_may_be_deaf_and_work_goes_on(tmp_path: Path) -> None:
    """Slots come back each time, however often it happens."""
    bench = Bench(tmp_path, workers=2)
    for _ in range(2):
        ids = [bench.pool.submit(kind, {"do": "deaf"}).task.id for kind in ("collect", "export")]
        for _ in ids:
            assert bench.claimed.acquire(timeout=LONG_S)
        for task_id in ids:
            bench.pool.cancel(task_id)
        pass_grace(bench)
    assert bench.state(bench.submit("next")) is TaskState.SUCCEEDED
    assert bench.pool.stats().abandoned == 4
    bench.gate.set()
    bench.pool.close()


def test_a_time_limit_is_told_and_keeps_what_was_made(bench: Bench) -> None:
    """The state, its reason and the next step say what happened; whoever counts failures hears of it."""
    task_id = bench.submit("first", "keep", timeout_s=0.01)
    task = bench.pool.wait(task_id, LONG_S)
    assert (task.state, task.result) == (TaskState.TIMED_OUT, {"kept": 5})
    assert task.fault == TaskFault(
        "timed_out",
        "The task ran past its time limit; what it had fetched is kept.",
        "Retry goes on from there.",
    )
    assert [type(error) for error, _ in bench.noticed] == [TaskTimedOut]


def test_a_limit_that_comes_after_a_cancel_changes_no_reason(bench: Bench) -> None:
    """The first reason to stop is the one that is told."""
    task_id = bench.submit("first", "deaf", timeout_s=0.05)
    bench.started_within_long(1)
    bench.pool.cancel(task_id)
    bench.pool.wait(task_id, 0.2)
    bench.gate.set()
    assert bench.state(task_id) is TaskState.CANCELLED


def test_closing_keeps_the_cancel_that_came_before(bench: Bench) -> None:
    """What a person cancelled does not go on by itself after the next start."""
    task_id = deaf(bench)
    bench.pool.close(0.01)
    bench.gate.set()
    assert bench.state(task_id) is TaskState.CANCELLED


def test_closing_takes_back_nothing_that_was_done(bench: Bench) -> None:
    """A job that comes to its end while the server stops has succeeded."""
    task_id = bench.submit("first", "gate")
    bench.started_within_long(1)
    bench.pool.close(0.01)
    bench.gate.set()
    assert bench.state(task_id) is TaskState.SUCCEEDED


def test_failures_are_noticed_with_the_task_they_belong_to(bench: Bench) -> None:
    """Each failed attempt is handed on, foreseen or not, while the log knows task, kind and run."""
    ids = [bench.submit("a", "fail first"), bench.submit("b", "break")]
    for task_id in ids:
        bench.state(task_id)
    assert [type(error) for error, _ in bench.noticed] == [StorageError, ZeroDivisionError]
    assert [bound for _, bound in bench.noticed] == [
        {"task": task_id, "kind": "collect", "run": f"{task_id}.1"} for task_id in ids
    ]


def test_a_listener_that_breaks_costs_no_task(bench: Bench) -> None:
    """Its bell is taken down; the task, its worker and the other listeners go on."""
    task_id = bench.submit("first", "gate")
    rung: list[str] = []

    def break_down() -> None:
        rung.append("broken")
        raise ZeroDivisionError

    leave = bench.pool.subscribe(task_id, break_down)
    bench.pool.subscribe(task_id, lambda: rung.append("whole"))
    bench.pool.cancel(task_id)
    bench.gate.set()
    assert bench.state(task_id) is TaskState.CANCELLED
    leave()
    assert rung == ["broken", "whole", "whole"]


def test_a_file_that_cannot_be_removed_costs_no_retry(bench: Bench) -> None:
    """The disk's refusal goes to the log, and the task runs again."""
    task_id = bench.submit("a", "cannot remove")
    assert bench.state(task_id) is TaskState.PARTIAL
    bench.pool.retry(task_id)
    assert bench.state(task_id) is TaskState.PARTIAL
    assert bench.pool.get(task_id).attempt == 2


def test_waiting_and_working_are_measured(bench: Bench) -> None:
    """The histograms hold one wait per start and one duration per attempt; the oldest wait is told."""
    first, second = bench.submit("first", "gate"), bench.submit("second")
    bench.started_within_long(1)
    bench.clock.now += timedelta(seconds=7)
    stats = bench.pool.stats()
    assert (stats.oldest_wait_s, stats.kinds) == (7.0, {"collect": 1})
    bench.gate.set()
    for task_id in (first, second):
        bench.state(task_id)
    found = bench.metrics.registry.get_sample_value
    waits = {"kind": "collect", "priority": "normal"}
    ends = {"kind": "collect", "state": "succeeded"}
    assert found("vkcd_task_queue_wait_seconds_count", waits) == 2
    assert found("vkcd_task_queue_wait_seconds_sum", waits) == 7
    assert found("vkcd_task_seconds_count", ends) == 2
    assert found("vkcd_task_seconds_sum", ends) == 7
    assert bench.pool.stats().oldest_wait_s == 0


def test_a_time_limit_of_what_keeps_nothing_promises_nothing(bench: Bench) -> None:
    """An export that ran out of time is told apart from a collection, which goes on from where it was."""
    task_id = bench.pool.submit("export", {"do": "until cancelled"}, timeout_s=0.01).task.id
    task = bench.pool.wait(task_id, LONG_S)
    assert (task.state, task.fault) == (
        TaskState.TIMED_OUT,
        TaskFault(
            "timed_out",
            "The task ran past its time limit.",
            "Retry begins it anew with the same limit; started with a larger one it may come to its end.",
        ),
    )

"""The task pool, seen by its callers: order, stopping, repeating, forgetting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import NotFound, TaskConflict, TaskError
from core.tasks.queue import AGING_S
from core.tasks.records import Priority, Records, TaskFault, TaskKind, TaskState
from tests.core.tasks.bench import LONG_S, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Give a pool of one worker and close it."""
    bench = Bench(tmp_path)
    yield bench
    bench.gate.set()
    bench.pool.close()


def test_an_urgent_task_starts_before_all_that_wait(bench: Bench) -> None:
    """Priorities reorder the queue: urgent, high, normal, low, and order of arrival within one."""
    bench.submit("first", "gate")
    waiting = [
        bench.submit(f"{priority.name} {number}", priority=priority)
        for number in (1, 2)
        for priority in (Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT)
    ]
    order = [waiting[place] for place in (3, 7, 2, 6, 1, 5, 0, 4)]
    assert bench.pool.stats().queue == tuple(order)
    bench.gate.set()
    for task_id in waiting:
        bench.state(task_id)
    ranks = ["URGENT", "HIGH", "NORMAL", "LOW"]
    assert bench.started == ["first", *(f"{rank} {number}" for rank in ranks for number in (1, 2))]


def test_a_low_task_that_waited_long_enough_overtakes_new_urgent_ones(bench: Bench) -> None:
    """Nothing starves: three aging steps lift a low task above an urgent newcomer."""
    bench.submit("first", "gate")
    old = bench.submit("old low", priority=Priority.LOW)
    bench.clock.now += timedelta(seconds=3 * AGING_S + 1)
    new = bench.submit("new urgent", priority=Priority.URGENT)
    bench.gate.set()
    bench.state(old)
    bench.state(new)
    assert bench.started == ["first", "old low", "new urgent"]


def test_no_more_tasks_run_than_there_are_workers(tmp_path: Path) -> None:
    """The pool's size bounds what runs at once; the rest waits."""
    bench = Bench(tmp_path, workers=2)
    ids = [bench.submit(str(number), "gate") for number in range(5)]
    stats = bench.pool.stats()
    assert (stats.workers, stats.running, stats.waiting) == (2, 2, 3)
    bench.gate.set()
    assert {bench.state(task_id) for task_id in ids} == {TaskState.SUCCEEDED}
    bench.pool.close()


def test_a_waiting_task_is_cancelled_at_once_and_never_starts(bench: Bench) -> None:
    """Cancelling what waits ends it there and then."""
    first = bench.submit("first", "gate")
    waiting = bench.submit("second")
    assert bench.pool.cancel(waiting).state is TaskState.CANCELLED
    bench.gate.set()
    bench.state(first)
    assert bench.started == ["first"]


def test_a_running_task_stops_when_cancelled_and_frees_its_worker(bench: Bench) -> None:
    """Cancelling what runs sets the event the job checks; the next task gets the worker."""
    running = bench.submit("first", "until cancelled")
    following = bench.submit("second")
    bench.begun.acquire(timeout=LONG_S)
    bench.pool.cancel(running)
    assert bench.state(running) is TaskState.CANCELLED
    assert bench.state(following) is TaskState.SUCCEEDED


def test_an_error_caused_by_cancelling_is_a_cancel(bench: Bench) -> None:
    """A job that breaks because it was being stopped counts as stopped, not as failed."""
    task_id = bench.submit("first", "deaf")
    bench.begun.acquire(timeout=LONG_S)
    bench.pool.cancel(task_id)
    bench.gate.set()
    task = bench.pool.wait(task_id, LONG_S)
    assert (task.state, task.fault) == (TaskState.CANCELLED, None)


def test_a_finished_task_cannot_be_cancelled(bench: Bench) -> None:
    """Cancelling after the end is a conflict, not a silent yes."""
    task_id = bench.submit("first")
    bench.state(task_id)
    with pytest.raises(TaskConflict):
        bench.pool.cancel(task_id)


def test_a_task_that_outlives_its_limit_is_timed_out(bench: Bench) -> None:
    """The time limit stops the job and the state says why."""
    task_id = bench.submit("first", "until cancelled", timeout_s=0.05)
    task = bench.pool.wait(task_id, LONG_S)
    assert task.state is TaskState.TIMED_OUT
    assert task.fault is not None
    assert task.fault.code == "timed_out"


def test_the_same_work_under_way_is_not_started_twice(bench: Bench) -> None:
    """Equal kind and parameters give the task that already waits or runs; other work is a new one."""
    first = bench.pool.submit("collect", {"name": "a", "do": "gate"})
    again = bench.pool.submit("collect", {"do": "gate", "name": "a"})
    other_kind = bench.pool.submit("export", {"name": "a", "do": "gate"})
    assert (again.task.id, again.is_new) == (first.task.id, False)
    assert other_kind.is_new
    bench.gate.set()
    bench.state(first.task.id)
    assert bench.pool.submit("collect", {"name": "a", "do": "gate"}).is_new


def test_an_idempotency_key_names_one_task_even_after_its_end(bench: Bench) -> None:
    """The same key and body give the same task for as long as it is remembered."""
    first = bench.submit("a", key="k")
    bench.state(first)
    assert bench.submit("a", key="k") == first
    with pytest.raises(TaskConflict):
        bench.submit("b", key="k")


def test_a_key_stays_with_the_task_it_was_answered_with(bench: Bench) -> None:
    """A call that is answered with a running task is answered with it again after that task's end."""
    running = bench.submit("a", "gate")
    assert bench.submit("a", "gate", key="k") == running
    bench.gate.set()
    bench.state(running)
    assert bench.submit("a", "gate", key="k") == running


def test_half_a_character_is_refused(bench: Bench) -> None:
    """A lone surrogate in the parameters is named and refused before the task is remembered."""
    with pytest.raises(TaskError, match="name"):
        bench.submit("\ud83d")
    assert bench.pool.list() == []


def test_a_retry_keeps_the_id_and_counts_the_attempt(bench: Bench) -> None:
    """A failed task starts again under its own id, with the former error gone."""
    task_id = bench.submit("a", "fail first")
    failed = bench.pool.wait(task_id, LONG_S)
    assert failed.state is TaskState.FAILED
    assert failed.fault == TaskFault("storage", "the disk is full", "Make room.")
    assert bench.pool.retry(task_id).attempt == 2
    done = bench.pool.wait(task_id, LONG_S)
    assert (done.state, done.fault, done.result) == (TaskState.SUCCEEDED, None, {"attempt": 2})


def test_what_succeeded_or_still_runs_cannot_be_retried(bench: Bench) -> None:
    """Retry is for what did not end well."""
    done = bench.submit("a")
    bench.state(done)
    running = bench.submit("b", "gate")
    for task_id in (done, running):
        with pytest.raises(TaskConflict):
            bench.pool.retry(task_id)


def test_a_retry_of_work_that_another_task_does_is_a_conflict(bench: Bench) -> None:
    """Retry never makes two tasks do the same at once."""
    first = bench.submit("a", "until cancelled")
    bench.begun.acquire(timeout=LONG_S)
    bench.pool.cancel(first)
    bench.state(first)
    second = bench.submit("a", "until cancelled")
    with pytest.raises(TaskConflict):
        bench.pool.retry(first)
    bench.pool.cancel(second)


def test_a_defect_fails_the_task_without_showing_its_inside(bench: Bench) -> None:
    """An unforeseen error ends the task as failed with a general sentence, and the worker lives on."""
    broken = bench.pool.wait(bench.submit("a", "break"), LONG_S)
    assert broken.state is TaskState.FAILED
    assert broken.fault is not None
    assert broken.fault.code == "internal"
    assert "ZeroDivision" not in broken.fault.detail
    assert bench.state(bench.submit("b")) is TaskState.SUCCEEDED


def test_a_job_may_end_as_partial_with_a_result(bench: Bench) -> None:
    """What a job returns is what the task shows."""
    task = bench.pool.wait(bench.submit("a", "partial"), LONG_S)
    assert (task.state, task.result) == (TaskState.PARTIAL, {"rows": 1})
    assert task.fault is not None


def test_progress_never_goes_backwards(bench: Bench) -> None:
    """Neither the count nor the share falls, whatever a job reports."""
    steps = [(10, 100), (60, 100), (40, 100), (70, 1000)]
    task_id = bench.pool.submit("collect", {"do": "progress", "steps": steps}).task.id
    seen: list[tuple[int, float | None]] = []
    bench.begun.acquire(timeout=LONG_S)
    bench.begun.acquire(timeout=LONG_S)
    task = bench.pool.get(task_id)
    seen.append((task.progress.done, task.fraction))
    assert seen == [(70, 0.6)]
    bench.gate.set()
    assert bench.pool.wait(task_id, LONG_S).fraction == 1.0


def test_every_change_rings_the_bell_until_it_is_given_back(bench: Bench) -> None:
    """A listener hears each change of its task and nothing after leaving."""
    first = bench.submit("first", "gate")
    task_id = bench.submit("second")
    rung: list[TaskState] = []
    leave = bench.pool.subscribe(task_id, lambda: rung.append(bench.pool.get(task_id).state))
    bench.gate.set()
    bench.state(first)
    bench.state(task_id)
    assert rung == [TaskState.RUNNING, TaskState.SUCCEEDED]
    leave()
    with pytest.raises(NotFound):
        bench.pool.subscribe("unknown", lambda: None)


def test_finished_tasks_are_forgotten_by_number_and_age_with_their_files(tmp_path: Path) -> None:
    """Records keep the newest finished tasks for a while; a dropped task takes its file along."""
    bench = Bench(tmp_path, records=Records(max_finished=2, max_age=timedelta(hours=1)))
    tasks = []
    for number in range(3):
        bench.clock.now += timedelta(seconds=1)
        tasks.append(bench.pool.wait(bench.submit(str(number), "file"), LONG_S))
    bench.clock.now += timedelta(minutes=30)
    bench.state(bench.submit("x"))
    with pytest.raises(NotFound):
        bench.pool.get(tasks[0].id)
    assert [task.file is not None and task.file.exists() for task in tasks] == [False, True, True]
    bench.clock.now += timedelta(hours=2)
    bench.pool.look()
    assert bench.pool.list() == []
    assert list(tmp_path.iterdir()) == []
    bench.pool.close()


def test_closing_interrupts_what_runs_and_leaves_what_waits(bench: Bench) -> None:
    """After closing nothing runs, states say so, what was made is kept, and nothing new is taken."""
    made = bench.pool.wait(bench.submit("made", "file"), LONG_S)
    running = bench.submit("a", "until cancelled")
    waiting = bench.submit("b")
    bench.begun.acquire(timeout=LONG_S)
    bench.begun.acquire(timeout=LONG_S)
    bench.pool.close()
    states = [bench.pool.get(task_id).state for task_id in (running, waiting)]
    assert states == [TaskState.INTERRUPTED, TaskState.QUEUED]
    assert made.file is not None
    assert made.file.exists()
    with pytest.raises(TaskError):
        bench.submit("c")


def test_a_kind_without_a_job_is_refused_by_name(bench: Bench) -> None:
    """Kinds that are named but not built say so."""
    with pytest.raises(TaskError, match="enrich"):
        bench.pool.submit("enrich", {})


def test_lists_filter_by_state_and_kind_newest_first(bench: Bench) -> None:
    """The list is what the contract's query asks for."""
    ids = [bench.submit(name) for name in ("a", "b")]
    for task_id in ids:
        bench.state(task_id)
    waiting = bench.pool.submit("export", {"do": "gate"}).task.id
    assert [task.id for task in bench.pool.list(kind=TaskKind.COLLECT)] == ids[::-1]
    assert [task.id for task in bench.pool.list(state=TaskState.RUNNING)] == [waiting]

"""Tasks outlive the process: what is kept, when, and what a restart makes of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from core.errors import StorageError, TaskConflict, TaskError
from core.models import Pause, PauseReason, Progress
from core.tasks.queue import AGING_S
from core.tasks.records import Priority, Task, TaskFault, TaskKind, TaskState
from core.tasks.shelf import EVERY_S, Keeper, Shelf
from core.tasks.stored import body_of, task_of
from tests.core.tasks.bench import LONG_S, START, Bench, Clock


class Kept:
    """A shelf in memory that remembers each save and may be full."""

    def __init__(self) -> None:
        self.bodies: dict[str, str] = {}
        self.saves: list[dict[str, Any]] = []
        self.is_full = False

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.save, self.delete, lambda: list(self.bodies.items()))

    def save(self, rows: Sequence[tuple[str, str]]) -> None:
        if self.is_full:
            raise StorageError("The disk is full.")
        self.bodies |= dict(rows)
        self.saves += [json.loads(body) for _id, body in rows]

    def delete(self, ids: Sequence[str]) -> None:
        for task_id in ids:
            self.bodies.pop(task_id, None)

    def put(self, task: Task) -> str:
        self.bodies[task.id] = body_of(task)
        return task.id


class House:
    """Processes that follow each other over one shelf."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kept, self.clock = folder, Kept(), Clock()
        self.benches: list[Bench] = []

    def start(self, place: str = "demo") -> Bench:
        bench = Bench(self.folder, clock=self.clock, shelf=self.kept.shelf)
        bench.place = place
        self.benches.append(bench)
        bench.pool.begin()
        return bench


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Give a place where processes follow each other."""
    house = House(tmp_path)
    yield house
    for bench in house.benches:
        bench.gate.set()
        bench.pool.close()


def left(state: TaskState, kind: TaskKind = TaskKind.COLLECT, **fields: Any) -> Task:
    """Build a task that a former process left behind."""
    place = "demo" if kind is TaskKind.COLLECT else ""
    task = Task("left", kind, {"name": "left", "do": ""}, START, state=state, place=place)
    return replace(task, **fields)


def test_a_pause_of_an_earlier_version_still_reads() -> None:
    """What it kept beside the reason, a finished English sentence, is left behind."""
    pause = Pause(PauseReason.DAILY_LIMIT, until=START, token="abc")
    body = json.loads(body_of(left(TaskState.PAUSED, pause=pause)))
    body["pause"]["detail"] = "It is tried again at 12:00 UTC."
    assert task_of(json.dumps(body)).pause == pause


def test_a_task_reads_back_as_it_was() -> None:
    """Every field survives being text."""
    task = Task(
        "id",
        TaskKind.EXPORT,
        MappingProxyType({"targets": ["привет"], "posts": None}),
        START,
        state=TaskState.PAUSED,
        priority=Priority.LOW,
        started_at=START,
        finished_at=START + timedelta(microseconds=5),
        timeout_s=1.5,
        attempt=3,
        progress=Progress(5, 10, "rows", (1.0, 2.5), "note", (("n", "1"),)),
        fraction=0.5,
        fault=TaskFault("code", "what", "do", {"n": 1}),
        result={"rows": [1, {"a": None}]},
        file=Path("folder/x.csv"),
        file_name="x.csv",
        pause=Pause(PauseReason.DAILY_LIMIT, "link", True, START, "abc"),
        place="own",
        keys=(("key", "digest"),),
    )
    assert task_of(body_of(task)) == task


def test_every_state_is_kept_when_the_call_returns(house: House) -> None:
    """Whoever was told of a state finds it after a crash."""
    bench = house.start()
    running = bench.submit("a", "gate")
    waiting = bench.submit("b")
    bench.begun.acquire(timeout=LONG_S)
    assert {task_of(house.kept.bodies[each]).state for each in (running, waiting)} == {
        TaskState.RUNNING,
        TaskState.QUEUED,
    }
    bench.pool.cancel(waiting)
    assert task_of(house.kept.bodies[waiting]).state is TaskState.CANCELLED


def test_progress_is_kept_now_and_then() -> None:
    """Between two saves of progress lie at least five seconds; a state does not wait."""
    kept, clock = Kept(), Clock()
    keeper = Keeper(kept.shelf, clock.seconds)
    task = left(TaskState.RUNNING)
    for tenth in range(101):
        clock.now = START + timedelta(seconds=tenth / 10)
        keeper.note(replace(task, progress=Progress(tenth)), is_urgent=False)
        keeper.flush()
    assert [saved["progress"]["done"] for saved in kept.saves] == [0, EVERY_S * 10, 2 * EVERY_S * 10]
    keeper.note(replace(task, state=TaskState.PAUSED), is_urgent=True)
    keeper.flush()
    assert kept.saves[-1]["state"] == "paused"


def test_what_could_not_be_kept_is_kept_later() -> None:
    """A database that refuses costs no state once it takes it again."""
    kept, clock = Kept(), Clock()
    keeper = Keeper(kept.shelf, clock.seconds)
    kept.is_full = True
    keeper.note(left(TaskState.SUCCEEDED), is_urgent=True)
    keeper.flush()
    kept.is_full = False
    keeper.flush()
    assert task_of(kept.bodies["left"]).state is TaskState.SUCCEEDED


def test_nothing_is_closed_while_a_state_is_being_kept() -> None:
    """Who ends the work waits for whoever is saving: afterwards the database may go, and no state with it."""
    kept, clock = Kept(), Clock()
    saving, may_save = threading.Event(), threading.Event()

    def save(rows: Sequence[tuple[str, str]]) -> None:
        saving.set()
        may_save.wait(LONG_S)
        kept.save(rows)

    keeper = Keeper(replace(kept.shelf, save=save), clock.seconds)
    keeper.note(left(TaskState.PAUSED), is_urgent=True)
    worker, closer = threading.Thread(target=keeper.flush), threading.Thread(target=keeper.finish)
    worker.start()
    assert saving.wait(LONG_S)
    closer.start()
    closer.join(0.05)
    is_waiting = closer.is_alive()
    may_save.set()
    for each in (worker, closer):
        each.join(LONG_S)
    assert is_waiting
    assert task_of(kept.bodies["left"]).state is TaskState.PAUSED


def test_what_waited_waits_again_in_its_order(house: House) -> None:
    """Queued tasks are queued again, the urgent first, the older before the younger."""
    first = house.start()
    first.pool.submit("export", {"name": "running", "do": "until cancelled"})
    first.begun.acquire(timeout=LONG_S)
    ids = [first.submit(name) for name in ("b", "c")]
    ids.insert(0, first.submit("a", priority=Priority.URGENT))
    first.pool.close()
    second = house.start()
    for task_id in ids:
        assert second.state(task_id) is TaskState.SUCCEEDED
    assert [name for name in second.started if name != "running"] == ["a", "b", "c"]


@pytest.mark.parametrize("state", [TaskState.RUNNING, TaskState.INTERRUPTED])
def test_a_collection_that_was_broken_off_goes_on_by_itself(house: House, state: TaskState) -> None:
    """Killed or closed, it is the same task, the next attempt, and nobody asked."""
    house.kept.put(left(state, started_at=START))
    task = house.start().pool.wait("left", LONG_S)
    assert (task.state, task.attempt, task.result) == (TaskState.SUCCEEDED, 2, {"attempt": 2})


def test_what_somebody_cancelled_does_not_go_on_by_itself(house: House) -> None:
    """A cancel that was taken just before a crash holds after it."""
    house.kept.put(left(TaskState.RUNNING, is_stopping=True))
    bench = house.start()
    task = bench.pool.get("left")
    assert (task.state, task.is_stopping, bench.started) == (TaskState.CANCELLED, False, [])


def test_waiting_counts_over_a_restart(house: House) -> None:
    """A low task that waited half an hour before the restart overtakes an urgent newcomer after it."""
    first = house.start()
    first.pool.submit("export", {"name": "running", "do": "until cancelled"})
    first.started_within_long(1)
    first.submit("low", priority=Priority.LOW)
    first.pool.close()
    house.clock.now += timedelta(seconds=3 * AGING_S + 1)
    second = Bench(house.folder, clock=house.clock, shelf=house.kept.shelf)
    house.benches.append(second)
    gate = second.pool.submit("export", {"name": "gate", "do": "gate"}).task.id
    second.pool.begin()
    assert second.pool.stats().oldest_wait_s == 3 * AGING_S + 1
    second.submit("urgent", priority=Priority.URGENT)
    second.gate.set()
    second.state(gate)
    assert second.started_within_long(3) == ["gate", "low", "urgent"]


def test_what_this_version_does_not_do_is_interrupted_and_not_retried(house: House) -> None:
    """A kind without a job, and parameters that are wrong now, say so and take no worker along."""
    house.kept.put(left(TaskState.QUEUED, TaskKind.DIGEST, id="digest", place=""))
    house.kept.put(left(TaskState.QUEUED, TaskKind.EXPORT, id="wrong", params={"do": "refused"}))
    bench = house.start()
    for task_id in ("digest", "wrong"):
        assert bench.pool.get(task_id).state is TaskState.INTERRUPTED
        with pytest.raises(TaskError):
            bench.pool.retry(task_id)
    assert bench.state(bench.submit("next")) is TaskState.SUCCEEDED


def test_other_work_that_was_broken_off_waits_for_a_retry(house: House) -> None:
    """An export does not start again by itself, but can be."""
    house.kept.put(left(TaskState.RUNNING, TaskKind.EXPORT))
    bench = house.start()
    assert bench.pool.get("left").state is TaskState.INTERRUPTED
    assert task_of(house.kept.bodies["left"]).state is TaskState.INTERRUPTED
    bench.pool.retry("left")
    assert bench.state("left") is TaskState.SUCCEEDED


def test_what_was_paused_is_paused_until_its_answer(house: House) -> None:
    """A restart neither loses nor ends a pause."""
    pause = Pause(PauseReason.CAPTCHA, "https://vk.example/captcha", token="abc")
    house.kept.put(left(TaskState.PAUSED, pause=pause, fraction=0.4, result={"collected": 4}))
    bench = house.start()
    task = bench.pool.get("left")
    assert (task.state, task.pause, task.fraction, task.result) == (
        TaskState.PAUSED,
        pause,
        0.4,
        {"collected": 4},
    )
    bench.pool.resume("left", {"success_token": "solved"})
    assert bench.state("left") is TaskState.SUCCEEDED
    assert all("solved" not in json.dumps(saved) for saved in house.kept.saves)


def test_a_pause_that_ended_while_nothing_ran_ends_at_once(house: House) -> None:
    """The moment may lie before the start."""
    house.kept.put(left(TaskState.PAUSED, pause=Pause(PauseReason.DAILY_LIMIT, until=START)))
    bench = house.start()
    bench.pool.look()
    assert bench.state("left") is TaskState.SUCCEEDED


def test_what_is_finished_stays_readable_with_its_result(house: House) -> None:
    """A result is there after the restart, and an Idempotency-Key still names it."""
    first = house.start()
    task_id = first.submit("a", key="k")
    first.state(task_id)
    first.pool.close()
    second = house.start()
    assert second.pool.get(task_id).result == {"attempt": 1}
    assert second.submit("a", key="k") == task_id
    with pytest.raises(TaskConflict):
        second.submit("b", key="k")


def test_a_file_is_kept_over_a_restart_and_forgotten_once_it_is_lost(house: House) -> None:
    """What a task made stays its result; a file that somebody removed is not promised any more."""
    first = house.start()
    task_id = first.submit("a", "file")
    first.state(task_id)
    first.pool.close()
    made = house.start().pool.get(task_id).file
    assert made is not None
    made.unlink()
    assert house.start().pool.get(task_id).file is None


def test_what_was_meant_for_vk_is_not_collected_in_the_demo(house: House) -> None:
    """Without the token it had, a collection is interrupted and says what to do."""
    house.kept.put(left(TaskState.QUEUED, place="own"))
    fault = house.start().pool.get("left").fault
    assert fault is not None
    assert (fault.code, "Add a token" in fault.hint) == ("place_gone", True)


def test_a_pause_does_not_end_while_the_server_stops(house: House) -> None:
    """What is due then waits for the next start."""
    house.kept.put(left(TaskState.PAUSED, pause=Pause(PauseReason.DAILY_LIMIT, until=START)))
    bench = house.start()
    bench.pool.close()
    bench.pool.look()
    assert bench.pool.get("left").state is TaskState.PAUSED


def test_a_key_is_forgotten_with_its_task(house: House) -> None:
    """After a task has expired, its Idempotency-Key names a new one, with any body."""
    bench = house.start()
    old = bench.submit("a", key="k")
    bench.state(old)
    house.clock.now += timedelta(days=8)
    new = bench.submit("b", key="k")
    assert new != old
    assert bench.state(new) is TaskState.SUCCEEDED


@pytest.mark.parametrize("state", [TaskState.QUEUED, TaskState.RUNNING, TaskState.PAUSED])
def test_a_collection_whose_dataset_is_gone_is_interrupted(house: House, state: TaskState) -> None:
    """What was meant for the demo never runs against VK; it says so and can be retried later."""
    pause = Pause(PauseReason.CAPTCHA) if state is TaskState.PAUSED else None
    house.kept.put(left(state, pause=pause))
    bench = house.start(place="own")
    task = bench.pool.get("left")
    assert (task.state, task.pause, bench.started) == (TaskState.INTERRUPTED, None, [])
    assert task.fault is not None
    assert (task.fault.code, "demo" in task.fault.detail) == ("place_gone", True)
    bench.pool.close()
    back = house.start()
    assert back.pool.get("left").state is TaskState.INTERRUPTED
    back.pool.retry("left")
    assert back.state("left") is TaskState.SUCCEEDED


def test_a_collection_that_finds_its_dataset_gone_is_interrupted(house: House) -> None:
    """The same holds for what waited in the queue while a token was given."""
    bench = house.start()
    running = bench.submit("a", "gate")
    waiting = bench.submit("b")
    bench.begun.acquire(timeout=LONG_S)
    bench.place = "own"
    assert bench.submit("b") != waiting
    bench.gate.set()
    assert bench.state(running) is TaskState.SUCCEEDED
    assert bench.state(waiting) is TaskState.INTERRUPTED


def test_what_cannot_be_read_is_left_out(house: House) -> None:
    """One broken row costs no other task."""
    house.kept.bodies["broken"] = '{"id": "broken"}'
    house.kept.put(left(TaskState.SUCCEEDED))
    assert [task.id for task in house.start().pool.list()] == ["left"]


def test_what_is_forgotten_is_forgotten_for_good(house: House) -> None:
    """A task that has expired is not there after the next start either."""
    first = house.start()
    task_id = first.submit("a")
    first.state(task_id)
    house.clock.now += timedelta(days=8)
    first.pool.look()
    assert house.kept.bodies == {}

"""One collector per source: who waits for whom, and that nobody waits for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.tasks.claims import Claims
from core.tasks.records import Priority, TaskState
from tests.core.tasks.bench import LONG_S, Bench

POST, OTHER_POST, WALL = "wall:-1_2", "wall:-1_3", "wall:-1"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Give a pool of three workers and close it."""
    bench = Bench(tmp_path, workers=3)
    yield bench
    bench.gate.set()
    bench.pool.close()


def collect(bench: Bench, name: str, *sources: str, do: str = "until cancelled", **params: Any) -> str:
    """Submit a collection of sources that are known beforehand; `claims` are found while it runs."""
    priority = params.pop("priority", Priority.NORMAL)
    params = {"name": name, "do": do, "sources": sorted(sources), **params}
    return bench.pool.submit("collect", params, priority=priority).task.id


def cancel(bench: Bench, task_id: str) -> None:
    """Cancel a task and wait for its end."""
    bench.pool.cancel(task_id)
    assert bench.state(task_id) is TaskState.CANCELLED


@pytest.mark.parametrize(
    ("held", "wanted", "is_free"),
    [
        (POST, POST, False),
        (POST, OTHER_POST, True),
        (WALL, POST, False),
        (POST, WALL, False),
        (WALL, "wall:-12", True),
        ("wall:-12_2", WALL, True),
        (WALL, "topic:-1_2", True),
        ("import:abc", "import:abc", False),
    ],
)
def test_a_source_meets_itself_and_the_whole_it_belongs_to(held: str, wanted: str, is_free: bool) -> None:
    """A wall covers its posts, in both directions; nothing else does."""
    claims = Claims()
    claims.take("one", frozenset({held}))
    assert (claims.holder([wanted]) is None) is is_free
    assert claims.holder([wanted], "one") is None
    claims.release("one")
    claims.release("one")
    assert claims.holder([wanted]) is None


def test_a_whole_is_free_only_when_no_part_is_held() -> None:
    """What two tasks hold of one owner is counted for each."""
    claims = Claims()
    claims.take("one", frozenset({POST, "wall:-1_9"}))
    claims.take("two", frozenset({OTHER_POST}))
    claims.take("two", frozenset({OTHER_POST, POST}))
    assert claims.holder([POST]) == "one"
    claims.release("one")
    assert claims.holder([WALL]) == "two"
    claims.release("two")
    assert claims.holder([WALL]) is None


def test_the_same_source_is_collected_by_one_at_a_time(bench: Bench) -> None:
    """The second waits, says for whom, lets others pass, and starts when the first has ended."""
    first = collect(bench, "first", POST)
    second = collect(bench, "second", WALL)
    other = collect(bench, "other", "wall:-7_1")
    assert set(bench.started_within_long(2)) == {"first", "other"}
    waiting = bench.pool.get(second)
    assert (waiting.state, waiting.progress.note) == (TaskState.QUEUED, "task.waits_for_source")
    assert waiting.progress.note_params == (("holder", first),)
    assert [bench.pool.holder(key) for key in (POST, WALL, OTHER_POST)] == [first, first, None]
    cancel(bench, first)
    bench.started_within_long(1)
    running = bench.pool.get(second)
    assert (running.state, running.progress.note, running.attempt) == (TaskState.RUNNING, "", 1)
    assert bench.pool.holder(OTHER_POST) == second
    for task_id in (second, other):
        cancel(bench, task_id)
    assert bench.pool.holder(WALL) is None


def test_a_source_found_while_running_sends_the_task_back_into_the_queue(bench: Bench) -> None:
    """What a name means is known late: the slot is free meanwhile, and the task knows what it waits for."""
    first = collect(bench, "first", POST)
    bench.started_within_long(1)
    named = collect(bench, "named", claims=[WALL])
    bench.started_within_long(1)
    bench.wait_for(named, TaskState.QUEUED)
    assert bench.state(bench.submit("free")) is TaskState.SUCCEEDED
    assert bench.pool.stats().running == 1
    waiting = bench.pool.get(named)
    assert (waiting.state, waiting.progress.note_params) == (TaskState.QUEUED, (("holder", first),))
    bench.begun.acquire(timeout=LONG_S)
    cancel(bench, first)
    bench.started_within_long(1)
    assert bench.started == ["first", "named", "free", "named"]
    assert bench.pool.get(named).attempt == 1
    assert bench.pool.holder(POST) == named
    cancel(bench, named)


def test_two_that_want_each_others_sources_both_end(bench: Bench) -> None:
    """Nobody waits while holding: crossing claims are no deadlock."""
    gate = collect(bench, "gate", "topic:-1_1", do="gate")
    one = collect(bench, "one", POST, claims=[OTHER_POST], do="")
    two = collect(bench, "two", OTHER_POST, claims=[POST], do="")
    assert {bench.state(task_id) for task_id in (one, two)} == {TaskState.SUCCEEDED}
    bench.gate.set()
    bench.state(gate)


def test_who_waits_for_a_source_is_not_overtaken_by_others_who_want_it(bench: Bench) -> None:
    """The earlier keeps its turn although the later could start sooner: nobody starves for a big claim."""
    first = collect(bench, "first", POST)
    both = collect(bench, "both", POST, OTHER_POST)
    later = collect(bench, "later", OTHER_POST)
    named = collect(bench, "named", claims=[OTHER_POST])
    assert set(bench.started_within_long(2)) == {"first", "named"}
    bench.wait_for(named, TaskState.QUEUED)
    assert bench.pool.get(later).progress.note_params == (("holder", both),)
    cancel(bench, first)
    bench.started_within_long(1)
    assert bench.pool.get(both).state is TaskState.RUNNING
    cancel(bench, both)
    cancel(bench, later)
    cancel(bench, named)


def test_a_later_urgent_one_does_not_throw_out_who_runs(bench: Bench) -> None:
    """A claim made while running yields only to those who stand before; the others wait behind it."""
    bench.clock.now = bench.clock.now.replace(year=2027)
    first = collect(bench, "first", POST)
    low = collect(bench, "low", POST, OTHER_POST, priority=Priority.LOW)
    named = collect(bench, "named", claims=[OTHER_POST])
    for _ in ("first", "named"):
        assert bench.claimed.acquire(timeout=LONG_S)
    assert (bench.pool.holder(OTHER_POST), bench.pool.get(low).state) == (named, TaskState.QUEUED)
    for task_id in (low, first, named):
        cancel(bench, task_id)


def test_a_task_that_waits_for_a_source_is_cancelled_at_once(bench: Bench) -> None:
    """It holds no slot and needs none to end; whoever waited for it alone goes on."""
    first = collect(bench, "first", POST)
    second = collect(bench, "second", POST, OTHER_POST)
    third = collect(bench, "third", OTHER_POST)
    states: list[TaskState] = []
    bench.pool.subscribe(second, lambda: states.append(bench.pool.get(second).state))
    cancelled = bench.pool.cancel(second)
    assert (cancelled.state, cancelled.progress.note) == (TaskState.CANCELLED, "")
    bench.started_within_long(2)
    assert bench.pool.get(third).state is TaskState.RUNNING
    cancel(bench, first)
    cancel(bench, third)
    assert states == [TaskState.CANCELLED]


def test_a_claim_after_the_cancel_ends_the_attempt(tmp_path: Path) -> None:
    """Whoever is cancelled while it finds its sources does not wait for them."""
    bench = Bench(tmp_path, workers=2)
    holder = collect(bench, "holder", POST)
    bench.started_within_long(1)
    late = bench.pool.submit("collect", {"name": "late", "do": "claim late", "late": [POST]}).task.id
    bench.started_within_long(1)
    bench.pool.cancel(late)
    bench.gate.set()
    assert bench.state(late) is TaskState.CANCELLED
    cancel(bench, holder)
    bench.pool.close()


def test_a_note_is_taken_back_when_only_a_worker_is_missing(tmp_path: Path) -> None:
    """A task says that it waits for a source only as long as it does."""
    bench = Bench(tmp_path, workers=2)
    first = collect(bench, "first", POST)
    long = bench.submit("long", "gate")
    second = collect(bench, "second", POST, priority=Priority.LOW)
    bench.started_within_long(2)
    urgent = bench.pool.submit("export", {"do": "gate", "name": "urgent"}, priority=Priority.URGENT).task.id
    assert bench.pool.get(second).progress.note
    cancel(bench, first)
    bench.started_within_long(1)
    assert bench.pool.get(second).progress.note == ""
    bench.gate.set()
    assert {bench.state(each) for each in (long, urgent)} == {TaskState.SUCCEEDED}
    bench.started_within_long(1)
    cancel(bench, second)
    bench.pool.close()


def test_each_kind_has_its_own_limit_and_others_pass(bench: Bench) -> None:
    """With one import at a time, the second waits while a worker is free and other kinds start."""
    ids = [bench.pool.submit("import", {"name": name, "do": "gate"}).task.id for name in ("one", "two")]
    export = bench.pool.submit("export", {"name": "export", "do": "gate"}).task.id
    assert set(bench.started_within_long(2)) == {"one", "export"}
    stats = bench.pool.stats()
    assert (stats.kinds, stats.waiting) == ({"import": 1, "export": 1}, 1)
    bench.gate.set()
    assert {bench.state(each) for each in (*ids, export)} == {TaskState.SUCCEEDED}

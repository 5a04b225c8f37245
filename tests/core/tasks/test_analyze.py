"""Analyses by name: read, computed, kept; heavy ones in a process that a cancelled task really ends."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core.cache import Cache, open_cache
from core.compute import Compute
from core.errors import QueryError, TaskCancelled, TaskError
from core.models import Progress
from core.query import Query
from core.storage import writes
from core.storage.store import Store
from core.tasks import analyze
from core.tasks.kinds import Parts, jobs
from core.tasks.records import TaskKind
from core.tasks.running import TaskContext
from tests.builders import at, comment, page
from tests.core.analysis import crowd
from tests.core.storage import world

LONG_S = 60.0
Run = Callable[..., analyze.Answer]
HEAVY = {"over": "author", "resamples": 10_000, "seed": 1}


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a database with the small world in it."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    world.fill(opened, folded=True)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Open a database of which concentration takes about a second."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    crowd.fill(opened, tmp_path_factory.mktemp("crowd"))
    yield opened
    opened.close()


@pytest.fixture
def compute() -> Iterator[Compute]:
    """Give two processes at most."""
    made = Compute(2)
    yield made
    made.close()


@pytest.fixture
def cache() -> Iterator[Cache]:
    """Give an empty cache of this process."""
    made = open_cache("memory://")
    yield made
    made.close()


@pytest.fixture
def run(store: Store, compute: Compute, cache: Cache) -> Run:
    """Give a way to ask for an analysis."""
    return partial(analyze.run, store=store, compute=compute, cache=cache, cancel=threading.Event())


def parts_of(store: Store, compute: Compute, cache: Cache, folder: Path) -> Parts:
    """Build what jobs work with, of which analyses use a part."""

    def never(*_: object) -> Any:
        pytest.fail("an analysis asks nothing of VK")

    return Parts(
        str,
        never,
        never,
        lambda _query: store,
        folder,
        lambda: datetime(2026, 3, 1, tzinfo=UTC),
        1,
        compute=compute,
        cache=cache,
    )


def test_an_answer_says_what_it_is_about(run: Run) -> None:
    """An answer carries name, version, parameters, how many comments of which time, and the method."""
    query = Query(source=("wall:-1_2",), tz="UTC")
    answer = run("volume", query, {"per": "month"}).as_dict()
    assert list(answer) == [
        *("name", "version", "params", "method", "n", "period", "tz"),
        *("summary", "notes", "model", "rows", "b"),
    ]
    assert (answer["name"], answer["version"], answer["params"]) == ("volume", 1, {"per": "month"})
    assert (answer["tz"], answer["model"], answer["b"]) == ("UTC", None, None)
    dated = sum(row["comments"] for row in answer["rows"])
    assert 0 < dated <= answer["n"]
    assert answer["period"]["first"] < answer["period"]["last"]
    assert answer["period"]["last"].endswith("Z")
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


def test_nothing_has_no_period(run: Run) -> None:
    """Where no comment matches, the answer says 0 and no period, and is no error."""
    answer = run("likes", Query(likes_min=10**9), {})
    assert (answer.a.n, answer.a.period) == (0, None)


def test_an_answer_is_kept_for_its_version(run: Run, store: Store, cache: Cache) -> None:
    """The same question of the same data is answered from the cache; new data are measured anew."""
    first = run("sources", Query(), {"top": 3})
    misses = cache.stats().misses
    assert run("sources", Query(dataset="own", sort="-date"), {"top": 3}) == first
    assert cache.stats().misses == misses
    assert run("sources", Query(), {"top": 2}) != first
    assert run("sources", Query(tz="UTC"), {"top": 3}).a.tz == "UTC"
    writes.write_pages(store, "run", [page(comment(10_000))], at(1))
    assert run("sources", Query(), {"top": 3}).a.n == first.a.n + 1


def test_two_databases_never_share_an_answer(run: Run) -> None:
    """A cache that several programs use keeps their answers apart, though their versions are equal."""
    other = Store.open("duckdb:///:memory:", clock=lambda: at(1))
    world.fill(other, folded=True, count=40)
    first, second = run("likes", Query(), {}), run("likes", Query(), {}, store=other)
    assert first.a.n != second.a.n
    other.close()


def test_a_heavy_one_is_computed_elsewhere(run: Run, store: Store, cache: Cache, compute: Compute) -> None:
    """A heavy analysis needs a process, is kept like any other, and then needs none."""
    params = {"over": "author", "resamples": 50, "seed": 1}
    assert analyze.kept("concentration", Query(), params, store=store, cache=cache) is None
    answer = run("concentration", Query(), params)
    assert multiprocessing.active_children()
    assert [row["measure"] for row in answer.a.rows[:3]] == ["gini", "top_share", "top_share"]
    low, value, high = (answer.a.rows[0][key] for key in ("low", "value", "high"))
    assert low <= value <= high
    assert analyze.kept("concentration", Query(), params, store=store, cache=cache) == answer
    compute.close()
    assert run("concentration", Query(), params) == answer


class Disturbed(Store):
    """A store in which something happens whenever its version is asked for, `disturb`."""

    disturb: Callable[[], None] | None = None

    def version(self) -> int:
        """Return the version, and let it happen after that."""
        found = super().version()
        happening, self.disturb = self.disturb, None
        if happening is not None:
            happening()
            self.disturb = happening
        return found


@pytest.fixture
def disturbed() -> Iterator[Disturbed]:
    """Open a database with the small world in it, calm as yet."""
    opened = Disturbed.open("duckdb:///:memory:", clock=at)
    assert isinstance(opened, Disturbed)
    world.fill(opened, folded=True)
    yield opened
    opened.close()


def test_who_was_not_cancelled_gets_the_answer(disturbed: Disturbed, run: Run, cache: Cache) -> None:
    """One who asked for the same as somebody who gave up is not told that they gave up."""
    gone, began, let_go = threading.Event(), threading.Event(), threading.Event()

    def hold_up() -> None:
        disturbed.disturb = None
        began.set()
        assert let_go.wait(LONG_S)
        raise TaskCancelled("gone")

    disturbed.disturb = hold_up
    ask = partial(run, "likes", Query(), {}, store=disturbed)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(ask, cancel=gone)
        assert began.wait(LONG_S)
        second = threads.submit(ask)
        while not cache.stats().waits:
            threading.Event().wait(0.01)
        gone.set()
        let_go.set()
        with pytest.raises(TaskCancelled):
            first.result(LONG_S)
        assert second.result(LONG_S).a.n > 0


def test_what_is_read_is_of_one_version(disturbed: Disturbed, run: Run) -> None:
    """A commit between two readings of one answer is not mixed in: everything is read again."""
    before = run("likes", Query(), {}, store=disturbed)
    writes.write_pages(disturbed, "run", [page(comment(20_000, likes=1))], at(1))
    asked = iter(range(5))

    def write_at_first() -> None:
        if next(asked) == 0:
            writes.write_pages(disturbed, "run", [page(comment(20_001, likes=1))], at(1))

    disturbed.disturb = write_at_first
    after = run("likes", Query(), {}, store=disturbed)
    assert after.a.n == before.a.n + 2
    assert next(asked) == 4
    known = [sum(row["comments"] for row in answer.a.rows) for answer in (before, after)]
    assert known[1] == known[0] + 2


def test_commits_that_never_stop_are_no_reason_to_wait(disturbed: Disturbed, run: Run) -> None:
    """While a collection writes all the time, an answer comes all the same."""
    numbers = iter(range(30_000, 40_000))
    disturbed.disturb = lambda: writes.write_pages(disturbed, "run", [page(comment(next(numbers)))], at(1))
    assert run("likes", Query(), {}, store=disturbed).a.n > 0
    assert next(numbers) < 30_020


def test_a_job_compares_two_sets(store: Store, compute: Compute, cache: Cache, tmp_path: Path) -> None:
    """A task works out both sets of a comparison, says how far it is, and gives both blocks."""
    job = jobs(parts_of(store, compute, cache, tmp_path))[TaskKind.ANALYZE]
    assert (job.timeout_s, job.at_once) == (600.0, 2)
    given = {"name": "likes", "query": {"level": "root", "tz": "UTC"}, "b": {"level": "reply"}}
    params = job.check(given)
    assert params == {
        "name": "likes",
        "query": {"level": ["root"], "tz": ["UTC"]},
        "params": {},
        "b": {"level": ["reply"], "tz": ["UTC"]},
    }
    assert job.check(params) == params
    told: list[Progress] = []
    outcome = job.work(TaskContext("one", 1, threading.Event(), told.append), params)
    first, second = outcome.result, outcome.result["b"]
    assert first["n"] > 0 < second["n"]
    assert first["rows"] != second["rows"]
    assert list(second) == ["n", "period", "tz", "summary", "notes", "model", "rows"]
    assert second["tz"] == "UTC"
    assert [(each.done, each.total, each.unit) for each in told] == [
        (0, 100, "percent"),
        (50, 100, "percent"),
        (100, 100, "percent"),
    ]


@pytest.mark.parametrize(
    ("params", "key"),
    [
        ({}, "name"),
        ({"name": "nothing"}, "name"),
        ({"name": "volume", "extra": 1}, "extra"),
        ({"name": "volume", "params": {"per": "year"}}, "per"),
        ({"name": "volume", "params": {"colour": 1}}, "colour"),
        ({"name": "volume", "params": [1]}, "params"),
        ({"name": "volume", "query": {"hour": 25}}, "hour"),
        ({"name": "volume", "query": {"colour": "red"}}, "colour"),
        ({"name": "volume", "query": "all"}, "query"),
        ({"name": "volume", "b": {"hour": 25}}, "b.hour"),
        ({"name": "topics", "b": {"level": "root"}}, "b"),
        ({"name": "entities", "b": {"level": "root"}}, "b"),
        ({"name": "compare", "b": {"dataset": "demo"}}, "b.dataset"),
        ({"name": "concentration", "params": {"resamples": 10_001}}, "resamples"),
    ],
)
def test_what_cannot_be_is_refused_before_it_is_queued(params: Mapping[str, Any], key: str) -> None:
    """A wrong name, filter or parameter is named when the task is submitted."""
    with pytest.raises((QueryError, TaskError)) as caught:
        analyze.analyze_params(params)
    assert caught.value.params["key"] == key
    assert key in str(caught.value) or key == "name"


@pytest.mark.slow
def test_a_cancelled_analysis_stops_computing(
    crowded: Store, compute: Compute, cache: Cache, tmp_path: Path
) -> None:
    """Cancelling a running heavy task ends its process, frees its slot and keeps no answer."""
    job = jobs(parts_of(crowded, compute, cache, tmp_path))[TaskKind.ANALYZE]
    params = job.check({"name": "concentration", "params": HEAVY})
    before, cancel = {each.pid for each in multiprocessing.active_children()}, threading.Event()
    context = TaskContext("one", 1, cancel, lambda _progress: None)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(job.work, context, params)
        while not compute.stats().busy or not _children() - before:
            threading.Event().wait(0.01)
        (pid,) = _children() - before
        cancel.set()
        with pytest.raises(TaskCancelled):
            running.result(LONG_S)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert compute.stats().busy == 0
    checked = params["params"]
    assert analyze.kept("concentration", Query(), checked, store=crowded, cache=cache) is None


def _children() -> set[int]:
    return {each.pid for each in multiprocessing.active_children() if each.pid is not None}

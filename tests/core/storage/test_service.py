"""The database service: places and turns, limits and cancels, stuck queries, figures, the slow-query log."""

from __future__ import annotations

import ast
import math
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from structlog.testing import capture_logs

import core
from core.errors import Busy, QueryTimedOut, StorageError, TaskCancelled
from core.metrics import Metrics
from core.query import Query
from core.storage import reads, writes
from core.storage.store import Lent, Store
from tests.builders import at, comment, page
from tests.core.storage.blocked import SLOW, rows_after, until

STORAGE = Path(core.__file__).parent / "storage"


def opened(**limits: float) -> Store:
    """Open a database in memory with some limits of its own."""
    return Store.open("duckdb:///:memory:", clock=at, **limits)  # type: ignore[arg-type]


@pytest.fixture
def metrics() -> Metrics:
    """Make figures of their own for a test."""
    return Metrics()


@pytest.fixture
def narrow(metrics: Metrics) -> Iterator[Store]:
    """Open a database with one reader, one export and short waits."""
    store = Store.open(
        "duckdb:///:memory:",
        clock=at,
        metrics=metrics,
        readers=1,
        exports=1,
        reader_wait_s=0.05,
        note_wait_s=0.05,
        stuck_after_s=0.1,
    )
    yield store
    store.close()


def value(metrics: Metrics, name: str, **labels: str) -> float:
    """Return a figure as Prometheus would read it."""
    return metrics.registry.get_sample_value(name, labels) or 0.0


def test_only_the_owner_takes_cursors() -> None:
    """Connections are made in one module, cursors in another, rows handed over in a third: no way around."""
    owners = {
        "connect": {"opening.py"},
        "cursor": {"engine.py"},
        "register": {"bulk.py", "cursors.py"},
        "executemany": set(),
    }
    users: dict[str, set[str]] = {name: set() for name in owners}
    for path in STORAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                of_engine = ast.unparse(node.func.value) in {"self._engine", "store._engine"}
                if node.func.attr in users and not of_engine:
                    users[node.func.attr].add(path.name)
            elif isinstance(node, ast.Attribute) and node.attr == "register":
                users["register"].add(path.name)

    assert users == owners


def test_a_download_never_takes_the_place_of_a_page(narrow: Store, metrics: Metrics) -> None:
    """Exports are bounded apart: with all of them taken a reader comes in, and the next export is told so."""
    with narrow.reading(kind="export"):
        with narrow.reading() as cursor:
            assert cursor.execute("select 1").fetchone() == (1,)
        with pytest.raises(Busy, match="downloads"), narrow.reading(kind="export"):
            pass
        assert narrow.stats().exports_busy == 1

    with narrow.reading(), pytest.raises(Busy, match="busy"), narrow.reading():
        pass
    assert (narrow.stats().exports_busy, narrow.stats().readers_busy) == (0, 0)
    assert value(metrics, "vkcd_query_failures_total", reason="busy") == 2


def test_who_waits_gets_the_place_that_comes_free() -> None:
    """A reader that waits is counted, and goes on when another one gives its cursor back."""
    store = opened(readers=1)
    answers: list[int] = []
    waiting = threading.Thread(target=lambda: answers.append(reads.count(store, Query())))
    with store.reading():
        waiting.start()
        until(lambda: store.stats().readers_waiting == 1)
        assert answers == []
    waiting.join()

    assert answers == [0]
    store.close()


def test_writers_come_in_the_order_in_which_they_asked() -> None:
    """The writer that waits first writes first, and stats tell how many wait."""
    store = opened()
    order: list[int] = []

    def write(number: int) -> None:
        with store.writing("test"):
            order.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    with store.writing("test"):
        for number, thread in enumerate(threads):
            thread.start()
            until(lambda number=number: store.stats().writers_waiting == number + 1)  # type: ignore[misc]
    for thread in threads:
        thread.join()

    assert order == list(range(8))
    assert store.stats().writers_waiting == 0
    store.close()


def test_a_note_does_not_wait_for_ever(narrow: Store) -> None:
    """A note whose turn does not come in time is refused as busy; readers go on meanwhile."""
    with narrow.writing("test"):
        with pytest.raises(Busy, match="turn to write"), narrow.noting():
            pass
        assert reads.count(narrow, Query()) == 0

    with narrow.noting():
        pass


@pytest.mark.parametrize("kind", ["read", "export"])
def test_a_cancelled_query_ends_at_once(store: Store, kind: str) -> None:
    """A cancel stops the running query with an error of its own, and the same thread can ask again."""
    cancel = threading.Event()
    threading.Timer(0.1, cancel.set).start()

    with pytest.raises(TaskCancelled), store.reading(math.inf, cancel=cancel, kind=kind) as cursor:  # type: ignore[arg-type]
        cursor.execute(SLOW)

    assert reads.count(store, Query()) == 0


def test_a_cancel_between_two_statements_is_not_lost(store: Store) -> None:
    """When nothing runs at the moment of the cancel, the next statement does not begin."""
    cancel = threading.Event()

    def ask() -> None:
        with store.reading(cancel=cancel) as cursor:
            cursor.execute("select 1")
            cancel.set()
            until(lambda: cursor.stop is not None)
            cursor.execute("select 2")

    with pytest.raises(TaskCancelled):
        ask()


class Returning:
    """An engine's cursor that returns from an interrupted statement as if it had ended."""

    def __init__(self, lent: Lent) -> None:
        self._lent = lent

    def execute(self, _statement: str, _values: object) -> None:
        """Be stopped in the middle, and say nothing of it."""
        self._lent.stop = "cancelled"


def test_an_answer_that_was_interrupted_is_not_taken_for_whole() -> None:
    """What comes from a statement that was stopped while it ran is thrown away, even if no error came."""
    lent = Lent("read", math.inf, lambda: None, math.inf)

    with pytest.raises(duckdb.InterruptException):
        lent.on(Returning(lent)).execute("select 1")  # type: ignore[arg-type]


def test_a_cancel_ends_the_wait_for_a_cursor() -> None:
    """Who waits for a place leaves the queue when it is cancelled."""
    store = opened(readers=1)
    cancel = threading.Event()
    with store.reading():
        threading.Timer(0.05, cancel.set).start()
        with pytest.raises(TaskCancelled), store.reading(cancel=cancel):
            pass
        assert store.stats().readers_waiting == 0
    store.close()


def test_a_limit_stops_a_stream_of_batches(store: Store) -> None:
    """A stream is stopped between or within its batches, through the layers of Arrow, by the typed error."""

    def stream() -> None:
        with store.reading(0.3) as cursor:
            cursor.execute("select range, hash(range) from range(10_000_000_000)")
            for _ in cursor.to_arrow_reader(100_000):
                pass

    with pytest.raises(QueryTimedOut):
        stream()
    assert reads.count(store, Query()) == 0


def test_a_stream_that_fails_on_its_way_says_so(store: Store) -> None:
    """What the engine refuses after some batches is a storage error, not an end of the rows."""
    found: list[int] = []

    def stream() -> None:
        with store.reading() as cursor:
            cursor.execute("select if(range < 1_000_000, range, error('Bad row.')) from range(2_000_000)")
            found.extend(batch.num_rows for batch in cursor.to_arrow_reader(100_000))

    with pytest.raises(StorageError):
        stream()
    assert 0 < sum(found) < 2_000_000
    assert reads.count(store, Query()) == 0


def test_limits_hit_beside_work_that_goes_on(store: Store) -> None:
    """Queries of many threads run past their limits beside writes: each is stopped, and no write fails."""
    stopped: list[str] = []

    def ask() -> None:
        for _ in range(3):
            with pytest.raises(QueryTimedOut) as raised, store.reading(0.05) as cursor:
                cursor.execute(SLOW)
            stopped.append(raised.value.code)
            assert reads.count(store, Query()) >= 0

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(1, 11):
        writes.write_pages(store, "run", [page(comment(number))], at(1))
    for thread in threads:
        thread.join()

    assert stopped == ["query_timed_out"] * 12
    assert reads.count(store, Query()) == 10
    assert store.stats().timed_out == 12


def test_a_query_that_does_not_react_gives_its_place_back(narrow: Store) -> None:
    """What ignores the interrupt is counted and logged once as stuck, and the pool goes on without it."""
    release = threading.Event()
    ended: list[BaseException] = []

    def hang() -> None:
        try:
            with narrow.reading(0.05) as cursor:
                cursor.register("rows", rows_after(release))
                cursor.execute("select sum(number) from rows").fetchall()
        except QueryTimedOut as error:
            ended.append(error)

    thread = threading.Thread(target=hang)
    with capture_logs() as logs:
        thread.start()
        until(lambda: narrow.stats().stuck == 1 and narrow.stats().readers_busy == 0)
        assert reads.count(narrow, Query()) == 0
    release.set()
    thread.join()

    assert [line["sql"] for line in logs if line["log_level"] == "error"] == ["select sum(number) from rows"]
    assert (narrow.stats().stuck, narrow.stats().readers_busy, len(ended)) == (0, 0, 1)
    with narrow.reading(), pytest.raises(Busy), narrow.reading():
        pass


def test_the_watch_ends_and_begins_anew(store: Store) -> None:
    """Limits are kept again after a time in which nothing was asked and the watching thread had ended."""
    names = [thread.name for thread in threading.enumerate()].count("query-watchdog")
    for _ in range(2):
        with pytest.raises(QueryTimedOut), store.reading(0.05) as cursor:
            cursor.execute(SLOW)
        until(
            lambda: [thread.name for thread in threading.enumerate()].count("query-watchdog") <= names,
        )


def test_a_sooner_limit_is_kept_beside_a_later_one(store: Store) -> None:
    """A short limit that comes while a long one is watched is not forgotten until the long one is due."""
    with store.reading(30) as calm:
        calm.execute("select 1")
        with pytest.raises(QueryTimedOut, match=r"longer than 0\.05 s"), store.reading(0.05) as cursor:
            cursor.execute(SLOW)


def test_a_slow_query_is_logged_with_its_plan(metrics: Metrics) -> None:
    """Text, seconds and plan go into the log and `slow()`; the values that were bound do not."""
    store = Store.open("duckdb:///:memory:", clock=at, slow_query_s=0, metrics=metrics)
    writes.write_pages(store, "run", [page(comment(1, "безмятежность"))], at(1))
    with capture_logs() as logs:
        reads.comments(store, Query(text="безмятежность", source=("wall:-1_2", "topic:-1_2")), 5)

    (found,) = [each for each in store.slow() if "limit $limit" in each.sql]
    (line,) = [line for line in logs if line["event"] == "Slow query" and "limit $limit" in line["sql"]]
    assert "OBSERVATIONS" in found.plan.upper()
    assert "безмятежность" not in found.plan + found.sql + str(line)
    assert (line["query_kind"], line["plan"], line["log_level"]) == ("read", found.plan, "warning")
    assert found.at == at()
    assert store.stats().slow == value(metrics, "vkcd_slow_queries_total") >= 2
    store.close()


def test_a_statement_without_a_plan_is_logged_too() -> None:
    """Rows handed in are gone when the plan is asked for: the plan stays empty, and nothing fails."""
    store = opened(slow_query_s=0)
    writes.write_pages(store, "run", [page(comment(1))], at(1))
    with pytest.raises(StorageError), store.reading() as cursor:
        cursor.execute("select no_such_thing")

    plans = {found.sql.partition("\n")[0]: found.plan for found in store.slow()}
    assert plans["insert into observations by name"] == ""
    assert plans["select no_such_thing"] == ""
    store.close()


def test_only_what_is_slow_is_logged_and_the_log_is_bounded() -> None:
    """Quick statements leave no trace, and of slow ones the last fifty stay, positional values or none."""
    store = opened()
    for number in range(60):
        with store.reading() as cursor:
            cursor.execute("select ?", [number]).fetchall()
    assert store.slow() == []
    store.close()

    store = opened(slow_query_s=0)
    for number in range(60):
        with store.reading() as cursor:
            cursor.execute(f"select {number}, ?, ?", ["a name", ["another name"]]).fetchall()
    assert [found.sql.split(",")[0] for found in store.slow()] == [
        f"select {number}" for number in range(59, 9, -1)
    ]
    assert "name" not in store.slow()[0].plan
    store.close()


def test_figures_tell_what_happened(metrics: Metrics, narrow: Store) -> None:
    """Statements, holds and waits are counted by kind, for stats and for Prometheus."""
    before = narrow.stats()
    writes.write_pages(narrow, "run", [page(comment(1))], at(1))
    writes.write_tasks(narrow, [("task", "{}")])
    reads.count(narrow, Query())
    with narrow.reading(kind="export") as cursor:
        cursor.execute("select 1")
    with pytest.raises(StorageError), narrow.reading() as cursor:
        cursor.execute("select no_such_thing")

    after = narrow.stats()
    assert (after.version, after.unfolded, after.last_committed_at) == (1, 1, at())
    assert before.last_committed_at is None
    assert (after.readers, after.exports) == (1, 1)
    assert after.queries > before.queries
    for kind, held in {"read": 2, "export": 1, "write": 1, "note": 1}.items():
        assert value(metrics, "vkcd_query_seconds_count", kind=kind) == held
        assert value(metrics, "vkcd_query_wait_seconds_count", kind=kind) == held
    assert value(metrics, "vkcd_query_failures_total", reason="refused") == 1


def test_a_clock_that_runs_backwards_changes_no_order(tmp_path: Path) -> None:
    """Versions rise whatever the clock says; stats show the last commit, and the log says it once more."""
    moments: list[datetime] = [at(5)]
    store = Store.open(f"duckdb:///{tmp_path / 'c.duckdb'}", clock=lambda: moments[-1])
    writes.write_pages(store, "run", [page(comment(1))], at(1))
    store.close()
    moments.append(at(-24))

    again = Store.open(f"duckdb:///{tmp_path / 'c.duckdb'}", clock=lambda: moments[-1])
    assert again.stats().last_committed_at == at(5)
    assert again.now() < at(5)
    with capture_logs() as logs:
        assert writes.write_pages(again, "run", [page(comment(2))], at(2)) == 2
    moments.append(at(-24) + timedelta(seconds=1))
    assert writes.write_pages(again, "run", [page(comment(3))], at(3)) == 3

    assert [line["event"] for line in logs] == ["The clock is behind the last commit"]
    assert again.stats().last_committed_at == moments[-1]
    assert reads.count(again, Query()) == 3
    again.close()

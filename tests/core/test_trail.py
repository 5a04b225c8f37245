"""A task's log: heard from any thread, kept over restarts, bounded, without secrets."""

from __future__ import annotations

import io
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import duckdb
import pytest
import structlog

from core import log
from core.log import bound_contextvars
from core.storage import reads_trail, writes_notes, writes_trail
from core.storage.store import Store
from core.trail import KEPT, LONGEST, MOST_TASKS, Line, Trail
from tests.builders import at

SECRET = "planted-secret-value-0815"


@pytest.fixture(autouse=True)
def _restored_logging() -> Iterator[None]:
    """Let everything log as the program does, and put the process's logging back after each test."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.getLogRecordFactory()
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    log.configure("json", "warning", (SECRET,), stream=io.StringIO())
    yield
    root.handlers, level, factory = before
    root.setLevel(level)
    logging.setLogRecordFactory(factory)
    logging.captureWarnings(capture=False)
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    structlog.reset_defaults()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a database in a file, which a second owner can open after the first."""
    with_tasks = _opened(tmp_path)
    for name in ("t-1", "t-2"):
        writes_notes.write_tasks(with_tasks, [(name, "{}")])
    yield with_tasks
    with_tasks.close()


@pytest.fixture
def trail(store: Store) -> Iterator[Trail]:
    """Give a trail that listens."""
    made = Trail(store)
    yield made
    made.close()


def _opened(folder: Path) -> Store:
    return Store.open(f"duckdb:///{folder / 'own.duckdb'}", clock=at)


def _say(task: str, event: str, **values: object) -> None:
    with bound_contextvars(task=task):
        log.logger("core.test").info(event, **values)


def _events(lines: list[Line]) -> list[str]:
    return [line.event for line in lines]


def test_a_line_has_its_moment_level_and_values(trail: Trail) -> None:
    """What was logged for a task is there at once, with what was bound, without what the task itself says."""
    with bound_contextvars(task="t-1", kind="collect", run="t-1.2", source="wall:-1_2"):
        log.logger("core.test").warning("VK is slow", seconds=2.5)
    (line,) = trail.lines("t-1")
    assert line.at.endswith("Z")
    assert (line.level, line.event) == ("warning", "VK is slow")
    assert line.values == {"run": "t-1.2", "source": "wall:-1_2", "seconds": 2.5}


def test_lines_without_a_task_belong_to_nobody(trail: Trail, store: Store) -> None:
    """What the process says outside of tasks is not kept."""
    log.logger("core.test").info("nobody's")
    trail.flush()
    assert reads_trail.last_ordinal(store) == 0


def test_what_is_below_info_is_not_kept(trail: Trail) -> None:
    """Details for developers do not push out what a person wants to read; LOG_LEVEL does not matter."""
    with bound_contextvars(task="t-1"):
        log.logger("core.test").debug("too low")
        log.logger("core.test").info("shown")
    assert _events(trail.lines("t-1")) == ["shown"]


def test_libraries_are_heard_too(trail: Trail) -> None:
    """A warning of a library in the middle of a task stands in the task's log, its traceback with it."""
    with bound_contextvars(task="t-1"):
        try:
            raise KeyError(SECRET)
        except KeyError:
            logging.getLogger("somebody.else").exception("it failed with %s", SECRET)
    (line,) = trail.lines("t-1")
    assert (line.event, line.level) == ("it failed with ***", "error")
    assert "KeyError" in line.values["exception"]
    assert SECRET not in str(line)


def test_no_line_holds_a_secret(trail: Trail, store: Store) -> None:
    """Lines are redacted before they are put aside, so that none reaches the database or the page."""
    _say("t-1", f"message {SECRET}", nested={"deep": [SECRET]}, url=f"https://h/?key={SECRET}")
    trail.flush()
    assert SECRET not in str(trail.lines("t-1"))
    assert "planted" not in str(reads_trail.lines(store, "t-1"))


def test_lines_outlive_the_process(store: Store, trail: Trail, tmp_path: Path) -> None:
    """After a restart the lines of all attempts are there, in order, and new ones come behind them."""
    _say("t-1", "first")
    _say("t-2", "another's")
    trail.flush()
    _say("t-1", "second")
    trail.close()
    _say("t-1", "too late")
    store.close()
    reopened = _opened(tmp_path)
    later = Trail(reopened)
    _say("t-1", "third")
    assert _events(later.lines("t-1")) == ["first", "second", "third"]
    later.close()
    reopened.close()


@pytest.mark.parametrize("flush_every", [1, 70, 1000])
def test_the_last_lines_are_kept(trail: Trail, store: Store, flush_every: int) -> None:
    """However they came, a task keeps its last lines, in memory, in the database and in what is shown."""
    total = KEPT + 30
    for number in range(total):
        _say("t-1", f"line {number}")
        if number % flush_every == flush_every - 1 and flush_every > 1:
            trail.flush()
    expected = [f"line {number}" for number in range(30, total)]
    assert _events(trail.lines("t-1")) == expected
    trail.flush()
    assert _events(trail.lines("t-1")) == expected
    assert len(reads_trail.lines(store, "t-1")) == KEPT


def test_a_forgotten_task_takes_its_lines_along(trail: Trail, store: Store) -> None:
    """When the pool forgets a task, its lines go with the next writing; the others' stay."""
    _say("t-1", "goes")
    _say("t-2", "stays")
    trail.flush()
    writes_notes.delete_tasks(store, ["t-1"])
    _say("t-2", "comes")
    trail.flush()
    assert trail.lines("t-1") == []
    assert _events(trail.lines("t-2")) == ["stays", "comes"]


def test_lines_of_forgotten_tasks_go_at_the_start(store: Store) -> None:
    """What a former process left for a task nobody knows is cleared by the first writing, lines or none."""
    writes_trail.write_lines(store, [("t-1", 1, "2026-01-01T00:00:00Z", "info", "left", "{}")], KEPT)
    writes_notes.delete_tasks(store, ["t-1"])
    trail = Trail(store)
    trail.flush()
    assert reads_trail.lines(store, "t-1") == []
    trail.close()


def test_writing_is_no_data(trail: Trail, store: Store) -> None:
    """A task's log raises no dataset version, or every page would be drawn anew for it."""
    before = store.version()
    _say("t-1", "said")
    trail.flush()
    assert store.version() == before


def test_a_database_that_refuses_loses_nothing(tmp_path: Path) -> None:
    """What cannot be written is kept, the log says so once, and of too many tasks the oldest go."""
    heard: list[str] = []
    leave = log.listen(lambda event: heard.append(event["event"]))
    store = _opened(tmp_path)
    trail = Trail(store)
    store.close()
    for number in range(MOST_TASKS + 1):
        _say(f"t-{number}", "said")
    trail.flush()
    trail.flush()
    leave()
    assert heard.count("The tasks' log could not be kept") == 1
    reopened = _opened(tmp_path)
    trail._store = reopened
    for number in (0, MOST_TASKS):
        writes_notes.write_tasks(reopened, [(f"t-{number}", "{}")])
    trail.flush()
    assert trail.lines("t-0") == []
    assert _events(trail.lines(f"t-{MOST_TASKS}")) == ["said"]
    trail.close()
    reopened.close()


class _Talking(Store):
    """A database whose task has something to say while its lines are being written."""

    def noting(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Say something, then write."""
        _say("t-1", "meanwhile")
        return super().noting()


def test_what_comes_while_others_are_written_is_not_lost() -> None:
    """A line that is logged in the middle of a writing stays put aside for the next one."""
    store = _Talking.open("duckdb:///:memory:", clock=at)
    writes_notes.write_tasks(store, [("t-1", "{}")])
    trail = Trail(store)
    _say("t-1", "before")
    trail.flush()
    assert [row[4] for row in reads_trail.lines(store, "t-1")] == ["before"]
    assert _events(trail.lines("t-1")) == ["before", "meanwhile"]
    trail.close()
    store.close()


def test_a_very_long_value_keeps_its_end(trail: Trail) -> None:
    """A traceback as long as a page keeps the end, where the error stands; a huge list becomes a text."""
    _say("t-1", "said", text="a" * LONGEST + "the end", numbers=list(range(LONGEST)), short=[1])
    (line,) = trail.lines("t-1")
    assert line.values["text"].endswith("the end")
    assert len(line.values["text"]) == len(line.values["numbers"]) == LONGEST + 1
    assert line.values["short"] == [1]


def test_leaving_twice_is_fine() -> None:
    """Who listened and has left can leave again."""
    leave = log.listen(lambda _event: None)
    leave()
    leave()

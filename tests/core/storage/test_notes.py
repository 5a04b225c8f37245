"""What the program notes for itself, and listing pages as the checkpoint of a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.storage import reads, reads_trail, writes, writes_trail
from core.storage.store import Store
from tests.builders import at

TABLES = [
    (writes.write_tasks, writes.delete_tasks, reads.tasks),
    (writes.write_schedules, writes.delete_schedules, reads.schedules),
]


@pytest.mark.parametrize(("write", "delete", "read"), TABLES, ids=["tasks", "schedules"])
def test_a_note_is_replaced_by_its_id_and_can_be_deleted(
    store: Store, write: Any, delete: Any, read: Any
) -> None:
    """One row per id, no dataset version; unknown ids are nothing to complain about."""
    write(store, [("a", '{"n": 1}'), ("b", "{}")])
    write(store, [("a", '{"n": 2}')])
    assert sorted(read(store)) == [("a", '{"n": 2}'), ("b", "{}")]

    delete(store, ["b", "nobody"])
    delete(store, [])

    assert read(store) == [("a", '{"n": 2}')]
    assert store.version() == 0


def test_notes_outlive_the_process(tmp_path: Path) -> None:
    """Tasks, schedules and counted calls are there after reopening."""
    url = f"duckdb:///{tmp_path / 'c.duckdb'}"
    store = Store.open(url, clock=at)
    writes.write_tasks(store, [("task", "{}")])
    writes.write_schedules(store, [("schedule", "{}")])
    writes.write_calls(store, [(date(2026, 3, 2), "aaaa", "wall.get", 3)])
    store.close()

    again = Store.open(url, clock=at)
    assert (reads.tasks(again), reads.schedules(again)) == ([("task", "{}")], [("schedule", "{}")])
    assert reads.calls(again, date(2026, 3, 2)) == [(date(2026, 3, 2), "aaaa", "wall.get", 3)]
    again.close()


def test_calls_add_up_by_day_token_and_method(store: Store) -> None:
    """What is counted since the last time is added to what is there, also twice in one batch."""
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    writes.write_calls(store, [(monday, "aaaa", "wall.get", 3), (monday, "aaaa", "wall.get", 2)])
    writes.write_calls(store, [(monday, "aaaa", "wall.get", 5), (monday, "bbbb", "execute", 1)])
    writes.write_calls(store, [(tuesday, "aaaa", "wall.get", 7)])
    writes.write_calls(store, [])

    assert reads.calls(store, monday) == [(monday, "aaaa", "wall.get", 10), (monday, "bbbb", "execute", 1)]
    assert reads.calls(store, tuesday) == [(tuesday, "aaaa", "wall.get", 7)]
    assert store.version() == 0


def test_listing_pages_belong_to_their_run(store: Store) -> None:
    """Each call once with its last answer, in the order they were written; other runs do not count."""
    writes.write_listing_pages(
        store, "run", [("wall:-1", "list:0", "[1]"), ("wall:-1", "list:100", "[2]")], at(1)
    )
    writes.write_listing_pages(store, "other", [("wall:-1", "list:0", "[9]")], at(1))
    writes.write_listing_pages(
        store, "run", [("wall:-2", "list:0", "[3]"), ("wall:-1", "list:0", "[4]")], at(2)
    )

    assert reads.listing_pages(store, "run") == [
        ("wall:-1", "list:100", "[2]"),
        ("wall:-2", "list:0", "[3]"),
        ("wall:-1", "list:0", "[4]"),
    ]
    writes.forget_listing_pages(store, "run")
    assert reads.listing_pages(store, "run") == []
    assert reads.listing_pages(store, "other") == [("wall:-1", "list:0", "[9]")]


def test_many_tasks_are_noted_in_one_transaction(store: Store) -> None:
    """Tasks noted together are all there, of one given twice the last counts, and none is no note at all."""
    writes.write_tasks(store, [("b", "old")])

    writes.write_tasks(store, [("a", "1"), ("b", "2"), ("a", "3")])
    writes.write_tasks(store, [])

    assert sorted(reads.tasks(store)) == [("a", "3"), ("b", "2")]


def test_a_task_keeps_its_last_lines_and_takes_them_along(store: Store) -> None:
    """Lines come in order, the oldest beyond the limit go, and those of a forgotten task with it."""
    assert reads_trail.last_ordinal(store) == 0
    writes.write_tasks(store, [("a", "{}"), ("b", "{}")])
    lines = [
        (task, number, "2026-03-02T12:00:00Z", "info", "said", "{}") for task in "ab" for number in (1, 2, 3)
    ]

    writes_trail.write_lines(store, lines, 2)

    assert reads_trail.lines(store, "a") == lines[1:3]
    assert reads_trail.last_ordinal(store) == 3
    writes.delete_tasks(store, ["a"])
    writes_trail.write_lines(store, [], 2)
    assert (reads_trail.lines(store, "a"), reads_trail.lines(store, "b")) == ([], lines[4:])

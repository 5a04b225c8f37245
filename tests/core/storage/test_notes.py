"""What the program notes for itself, and listing pages as the checkpoint of a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.storage import reads, writes
from core.storage.store import Store
from tests.builders import at

TABLES = [
    (writes.write_task, writes.delete_tasks, reads.tasks),
    (writes.write_schedule, writes.delete_schedules, reads.schedules),
]


@pytest.mark.parametrize(("write", "delete", "read"), TABLES, ids=["tasks", "schedules"])
def test_a_note_is_replaced_by_its_id_and_can_be_deleted(
    store: Store, write: Any, delete: Any, read: Any
) -> None:
    """One row per id, no dataset version; unknown ids are nothing to complain about."""
    write(store, "a", '{"n": 1}')
    write(store, "b", "{}")
    write(store, "a", '{"n": 2}')
    assert sorted(read(store)) == [("a", '{"n": 2}'), ("b", "{}")]

    delete(store, ["b", "nobody"])
    delete(store, [])

    assert read(store) == [("a", '{"n": 2}')]
    assert store.version() == 0


def test_notes_outlive_the_process(tmp_path: Path) -> None:
    """Tasks, schedules and counted calls are there after reopening."""
    url = f"duckdb:///{tmp_path / 'c.duckdb'}"
    store = Store.open(url, clock=at)
    writes.write_task(store, "task", "{}")
    writes.write_schedule(store, "schedule", "{}")
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

"""When texts are read by themselves: soon after comments came, never twice at once or against a person."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.config import Settings
from core.storage import writes
from core.storage.store import Store
from core.tasks.records import Priority, Task, TaskKind, TaskState
from core.text import engine, enriching
from dashboard.texts import CALM, ENOUGH, TextReading
from dashboard.workspaces import Workspace
from tests.builders import at, comment, page
from tests.core.inline import Inline


@dataclass
class Pool:
    """A pool that keeps what was submitted; a test says how it goes on."""

    known: list[Task] = field(default_factory=list)

    def list(self) -> list[Task]:
        """Return the tasks, the last submitted first."""
        return [*self.known]

    def submit(self, kind: str, params: dict[str, Any], *, priority: Priority) -> None:
        """Keep a task that waits."""
        self.known.insert(0, task(TaskKind(kind), TaskState.QUEUED, priority=priority, params=params))

    def ends(self, state: TaskState) -> None:
        """End the task that was submitted last."""
        self.known[0] = replace(self.known[0], state=state, finished_at=at())


def task(kind: TaskKind, state: TaskState, **fields: Any) -> Task:
    """Build a task."""
    values: dict[str, Any] = {"id": "t", "params": {}, "submitted_at": at(), **fields}
    return Task(kind=kind, state=state, **values)


class House:
    """One dataset with some comments, and what looks after its texts."""

    def __init__(self, comments: int) -> None:
        self.now: datetime = at()
        self.pool = Pool()
        self.store = Store.open("duckdb:///:memory:", clock=at)
        self.add(range(1, comments + 1))
        workspace = Workspace("own", self.store, lambda: pytest.fail("no VK is needed"))
        self.reading = TextReading(Settings(), [workspace], self.pool, lambda: self.now)  # type: ignore[arg-type]  # a fake

    def add(self, ids: range) -> None:
        """Store comments."""
        writes.write_pages(self.store, "run", [page(*(comment(number, "Кот") for number in ids))], at(1))
        writes.fold(self.store)

    def read(self) -> None:
        """Do what the task would."""
        enriching.enrich(engine.reading(self.store, Inline(1), threading.Event()), lambda _: None)

    def submitted(self) -> int:
        """Look once and count the readings that were ever submitted."""
        self.reading.look()
        return sum(each.kind is TaskKind.ENRICH for each in self.pool.known)


def test_comments_that_wait_get_a_task_of_low_priority() -> None:
    """Unread comments are read by one task, and nothing is submitted once all is read."""
    house = House(3)
    assert house.submitted() == 1
    assert (house.pool.known[0].priority, house.pool.known[0].params) == (Priority.LOW, {"dataset": "own"})
    assert house.submitted() == 1
    house.read()
    house.pool.ends(TaskState.SUCCEEDED)
    assert house.submitted() == 1
    assert house.submitted() == 1
    house.add(range(4, 6))
    assert house.submitted() == 2


def test_nothing_waits_in_an_empty_dataset() -> None:
    """Without comments there is no task."""
    assert House(0).submitted() == 0


def test_while_comments_come_it_waits_for_enough() -> None:
    """A collection under way is not answered with a task for every page."""
    house = House(3)
    house.pool.known.append(task(TaskKind.COLLECT, TaskState.RUNNING))
    assert house.submitted() == 0
    house.add(range(4, ENOUGH + 4))
    assert house.submitted() == 1


@pytest.mark.parametrize("state", [TaskState.CANCELLED, TaskState.FAILED])
def test_who_stopped_it_is_not_overruled_at_once(state: TaskState) -> None:
    """After a cancel or a failure it is tried again only a while later."""
    house = House(3)
    assert house.submitted() == 1
    house.pool.ends(state)
    assert house.submitted() == 1
    house.now = at() + CALM + timedelta(seconds=1)
    assert house.submitted() == 2


def test_a_database_that_refuses_is_asked_again_later() -> None:
    """A failing look ends nothing: the next one may succeed."""
    house = House(3)
    house.store.close()
    assert house.submitted() == 0

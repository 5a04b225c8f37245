"""The last failures: what is kept of them, and what is left out."""

from __future__ import annotations

import itertools
import threading
from datetime import UTC, datetime, timedelta

from core.errors import StorageError, TaskCancelled, VkHumanNeeded, VkUnavailable
from core.incidents import KEPT, Incidents
from core.log import bound_contextvars

START = datetime(2026, 3, 1, tzinfo=UTC)


def incidents() -> Incidents:
    """Build a place whose clock goes on by a minute at each failure."""
    minutes = itertools.count()
    return Incidents(lambda: START + timedelta(minutes=next(minutes)))


def test_the_latest_stands_first_with_what_it_belongs_to() -> None:
    """A failure keeps its error, its place, its moment and the ids that the log had bound, nothing else."""
    kept = incidents()
    kept.note(StorageError("The database refused."), "database")
    with bound_contextvars(task="abc", kind="collect", request="r1"):
        kept.note(VkUnavailable("VK is away."), "task")
    last, first = kept.last()
    assert (str(last.error), last.where, last.ids) == (
        "VK is away.",
        "task",
        {"request": "r1", "task": "abc"},
    )
    assert (first.where, first.at, first.ids, first.times) == ("database", START, {}, 1)


def test_what_another_place_kept_is_taken_over() -> None:
    """What failed before stands behind what failed here, no more than is kept, and is told once."""
    here, before = incidents(), incidents()
    for number in range(KEPT):
        before.note(StorageError("Refused {number}.", number=number), "start")
    here.note(VkUnavailable("VK is away."), "page")
    here.take_over(before)
    found = [str(each.error) for each in here.last()]
    assert (len(found), found[:2], found[-1]) == (
        KEPT,
        ["VK is away.", f"Refused {KEPT - 1}."],
        "Refused 1.",
    )
    assert before.last() == []


def test_a_defect_keeps_its_class_and_not_its_text() -> None:
    """What a defect says may hold anything, so only its class is shown."""
    kept = incidents()
    kept.note(KeyError("vk1.a.secret"), "page")
    (found,) = kept.last()
    assert (found.error, found.defect) == (None, "KeyError")
    assert "secret" not in repr(found)


def test_a_flood_of_one_failure_hides_no_other() -> None:
    """The same failure counts up and moves to the front; another place is another failure."""
    kept = incidents()
    kept.note(StorageError("Rare."), "database")
    for _ in range(3 * KEPT):
        kept.note(VkUnavailable("VK is away."), "task")
    kept.note(VkUnavailable("VK is away."), "api")
    assert [(each.where, each.times) for each in kept.last()] == [("api", 1), ("task", 300), ("database", 1)]
    assert kept.last()[1].at == START + timedelta(minutes=300)


def test_what_failed_is_not_kept_alive() -> None:
    """A kept error says the same as the one raised and holds no traceback, hence no data of the functions."""
    kept = incidents()
    try:
        raise VkHumanNeeded("VK asks.", hint="Follow the link.", vk_code=17, link="https://vk.com/1")
    except VkHumanNeeded as error:
        kept.note(error, "task")
        raised = error
    (found,) = kept.last()
    assert isinstance(found.error, VkHumanNeeded)
    assert (str(found.error), found.error.link) == (str(raised), "https://vk.com/1")
    assert (found.error.__traceback__, raised.__traceback__ is None) == (None, False)


def test_only_the_last_are_kept() -> None:
    """Many different failures push out the oldest."""
    kept = incidents()
    for number in range(KEPT + 5):
        kept.note(StorageError("Refused {number}.", number=number), "database")
    found = kept.last()
    assert len(found) == KEPT
    assert str(found[0].error) == f"Refused {KEPT + 4}."
    assert str(found[-1].error) == "Refused 5."


def test_what_somebody_asked_for_is_no_failure() -> None:
    """A cancelled task is what its owner wanted."""
    kept = incidents()
    kept.note(TaskCancelled("The task was cancelled."), "task")
    assert kept.last() == []


def test_failures_of_many_threads_are_all_counted() -> None:
    """Nothing is lost when several fail at the same time."""
    kept = incidents()
    threads = [
        threading.Thread(target=lambda: [kept.note(StorageError("Busy."), "api") for _ in range(200)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.times for each in kept.last()] == [800]

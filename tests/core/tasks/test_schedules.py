"""Schedules: when the next run is due, and that each due run happens once."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import NotFound, TaskError
from core.storage.store import Store
from core.tasks.records import Priority, Submission, Task, TaskKind
from core.tasks.schedules import MOST_SCHEDULES, Schedule, Scheduler, body_of, next_due, schedule_of
from core.tasks.shelf import shelf_of_schedules
from tests.core.tasks.test_restart import Kept

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PARAMS = {"targets": ["vk.com/wall-1_2"]}
NIGHT = (time(23), time(7))


def schedule(created_at: datetime = NOON, **fields: Any) -> Schedule:
    """Build a schedule of every six hours."""
    return Schedule(**{"id": "one", "params": PARAMS, "every_hours": 6, "created_at": created_at, **fields})


def local(text: str, offset_h: int) -> datetime:
    """Read a local time with its offset."""
    return datetime.fromisoformat(f"{text}+{offset_h:02d}:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("fields", "now", "due"),
    [
        ({}, NOON, NOON + timedelta(hours=6)),
        ({"last_at": NOON + timedelta(hours=1)}, NOON + timedelta(hours=2), NOON + timedelta(hours=7)),
        ({}, NOON + timedelta(days=3), NOON + timedelta(days=3)),
    ],
)
def test_a_run_is_due_one_interval_after_the_last(
    fields: dict[str, Any], now: datetime, due: datetime
) -> None:
    """The first counts from the making; what was missed is due now, once."""
    assert next_due(schedule(**fields), now) == due


@pytest.mark.parametrize(
    ("moment", "quiet", "tz", "due"),
    [
        (local("2026-03-01T22:59", 3), NIGHT, "Europe/Moscow", local("2026-03-01T22:59", 3)),
        (local("2026-03-01T23:00", 3), NIGHT, "Europe/Moscow", local("2026-03-02T07:00", 3)),
        (local("2026-03-02T03:00", 3), NIGHT, "Europe/Moscow", local("2026-03-02T07:00", 3)),
        (local("2026-03-02T07:00", 3), NIGHT, "Europe/Moscow", local("2026-03-02T07:00", 3)),
        (local("2026-03-02T10:00", 3), (time(9), time(18)), "Europe/Moscow", local("2026-03-02T18:00", 3)),
        (local("2026-03-28T23:30", 1), NIGHT, "Europe/Berlin", local("2026-03-29T07:00", 2)),
        (local("2026-10-24T23:30", 2), NIGHT, "Europe/Berlin", local("2026-10-25T07:00", 1)),
        # 02:30 does not exist that night; the quiet hours end when the clock has passed it.
        (local("2026-03-29T01:30", 1), (time(1), time(2, 30)), "Europe/Berlin", local("2026-03-29T03:30", 2)),
        # 02:30 comes twice that night; in its second hour the second one is meant.
        (local("2026-10-25T02:10", 1), (time(1), time(2, 30)), "Europe/Berlin", local("2026-10-25T02:30", 1)),
    ],
)
def test_nothing_starts_in_quiet_hours(
    moment: datetime, quiet: tuple[time, time], tz: str, due: datetime
) -> None:
    """A run that falls into them waits for their end, across midnight and changes of the clock."""
    made = schedule(moment - timedelta(hours=6), quiet=quiet, tz=tz)
    assert next_due(made, moment - timedelta(hours=1)) == due


def test_missed_runs_wait_for_the_end_of_the_quiet_hours() -> None:
    """A server that comes up at night makes up for what it missed in the morning."""
    made = schedule(quiet=NIGHT, tz="UTC")
    night = datetime(2026, 3, 9, 2, tzinfo=UTC)
    assert next_due(made, night) == datetime(2026, 3, 9, 7, tzinfo=UTC)


def test_a_schedule_reads_back_as_it_was() -> None:
    """Every field survives being text."""
    made = Scheduler(Kept().shelf, _never, place=lambda: "own", clock=lambda: NOON).add(
        PARAMS, 3, ("23:00", "07:30"), "UTC"
    )
    assert schedule_of(body_of(made)) == made


class Bell:
    """Takes what a scheduler submits, at a clock that tests turn."""

    def __init__(self) -> None:
        self.now, self.place, self.kept = NOON, "own", Kept()
        self.submitted: list[tuple[Mapping[str, Any], Priority]] = []

    def submit(self, params: Mapping[str, Any], priority: Priority) -> Submission:
        self.submitted.append((params, priority))
        return Submission(Task(f"task{len(self.submitted)}", TaskKind.COLLECT, params, self.now), is_new=True)

    def start(self) -> Scheduler:
        scheduler = Scheduler(self.kept.shelf, self.submit, place=lambda: self.place, clock=lambda: self.now)
        scheduler.load()
        return scheduler


def test_each_due_run_is_submitted_once_at_low_priority() -> None:
    """Looking often starts nothing twice; without a choice what changed is asked."""
    bell = Bell()
    scheduler = bell.start()
    made = scheduler.add(PARAMS, 6)
    for _ in range(26):
        scheduler.look()
        bell.now += timedelta(minutes=30)
    assert [priority for _, priority in bell.submitted] == [Priority.LOW] * 2
    assert bell.submitted[0][0]["refresh"] == "changed"
    held = scheduler.all()[0]
    assert (held.id, held.last_task, held.last_at) == (made.id, "task2", NOON + timedelta(hours=12))


def test_schedules_survive_a_restart_and_make_up_for_missed_runs_once() -> None:
    """Three days without a server are one run."""
    bell = Bell()
    bell.start().add(PARAMS, 6)
    bell.now += timedelta(days=3)
    again = bell.start()
    for _ in range(3):
        again.look()
    assert len(bell.submitted) == 1
    assert again.next_at(again.all()[0]) == bell.now + timedelta(hours=6)


def test_a_schedule_sleeps_while_its_dataset_is_not_collected_into() -> None:
    """What was made for VK does not run in the demo."""
    bell = Bell()
    scheduler = bell.start()
    scheduler.add(PARAMS, 1)
    bell.now, bell.place = NOON + timedelta(hours=2), "demo"
    scheduler.look()
    assert (bell.submitted, scheduler.next_at(scheduler.all()[0])) == ([], None)


def test_a_deleted_schedule_runs_no_more() -> None:
    """Neither now nor after a restart; deleting what is not there is an error."""
    bell = Bell()
    scheduler = bell.start()
    made = scheduler.add(PARAMS, 1)
    scheduler.remove(made.id)
    bell.now += timedelta(days=1)
    scheduler.look()
    assert (bell.submitted, bell.start().all()) == ([], [])
    with pytest.raises(NotFound):
        scheduler.remove(made.id)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (({"targets": []}, 1), "targets"),
        ((PARAMS, 0), "every_hours"),
        ((PARAMS, 1, ("25:00", "07:00")), "quiet_hours"),
        ((PARAMS, 1, ("07:00", "07:00")), "quiet_hours"),
        ((PARAMS, 1, None, "Mars/Olympus"), "tz"),
        ((PARAMS, 1, None, "../etc"), "tz"),
    ],
)
def test_a_wrong_schedule_is_refused_by_name(given: tuple[Any, ...], named: str) -> None:
    """The error names what cannot be used, and nothing is kept."""
    bell = Bell()
    with pytest.raises(TaskError, match=f"'{named}'"):
        bell.start().add(*given)
    assert bell.kept.bodies == {}


def test_the_loop_looks_until_it_is_stopped() -> None:
    """Waiting is passed in; the loop ends with the event."""
    bell = Bell()
    scheduler = bell.start()
    scheduler.add(PARAMS, 1)
    stop = threading.Event()

    def wait(event: threading.Event, _seconds: float) -> None:
        bell.now += timedelta(hours=1)
        if len(bell.submitted) == 3:
            event.set()

    scheduler.run(stop, wait)
    assert len(bell.submitted) == 3


def test_what_cannot_be_read_is_left_out() -> None:
    """One broken row costs no other schedule."""
    bell = Bell()
    made = bell.start().add(PARAMS, 1)
    bell.kept.bodies["broken"] = '{"id": "broken"}'
    bell.kept.bodies["wrong"] = body_of(schedule(id="wrong", every_hours=0))
    assert bell.start().all() == [made]


def test_there_is_a_most_number_of_schedules() -> None:
    """A thousand are enough for everybody; the next one is refused, with what to do."""
    bell = Bell()
    for number in range(MOST_SCHEDULES):
        made = schedule(id=str(number))
        bell.kept.bodies[made.id] = body_of(made)
    scheduler = bell.start()
    with pytest.raises(TaskError, match="Delete some"):
        scheduler.add(PARAMS, 1)
    assert len(scheduler.all()) == MOST_SCHEDULES


def test_a_refused_collection_is_tried_again_at_the_next_turn_only() -> None:
    """What the pool refuses does not stop the loop, and is not asked for every few seconds."""
    bell = Bell()
    tries = []

    def refuse(_params: Mapping[str, Any], _priority: Priority) -> Submission:
        tries.append(bell.now)
        raise TaskError("The parameter 'targets' cannot be that.")

    scheduler = Scheduler(bell.kept.shelf, refuse, place=lambda: "own", clock=lambda: bell.now)
    scheduler.add(PARAMS, 6)
    for _ in range(14):
        scheduler.look()
        bell.now += timedelta(hours=1)
    assert tries == [NOON + timedelta(hours=6), NOON + timedelta(hours=12)]


def test_a_schedule_that_is_deleted_while_it_starts_stays_deleted() -> None:
    """The start of its last run does not bring it back."""
    bell = Bell()

    def delete(params: Mapping[str, Any], priority: Priority) -> Submission:
        scheduler.remove(made.id)
        return bell.submit(params, priority)

    scheduler = Scheduler(bell.kept.shelf, delete, place=lambda: "own", clock=lambda: bell.now)
    made = scheduler.add(PARAMS, 1)
    bell.now += timedelta(hours=1)
    scheduler.look()
    assert (len(bell.submitted), scheduler.all(), bell.kept.bodies) == (1, [], {})


def test_a_database_that_refuses_does_not_end_the_loop() -> None:
    """The schedules are looked at again a little later."""
    bell = Bell()
    scheduler = bell.start()
    scheduler.add(PARAMS, 1)
    bell.now += timedelta(hours=1)
    bell.kept.is_full = True
    stop = threading.Event()

    def wait(event: threading.Event, _seconds: float) -> None:
        bell.now += timedelta(hours=1)
        if not bell.kept.is_full:
            event.set()
        bell.kept.is_full = False

    scheduler.run(stop, wait)
    assert len(bell.submitted) == 2


def test_schedules_are_kept_in_the_database(tmp_path: Path) -> None:
    """What one process keeps the next one finds, until it is deleted."""
    store = Store.open(f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}", clock=lambda: NOON)
    bell = Bell()

    def start() -> Scheduler:
        scheduler = Scheduler(
            shelf_of_schedules(store), bell.submit, place=lambda: "own", clock=lambda: bell.now
        )
        scheduler.load()
        return scheduler

    made = start().add(PARAMS, 1)
    assert start().all() == [made]
    start().remove(made.id)
    assert start().all() == []
    store.close()


def _never(_params: Mapping[str, Any], _priority: Priority) -> Submission:
    raise AssertionError

"""Collections that repeat by themselves: every so many hours, not at night, also after a restart.

When the next run is due is a pure question of the schedule and the moment. What was missed while nothing
ran is made up for once.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from core.errors import DashboardError, NotFound, TaskError
from core.log import logger
from core.query import DEFAULT_TZ
from core.tasks.params import collect_params, refuse_broken_text
from core.tasks.records import Priority, Submission
from core.tasks.shelf import Shelf

MOST_HOURS: Final = 24 * 366
MOST_SCHEDULES: Final = 1000
LOOK_S: Final = 5.0

Submit = Callable[[Mapping[str, Any], Priority], Submission]


@dataclass(frozen=True, slots=True)
class Schedule:
    """One repeated collection; `quiet` is (from, to) as local times of `tz` between which nothing starts.

    `place` names the dataset it was made for, the only one it runs in.
    """

    id: str
    params: Mapping[str, Any]
    every_hours: int
    created_at: datetime
    quiet: tuple[time, time] | None = None
    tz: str = DEFAULT_TZ
    place: str = ""
    last_at: datetime | None = None
    last_task: str | None = None


def next_due(schedule: Schedule, now: datetime) -> datetime:
    """Return when it runs next, never before `now`; missed runs are one run at the first moment allowed."""
    planned = (schedule.last_at or schedule.created_at) + timedelta(hours=schedule.every_hours)
    moment = max(planned, now)
    return moment if schedule.quiet is None else _after_quiet(moment, *schedule.quiet, ZoneInfo(schedule.tz))


def _after_quiet(moment: datetime, start: time, end: time, zone: ZoneInfo) -> datetime:
    """Return the moment, or the end of the quiet hours it falls into, across midnight and clock changes."""
    local = moment.astimezone(zone)
    clock = local.time()
    crosses_midnight = start > end
    is_quiet = (clock >= start or clock < end) if crosses_midnight else start <= clock < end
    if not is_quiet:
        return moment
    day = local.date() + timedelta(days=1 if crosses_midnight and clock >= start else 0)
    ends = [
        datetime.combine(day, end.replace(fold=fold), tzinfo=zone).astimezone(UTC)
        # An hour that the clock repeats ends twice; the second end may be the one still to come.
        for fold in (0, 1)
    ]
    return next((each for each in ends if each > moment), moment)


class Scheduler:
    """Keeps schedules and starts what is due; safe to use from any thread."""

    def __init__(
        self,
        shelf: Shelf,
        submit: Submit,
        *,
        place: Callable[[], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._shelf = shelf
        self._submit = submit
        self._place = place
        self._clock = clock
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._schedules: dict[str, Schedule] = {}

    def load(self) -> None:
        """Take up what a former process kept; what cannot be read is left out and said."""
        for name, body in self._shelf.load():
            try:
                schedule = schedule_of(body)
            except (ValueError, KeyError, TypeError, DashboardError) as error:
                logger(__name__).warning("A kept schedule cannot be read", schedule=name, reason=repr(error))
            else:
                self._schedules[schedule.id] = schedule

    def add(
        self,
        params: Mapping[str, Any],
        every_hours: int,
        quiet: tuple[str, str] | None = None,
        tz: str | None = None,
    ) -> Schedule:
        """Keep a new schedule; its first run is one interval from now. Raises TaskError."""
        refuse_broken_text(params)
        schedule = Schedule(
            uuid4().hex,
            collect_params({"refresh": "changed", **params}),
            _hours(every_hours),
            self._clock(),
            _quiet(quiet),
            _zone(tz or DEFAULT_TZ),
            self._place(),
        )
        if len(self._schedules) >= MOST_SCHEDULES:
            raise TaskError("There are too many schedules.", hint="Delete some first.")
        self._keep(schedule)
        return schedule

    def all(self) -> list[Schedule]:
        """Return the schedules, the last made first."""
        with self._lock:
            return sorted(self._schedules.values(), key=lambda each: each.created_at, reverse=True)

    def next_at(self, schedule: Schedule) -> datetime | None:
        """Return when it runs next; None while the dataset it was made for is not collected into."""
        return next_due(schedule, self._clock()) if schedule.place == self._place() else None

    def remove(self, schedule_id: str) -> None:
        """Forget a schedule; what it started goes on. Raises NotFound."""
        with self._lock:
            if schedule_id not in self._schedules:
                raise NotFound("There is no such schedule.")
            del self._schedules[schedule_id]
        self._shelf.delete([schedule_id])

    def look(self) -> None:
        """Start what is due; while the same still runs it counts as started."""
        with self._looking:
            now, place = self._clock(), self._place()
            for schedule in self.all():
                if schedule.place == place and next_due(schedule, now) <= now:
                    self._start(schedule, now)

    def run(self, stop: threading.Event, wait: Callable[[threading.Event, float], object]) -> None:
        """Look every few seconds until `stop` is set; `wait` waits for it so long."""
        while not stop.is_set():
            try:
                self.look()
            except DashboardError as error:
                logger(__name__).warning("The schedules could not be looked at", detail=str(error))
            wait(stop, LOOK_S)

    def _start(self, schedule: Schedule, now: datetime) -> None:
        try:
            task = self._submit(schedule.params, Priority.LOW).task
        except TaskError as error:
            logger(__name__).warning("A scheduled collection was refused", detail=str(error))
            self._keep(replace(schedule, last_at=now), is_new=False)
            return
        self._keep(replace(schedule, last_at=now, last_task=task.id), is_new=False)

    def _keep(self, schedule: Schedule, *, is_new: bool = True) -> None:
        with self._lock:
            if not is_new and schedule.id not in self._schedules:
                return  # somebody deleted it meanwhile
            self._schedules[schedule.id] = schedule
        self._shelf.save([(schedule.id, body_of(schedule))])


def body_of(schedule: Schedule) -> str:
    """Return the schedule as JSON."""
    quiet = [each.strftime("%H:%M") for each in schedule.quiet] if schedule.quiet else None
    return json.dumps(
        {
            "id": schedule.id,
            "params": dict(schedule.params),
            "every_hours": schedule.every_hours,
            "created_at": schedule.created_at.isoformat(),
            "quiet": quiet,
            "tz": schedule.tz,
            "place": schedule.place,
            "last_at": schedule.last_at.isoformat() if schedule.last_at else None,
            "last_task": schedule.last_task,
        },
        ensure_ascii=False,
    )


def schedule_of(body: str) -> Schedule:
    """Read a schedule back; raises ValueError, KeyError, TypeError or TaskError for what is none."""
    found = json.loads(body)
    return Schedule(
        found["id"],
        collect_params(found["params"]),
        _hours(found["every_hours"]),
        datetime.fromisoformat(found["created_at"]),
        _quiet(tuple(found["quiet"]) if found["quiet"] else None),
        _zone(found["tz"]),
        found["place"],
        datetime.fromisoformat(found["last_at"]) if found["last_at"] else None,
        found["last_task"],
    )


def _hours(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_HOURS:
        raise TaskError(
            "The parameter 'every_hours' cannot be that.",
            hint="It is a whole number of hours, 1 to {most:,}.",
            most=MOST_HOURS,
            key="every_hours",
        )
    return value


def _quiet(hours: tuple[str, str] | None) -> tuple[time, time] | None:
    if hours is None:
        return None
    try:
        start, end = (datetime.strptime(each, "%H:%M").time() for each in hours)  # noqa: DTZ007 - a time of day
    except ValueError:
        start = end = time()
    if start == end:
        raise TaskError(
            "The parameter 'quiet_hours' cannot be that.",
            hint='It is two different times of the day, such as {"from": "23:00", "to": "07:00"}.',
            key="quiet_hours",
        )
    return start, end


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise TaskError(
            "The parameter 'tz' cannot be that.", hint="Give a name such as Europe/Moscow.", key="tz"
        ) from None
    return name

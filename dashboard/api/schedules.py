"""Collections that repeat by themselves."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from core.query import DEFAULT_TZ
from core.tasks.schedules import MOST_HOURS, Schedule
from dashboard.api.models import ListOf, Utc, Whole
from dashboard.api.params import DEFAULT_LIMIT, Cursor, Given, Limit, after_cursor
from dashboard.api.problems import documented
from dashboard.api.task_models import CollectParams
from dashboard.services import Services

routes = APIRouter(tags=["schedules"])

Clock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["23:00"])]


class QuietHours(BaseModel):
    """Times of the day, in the schedule's zone, between which nothing starts; across midnight too."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    start: Clock = Field(alias="from")
    end: Clock = Field(alias="to")


class NewSchedule(BaseModel):
    """What to collect, and how often. `params` as for a collection; `refresh` is `changed` if left out."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "params": {"targets": ["https://vk.com/wall-1_2"], "refresh": "changed"},
                "every_hours": 6,
                "quiet_hours": {"from": "23:00", "to": "07:00"},
                "tz": DEFAULT_TZ,
            }
        },
    )

    params: CollectParams
    every_hours: Whole = Field(ge=1, le=MOST_HOURS)
    quiet_hours: QuietHours | None = None
    tz: str = Field(DEFAULT_TZ, max_length=64)


class ScheduleAnswer(BaseModel):
    """A schedule, when it runs next, and the task of its last run."""

    id: str
    params: dict[str, Any]
    every_hours: int
    quiet_hours: QuietHours | None
    tz: str
    created_at: Utc
    next_at: Utc | None = Field(description="Null while the dataset it was made for is not collected into.")
    last_task: str | None
    last_at: Utc | None


@routes.post("/schedules", status_code=201, responses=documented(422))
def add(services: Given, body: NewSchedule) -> ScheduleAnswer:
    """Repeat a collection every so many hours; the first run is one interval from now."""
    quiet = (body.quiet_hours.start, body.quiet_hours.end) if body.quiet_hours else None
    params = body.params.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    schedule = services.schedules.add(params, body.every_hours, quiet, body.tz)
    return _answer(services, schedule)


@routes.get("/schedules", responses=documented(422))
def schedules(services: Given, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> ListOf[ScheduleAnswer]:
    """List the schedules, the last made first."""
    found = services.schedules.all()
    shown, following = after_cursor([each.id for each in found], limit, cursor)
    return ListOf(items=[_answer(services, each) for each in found[shown]], next=following)


@routes.delete("/schedules/{schedule_id}", status_code=204, responses=documented(404))
def remove(services: Given, schedule_id: str) -> None:
    """Delete a schedule; a task that it started goes on."""
    services.schedules.remove(schedule_id)


def _answer(services: Services, schedule: Schedule) -> ScheduleAnswer:
    quiet = schedule.quiet
    return ScheduleAnswer(
        id=schedule.id,
        params=dict(schedule.params),
        every_hours=schedule.every_hours,
        quiet_hours=None
        if quiet is None
        else QuietHours.model_validate({"from": f"{quiet[0]:%H:%M}", "to": f"{quiet[1]:%H:%M}"}),
        tz=schedule.tz,
        created_at=schedule.created_at,
        next_at=services.schedules.next_at(schedule),
        last_task=schedule.last_task,
        last_at=schedule.last_at,
    )

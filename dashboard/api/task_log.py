"""What the log said about a task, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from core.trail import Line
from dashboard.api.models import ListOf, Utc
from dashboard.api.params import DEFAULT_LIMIT, Cursor, Given, Limit, after_cursor
from dashboard.api.problems import documented

routes = APIRouter(tags=["tasks"])


class LineAnswer(BaseModel):
    """One line of a task's log, secrets replaced by stars."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "at": "2026-03-05T10:00:00.123456Z",
                "level": "info",
                "event": "The sources are known",
                "values": {"run": "0f3c….1", "sources": 12, "unmoved": 3, "declared": 4810},
            }
        }
    )

    at: Utc
    level: str
    event: str = Field(description="What happened: a constant sentence.")
    values: dict[str, Any] = Field(description="Its values, by name.")


@routes.get("/tasks/{task_id}/log", responses=documented(404, 422))
def task_log(
    services: Given, task_id: str, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> ListOf[LineAnswer]:
    """Return what the log said about a task, the oldest line first; the last 200 lines are kept."""
    services.tasks.get(task_id)
    lines = services.trail.lines(task_id)
    shown, following = after_cursor([str(line.number) for line in lines], limit, cursor)
    return ListOf(items=[_answer(line) for line in lines[shown]], next=following)


def _answer(line: Line) -> LineAnswer:
    return LineAnswer(
        at=datetime.fromisoformat(line.at), level=line.level, event=line.event, values=dict(line.values)
    )

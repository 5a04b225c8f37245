"""What changed since a dataset version or a moment: new, edited, deleted and restored comments."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from fastapi import Query as Parameter

from core.errors import QueryError
from core.storage import reads
from core.storage.reads import ChangeKind
from dashboard.api.etags import TAGGED, tagged_by_data
from dashboard.api.models import ChangesAnswer
from dashboard.api.params import DEFAULT_LIMIT, QUERY_PARAMETERS, Cursor, Given, Limit, query_of
from dashboard.api.problems import documented
from dashboard.api.rows import as_json, objects

MOST_VERSION = 2**31 - 1

routes = APIRouter(tags=["comments"])

Since = Annotated[
    str,
    Parameter(
        description="A dataset version (`version` of the answer before), an instant such as "
        "`2026-03-01T09:00:00Z`, or a day, which begins in `tz`.",
        max_length=40,
        examples=["17", "2026-03-01T09:00:00Z", "2026-03-01"],
    ),
]
Kinds = Annotated[list[ChangeKind] | None, Parameter(description="Only changes of these kinds.")]


@routes.get(
    "/changes",
    response_model=ChangesAnswer,
    openapi_extra=QUERY_PARAMETERS,
    responses={**TAGGED, **documented(504)},
)
def changes(
    services: Given,
    request: Request,
    response: Response,
    since: Since,
    *,
    change: Kinds = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """List what changed among the comments of a query, in the order it was seen (`sort=-date`: newest first).

    The filters are about the comments as they are now. A comment is called deleted only on evidence.
    """
    tagged_by_data(request, response, services)
    query = query_of(request)
    found = reads.changes(
        services.workspace(query).store,
        query,
        _since(since, query.tz),
        limit,
        cursor,
        kinds=change or (),
    )
    items = [
        {
            "change": each.kind,
            "changed_at": each.changed_at,
            "evidence": each.evidence,
            "text_before": each.text_before,
            "comment": comment,
        }
        for each, comment in zip(found.changes, objects(found.rows), strict=True)
    ]
    answer = {"items": items, "next": found.next, "version": found.version}
    return as_json(answer, response.headers)


def _since(text: str, tz: str) -> int | datetime:
    """Read a version, an instant or a day; raises QueryError that names the key."""
    if text.isascii() and text.isdecimal() and int(text) <= MOST_VERSION:
        return int(text)
    try:
        if len(text) == len("2026-03-01"):
            return datetime.combine(date.fromisoformat(text), time(), ZoneInfo(tz))
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        raise _unreadable(text) from None
    if not 1970 <= moment.year <= 9000:
        raise _unreadable(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(tz))


def _unreadable(text: str) -> QueryError:
    return QueryError(
        "The filter '{key}' cannot be '{value}'.",
        hint="A dataset version, a day (2026-03-01) or an instant (2026-03-01T09:00:00Z) is expected.",
        key="since",
        value=text,
    )

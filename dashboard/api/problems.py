"""Every error of the API as problem details (RFC 9457), whoever raised it, in the caller's language."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope
from structlog.contextvars import get_contextvars

from core import errors
from core.log import logger, without_secrets
from core.wording.faults import told
from dashboard.api import refusals
from dashboard.api.etags import NotModified
from dashboard.api.heads import answers_head
from dashboard.api.invalid import refusal
from dashboard.api.languages import asked_for, spoken

MEDIA_TYPE = "application/problem+json"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
EVERY = (400, 401, 403, 422, 429, 500, 503)
RETRY_BUSY_S = 1

STATUS: Mapping[type[errors.DashboardError], int] = {
    errors.DashboardError: 500,
    errors.ComputeFailed: 503,
    errors.ExportError: 422,
    errors.ImportRefused: 422,
    errors.NotFound: 404,
    errors.QueryError: 422,
    errors.QueryTimedOut: 504,
    errors.SandboxError: 503,
    errors.StorageError: 503,
    errors.TaskConflict: 409,
    errors.TaskError: 422,
    errors.VkError: 502,
}


class Problem(BaseModel):
    """What went wrong, in the one form of every error."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "Unprocessable Content",
                "status": 422,
                "detail": "The filter 'hour' cannot be '25'. A whole number from 0 to 23 is expected.",
                "code": "bad_query",
                "hint": "A whole number from 0 to 23 is expected.",
                "request_id": "5f0c2a9e7b1d4c36",
            }
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="What happened and what to do, in the language of Accept-Language.")
    code: str = Field(description="Stable name of the kind of error.")
    hint: str = Field(description="What to do, alone.")
    request_id: str = Field(description="What the log has of this request stands under it.")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that may end in these statuses (and in what any route may)."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    every = sorted({*EVERY, *statuses})
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in every}


def answer(error: BaseException, scope: Scope) -> Response:
    """Return the answer that says what went wrong; of a defect nothing but the request's id."""
    lang = asked_for(Headers(scope=scope))
    request_id = str(get_contextvars().get("request", ""))
    status = status_of(error)
    said = told(error, lang, reference=request_id)
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=without_secrets(str(said)),
        code=error.code if isinstance(error, errors.DashboardError) else "internal",
        hint=without_secrets(said.remedy),
        request_id=request_id,
    )
    headers = {"Cache-Control": "no-store", **spoken(lang)}
    if isinstance(error, refusals.Refusal):
        headers |= error.headers()
    if isinstance(error, errors.Busy):
        headers["Retry-After"] = str(RETRY_BUSY_S)
    return Response(orjson.dumps(problem.model_dump()), status, headers=headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Let the app answer every error as a problem; defects are answered around it (`Journal`)."""
    app.add_exception_handler(errors.DashboardError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(NotModified, _not_modified)


def status_of(error: BaseException) -> int:
    """Return the HTTP status of an error: its own, or that of its nearest class in the table."""
    if isinstance(error, refusals.Refusal):
        return error.status
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def _ours(request: Request, error: Exception) -> Response:
    if status_of(error) >= 500:
        assert isinstance(error, errors.DashboardError)
        logger(__name__).warning("A request failed", code=error.code, detail=str(error))
        request.app.state.services().incidents.note(error, "api")
    return answer(error, request.scope)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return answer(refusal(request, error.errors()[0]), request.scope)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path = request.url.path
    refused: refusals.Refusal = refusals.BadRequest(
        "The request cannot be read: {reason}.",
        hint="See that its body has the form that its Content-Type says.",
        reason=str(error.detail).rstrip("."),
    )
    if error.status_code == 404:
        refused = refusals.NoSuchRoute(
            "There is nothing at {path}.", hint="/api/v1/docs lists what there is.", path=path
        )
    if error.status_code == 405:
        refused = refusals.MethodNotAllowed(
            "{method} is not possible at {path}.",
            hint="Possible here: {allowed}.",
            method=request.method,
            path=path,
            allowed=_allowed(request),
        )
    return answer(refused, request.scope)


def _not_modified(_request: Request, error: Exception) -> Response:
    assert isinstance(error, NotModified)
    return Response(status_code=304, headers=error.headers)


def _allowed(request: Request) -> str:
    """Return the methods of every route at this path; the router itself names those of the first only."""
    found = [
        method
        for method in METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
        )
    ]
    if "GET" in found and answers_head(request.scope):
        found.insert(1, "HEAD")
    return ", ".join(found)

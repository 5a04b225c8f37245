"""Every error of the API as problem details (RFC 9457), whoever raised it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from core import errors
from core.log import logger

MEDIA_TYPE = "application/problem+json"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

STATUS: Mapping[type[errors.DashboardError], int] = {
    errors.DashboardError: 500,
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
            }
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="What happened and what to do, as a sentence.")
    code: str = Field(description="Stable name of the kind of error.")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that may end in these statuses (and in what any route may)."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    every = sorted({401, 403, 500, 503, *statuses})
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in every}


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI schema that names the key, and in which every error is a Problem.

    That includes FastAPI's own 422, and the 400 of a body that cannot even be read.
    """
    kinds = schema["components"]["schemas"]
    for foreign in ("HTTPValidationError", "ValidationError"):
        kinds.pop(foreign, None)
    kinds["Problem"] = Problem.model_json_schema()
    for path in schema["paths"].values():
        for operation in path.values():
            possible = {"400"} if "requestBody" in operation else set()
            for status in operation["responses"].keys() & {"422"} | possible:
                operation["responses"][status] = documented(int(status))[int(status)]
    schema["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "API_KEY, where the server has one."}
    }
    schema["security"] = [{"key": []}, {}]
    return schema


def answer(status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer that says what went wrong."""
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, code=code)
    return Response(
        orjson.dumps(problem.model_dump()),
        status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def install(app: FastAPI) -> None:
    """Let the app answer every error as a problem."""
    app.add_exception_handler(errors.DashboardError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _defect)


def status_of(error: errors.DashboardError) -> int:
    """Return the HTTP status of an error: that of its nearest class in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _ours(_request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.DashboardError)
    status = status_of(error)
    if status >= 500:
        logger(__name__).warning("A request failed", code=error.code, detail=str(error))
    return answer(status, error.code, str(error))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place, *inside = first["loc"]
    if first["type"] == "json_invalid":
        detail = f"The body is no JSON: {first['ctx']['error']} at character {inside[0]}."
    elif place == "body" and not inside and not _is_json(request):
        detail = "The body is no JSON. Send it with the header 'Content-Type: application/json'."
    else:
        detail = f"{'.'.join(map(str, inside)) or 'The body'}: {first['msg']}."
    return answer(422, "invalid_request", detail)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details = {
        404: ("no_such_route", f"There is nothing at {request.url.path}; /api/v1/docs lists what there is."),
        405: ("method_not_allowed", f"{request.method} is not possible here."),
    }
    code, detail = details.get(error.status_code, ("http_error", f"{error.detail.rstrip('.')}."))
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    return answer(error.status_code, code, detail, headers)


def _is_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _allowed(request: Request) -> str:
    """Return the methods of every route at this path; the router itself names those of the first only."""
    return ", ".join(
        method
        for method in METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
        )
    )


def _defect(request: Request, error: Exception) -> Response:
    logger(__name__).error("A request met a defect", path=request.url.path, exc_info=error)
    return answer(
        500, "internal", "The request failed because of a defect of the program; its log says more."
    )

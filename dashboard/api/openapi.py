"""The last touch to the schema that FastAPI makes: one form of error, one key, no answer left out."""

from __future__ import annotations

from typing import Any, Final

from dashboard.api.problems import EVERY, Problem, documented

FOREIGN: Final = ("HTTPValidationError", "ValidationError")
OPEN_PATH: Final = "/health/live"
REQUEST_ID: Final[dict[str, Any]] = {
    "description": "The id given in the request's own X-Request-ID, or one made here; the log has it too.",
    "schema": {"type": "string"},
}
ETAG: Final[dict[str, Any]] = {
    "description": "Give it back as If-None-Match: 304 while nothing has changed.",
    "schema": {"type": "string"},
}


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI schema that names the key, and in which every error is a Problem.

    What any route may answer is added to each, so that a route names only what is its own.
    """
    kinds = schema["components"]["schemas"]
    for foreign in FOREIGN:
        kinds.pop(foreign, None)
    kinds["Problem"] = Problem.model_json_schema()
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            _complete(operation)
            if path == OPEN_PATH:
                operation["security"] = []
    schema["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "API_KEY, where the server has one."}
    }
    schema["security"] = [{"key": []}, {}]
    return schema


def _complete(operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    for status, problem in documented(*EVERY).items():
        if str(status) not in answers or status == 422:
            answers[str(status)] = problem
    for status, answer in answers.items():
        headers = {"X-Request-ID": REQUEST_ID}
        if status == "200" and "304" in answers:
            headers["ETag"] = ETAG
        answer["headers"] = headers

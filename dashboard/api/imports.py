"""Files of comments, uploaded; the import itself is a task."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from core.errors import ImportRefused
from dashboard.api.languages import Reader
from dashboard.api.params import Given
from dashboard.api.problems import documented
from dashboard.api.task_models import TaskAnswer
from dashboard.api.tasks import location

routes = APIRouter(tags=["imports"])


@routes.post(
    "/imports",
    status_code=202,
    responses={
        200: {"model": TaskAnswer, "description": "That file is being imported already."},
        **documented(422),
    },
)
def upload(
    services: Given,
    reader: Reader,
    request: Request,
    response: Response,
    *,
    file: Annotated[UploadFile, File(description="CSV, JSONL or xlsx; text is enough.")],
    mapping: Annotated[
        str | None,
        Form(
            description="JSON: the columns' meanings. Left out, they are guessed.",
            examples=['{"columns": {"body": "text", "created": "published_at"}, "tz": "UTC"}'],
        ),
    ] = None,
) -> TaskAnswer:
    """Import a file of comments as a source; a second import of the same file changes nothing."""
    meaning = _mapping(mapping)
    submitted = services.keep_upload(file.file, file.filename or "file", meaning)
    response.status_code = 202 if submitted.is_new else 200
    response.headers["Location"] = location(request, submitted.task)
    return TaskAnswer.of(submitted.task, reader)


def _mapping(text: str | None) -> dict[str, Any] | None:
    if not text:
        return None
    try:
        mapping = orjson.loads(text)
    except orjson.JSONDecodeError:
        mapping = None
    if not isinstance(mapping, dict):
        raise ImportRefused(
            "The mapping is not a JSON object.", hint='It looks like {"columns": {"body": "text"}}.'
        )
    return mapping

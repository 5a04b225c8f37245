"""Comments: rows of a query, one comment, the conversation around it, what it said before."""

from __future__ import annotations

from contextlib import suppress

from fastapi import APIRouter, Request, Response

from core.models import SourceRef
from core.query import Dataset, Query
from core.storage import reads
from core.storage.store import Store
from dashboard.api.etags import TAGGED, tagged_by_data
from dashboard.api.models import CommentAnswer, ListOf, VersionAnswer
from dashboard.api.params import DEFAULT_LIMIT, QUERY_PARAMETERS, Cursor, DatasetKey, Given, Limit, query_of
from dashboard.api.problems import documented
from dashboard.api.rows import as_json, objects
from dashboard.services import Services

routes = APIRouter(tags=["comments"])


@routes.get(
    "/comments",
    response_model=ListOf[CommentAnswer],
    openapi_extra=QUERY_PARAMETERS,
    responses={**TAGGED, **documented(504)},
)
def comments(
    services: Given, request: Request, response: Response, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """List the comments of a query in its order."""
    tagged_by_data(request, response, services)
    query = query_of(request)
    page = reads.comments(services.workspace(query).store, query, limit, cursor)
    return as_json({"items": objects(page.rows), "next": page.next}, response.headers)


@routes.get("/comments/{key}", response_model=CommentAnswer, responses={**TAGGED, **documented(404)})
def comment(
    services: Given, request: Request, response: Response, key: str, dataset: DatasetKey = None
) -> Response:
    """Return one comment."""
    tagged_by_data(request, response, services)
    return as_json(objects(reads.comment(_store(services, key, dataset), key))[0], response.headers)


@routes.get(
    "/comments/{key}/thread", response_model=ListOf[CommentAnswer], responses={**TAGGED, **documented(404)}
)
def thread(
    services: Given, request: Request, response: Response, key: str, dataset: DatasetKey = None
) -> Response:
    """Return the whole conversation around a comment: its root and every reply, in order."""
    tagged_by_data(request, response, services)
    rows = reads.thread(_store(services, key, dataset), key)
    return as_json({"items": objects(rows), "next": None}, response.headers)


@routes.get("/comments/{key}/history", responses={**TAGGED, **documented(404)})
def history(
    services: Given, request: Request, response: Response, key: str, dataset: DatasetKey = None
) -> ListOf[VersionAnswer]:
    """Return every version of a comment, the oldest first, with when it was seen so first and last."""
    tagged_by_data(request, response, services)
    versions = reads.history(_store(services, key, dataset), key)
    return ListOf(items=[VersionAnswer.model_validate(each, from_attributes=True) for each in versions])


def _store(services: Services, key: str, dataset: Dataset | None) -> Store:
    """Return the store that holds the comment's source, or the one it would be in."""
    source: tuple[str, ...] = ()
    with suppress(ValueError):
        source = (str(SourceRef.parse(key.rpartition(":")[0])),)
    return services.workspace(Query(dataset=dataset, source=source)).store

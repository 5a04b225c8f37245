"""Comments: rows of a query, one comment, the conversation around it, what it said before."""

from __future__ import annotations

from contextlib import suppress

import pyarrow as pa
from fastapi import APIRouter, Request

from core.models import SourceRef
from core.query import Dataset, Query
from core.storage import reads
from core.storage.store import Store
from dashboard.api.models import CommentAnswer, ListOf, VersionAnswer
from dashboard.api.params import DEFAULT_LIMIT, QUERY_PARAMETERS, Cursor, DatasetKey, Given, Limit, query_of
from dashboard.api.problems import documented
from dashboard.services import Services

routes = APIRouter(tags=["comments"])


@routes.get("/comments", openapi_extra=QUERY_PARAMETERS, responses=documented(422, 504))
def comments(
    services: Given, request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> ListOf[CommentAnswer]:
    """List the comments of a query in its order."""
    query = query_of(request)
    page = reads.comments(services.workspace(query).store, query, limit, cursor)
    return ListOf(items=answers(page.rows), next=page.next)


@routes.get("/comments/{key}", responses=documented(404, 422))
def comment(services: Given, key: str, dataset: DatasetKey = None) -> CommentAnswer:
    """Return one comment."""
    return answers(reads.comment(_store(services, key, dataset), key))[0]


@routes.get("/comments/{key}/thread", responses=documented(404, 422))
def thread(services: Given, key: str, dataset: DatasetKey = None) -> ListOf[CommentAnswer]:
    """Return the whole conversation around a comment: its root and every reply, in order."""
    return ListOf(items=answers(reads.thread(_store(services, key, dataset), key)))


@routes.get("/comments/{key}/history", responses=documented(404, 422))
def history(services: Given, key: str, dataset: DatasetKey = None) -> ListOf[VersionAnswer]:
    """Return every version of a comment, the oldest first, with when it was seen so first and last."""
    versions = reads.history(_store(services, key, dataset), key)
    return ListOf(items=[VersionAnswer.model_validate(each, from_attributes=True) for each in versions])


def _store(services: Services, key: str, dataset: Dataset | None) -> Store:
    """Return the store that holds the comment's source, or the one it would be in."""
    source: tuple[str, ...] = ()
    with suppress(ValueError):
        source = (str(SourceRef.parse(key.rpartition(":")[0])),)
    return services.workspace(Query(dataset=dataset, source=source)).store


def answers(rows: pa.Table) -> list[CommentAnswer]:
    """Return rows in the contract's columns as answers."""
    return [CommentAnswer.model_validate(row) for row in rows.to_pylist()]

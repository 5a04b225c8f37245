"""Sources: what was collected or imported, and the way to be rid of it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from core.errors import NotFound, TaskConflict
from core.links import source_url
from core.models import SourceRef
from core.query import Dataset, Query
from core.storage import reads, writes
from core.storage.reads import SourceRow
from dashboard.api.etags import TAGGED, tagged_by_data
from dashboard.api.models import ListOf, SourceAnswer
from dashboard.api.params import DEFAULT_LIMIT, Cursor, DatasetKey, Given, Limit, after_cursor, datasets
from dashboard.api.problems import documented
from dashboard.services import Services

routes = APIRouter(tags=["sources"])


@routes.get("/sources", responses={**TAGGED, **documented()})
def sources(
    services: Given,
    request: Request,
    response: Response,
    *,
    dataset: DatasetKey = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> ListOf[SourceAnswer]:
    """List the sources of both datasets, or of one."""
    tagged_by_data(request, response, services)
    found = [
        (name, row)
        for name in datasets(services, dataset)
        for row in reads.sources(services.workspace(name).store)
    ]
    shown, following = after_cursor([f"{name}/{row.key}" for name, row in found], limit, cursor)
    return ListOf(items=[_answer(name, row) for name, row in found[shown]], next=following)


@routes.get("/sources/{key}", responses={**TAGGED, **documented(404)})
def source(
    services: Given, request: Request, response: Response, key: str, dataset: DatasetKey = None
) -> SourceAnswer:
    """Return one source."""
    tagged_by_data(request, response, services)
    return _answer(*_found(services, key, dataset))


@routes.delete("/sources/{key}", status_code=204, responses=documented(404, 409))
def delete(services: Given, key: str, dataset: DatasetKey = None) -> None:
    """Delete a source with all its comments; not while a task works on it."""
    name, row = _found(services, key, dataset)
    holder = services.tasks.holder(row.key)
    if holder is not None:
        raise TaskConflict(
            "The source {source} is being worked on by the task {task}.",
            hint="Cancel that task, or wait for its end, and try again.",
            source=row.key,
            task=holder,
        )
    writes.delete_source(services.workspace(name).store, row.key)


def _found(services: Services, key: str, dataset: Dataset | None) -> tuple[Dataset, SourceRow]:
    try:
        wanted = str(SourceRef.parse(key))
    except ValueError:
        raise NotFound(
            "There is no source {key} here.",
            hint="A key looks like wall:-1_2 or import:0123456789ab.",
            key=key[:100],
        ) from None
    workspace = services.workspace(Query(dataset=dataset, source=(wanted,)))
    return workspace.dataset, reads.source(workspace.store, wanted)


def _answer(dataset: Dataset, row: SourceRow) -> SourceAnswer:
    return SourceAnswer(
        source=row.key,
        dataset=dataset,
        kind=row.kind,
        owner_id=row.ref.owner_id or None,
        item_id=row.ref.item_id or None,
        title=row.title,
        text=row.text,
        url=source_url(row.ref),
        published_at=row.published_at,
        likes=row.likes,
        views=row.views,
        declared=row.declared_comments,
        collected=row.collected,
        roots=row.roots,
        replies=row.replies,
        deleted=row.tombstones,
        state=row.state,
        refused_code=row.refused_code,
        updated_at=row.updated_at,
    )

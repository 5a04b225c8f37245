"""Sources: what was collected or imported, and the way to be rid of it."""

from __future__ import annotations

from fastapi import APIRouter

from core.errors import NotFound, QueryError
from core.links import source_url
from core.models import SourceRef
from core.query import Dataset, Query
from core.storage import reads, writes
from core.storage.reads import SourceRow
from dashboard.api.models import ListOf, SourceAnswer
from dashboard.api.params import DEFAULT_LIMIT, Cursor, DatasetKey, Given, Limit, datasets
from dashboard.api.problems import documented
from dashboard.services import Services

routes = APIRouter(tags=["sources"])


@routes.get("/sources", responses=documented(422))
def sources(
    services: Given, dataset: DatasetKey = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> ListOf[SourceAnswer]:
    """List the sources of both datasets, or of one."""
    return _page(
        [row for name in datasets(services, dataset) for row in _rows(services, name)], limit, cursor
    )


@routes.get("/sources/{key}", responses=documented(404, 422))
def source(services: Given, key: str, dataset: DatasetKey = None) -> SourceAnswer:
    """Return one source."""
    return _answer(*_found(services, key, dataset))


@routes.delete("/sources/{key}", status_code=204, responses=documented(404, 422))
def delete(services: Given, key: str, dataset: DatasetKey = None) -> None:
    """Delete a source with all its comments."""
    name, row = _found(services, key, dataset)
    writes.delete_source(services.workspace(name).store, row.key)


def _rows(services: Services, dataset: Dataset) -> list[SourceAnswer]:
    store = services.workspace(dataset).store
    return [_answer(dataset, row) for row in reads.sources(store)]


def _found(services: Services, key: str, dataset: Dataset | None) -> tuple[Dataset, SourceRow]:
    try:
        wanted = str(SourceRef.parse(key))
    except ValueError:
        raise NotFound(
            f"There is no source {key[:100]} here.", hint="A key looks like wall:-1_2 or import:0123456789ab."
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


def _page(rows: list[SourceAnswer], limit: int, cursor: str | None) -> ListOf[SourceAnswer]:
    start = 0
    names = [f"{row.dataset}/{row.source}" for row in rows]
    if cursor is not None:
        if cursor not in names:
            raise QueryError(
                f"The filter 'cursor' cannot be '{cursor}'.",
                hint="That source is gone; start again without it.",
                key="cursor",
                value=cursor,
            )
        start = names.index(cursor) + 1
    more = start + limit < len(rows)
    return ListOf(items=rows[start : start + limit], next=names[start + limit - 1] if more else None)

"""Exactly the rows of a query, in its order, as a file; or the network of who answers whom among them."""

from __future__ import annotations

import threading
from collections.abc import Generator
from typing import Final

from fastapi import APIRouter, Request, Response

from core import export
from core.query import Query
from core.tasks.kinds import export_name
from dashboard.api.downloads import attachment
from dashboard.api.params import QUERY_PARAMETERS, Dialect, Given, Headers, query_of
from dashboard.api.problems import documented
from dashboard.api.streams import Stream, first_of, in_threads
from dashboard.services import Services
from dashboard.workspaces import now

BYTES: Final = {"type": "string", "format": "binary"}

routes = APIRouter(tags=["export"])


def _add(name: str) -> None:
    form = export.format_named(name)

    @routes.get(
        f"/export.{name}",
        name=f"export_{name}",
        summary=f"Export as {name}",
        response_class=Response,
        openapi_extra=QUERY_PARAMETERS,
        responses={
            200: {
                "description": "The file.",
                "content": {form.media_type.partition(";")[0]: {"schema": BYTES}},
            },
            **documented(504),
        },
    )
    async def download(
        services: Given, request: Request, dialect: Dialect = "data", headers: Headers = "en"
    ) -> Stream:
        """Stream the rows of a query as a file; GraphML and GEXF hold its reply network."""
        query = query_of(request)
        cancel = threading.Event()
        rendered = _rendered(name, services, query, dialect=dialect, headers=headers, cancel=cancel)
        pieces = in_threads(rendered, request.app.state.downloads)
        # What is wrong with the query shows here, while an error can still be answered.
        first = await first_of(pieces, request.receive, services.stopping.is_set, cancel)
        return Stream(
            pieces,
            services.stopping.is_set,
            first=first,
            media_type=form.media_type,
            headers=attachment(export_name(query, form.suffix, now())),
        )


def _rendered(
    name: str,
    services: Services,
    query: Query,
    *,
    dialect: Dialect,
    headers: Headers,
    cancel: threading.Event,
) -> Generator[bytes, None, None]:
    """Yield the file; nothing is read before the first piece is asked for, in a thread."""
    store = services.workspace(query).store
    yield from export.stream(
        name,
        store,
        query,
        dialect=dialect,
        headers=headers,
        clock=now,
        folder=services.folder,
        cancel=cancel,
    )


for _name in export.FORMATS:
    _add(_name)

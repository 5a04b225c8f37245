"""Exactly the rows of a query, in its order, as a file."""

from __future__ import annotations

from itertools import chain

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from core import export
from core.tasks.kinds import export_name
from dashboard.api.downloads import attachment
from dashboard.api.params import QUERY_PARAMETERS, Dialect, Given, Headers, query_of
from dashboard.api.problems import documented
from dashboard.services import now

routes = APIRouter(tags=["export"])


def _add(name: str) -> None:
    form = export.format_named(name)

    @routes.get(
        f"/export.{name}",
        name=f"export_{name}",
        summary=f"Export as {name}",
        response_class=StreamingResponse,
        openapi_extra=QUERY_PARAMETERS,
        responses={200: {"content": {form.media_type.partition(";")[0]: {}}}, **documented(422, 504)},
    )
    def download(
        services: Given, request: Request, dialect: Dialect = "data", headers: Headers = "en"
    ) -> StreamingResponse:
        """Stream the rows of a query as a file."""
        query = query_of(request)
        store = services.workspace(query).store
        pieces = export.stream(
            name, store, query, dialect=dialect, headers=headers, clock=now, folder=services.folder
        )
        first = next(
            pieces, b""
        )  # what is wrong with the query shows here, while an error can still be answered
        file_name = export_name(query, form.suffix, now())
        return StreamingResponse(
            chain((first,), pieces), media_type=form.media_type, headers=attachment(file_name)
        )


for _name in export.FORMATS:
    _add(_name)

"""The HTTP API: `build` gives a FastAPI app that stands at /api/v1, in front of the pages.

A request passes, from outside in: its id and its line in the log, the check of its address, access, HEAD,
kept answers, compression; then the router.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from fastapi import Depends, FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from core import export
from dashboard.api import (
    analyses,
    changes,
    coding,
    comments,
    docs,
    estimates,
    exports,
    health,
    imports,
    labels,
    links,
    metrics,
    openapi,
    problems,
    schedules,
    sources,
    task_log,
    tasks,
    tickets,
    tokens,
    views,
)
from dashboard.api.access import ApiAccess
from dashboard.api.addresses import Addresses, only_known_keys
from dashboard.api.heads import Heads
from dashboard.api.journal import Journal
from dashboard.api.kept import Kept
from dashboard.api.keys import Attempts
from dashboard.api.streams import Threads
from dashboard.services import Services

__all__ = ["build"]

MODULES = (
    health,
    metrics,
    links,
    estimates,
    sources,
    comments,
    changes,
    analyses,
    labels,
    coding,
    exports,
    tasks,
    task_log,
    imports,
    schedules,
    views,
    tokens,
    tickets,
    docs,
)
THREADS: Final = 128
"""Threads of routes. The database lends readers to fewer; who waits for one must not keep out the rest."""
COMPRESS_FROM_BYTES: Final = 1024
COMPRESS_LEVEL: Final = 3
"""A third of the time of the highest level, for a tenth more bytes."""
COMPRESSED_ALREADY: Final = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    *(export.format_named(name).media_type for name in ("parquet", "xlsx")),
)


def build(services: Callable[[], Services], attempts: Attempts | None = None) -> FastAPI:
    """Return the API over the services that `services` gives at each request.

    `attempts` counts wrong keys; the page shares it, so that nobody tries at two doors.
    """
    api = FastAPI(
        title="VK Comments Dashboard",
        version="1",
        summary="Collect, read and export VK comments.",
        description="Errors are problem details (RFC 9457); times are ISO 8601 in UTC; lists answer "
        "`{items, next}` and take `limit` and `cursor`.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        servers=[{"url": "/api/v1"}],
        root_path_in_servers=False,
        redirect_slashes=False,
        dependencies=[Depends(only_known_keys)],
    )
    api.state.services = services
    api.state.downloads = Threads.apart()
    problems.install(api)
    for module in MODULES:
        api.include_router(module.routes)
    _put_around(api, services, Attempts() if attempts is None else attempts)
    plain = api.openapi
    api.openapi = cache(lambda: openapi.described(plain()))  # type: ignore[method-assign]
    return api


def _put_around(api: FastAPI, services: Callable[[], Services], attempts: Attempts) -> None:
    """Add what every request passes, the innermost first."""
    api.add_middleware(
        GZipMiddleware,
        minimum_size=COMPRESS_FROM_BYTES,
        compresslevel=COMPRESS_LEVEL,
        exclude_content_types=COMPRESSED_ALREADY,
    )
    api.add_middleware(Kept, services=services)
    api.add_middleware(Heads)
    api.add_middleware(ApiAccess, services=services, attempts=attempts)
    api.add_middleware(Addresses)
    api.add_middleware(Journal, services=services)

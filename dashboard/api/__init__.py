"""The HTTP API: `build` gives a FastAPI app that the whole app mounts at /api/v1."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

from dashboard.api import (
    changes,
    comments,
    docs,
    estimates,
    exports,
    health,
    imports,
    links,
    problems,
    schedules,
    sources,
    tasks,
    tickets,
    tokens,
)
from dashboard.api.access import ApiAccess
from dashboard.services import Services

__all__ = ["build"]

MODULES = (
    health,
    links,
    estimates,
    sources,
    comments,
    changes,
    exports,
    tasks,
    imports,
    schedules,
    tokens,
    tickets,
    docs,
)


def build(services: Callable[[], Services]) -> FastAPI:
    """Return the API over the services that `services` gives at each request."""
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
    )
    api.state.services = services
    problems.install(api)
    for module in MODULES:
        api.include_router(module.routes)
    api.add_middleware(ApiAccess, services=services)
    plain = api.openapi
    api.openapi = lambda: problems.described(plain())  # type: ignore[method-assign]
    return api

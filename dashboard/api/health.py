"""Whether the process lives, whether it can work, and how complete the data is."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response

from core.balances import SourceBalance
from core.errors import DashboardError
from core.query import Dataset
from core.storage import reads
from dashboard.api.models import Alive, Check, DataHealth, Ready, SourceHealth
from dashboard.api.params import DatasetKey, Given, datasets
from dashboard.api.problems import documented
from dashboard.services import Services

LOW_DISK_BYTES = 2 * 2**30
NO_DISK_BYTES = 200 * 2**20
SLOW_DATABASE_MS = 1000.0
VK_TTL_S = 30.0


_PROBLEMS = documented()

routes = APIRouter(prefix="/health", tags=["health"])


@routes.head("/live", include_in_schema=False)
@routes.get("/live")
async def live() -> Alive:
    """Say that the process answers; touches nothing and needs no key."""
    return Alive()


@routes.get(
    "/ready",
    responses={503: {"model": Ready, "description": "Not ready"}, 401: _PROBLEMS[401], 403: _PROBLEMS[403]},
)
def ready(services: Given, response: Response) -> Ready:
    """Check database, cache, VK, tasks and disk; only a database away makes it 503."""
    checks = {name: _timed(check, services) for name, check in CHECKS.items()}
    states = {check.status for check in checks.values()}
    if checks["database"].status == "down":
        response.status_code = 503
        return Ready(status="down", checks=checks)
    return Ready(status="ok" if states == {"ok"} else "degraded", checks=checks)


@routes.get("/data", responses=documented(422))
def data(services: Given, dataset: DatasetKey = None) -> DataHealth:
    """List every source with what was declared, what came, and what was refused."""
    return DataHealth(
        items=[item for name in datasets(services, dataset) for item in _health(services, name)]
    )


def _health(services: Services, dataset: Dataset) -> list[SourceHealth]:
    return [
        SourceHealth(
            source=row.source,
            dataset=dataset,
            state=row.state,
            declared=row.declared,
            collected=row.collected,
            deleted=row.deleted,
            placeholders=row.placeholders,
            refused={str(code): calls for code, calls in row.refused.items()},
            missing=list(row.missing),
            updated_at=row.updated_at,
            **_balanced(row.sheet),
        )
        for row in reads.balance(services.workspace(dataset).store)
    ]


def _balanced(sheet: SourceBalance | None) -> dict[str, Any]:
    """Return what only a source that was read from VK has."""
    if sheet is None:
        return {}
    return {
        "declared_roots": sheet.declared_level,
        "roots": sheet.roots,
        "replies": sheet.replies,
        "missing_roots": sheet.missing_roots,
        "calls": sheet.calls,
        "bytes": sheet.bytes,
        "retries": sheet.retries,
        "reason": sheet.reason,
    }


def _timed(check: Callable[[Services], Check], services: Services) -> Check:
    began = time.perf_counter()
    try:
        found = check(services)
    except DashboardError as error:
        found = Check(status="down", detail=str(error))
    except OSError as error:
        found = Check(status="down", detail=error.strerror or str(error))
    return found.model_copy(update={"latency_ms": round((time.perf_counter() - began) * 1000, 2)})


def _database(services: Services) -> Check:
    for workspace in services.workspaces:
        with workspace.store.reading() as cursor:
            cursor.execute("select 1").fetchone()
    versions = ", ".join(f"{each.dataset} at version {each.store.version()}" for each in services.workspaces)
    return Check(status="ok", detail=versions)


def _cache(services: Services) -> Check:
    found = services.cache.stats()
    return Check(
        status="ok",
        detail=f"{found.engine}: {found.entries} entries, {found.hits} hits, {found.misses} misses",
    )


def _vk(services: Services) -> Check:
    said = services.cache.computed("health", "vk", services.vk_problem, VK_TTL_S)
    return Check(status="degraded", detail=said) if said else Check(status="ok")


def _tasks(services: Services) -> Check:
    found = services.tasks.stats()
    return Check(
        status="ok", detail=f"{found.running} of {found.workers} workers busy, {found.waiting} tasks wait"
    )


def _disk(services: Services) -> Check:
    free = shutil.disk_usage(services.settings.data_dir).free
    detail = f"{free / 2**30:.1f} GB free"
    if free < NO_DISK_BYTES:
        return Check(status="down", detail=f"{detail}: make room, nothing can be written soon.")
    return Check(status="degraded" if free < LOW_DISK_BYTES else "ok", detail=detail)


CHECKS: dict[str, Callable[[Services], Check]] = {
    "database": _database,
    "cache": _cache,
    "vk": _vk,
    "tasks": _tasks,
    "disk": _disk,
}

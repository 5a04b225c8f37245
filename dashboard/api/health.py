"""Whether the process lives, whether it can work, and how complete the data is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from core.balances import SourceBalance
from core.query import Dataset
from core.storage import reads
from core.wording.amounts import NBSP, Lang
from core.wording.faults import because
from dashboard import checks
from dashboard.api.etags import TAGGED, tagged_by_data
from dashboard.api.languages import Reader
from dashboard.api.models import Alive, Check, DataHealth, Ready, SourceHealth
from dashboard.api.params import DatasetKey, Given, datasets
from dashboard.api.problems import documented
from dashboard.checks import Checked
from dashboard.services import Services

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
def ready(services: Given, reader: Reader, response: Response) -> Ready:
    """Check database, cache, VK, tasks and disk; only a database away makes it 503."""
    found = checks.check(services)
    status = checks.verdict(found)
    if status == "down":
        response.status_code = 503
    return Ready(status=status, checks={name: _told(each, reader) for name, each in found.items()})


@routes.get("/data", responses={**TAGGED, **documented()})
def data(
    services: Given, reader: Reader, request: Request, response: Response, dataset: DatasetKey = None
) -> DataHealth:
    """List every source with what was declared, what came, and what was refused."""
    tagged_by_data(request, response, services, reader)
    return DataHealth(
        items=[item for name in datasets(services, dataset) for item in _health(services, name, reader)]
    )


def _health(services: Services, dataset: Dataset, lang: Lang) -> list[SourceHealth]:
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
            **_balanced(row.sheet, lang),
        )
        for row in reads.balance(services.workspace(dataset).store)
    ]


def _balanced(sheet: SourceBalance | None, lang: Lang) -> dict[str, Any]:
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
        "reason": because(sheet.reason, sheet.error_code, lang),
    }


def _told(checked: Checked, lang: Lang) -> Check:
    """Return a check as sentences; where something is wrong, what is well is left out."""
    worth = [each for each in checked.findings if checked.status == "ok" or each.status != "ok"]
    told = [checks.sentence(each, lang) for each in worth]
    detail = ("; " if checked.status == "ok" else " ").join(
        f"{each.what} {each.remedy}".strip() for each in told
    )
    return Check(
        status=checked.status,
        detail=detail.replace(NBSP, " "),
        latency_ms=round(checked.took_s * 1000, 2),
    )

"""Whether the parts can work now: database, cache, VK, tasks, disk; the same verdict for health and page.

Each question is asked in a thread of its own and waited for LIMIT_S seconds at most, all side by side, so no
part that hangs delays the answer about the others.
"""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from shutil import disk_usage
from typing import Final, Literal

from core.cache import CacheStats
from core.errors import Busy, DashboardError, QueryTimedOut
from core.models import PauseReason
from core.query import Dataset
from core.storage.store import StoreStats
from core.tasks.records import PoolStats
from core.vk.tokens import TokenState
from core.vk.traffic import is_wrong
from core.wording import Lang, amounts, has, say
from core.wording.faults import Told, told
from dashboard import clock, condition
from dashboard.probing import Probed
from dashboard.services import Services
from dashboard.workspaces import Workspace

LIMIT_S: Final = 2.5
DATABASE_S: Final = 2.0
AWAY_S: Final = 10.0
"""A database that has not answered for so long is away; until then it may only be slow."""
LIFE_S: Final = 1.0
VK_LIFE_S: Final = 30.0
ASKED: Final = "asked"
"""The part of a check that troubles somebody else: its answer is kept longer."""
LOW_BYTES: Final = 2 * 2**30
NO_BYTES: Final = 200 * 2**20
NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Status = Literal["ok", "degraded", "down"]
NAMES: Final = ("database", "cache", "vk", "tasks", "disk")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is well or not; `code` and `params` are a phrase, `error` says more than the code."""

    status: Status
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    error: DashboardError | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, the worst first, and how long it took."""

    findings: tuple[Finding, ...]
    took_s: float

    @property
    def status(self) -> Status:
        """Return the worst status."""
        return self.findings[0].status


Question = Callable[[], list[Finding]]


def check(services: Services, limit_s: float = LIMIT_S) -> dict[str, Checked]:
    """Check every part, side by side; returns within `limit_s` seconds, whatever hangs."""
    questions: dict[str, dict[str, Question]] = {
        "database": {each.dataset: partial(_database, each) for each in services.workspaces},
        "cache": {"": lambda: of_cache(services.cache.stats())},
        "vk": {ASKED: partial(_vk, services), "": partial(_vk_known, services)},
        "tasks": {"": partial(_tasks, services)},
        "disk": {str(each): partial(_disk, each) for each in condition.folders(services)},
    }
    asked = [
        (
            name,
            part,
            services.probes.begin(f"{name}.{part}", question, VK_LIFE_S if part == ASKED else LIFE_S),
        )
        for name, each in questions.items()
        for part, question in each.items()
    ]
    probed = [(name, part, services.probes.end(each, limit_s)) for name, part, each in asked]
    found: dict[str, Checked] = {}
    for name in NAMES:
        mine = [(part, each) for about, part, each in probed if about == name]
        findings = [finding for part, each in mine for finding in _findings(services, name, part, each)]
        findings.sort(key=lambda finding: ("down", "degraded", "ok").index(finding.status))
        found[name] = Checked(tuple(findings), max(each.took_s for _, each in mine))
    return found


def verdict(checks: Mapping[str, Checked]) -> Status:
    """Return the status of everything: down only without a database, since all else can be done without."""
    if checks["database"].status == "down":
        return "down"
    return "ok" if all(each.status == "ok" for each in checks.values()) else "degraded"


def sentence(finding: Finding, lang: Lang) -> Told:
    """Say what was found, and what to do about it where something is wrong."""
    if finding.error is not None:
        return told(finding.error, lang)
    what = say(
        f"system.check.{finding.code}",
        lang,
        **{name: _written(name, value, lang) for name, value in finding.params.items()},
    )
    return Told(what, say(f"system.fix.{finding.code}", lang) if finding.status != "ok" else "")


def _written(name: str, value: object, lang: Lang) -> str:
    """Write a value as its name says what it is: bytes, seconds, a number or a word."""
    if isinstance(value, int | float):
        if name.endswith("_bytes"):
            return amounts.size(int(value), lang)
        return amounts.duration(value, lang) if name.endswith("_s") else amounts.number(value, lang)
    word = f"system.{name}.{value}"
    return say(word, lang) if has(word) else str(value)


def _findings(services: Services, name: str, part: str, probed: Probed[list[Finding]]) -> list[Finding]:
    if probed.answer is not None:
        return probed.answer
    if isinstance(probed.error, DashboardError):
        return [Finding("down", "error", error=probed.error)]
    if probed.error is not None:
        return [Finding("down", "defect", {"name": type(probed.error).__name__})]
    if name == "database":
        return [_late(next(each for each in services.workspaces if each.dataset == part), probed.took_s)]
    return [Finding("degraded", f"{name}.late", {"waited_s": probed.took_s})]


def _late(workspace: Workspace, waited_s: float) -> Finding:
    """Tell a database whose readers are all lent, which is busy, from one that does not answer."""
    stats = workspace.store.stats()
    if stats.readers_busy >= stats.readers:
        return Finding("degraded", "database.busy", {"dataset": workspace.dataset})
    params = {"dataset": workspace.dataset, "waited_s": waited_s}
    if waited_s >= AWAY_S:
        return Finding("down", "database.away", params)
    return Finding("degraded", "database.late", params)


def _database(workspace: Workspace) -> list[Finding]:
    dataset = {"dataset": workspace.dataset}
    try:
        with workspace.store.reading(DATABASE_S) as cursor:
            cursor.execute("select 1").fetchone()
    except Busy:
        return [Finding("degraded", "database.busy", dataset)]
    except QueryTimedOut:
        return [Finding("degraded", "database.late", {**dataset, "waited_s": DATABASE_S})]
    return of_database(workspace.dataset, workspace.store.stats(), clock.behind(workspace.store))


def of_database(name: Dataset, stats: StoreStats, behind: timedelta | None) -> list[Finding]:
    """Judge a database that answers; `behind` is how far the time is before its last change."""
    found = [Finding("ok", "database.ok", {"dataset": name, "version": stats.version})]
    if stats.damage is not None:
        found.append(Finding("degraded", "error", error=stats.damage))
    if stats.stuck:
        found.append(Finding("degraded", "database.stuck", {"dataset": name, "n": stats.stuck}))
    if behind is not None:
        params = {"dataset": name, "behind_s": behind.total_seconds()}
        found.append(Finding("degraded", "database.clock", params))
    return found


def of_cache(stats: CacheStats) -> list[Finding]:
    """Judge the cache: its engine away costs speed, nothing else."""
    figures = {name: getattr(stats, name) for name in ("engine", "entries", "hits", "misses")}
    if stats.reason is None:
        return [Finding("ok", "cache.ok", figures)]
    return [Finding("degraded", "error", error=stats.reason), Finding("degraded", "cache.degraded", figures)]


def _vk(services: Services) -> list[Finding]:
    found = of_vk(services.vk_problem(), [], None)
    return found or [Finding("ok", "vk.demo" if services.uses_demo else "vk.ok")]


def _vk_known(services: Services) -> list[Finding]:
    """Say what is wrong with VK as far as it need not be asked."""
    tokens = [] if services.uses_demo else services.tokens()
    return of_vk(None, tokens, services.token_vk.api().traffic.ahead)


def of_vk(
    problem: DashboardError | None, tokens: Sequence[TokenState], ahead: timedelta | None
) -> list[Finding]:
    """Say what is wrong with VK: its answer, what tokens wait for, how far our clock is ahead of its."""
    found = [Finding("degraded", "error", error=problem)] if problem else []
    for token in tokens:
        if token.pause is not None:
            code = "vk.lost" if token.pause.reason is PauseReason.TOKEN else "vk.held"
            found.append(Finding("degraded", code, {"number": token.number}))
    if ahead is not None and is_wrong(ahead):
        seconds = ahead.total_seconds()
        code = "vk.ahead" if seconds > 0 else "vk.behind"
        found.append(Finding("degraded", code, {"apart_s": abs(seconds)}))
    return found


def _tasks(services: Services) -> list[Finding]:
    if services.stopping.is_set():
        return [Finding("down", "tasks.closed")]
    return of_tasks(services.tasks.stats(), is_house_kept=services.house.is_alive())


def of_tasks(stats: PoolStats, *, is_house_kept: bool) -> list[Finding]:
    """Judge the pool, and whether what starts schedules and counts calls still does."""
    figures = {"running": stats.running, "workers": stats.workers, "waiting": stats.waiting}
    found = [Finding("ok", "tasks.ok", figures)]
    if not is_house_kept:
        found.append(Finding("degraded", "tasks.house"))
    if stats.abandoned:
        is_all = stats.abandoned >= stats.workers
        found.append(Finding("down" if is_all else "degraded", "tasks.abandoned", {"n": stats.abandoned}))
    return found


def _disk(folder: Path) -> list[Finding]:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
        free = disk_usage(folder).free
    except OSError as error:
        if error.errno in NO_ROOM:
            return [of_disk(folder, 0)]
        reason = error.strerror or str(error)
        return [Finding("down", "disk.unwritable", {"folder": str(folder), "reason": reason})]
    return [of_disk(folder, free)]


def of_disk(folder: Path, free: int) -> Finding:
    """Judge the room on the disk of a folder, in bytes."""
    room = {"folder": str(folder), "free_bytes": free}
    if free < NO_BYTES:
        return Finding("down", "disk.full", room)
    if free < LOW_BYTES:
        return Finding("degraded", "disk.low", room)
    return Finding("ok", "disk.ok", room)

"""What state everything is in, at one moment, as plain values: for health, metrics and the System page.

Nothing here may fail as a whole: a part that cannot be read is None, and whoever shows it says so.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from shutil import disk_usage
from typing import Final, TypeVar

from core.cache import CacheStats
from core.compute import ComputeStats
from core.incidents import Incident
from core.log import logger
from core.query import Dataset
from core.storage.migrations import read_migrations
from core.storage.opening import IN_MEMORY, path_of
from core.storage.slow import SlowQuery
from core.storage.store import StoreStats
from core.tasks.records import PoolStats
from core.vk.tokens import TokenState
from dashboard.services import Services
from dashboard.workspaces import Workspace, now

APP_VERSION: Final = "0.1.0"

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs: the program, its engines, and the schema of its databases."""

    app: str
    python: str
    duckdb: str
    streamlit: str
    schema: int


@dataclass(frozen=True, slots=True)
class Database:
    """One database: its file (None in memory) with what is not folded into it yet, and its figures."""

    dataset: Dataset
    file: Path | None
    size: int
    wal_size: int
    stats: StoreStats | None
    slow: tuple[SlowQuery, ...]


@dataclass(frozen=True, slots=True)
class Disk:
    """The room on the disk of a folder that is written to."""

    folder: Path
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Condition:
    """Everything at one moment; `vk_ahead` is how far our clock is ahead of VK's."""

    at: datetime
    started_at: datetime
    versions: Versions
    uses_demo: bool
    databases: tuple[Database, ...]
    disks: tuple[Disk, ...]
    queue: PoolStats | None
    cache: CacheStats | None
    compute: ComputeStats | None
    tokens: tuple[TokenState, ...]
    vk_ahead: timedelta | None
    incidents: tuple[Incident, ...]
    unread: tuple[str, ...] = ()

    @property
    def uptime(self) -> timedelta:
        """Return for how long the process has run."""
        return self.at - self.started_at


def gather(services: Services) -> Condition:
    """Read every part once; asks neither VK nor a database anything, so it is quick."""
    parts = _Parts()
    return Condition(
        at=now(),
        started_at=services.started_at,
        versions=versions(),
        uses_demo=services.uses_demo,
        databases=tuple(_database(services, each, parts) for each in services.workspaces),
        disks=_disks(services, parts),
        queue=parts.read("tasks", services.tasks.stats),
        cache=parts.read("cache", services.cache.stats),
        compute=parts.read("compute", services.compute.stats),
        tokens=tuple(parts.read("vk", services.tokens) or ()),
        vk_ahead=services.token_vk.api().traffic.ahead,
        incidents=tuple(services.incidents.last()),
        unread=tuple(parts.unread),
    )


@cache
def versions() -> Versions:
    """Return the versions, which stay while the process runs."""
    return Versions(
        app=APP_VERSION,
        python=platform.python_version(),
        duckdb=version("duckdb"),
        streamlit=version("streamlit"),
        schema=read_migrations()[-1].number,
    )


def file_of(services: Services, dataset: Dataset) -> Path | None:
    """Return the file of a dataset; None when it is in memory."""
    if dataset == "demo":
        return services.settings.data_dir / "demo.duckdb"
    path = path_of(services.settings.database_url)
    return None if path == IN_MEMORY else Path(path)


def folders(services: Services) -> tuple[Path, ...]:
    """Return the folders that are written to: the data's, and the database's where that is another."""
    files = (file_of(services, each.dataset) for each in services.workspaces)
    found = (services.settings.data_dir, *(file.parent for file in files if file is not None))
    return tuple(dict.fromkeys(folder.resolve() for folder in found))


class _Parts:
    """Reads part by part; what fails is named instead of failing the rest."""

    def __init__(self) -> None:
        self.unread: list[str] = []

    def read(self, name: str, read: Callable[[], Part]) -> Part | None:
        """Return what was read; None when it failed."""
        try:
            return read()
        except Exception as error:  # noqa: BLE001 - a boundary: one part must not cost the others
            logger(__name__).warning("A part cannot be read", part=name, reason=repr(error))
            self.unread.append(name)
            return None


def _disks(services: Services, parts: _Parts) -> tuple[Disk, ...]:
    found = [(folder, parts.read("disk", partial(disk_usage, folder))) for folder in folders(services)]
    return tuple(Disk(folder, room.free, room.total) for folder, room in found if room is not None)


def _database(services: Services, workspace: Workspace, parts: _Parts) -> Database:
    name, file = f"database.{workspace.dataset}", file_of(services, workspace.dataset)
    return Database(
        workspace.dataset,
        file,
        _size(file),
        _size(file.with_name(f"{file.name}.wal") if file else None),
        parts.read(name, workspace.store.stats),
        tuple(parts.read(name, workspace.store.slow) or ()),
    )


def _size(file: Path | None) -> int:
    """Return the size of a file, 0 while there is none: a log exists only between two checkpoints."""
    with suppress(OSError):
        return file.stat().st_size if file else 0
    return 0

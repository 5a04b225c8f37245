"""Opening the database file: what its URL means and how the engine is set up."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

import duckdb

from core.errors import ConfigurationError
from core.storage.refusals import is_full, unusable

SCHEME = "duckdb:///"
IN_MEMORY = ":memory:"

# Nothing is fetched from the network behind the user's back; the rest of the machine keeps its memory.
ENGINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1000MB",
    "checkpoint_threshold": "128MB",
    "late_materialization_max_rows": 1000,
}
SESSION = "set global timezone = 'UTC'"


def path_of(url: str) -> str:
    """Return the file a database URL names; raises ConfigurationError for another engine."""
    if url.startswith("ducklake:"):
        raise ConfigurationError(
            "DATABASE_URL names DuckLake, which is not built yet.",
            hint="Use duckdb:///data/comments.duckdb.",
            setting="DATABASE_URL",
        )
    path = url.removeprefix(SCHEME)
    if path == url or not path:
        raise ConfigurationError(
            "DATABASE_URL cannot be '{scheme}:…'.",
            hint="Use duckdb:///data/comments.duckdb.",
            setting="DATABASE_URL",
            scheme=url.partition(":")[0],
        )
    return path


def connect(path: str) -> duckdb.DuckDBPyConnection:
    """Open the file (or the memory) as a database; raises StorageError when it cannot be one."""
    was_there = True
    try:
        if path != IN_MEMORY:
            _make_writable(Path(path).resolve().parent)
            was_there = Path(path).exists()
        connection = duckdb.connect(path, config=ENGINE)
        connection.execute(SESSION)
    except (duckdb.Error, OSError) as error:
        if not was_there and is_full(error):
            _remove_torso(path)
        raise unusable(path, error) from error
    return connection


def _remove_torso(path: str) -> None:
    """Remove what was begun here and found no room: the next start would take it for a damaged database."""
    with contextlib.suppress(OSError):
        Path(path).unlink(missing_ok=True)


def _make_writable(folder: Path) -> None:
    """Make a folder where it is missing; a file that is there already would open in a read-only one."""
    folder.mkdir(parents=True, exist_ok=True)
    is_effective = os.access in os.supports_effective_ids
    if not os.access(folder, os.W_OK, effective_ids=is_effective):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

"""Opening the database file: what its URL means, how the engine is set up, and why it cannot be used."""

from __future__ import annotations

from pathlib import Path

import duckdb

from core.errors import ConfigurationError, StorageError

SCHEME = "duckdb:///"
IN_MEMORY = ":memory:"

# Nothing is fetched from the network behind the user's back; the rest of the machine keeps its memory.
ENGINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1500MB",
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
            f"DATABASE_URL cannot be '{url.partition(':')[0]}:…'.",
            hint="Use duckdb:///data/comments.duckdb.",
            setting="DATABASE_URL",
        )
    return path


def connect(path: str) -> duckdb.DuckDBPyConnection:
    """Open the file (or the memory) as a database; raises StorageError when it cannot be one."""
    try:
        if path != IN_MEMORY:
            Path(path).resolve().parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(path, config=ENGINE)
        connection.execute(SESSION)
    except (duckdb.Error, OSError) as error:
        raise unusable(path, error) from error
    return connection


def unusable(path: str, error: Exception) -> StorageError:
    """Say why a file cannot be the database and what to do, from what the engine or the system said."""
    said = str(error)
    if "lock" in said.lower() and "held" in said.lower():
        return StorageError(
            f"The database {path} is in use by another process.",
            hint="Stop the other one, or give this one its own DATA_DIR.",
            path=path,
        )
    if isinstance(error, OSError) or "Cannot open file" in said or "Permission denied" in said:
        reason = error.strerror if isinstance(error, OSError) else first_line(error)
        return StorageError(
            f"The database {path} cannot be written: {reason}.",
            hint="Choose a folder this user may write to, with DATA_DIR or DATABASE_URL.",
            path=path,
        )
    return StorageError(
        f"The file {path} is not a database this program can read: {first_line(error)}",
        hint="Put it aside (rename it) to start empty, or restore it from a backup.",
        path=path,
    )


def first_line(error: Exception) -> str:
    """Return the first line of what the engine said."""
    return str(error).strip().partition("\n")[0]

"""Why the database refuses, in a sentence with what to do, from what the engine or the system said."""

from __future__ import annotations

from typing import Final

import duckdb

from core.errors import QueryError, StorageError

FULL: Final = ("no space left", "file too large", "disk quota", "not enough space")
NOT_WRITABLE: Final = ("permission denied", "read-only file system", "operation not permitted")
DAMAGED: Final = ("corrupt database file", "checksum", "could not read enough bytes")
NEWER: Final = ("version number", "newer version of duckdb", "newer duckdb")


def is_full(error: Exception) -> bool:
    """Tell whether there was no room on the disk."""
    said = str(error).lower()
    return any(each in said for each in FULL)


def is_damage(error: Exception) -> bool:
    """Tell whether the engine read something that it had not written so."""
    said = str(error).lower()
    return any(each in said for each in DAMAGED)


def unusable(path: str, error: Exception) -> StorageError:
    """Say why a file cannot be opened as the database."""
    said = str(error).lower()
    if "lock" in said and "held" in said:
        return StorageError(
            "The database {path} is in use by another process.",
            hint="Stop the other one, or give this one its own DATA_DIR.",
            path=path,
        )
    if is_full(error):
        return StorageError(
            "There is no room on the disk for the database {path}.",
            hint="What is stored is safe; make room and start again.",
            path=path,
        )
    if isinstance(error, OSError) or "cannot open file" in said or "permission denied" in said:
        reason = error.strerror if isinstance(error, OSError) else first_line(error).rstrip(".")
        return StorageError(
            "The database {path} cannot be written: {reason}.",
            hint="Choose a folder this user may write to, with DATA_DIR or DATABASE_URL.",
            path=path,
            reason=reason,
        )
    if any(each in said for each in NEWER):
        return StorageError(
            "The database {path} was made by a newer program: {reason}",
            hint="Update the program, or point DATABASE_URL at another file.",
            path=path,
            reason=first_line(error),
        )
    if "replaying wal" in said:
        return StorageError(
            "The last changes of the database, in {path}.wal, cannot be read: {reason}",
            hint="Put {path}.wal aside (rename it) to start without them, or restore both from a backup.",
            path=path,
            reason=first_line(error),
        )
    return StorageError(
        "The file {path} is not a database this program can read: {reason}",
        hint="Put it aside (rename it) to start empty, or restore it from a backup.",
        path=path,
        reason=first_line(error),
    )


def not_read(error: duckdb.Error) -> StorageError:
    """Say why the database did not answer."""
    if isinstance(error, duckdb.FatalException):
        return invalidated()
    if is_damage(error):
        return StorageError(
            "The database file is damaged: {reason}",
            hint="Stop the program, put the file aside and restore it from a backup, or collect again.",
            reason=first_line(error),
        )
    if isinstance(error, duckdb.OutOfMemoryException) or is_full(error):
        return StorageError(
            "There is not enough memory or room on the disk for this question: {reason}",
            hint="Narrow the filters, for example the dates, or make room, and try again.",
            reason=first_line(error),
        )
    return StorageError("The database refused to read: {reason}", reason=first_line(error))


def not_written(error: duckdb.Error) -> StorageError:
    """Say why the database did not keep what was to be written."""
    said = str(error).lower()
    if isinstance(error, duckdb.FatalException):
        return invalidated()
    if is_full(error):
        return StorageError(
            "The disk is full; the database could not write: {reason}",
            hint="What was stored before is safe, nothing of this step was kept. Make room and try again.",
            reason=first_line(error),
        )
    if any(each in said for each in NOT_WRITABLE):
        return StorageError(
            "The folder of the database cannot be written: {reason}",
            hint="Nothing of this step was kept; let this user write to the folder, then try again.",
            reason=first_line(error),
        )
    return StorageError(
        "The database refused to write: {reason}",
        hint="Nothing of this step was kept; see the log for the reason, then try again.",
        reason=first_line(error),
    )


def invalidated() -> StorageError:
    """Say that a fatal error stopped the engine, and that it could not be opened again yet."""
    return StorageError(
        "A fatal error has stopped the database.",
        hint="What was committed is safe. See that the disk has room, then try again; if that does not help, "
        "start the program again.",
    )


def closed() -> StorageError:
    """Say that the database was closed."""
    return StorageError("The database is closed.", hint="Start the program again.")


def foreign_cursor(cursor: str) -> QueryError:
    """Say that a place in a list is none of this list."""
    return QueryError(
        "The cursor does not belong to this list.",
        hint="Take it from `next` of the answer before, with the same sort.",
        key="cursor",
        value=cursor[:100],
    )


def first_line(error: Exception) -> str:
    """Return the first line of what the engine said, as a sentence: what to do follows it."""
    said = str(error).strip().partition("\n")[0].rstrip()
    return said if said.endswith((".", "!", "?")) else f"{said}."

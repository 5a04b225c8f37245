"""The files that tasks make, and their folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.errors import ConfigurationError
from core.log import logger
from core.tasks.records import Task


def make_folder(folder: Path) -> None:
    """Make the folder where it is missing; raises ConfigurationError when it cannot be one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            "The folder {path} cannot be made: {reason}.",
            hint="Put aside what stands in its place, or choose another folder with DATA_DIR.",
            setting="DATA_DIR",
            path=str(folder),
            reason=error.strerror or str(error),
        ) from error


def remove(file: Path | None) -> None:
    """Remove a file that a task made, when it made one."""
    if file is None:
        return
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        logger(__name__).warning("A file of a task cannot be removed", reason=str(error.strerror))


def remove_file(task: Task) -> None:
    """Remove what a task made, when it made a file."""
    remove(task.file)


def without_lost_file(task: Task) -> Task:
    """Return a task without the file it made when somebody removed that."""
    is_lost = task.file is not None and not task.file.exists()
    return replace(task, file=None, file_name="") if is_lost else task

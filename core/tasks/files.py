"""The files that tasks make."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.log import logger
from core.tasks.records import Task


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

"""Whether the system's clock can be right: it never stands before what the database has seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from core.log import logger
from core.storage.store import Store
from dashboard.workspaces import Workspace

TOLERATED: Final = timedelta(seconds=2)
"""Clocks are set back a little by themselves."""


def behind(store: Store) -> timedelta | None:
    """Return how far the time is before the database's last change; None when it is not."""
    last = store.stats().last_committed_at
    gap = last - store.now() if last is not None else timedelta()
    return gap if gap > TOLERATED else None


def warn(workspaces: Iterable[Workspace]) -> None:
    """Say in the log which database was changed later than now."""
    for workspace in workspaces:
        gap = behind(workspace.store)
        if gap is not None:
            logger(__name__).warning(
                "The system's time is earlier than the last change of the database; set the system's clock",
                dataset=workspace.dataset,
                behind_s=round(gap.total_seconds()),
            )

"""When texts are read: by a task of low priority, soon after comments came, or once enough wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from core.config import Settings
from core.errors import DashboardError
from core.log import logger
from core.query import Dataset
from core.storage.own_models import choose_own_files
from core.tasks.pool import TaskPool
from core.tasks.records import RETRYABLE, Priority, Task, TaskKind
from core.text import engine
from core.text.judging import chosen
from dashboard.workspaces import Workspace

ENOUGH: Final = 5_000
"""So many waiting comments are worth a task while more are still coming."""
CALM: Final = timedelta(minutes=10)
"""Who ended a reading, or whatever broke it, is not overruled at once."""
BRINGS: Final = frozenset({TaskKind.COLLECT, TaskKind.IMPORT})


class TextReading:
    """Looks, every few seconds, whether comments wait to be read, and submits a task for it."""

    def __init__(
        self,
        settings: Settings,
        workspaces: Sequence[Workspace],
        tasks: TaskPool,
        clock: Callable[[], datetime],
    ) -> None:
        """Let the models that the settings name judge from now on; raises ConfigurationError."""
        files = chosen(settings.sentiment_model, settings.toxicity_model)
        for workspace in workspaces:
            choose_own_files(workspace.store, files)
        self._workspaces = workspaces
        self._tasks = tasks
        self._clock = clock
        self._seen: dict[Dataset, int] = {}

    def look(self) -> None:
        """Submit what is worth it; a dataset that has not changed since is not looked at.

        A database that refuses now is asked again at the next look.
        """
        try:
            self._look()
        except DashboardError as error:
            logger(__name__).warning("The texts could not be looked at", detail=str(error))

    def _look(self) -> None:
        known = self._tasks.list()
        is_growing = any(task.kind in BRINGS and not task.is_finished for task in known)
        for workspace in self._workspaces:
            version = workspace.store.version()
            if self._seen.get(workspace.dataset) == version or not self._may(workspace.dataset, known):
                continue
            waiting = engine.count_unread(workspace.store)
            if waiting >= (ENOUGH if is_growing else 1):
                self._tasks.submit("enrich", {"dataset": workspace.dataset}, priority=Priority.LOW)
            elif not waiting:
                self._seen[workspace.dataset] = version

    def _may(self, dataset: Dataset, known: Sequence[Task]) -> bool:
        """Tell whether nothing reads this dataset already and nobody has just stopped it."""
        last = next(
            (
                task
                for task in known
                if task.kind is TaskKind.ENRICH and task.params.get("dataset") == dataset
            ),
            None,
        )
        if last is None or (last.is_finished and last.state not in RETRYABLE):
            return True
        return last.finished_at is not None and self._clock() - last.finished_at > CALM

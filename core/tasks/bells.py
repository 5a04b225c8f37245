"""Who wants to hear of a task's changes."""

from __future__ import annotations

from collections.abc import Callable

from core.log import logger

Bell = Callable[[], None]


class Bells:
    """Functions to call after each change of a task. Not thread-safe by itself."""

    def __init__(self) -> None:
        self._bells: dict[str, list[Bell]] = {}

    def hang(self, task_id: str, bell: Bell) -> None:
        """Ring this one too from now on."""
        self._bells.setdefault(task_id, []).append(bell)

    def take_down(self, task_id: str, bell: Bell) -> None:
        """Ring this one no more; twice is fine."""
        bells = self._bells.get(task_id, [])
        if bell in bells:
            bells.remove(bell)
        if not bells:
            self._bells.pop(task_id, None)

    def ring(self, task_id: str) -> None:
        """Call everybody; whose bell breaks hears nothing any more, and costs the task nothing."""
        for bell in tuple(self._bells.get(task_id, ())):
            try:
                bell()
            except Exception:  # noqa: BLE001 - a listener's defect must not cost the worker that tells it
                logger(__name__).exception("A listener of a task failed", task=task_id)
                self.take_down(task_id, bell)

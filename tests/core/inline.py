"""A stand-in for the pool of processes that computes in the caller's thread: quick, and just as pure."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from core.compute import Compute
from core.errors import TaskCancelled

Answer = TypeVar("Answer")


class Inline(Compute):
    """Computes at once, where it is asked; a set event is a stop, as in a process."""

    def run(self, function: Callable[..., Answer], *values: Any, cancel: threading.Event) -> Answer:
        """Return what the function gives."""
        if cancel.is_set():
            raise TaskCancelled("The computation was stopped.")
        return function(*values)

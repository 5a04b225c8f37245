"""The last things that went wrong, for people: what, where, when, and what they belong to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from structlog.contextvars import get_contextvars

from core.errors import DashboardError, TaskCancelled, TaskPaused

KEPT: Final = 100
IDS: Final[tuple[str, ...]] = ("request", "task", "run", "source", "reference")
Where = Literal["api", "page", "task", "start", "database", "cache"]


@dataclass(frozen=True, slots=True)
class Incident:
    """One failure, or the last of several alike; `ids` are what the log had bound then, of IDS.

    `error` is None for a defect of the program, `defect` then its class: its text may hold anything.
    """

    at: datetime
    where: Where
    error: DashboardError | None
    ids: Mapping[str, str] = field(default_factory=dict)
    defect: str = ""
    times: int = 1


class Incidents:
    """Keeps the last KEPT failures of this process; safe to use from any thread.

    The same failure at the same place counts up and moves to the front, so that a flood of it hides nothing.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], Incident] = {}

    def note(self, error: BaseException, where: Where) -> None:
        """Keep a failure with what the log has bound at this moment; what somebody asked for is none."""
        if isinstance(error, TaskCancelled | TaskPaused):
            return
        bound = get_contextvars()
        ids = {name: str(bound[name]) for name in IDS if name in bound}
        ours = _alone(error) if isinstance(error, DashboardError) else None
        name = type(error).__name__
        incident = Incident(self._clock(), where, ours, ids, "" if ours else name)
        alike = (where, name, str(ours) if ours else "")
        with self._lock:
            before = self._kept.pop(alike, None)
            self._kept[alike] = replace(incident, times=before.times + 1) if before else incident
            if len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]

    def take_over(self, earlier: Incidents) -> None:
        """Put what was kept elsewhere before behind what is kept here; there it is kept no more."""
        with earlier._lock:
            found, earlier._kept = earlier._kept, {}
        with self._lock:
            self._kept = dict([*(found | self._kept).items()][-KEPT:])

    def last(self) -> list[Incident]:
        """Return what is kept, the latest first."""
        with self._lock:
            return list(reversed(self._kept.values()))


def _alone(error: DashboardError) -> DashboardError:
    """Return the error without its traceback, which would keep alive whatever the failed functions held."""
    copy = type(error).__new__(type(error), *error.args)
    copy.__dict__.update(error.__dict__)
    return copy

"""How many calls each token made today: what VK's daily quantities are counted in.

VK counts the calls inside an `execute` one by one, and so does this. Days are UTC; when VK itself begins a
new one is not published, so the numbers are ours, not VK's.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final

LIMITS: Final[Mapping[str, int]] = {"wall.get": 5000, "wall.search": 1000, "newsfeed.search": 1000}
"""The quantities VK publishes; other methods have limits that it does not name."""

Row = tuple[date, str, str, int]
"""Day (UTC), token id, method, calls."""


def utc_now() -> datetime:
    """Return the time, aware UTC."""
    return datetime.now(UTC)


class Usage:
    """Counts per day, token and method; added to from many threads."""

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: Counter[tuple[date, str, str]] = Counter()
        self._kept: Counter[tuple[date, str, str]] = Counter()

    def add(self, token: str, method: str, calls: int = 1) -> None:
        """Count calls of now."""
        key = (self._clock().date(), token, method)
        with self._lock:
            self._counts[key] += calls
            self._kept[key] += calls

    def today(self, token: str) -> dict[str, int]:
        """Return today's calls of a token by method."""
        day = self._clock().date()
        with self._lock:
            return {
                method: calls for (on, of, method), calls in self._counts.items() if (on, of) == (day, token)
            }

    def drain(self) -> list[Row]:
        """Return what was counted since the last time, to be stored; days gone by are forgotten then."""
        day = self._clock().date()
        with self._lock:
            rows = [(on, token, method, calls) for (on, token, method), calls in self._kept.items()]
            self._kept.clear()
            self._counts = Counter({key: calls for key, calls in self._counts.items() if key[0] >= day})
        return rows

    def restore(self, rows: Iterable[Row]) -> None:
        """Add what was stored before; it is not drained again."""
        with self._lock:
            for on, token, method, calls in rows:
                self._counts[on, token, method] += calls

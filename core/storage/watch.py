"""One thread that stops queries: those past their limit, and those that somebody cancelled.

It sleeps until the next limit, looks every few hundredths of a second only where a cancel may come, and ends
when nothing is watched. A query that does not react is given up: its place is free again, its thread is not.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

from core.storage.cursors import Lent

LOOK_S: Final = 0.05
LONG_S: Final = 3600.0


class Watchdog:
    """Interrupts what it watches until the holder is done; `noticed` hears once of each that is stuck."""

    def __init__(self, stuck_after_s: float, noticed: Callable[[Lent, float], None]) -> None:
        self._stuck_after_s = stuck_after_s
        self._noticed = noticed
        self._changed = threading.Condition()
        self._watched: set[Lent] = set()
        self._stuck: set[Lent] = set()
        self._wakes_s = 0.0
        self._is_awake = False

    @property
    def stuck(self) -> int:
        """Return how many queries are stuck now."""
        return len(self._stuck)

    @contextlib.contextmanager
    def over(self, lent: Lent) -> Iterator[None]:
        """Watch a cursor while its holder has it."""
        with self._changed:
            self._watched.add(lent)
            due_s = _due(lent, time.monotonic())
            if not self._is_awake:
                self._is_awake = True
                threading.Thread(target=self._run, name="query-watchdog", daemon=True).start()
            elif due_s < self._wakes_s:
                self._wakes_s = due_s
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._watched.discard(lent)
                self._stuck.discard(lent)

    def _run(self) -> None:
        while True:
            with self._changed:
                now_s = time.monotonic()
                if not self._watched:
                    self._is_awake = False
                    return
                stuck = [lent for lent in self._watched if self._is_newly_stuck(lent, now_s)]
                self._stuck.update(stuck)
                self._wakes_s = min(_due(lent, now_s) for lent in self._watched)
                if not stuck:
                    self._changed.wait(min(max(0.0, self._wakes_s - now_s), LONG_S))
            for lent in stuck:
                self._noticed(lent, now_s - lent.began_s)
                lent.leave()

    def _is_newly_stuck(self, lent: Lent, now_s: float) -> bool:
        """Interrupt what is to be stopped, again and again, and tell whether that is of no use."""
        if lent.stop is None:
            is_cancelled = lent.cancel is not None and lent.cancel.is_set()
            if not is_cancelled and now_s < lent.deadline_s:
                return False
            lent.stop, lent.stopped_s = "cancelled" if is_cancelled else "timed_out", now_s
        lent.interrupt()
        inside_s = lent.inside_s
        if inside_s is None or lent in self._stuck:
            return False
        return now_s - max(lent.stopped_s, inside_s) >= self._stuck_after_s


def _due(lent: Lent, now_s: float) -> float:
    """Return when a cursor is to be looked at next."""
    if lent.stop is not None or lent.cancel is not None:
        return now_s + LOOK_S
    return lent.deadline_s

"""Places that are taken in the order in which they were asked for: readers, exports, the one writer."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Final

LOOK_S: Final = 0.1
"""How often who waits looks whether it was cancelled."""
LONG_S: Final = 3600.0


class Place:
    """A place that was taken; leaving it twice is leaving it once."""

    __slots__ = ("_is_left", "_turns")

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._is_left = False

    def leave(self) -> None:
        """Give the place to whoever waits first."""
        with self._turns.lock:
            if not self._is_left:
                self._is_left = True
                self._turns.hand_on()


class Turns:
    """A number of places; who waits first gets the next one, so that nobody is overtaken for ever."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.lock = threading.Lock()
        self._free = places
        self._waiting: deque[threading.Event] = deque()

    @property
    def busy(self) -> int:
        """Return how many places are taken."""
        return self.places - self._free

    @property
    def waiting(self) -> int:
        """Return how many wait for a place."""
        return len(self._waiting)

    def take(self, wait_s: float, cancel: threading.Event | None = None) -> Place | None:
        """Take a place; None when none came free in time, or when `cancel` was set meanwhile."""
        with self.lock:
            if self._free:
                self._free -= 1
                return Place(self)
            turn = threading.Event()
            self._waiting.append(turn)
        _wait(turn, wait_s, cancel)
        with self.lock:
            if not turn.is_set():
                self._waiting.remove(turn)
                return None
        return Place(self)

    def hand_on(self) -> None:
        """Let the next one have a place that came free; whoever calls holds `lock`."""
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._free += 1


def _wait(turn: threading.Event, wait_s: float, cancel: threading.Event | None) -> None:
    until_s = time.monotonic() + wait_s
    longest_s = LONG_S if cancel is None else LOOK_S
    while (left_s := until_s - time.monotonic()) > 0 and not (cancel is not None and cancel.is_set()):
        if turn.wait(min(left_s, longest_s)):
            return

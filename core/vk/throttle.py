"""The speed limit of one token: a sliding window over the moments when requests really left.

Counting rule of the server: starts within any one second, as it notices them. The window here is 2 %
longer. While answers are awaited starts are also spread evenly, at 96.6 % of the permitted rate: a server
busy with the first of a burst notices the others late, and would count them to the next second.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from core.errors import TaskCancelled

WINDOW_S: Final = 1.02
PACE_S: Final = 1.035
LATE_S: Final = 0.05
LOOK_AGAIN_S: Final = 0.25
_NEVER: Final = threading.Event()

Sleep = Callable[[threading.Event, float], object]


class Start:
    """One permitted start: when it was, or was really sent, and whether its answer is still awaited."""

    __slots__ = ("is_open", "moment")

    def __init__(self, moment: float) -> None:
        self.moment = moment
        self.is_open = True

    def answered(self) -> None:
        """Note that the answer is here."""
        self.is_open = False


class Throttle:
    """Let at most `per_second` calls start in any second, first come first served; 0 = no limit."""

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = threading.Event.wait,
    ) -> None:
        self._limit = 0 if per_second <= 0 else max(1, int(per_second))
        span = max(1.0, 1 / per_second) if per_second > 0 else 0.0
        self._window_s = WINDOW_S * span
        self._gap_s = PACE_S * span / max(1, self._limit)
        self._slot = float("-inf")
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._starts: list[Start] = []
        self._waiting: deque[object] = deque()
        self._paused_until = float("-inf")

    def acquire(self, cancel: threading.Event = _NEVER) -> Start:
        """Wait for the turn and return the start; raises TaskCancelled as soon as `cancel` is set."""
        me = object()
        with self._lock:
            self._waiting.append(me)
        try:
            while True:
                if cancel.is_set():
                    raise TaskCancelled("The task was cancelled.")
                with self._lock:
                    delay = self._delay(me)
                    if delay <= 0:
                        return self._started()
                self._sleep(cancel, min(delay, LOOK_AGAIN_S))
        finally:
            with self._lock:
                self._waiting.remove(me)

    def sent(self, start: Start) -> None:
        """Move a start to now: its request has left only after a connection was made."""
        start.moment = self._clock()

    def pause(self, seconds: float) -> None:
        """Start nothing for so many seconds, because the server said it was too much."""
        with self._lock:
            self._paused_until = max(self._paused_until, self._clock() + seconds)

    @property
    def waiting(self) -> int:
        """Return how many callers wait for their turn."""
        return len(self._waiting)

    def _started(self) -> Start:
        start = Start(self._clock())
        self._starts.append(start)
        self._slot = max(self._slot, start.moment - LATE_S) + self._gap_s
        return start

    def _delay(self, me: object) -> float:
        """Return the seconds until this caller may start; those before it in the queue go first."""
        now = self._clock()
        pause = self._paused_until - now
        if not self._limit:
            return pause
        self._starts = [start for start in self._starts if start.moment > now - self._window_s]
        moments = sorted(start.moment for start in self._starts)
        delay = max(pause, 0.0)
        if len(moments) >= self._limit:
            delay = max(delay, moments[-self._limit] + self._window_s - now)
        if any(start.is_open for start in self._starts):
            delay = max(delay, self._slot - now)
        return delay + self._waiting.index(me) * self._gap_s

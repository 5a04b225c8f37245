"""The speed limit of one token: a sliding window over the moments when requests really left.

Counting rule of the server: starts within any one second, as it notices them. The window here is 3.6 %
longer. While answers are awaited starts are also spread evenly, at 96.2 % of the permitted rate: a server
busy with the first of a burst notices the others late, and would count them to the next second. The first
starts of all may meet a server that wakes up: they count from their answers, or a little later than sent.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from core.errors import TaskCancelled

WINDOW_S: Final = 1.036
PACE_S: Final = 1.04
LATE_S: Final = 0.1
FIRST_LATE_S: Final = 0.3
LOOK_AGAIN_S: Final = 0.25
REPEATED_S: Final = 30.0
SLOWER: Final = 1.1
SLOWEST: Final = 1.5
_NEVER: Final = threading.Event()

Sleep = Callable[[threading.Event, float], object]


class Start:
    """One permitted start: when it was, or was really sent, and whether its answer is still awaited."""

    __slots__ = ("_answered_at", "_clock", "_late_s", "is_open", "moment")

    def __init__(self, moment: float, clock: Callable[[], float], late_s: float = 0.0) -> None:
        self.moment = moment
        self.is_open = True
        self._clock = clock
        self._late_s = late_s
        self._answered_at = float("inf")

    def answered(self) -> None:
        """Note that the answer is here."""
        self.is_open = False
        self._answered_at = self._clock()

    @property
    def noticed(self) -> float:
        """Return when the server has noticed it at the latest, as far as can be told."""
        if not self._late_s:
            return self.moment
        last = self._clock() if self.is_open else self._answered_at
        return self.moment + min(self._late_s, max(0.0, last - self.moment))


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
        self._first: Start | None = None
        self._slower = 1.0
        self._kept: dict[int, Start] = {}

    def reserve(self, cancel: threading.Event = _NEVER) -> None:
        """Wait for the turn and keep it for this thread, whose next `acquire` takes it at once.

        So a thread decides what to send when it may send, not when it begins to wait.
        """
        self._kept[threading.get_ident()] = self._turn(cancel)

    def forgo(self) -> None:
        """Give back the turn this thread has reserved, if it was not used."""
        start = self._kept.pop(threading.get_ident(), None)
        if start is None:
            return
        with self._lock:
            self._drop(start)
            self._slot -= self._gap_s

    def acquire(self, cancel: threading.Event = _NEVER) -> Start:
        """Wait for the turn and return the start; raises TaskCancelled as soon as `cancel` is set."""
        kept = self._kept.pop(threading.get_ident(), None)
        return self._turn(cancel) if kept is None else self._taken(kept, cancel)

    def _taken(self, kept: Start, cancel: threading.Event) -> Start:
        """Return a turn that was reserved; taken late it counts from now, and may have to wait for others."""
        while True:
            if cancel.is_set():
                raise TaskCancelled("The task was cancelled.")
            with self._lock:
                self._drop(kept)
                delay = self._closed_for()
                if delay <= 0:
                    kept.moment = self._clock()
                    self._note(kept)
                    return kept
            self._sleep(cancel, min(delay, LOOK_AGAIN_S))

    def _turn(self, cancel: threading.Event) -> Start:
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
        """Start nothing for so many seconds, because the server said it was too much.

        When it says so again soon, the rate falls by a tenth, until it was content for a while.
        """
        with self._lock:
            now = self._clock()
            is_repeated = now < self._paused_until + REPEATED_S
            self._slower = min(SLOWEST, self._slower * SLOWER) if is_repeated else 1.0
            self._paused_until = max(self._paused_until, now + seconds)

    @property
    def per_second(self) -> float:
        """Return how many calls may start in a second, 0 for any number."""
        return 1 / self._gap_s if self._gap_s else 0.0

    @property
    def waiting(self) -> int:
        """Return how many callers wait for their turn."""
        return len(self._waiting)

    def _started(self) -> Start:
        now = self._clock()
        first = self._first
        is_early = first is None or (first.is_open and now < first.moment + self._window_s)
        start = Start(now, self._clock, FIRST_LATE_S if is_early else 0.0)
        self._first = first or start
        self._note(start)
        self._slot = max(self._slot, start.moment - LATE_S) + self._gap_s * self._factor(start.moment)
        return start

    def _factor(self, now: float) -> float:
        """Return how much slower than usual to go now."""
        return self._slower if now < self._paused_until + REPEATED_S else 1.0

    def _note(self, start: Start) -> None:
        if self._limit:
            self._starts.append(start)

    def _drop(self, start: Start) -> None:
        self._starts = [each for each in self._starts if each is not start]

    def _delay(self, me: object) -> float:
        """Return the seconds until this caller may start; those before it in the queue go first."""
        delay = self._closed_for()
        if not self._limit:
            return delay
        if any(start.is_open for start in self._starts):
            delay = max(delay, self._slot - self._clock())
        return delay + self._waiting.index(me) * self._gap_s

    def _closed_for(self) -> float:
        """Return the seconds until the window and a pause allow one more start."""
        now = self._clock()
        delay = max(self._paused_until - now, 0.0)
        window_s = self._window_s * self._factor(now)
        self._starts = [start for start in self._starts if start.noticed > now - window_s]
        if not self._limit or len(self._starts) < self._limit:
            return delay
        moments = sorted(start.noticed for start in self._starts)
        return max(delay, moments[-self._limit] + window_s - now)

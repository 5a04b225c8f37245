"""How far a collection is: never falls, never passes 100 %, and says what it waits for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from core.models import Progress
from core.vk.client import Meter

EVERY_S: Final = 0.2
SAMPLES: Final = 60
SURE_AFTER_S: Final = 1.0
MARGIN: Final = 0.15
_LONG_WAIT_S: Final = 0.2


@dataclass(slots=True)
class ProgressLine:
    """Turns counts into progress reports; `moment` is a steady clock in seconds."""

    report: Callable[[Progress], None]
    moment: Callable[[], float]
    meter: Meter
    _samples: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=SAMPLES))
    _done: int = 0
    _fraction: float = 0.0
    _last_s: float = float("-inf")

    def tell(self, done: int, total: int | None, note: str, restored: int = 0) -> None:
        """Report, at most every EVERY_S seconds; `total` is None while sources are still being listed.

        `restored` of what is done came with the checkpoint: it counts, but is no pace.
        """
        now = self.moment()
        if now - self._last_s < EVERY_S:
            return
        self._last_s = now
        self._done = max(self._done, done)
        self._samples.append((now, self._done - restored))
        shown = self._shown(total)
        said, params = self._note(note)
        self.report(
            Progress(self._done, shown, eta_s=self._eta(total, restored), note=said, note_params=params)
        )

    def end(self, done: int, total: int | None, *, is_complete: bool) -> None:
        """Report the end: exactly 100 % when everything came; no share while the total was not known yet."""
        self._done = max(self._done, done)
        shown = self._done if is_complete else self._shown(total)
        self.report(Progress(self._done, shown, note="collect.done" if is_complete else "collect.partial"))

    def _shown(self, total: int | None) -> int | None:
        """Return a total with which the done share does not fall."""
        if total is None:
            return None
        shown = max(total, self._done)
        if self._fraction and self._done / max(1, shown) < self._fraction:
            shown = max(self._done, int(self._done / self._fraction))
        self._fraction = max(self._fraction, self._done / shown if shown else 1.0)
        return shown

    def _eta(self, total: int | None, restored: int) -> tuple[float, float] | None:
        if total is None or len(self._samples) < 2:
            return None
        now, done = self._samples[-1]
        missing = max(0, total - restored - done)
        guesses = [
            missing * (now - then) / (done - before)
            for then, before in (self._samples[0], self._samples[len(self._samples) // 2])
            if now - then >= SURE_AFTER_S and done > before
        ]
        if not guesses:
            return None
        return round(min(guesses) * (1 - MARGIN), 1), round(max(guesses) * (1 + MARGIN), 1)

    def _note(self, note: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        waiting = self.meter.waiting
        if waiting is not None and waiting[3] >= _LONG_WAIT_S:
            _, attempt, attempts, seconds = waiting
            params = (("attempt", str(attempt)), ("attempts", str(attempts)), ("seconds", f"{seconds:g}"))
            return "collect.retry", params
        return note, ()

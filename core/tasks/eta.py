"""How long a task may still take, as a range: one guess from its whole attempt, one from its last stretch.

What an attempt finds done already (a checkpoint, another attempt's rows) is no pace of its own: it shows in
the first second, so the first second only moves the start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

SETTLING_S: Final = 1.0
MIN_ELAPSED_S: Final = 1.0
WIDENING: Final = 0.15
MAX_SAMPLES: Final = 64


@dataclass(slots=True)
class Pace:
    """What was seen of one attempt: (seconds, done), the oldest first."""

    samples: list[tuple[float, int]] = field(default_factory=list)
    began_s: float | None = None

    def seen(self, now_s: float, done: int) -> None:
        """Take in how far it is now."""
        if self.began_s is None:
            self.began_s = now_s
        if now_s - self.began_s < SETTLING_S:
            self.samples.clear()
        self.samples.append((now_s, done))
        if len(self.samples) > MAX_SAMPLES:
            del self.samples[1:-1:2]

    def remaining(self, total: int | None) -> tuple[float, float] | None:
        """Return (shortest, longest) seconds to `total`; None while it is unknown or too little was seen."""
        if total is None or not self.samples:
            return None
        now_s, done = self.samples[-1]
        missing = max(0, total - done)
        guesses = [
            missing * (now_s - then_s) / (done - before)
            for then_s, before in (self.samples[0], self.samples[len(self.samples) // 2])
            if now_s - then_s >= MIN_ELAPSED_S and done > before
        ]
        if not guesses:
            return None
        return round(min(guesses) * (1 - WIDENING), 1), round(max(guesses) * (1 + WIDENING), 1)

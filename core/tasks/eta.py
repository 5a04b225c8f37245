"""How long a task may still take, as a range: one guess from its whole run, one from its last stretch."""

from __future__ import annotations

from collections.abc import Sequence

MIN_ELAPSED_S = 1.0
WIDENING = 0.15


def remaining(samples: Sequence[tuple[float, int]], total: int | None) -> tuple[float, float] | None:
    """Return (shortest, longest) seconds to `total`; `samples` are (seconds, done), the oldest first.

    None while the total is unknown or too little was seen.
    """
    if total is None or len(samples) < 2:
        return None
    now_s, done = samples[-1]
    missing = max(0, total - done)
    guesses = []
    for then_s, before in (samples[0], samples[len(samples) // 2]):
        if now_s - then_s >= MIN_ELAPSED_S and done > before:
            guesses.append(missing * (now_s - then_s) / (done - before))
    if not guesses:
        return None
    return round(min(guesses) * (1 - WIDENING), 1), round(max(guesses) * (1 + WIDENING), 1)

"""When people write: Moscow evenings, busier weekdays for service, quieter nights."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.sandbox.stories import NOW

Ints = NDArray[np.int64]

_MOSCOW_S: Final = 3 * 3_600
_HOURS: Final = (
    np.array(
        [22, 12, 7, 4, 3, 5, 12, 25, 38, 45, 50, 52, 58, 56, 52, 53, 57, 65, 78, 92, 100, 97, 78, 45],
        dtype=np.float64,
    )
    / 100
)
_WEEKDAYS: Final[dict[str, NDArray[np.float64]]] = {
    "week": np.array([0.92, 0.9, 0.92, 0.95, 1.0, 0.8, 0.78]),
    "weekend": np.array([0.6, 0.55, 0.6, 0.65, 0.8, 1.0, 0.95]),
}
_ROUNDS: Final = 7


def _welcome(dates: Ints, week: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how likely people write at those times, 0 to 1."""
    local = dates + _MOSCOW_S
    hours = _HOURS[(local // 3_600) % 24]
    return np.asarray(hours * week[(local // 86_400 + 3) % 7], dtype=np.float64)


def delayed(rng: np.random.Generator, since: Ints, median_s: float, spread: float, mood: str) -> Ints:
    """Return one later time for each given time: log-normal delays, redrawn when people sleep."""
    week = _WEEKDAYS["weekend" if mood in ("band", "football") else "week"]
    dates = since + 1 + np.exp(rng.normal(np.log(median_s), spread, len(since))).astype(np.int64)
    for number in range(_ROUNDS):
        lazy = np.flatnonzero(rng.random(len(dates)) > _welcome(dates, week))
        if not len(lazy):
            break
        # Who would have written at night writes later, not again at night.
        median_later_s = median_s + number * 3_600
        delays = np.exp(rng.normal(np.log(median_later_s), spread, len(lazy))).astype(np.int64)
        dates[lazy] = since[lazy] + 1 + delays
    late = np.flatnonzero(dates >= NOW)
    room = np.maximum(NOW - 1 - since[late], 1)
    dates[late] = since[late] + 1 + (rng.random(len(late)) * (room - 1)).astype(np.int64)
    return dates


def in_office_hours(rng: np.random.Generator, dates: Ints) -> Ints:
    """Move times of the night to the next morning."""
    local = (dates + _MOSCOW_S) % 86_400
    morning = dates - local + 9 * 3_600 + rng.integers(0, 5_400, len(dates))
    return np.where(local < 9 * 3_600, morning, dates)


def spread_over(rng: np.random.Generator, count: int, first: int, last: int, mood: str) -> Ints:
    """Return that many sorted times between two moments, by the hour and the weekday."""
    week = _WEEKDAYS["weekend" if mood in ("band", "football") else "week"]
    dates = rng.integers(first, last, count)
    for _ in range(_ROUNDS):
        lazy = np.flatnonzero(rng.random(count) > _welcome(dates, week))
        dates[lazy] = rng.integers(first, last, len(lazy))
    return np.sort(dates)

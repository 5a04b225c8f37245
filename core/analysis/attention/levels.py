"""The usual number of comments per hour or day, and how far above it a number is.

The usual level of a period is that of the same hour of the week (day of the week for days) in the weeks
around it, a mean that counts unusual weeks only up to a cap (a one-sided Huber estimate: P. J. Huber, Annals
of Mathematical Statistics 35(1), 1964, 73-101), so that a burst does not hide itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Counts = np.ndarray[Any, np.dtype[np.int64]]

ROUNDS: Final = 8
CAP_SD: Final = 3.0
MAD_TO_SD: Final = 1.4826
Z_95: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Cycle:
    """What repeats: `length` periods make a cycle, and a level is looked for in cycles around."""

    name: str
    length: int


WEEK_OF_HOURS: Final = Cycle("hour of the week", 168)
DAY_OF_HOURS: Final = Cycle("hour of the day", 24)
WEEK_OF_DAYS: Final = Cycle("day of the week", 7)
NO_CYCLE: Final = Cycle("all periods", 1)


def cycle_for(periods: int, step_is_hour: bool) -> Cycle:
    """Return the longest cycle that was seen at least four times."""
    longest = (WEEK_OF_HOURS, DAY_OF_HOURS) if step_is_hour else (WEEK_OF_DAYS,)
    return next((each for each in longest if periods >= 4 * each.length), NO_CYCLE)


def usual(counts: Counts, local: Counts, cycle: Cycle, around: int) -> Numbers:
    """Return the usual number of comments of each period.

    `local` numbers the periods by local time from any Monday's midnight; `around` says how many cycles
    before and after count, 0 for all.
    """
    turn, slot = np.divmod(local - local.min() // cycle.length * cycle.length, cycle.length)
    table = np.full((int(turn.max()) + 1, cycle.length), np.nan)
    table[turn, slot] = counts
    turns = len(table)
    if not around or turns <= 2 * around + 1:
        return _without_own(table, table)[turn, slot]
    levels = np.empty_like(table)
    for each in range(turns):
        first = min(max(each - around, 0), turns - 2 * around - 1)
        levels[each] = _without_own(table[first : first + 2 * around + 1], table[each])
    return levels[turn, slot]


def capped_mean(table: Numbers) -> tuple[Numbers, Numbers]:
    """Return the mean of each column (missing cells left out) and its cap, mean + 3 sqrt(mean + 1)."""
    known = ~np.isnan(table)
    n = np.maximum(known.sum(axis=0), 1)
    cells = np.where(known, table, 0.0)
    level = _medians(table, known)
    for _ in range(ROUNDS):
        level = np.minimum(cells, _cap(level)).sum(axis=0) / n
    return level, _cap(level)


def dispersion(counts: Counts, level: Numbers) -> float:
    """Return the robust standard deviation of transformed counts around their level, at least Poisson's 1.

    The median absolute deviation times 1.4826 (F. R. Hampel, JASA 69, 1974, 383-393).
    """
    if not len(counts):
        return 1.0
    return max(1.0, MAD_TO_SD * float(np.median(np.abs(_steady(counts) - _steady(level)))))


def robust_z(counts: Counts, level: Numbers, scale: float) -> Numbers:
    """Return by how many standard deviations each count is above its level.

    In F. J. Anscombe's scale, 2 sqrt(x + 3/8), in which a Poisson count has variance 1 whatever its mean
    (Biometrika 35, 1948, 246-254).
    """
    return (_steady(counts) - _steady(level)) / scale


def ratio_interval(
    comments: Numbers, expected: Numbers, scale: float, cycles: int
) -> tuple[Numbers, Numbers]:
    """Return the ends of the 95 % interval of comments / expected, a level that so many cycles told.

    In Anscombe's scale, where the level adds ratio / cycles to the variance (delta method).
    """
    middle = _steady(comments)
    half = Z_95 * scale * np.sqrt(1 + comments / expected / cycles)
    ends = [np.maximum(middle + side * half, 0.0) for side in (-1, 1)]
    low, high = (np.maximum(each**2 / 4 - 3 / 8, 0.0) / expected for each in ends)
    return low, high


def _without_own(table: Numbers, own: Numbers) -> Numbers:
    """Return the capped mean that each of `own` cells is measured by: of the other cells of its column."""
    level, cap = capped_mean(table)
    others = (~np.isnan(table)).sum(axis=0) - 1
    total = level * (others + 1) - np.minimum(own, cap)
    return np.where(others > 0, np.maximum(total, 0.0) / np.maximum(others, 1), level)


def _cap(level: Numbers) -> Numbers:
    return level + CAP_SD * np.sqrt(level + 1)


def _steady(values: Numbers | Counts) -> Numbers:
    scaled: Numbers = 2 * np.sqrt(np.asarray(values, dtype=float) + 3 / 8)
    return scaled


def _medians(table: Numbers, known: np.ndarray[Any, np.dtype[np.bool_]]) -> Numbers:
    """Return the median of each column, 0 for one without any cell."""
    ordered = np.sort(np.where(known, table, np.inf), axis=0)
    n = known.sum(axis=0)
    columns = np.arange(table.shape[1])
    low, high = ordered[np.maximum(n - 1, 0) // 2, columns], ordered[n // 2 % len(table), columns]
    return np.where(n > 0, (np.where(np.isinf(low), 0, low) + np.where(np.isinf(high), low, high)) / 2, 0.0)

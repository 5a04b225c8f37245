"""The one shape of an estimate with its interval, and the intervals everything else is made of.

Wilson: E. B. Wilson, JASA 22, 1927, 209-212. Jeffreys, with the ends put right where nothing or everything
occurred: L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16, 2001, 101-133, section 4.1.2. Sums of
independent shares: the method of variance estimates recovery (MOVER) of G. Y. Zou, W. Huang, X. Zhang,
Computational Statistics & Data Analysis 53, 2009, 1080-1085, eq. 3-4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import special

Numbers = np.ndarray[Any, np.dtype[np.float64]]

LEVEL: Final = 0.95
TAIL: Final = (1 - LEVEL) / 2

MIN_N: Final = 30
"""Fewer comments (or coded comments) than this are too few to say: a half could be a third as well."""

MIN_CLUSTERS: Final = 5
"""Fewer authors (or posts) than this are too few to say: their likeness cannot be told from chance."""


GRID: Final = 2001


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value between the ends of its 95 % interval, and how many observations it stands on."""

    value: float
    low: float
    high: float
    n: int


def normal_quantile() -> float:
    """Return the two-sided 95 % quantile of the normal distribution."""
    return float(special.ndtri(1 - TAIL))


def t_quantile(freedom: float) -> float:
    """Return the two-sided 95 % quantile of Student's t for `freedom` > 0 degrees, whole or not."""
    return float(special.stdtrit(freedom, 1 - TAIL))


def wilson(
    share: Numbers | float, size: Numbers | float, quantile: float | None = None
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper ends of Wilson's score interval for shares of `size` > 0 draws.

    `size` may be an effective one, not whole; `quantile` replaces the normal 1.96.
    """
    share, size = np.asarray(share, dtype=float), np.asarray(size, dtype=float)
    z = normal_quantile() if quantile is None else quantile
    weight = z * z / size
    middle = (share + weight / 2) / (1 + weight)
    inside = np.maximum(share * (1 - share), 0.0) / size + weight / (4 * size)
    half = z / (1 + weight) * np.sqrt(inside)
    low = np.clip(middle - half, 0.0, share)
    return np.where(share <= 0, 0.0, low), np.where(share >= 1, 1.0, np.clip(middle + half, share, 1.0))


def jeffreys(share: Numbers | float, size: Numbers | float) -> tuple[Numbers, Numbers]:
    """Return the ends of the modified Jeffreys interval for shares of `size` > 0 draws, whole or not.

    Where nothing occurred the upper end is the exact one, 1 - 0.025 ** (1 / size), and where all did the
    lower.
    """
    share, size = np.asarray(share, dtype=float), np.asarray(size, dtype=float)
    found = share * size
    low = np.minimum(special.betaincinv(found + 0.5, size - found + 0.5, TAIL), share)
    high = np.maximum(special.betaincinv(found + 0.5, size - found + 0.5, 1 - TAIL), share)
    exact = TAIL ** (1 / size)
    low = np.where(share >= 1, exact, np.where(share <= 0, 0.0, low))
    return low, np.where(share <= 0, 1 - exact, np.where(share >= 1, 1.0, high))


def combined(weights: Numbers, values: Numbers, lows: Numbers, highs: Numbers) -> tuple[Numbers, Numbers]:
    """Return the ends for sum(weights * values) of independent values, over the last axis."""
    below = np.where(weights >= 0, values - lows, highs - values) * weights
    above = np.where(weights >= 0, highs - values, values - lows) * weights
    total = (weights * values).sum(axis=-1)
    return total - np.sqrt((below**2).sum(axis=-1)), total + np.sqrt((above**2).sum(axis=-1))


def root(
    base: Numbers, slope: Numbers, values: Numbers, lows: Numbers, highs: Numbers
) -> tuple[float, float]:
    """Return the ends for the share r at which sum((base + r * slope) * values) is zero.

    An r is inside if zero is inside the interval that `combined` gives at that r: the inversion of E. C.
    Fieller, Journal of the Royal Statistical Society B 16, 1954, 175-185, with MOVER in place of normal
    ends.
    """
    grid = np.linspace(0.0, 1.0, GRID)
    low, high = combined(base + grid[:, None] * slope, values, lows, highs)
    inside = np.flatnonzero((low <= 0) & (high >= 0))
    if not len(inside):
        return 0.0, 1.0
    return float(grid[max(inside[0] - 1, 0)]), float(grid[min(inside[-1] + 1, GRID - 1)])


def apart(a: Estimate, b: Estimate, correlation: float) -> tuple[float, float]:
    """Return the ends for a - b, the two perhaps correlated; equal to `combined` where they are not.

    R. G. Newcombe, Statistics in Medicine 17, 1998, 2635-2650, method 10; G. Y. Zou, Psychological Methods
    12, 2007, 399-413.
    """
    low = _half(a.value - a.low, b.high - b.value, correlation)
    high = _half(a.high - a.value, b.value - b.low, correlation)
    return a.value - b.value - low, a.value - b.value + high


def _half(a: float, b: float, correlation: float) -> float:
    return float(np.sqrt(max(0.0, a * a + b * b - 2 * correlation * a * b)))

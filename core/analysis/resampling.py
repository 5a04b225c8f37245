"""How sure Gini and top shares are: percentile intervals from a bootstrap over those who were counted.

B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13. A resample of n counts is
drawn as how often each different count occurs in it, a multinomial draw of n: the same distribution as
drawing n counts one by one, for a few hundred numbers in place of a hundred thousand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from core.analysis.concentration import gini, top_share

Numbers = np.ndarray[Any, np.dtype[np.float64]]
CountArray = np.ndarray[Any, np.dtype[np.int64]]

CELLS: Final = 1 << 19
LEVEL: Final = 0.95
TOPS: Final = (0.01, 0.1)
LORENZ_POINTS: Final = 21


def concentration(counts: CountArray, resamples: int, seed: int) -> dict[str, np.ndarray[Any, Any]]:
    """Return [measure, at, value, low, high]: Gini, top shares with intervals, points of the Lorenz curve.

    `low` and `high` are missing (NaN) without resamples and where one alone was counted. Nothing was counted:
    no rows.
    """
    if not len(counts):
        return {name: np.array([]) for name in ("measure", "at", "value", "low", "high")}
    ends = intervals(counts, TOPS, resamples, seed)
    at, held = lorenz(counts)
    estimates = [gini(counts), *(top_share(counts, share) for share in TOPS)]
    return {
        "measure": np.array(["gini", *["top_share"] * len(TOPS), *["lorenz"] * len(at)]),
        "at": np.array([math.nan, *TOPS, *at]),
        "value": np.array([*estimates, *held], dtype=float),
        "low": np.array([*ends[0], *np.full(len(at), math.nan)]),
        "high": np.array([*ends[1], *np.full(len(at), math.nan)]),
    }


def lorenz(counts: CountArray, points: int = LORENZ_POINTS) -> tuple[Numbers, Numbers]:
    """Return which share of the total (second) the least active shares (first) hold.

    M. O. Lorenz, Publications of the American Statistical Association 9 (70), 1905, 209-219.
    """
    held = np.concatenate([[0.0], np.cumsum(np.sort(counts))]) / counts.sum()
    at = np.linspace(0.0, 1.0, points)
    return at, np.interp(at, np.linspace(0.0, 1.0, len(held)), held)


def intervals(counts: CountArray, tops: Sequence[float], resamples: int, seed: int) -> Numbers:
    """Return the lower (row 0) and upper ends of Gini's interval, then of each top share's."""
    if not resamples or len(counts) < 2:
        return np.full((2, 1 + len(tops)), math.nan)
    values, often = np.unique(counts, return_counts=True)
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    drawn = _resampled(values.astype(float), often, tops, resamples, np.random.default_rng(seed))
    return np.quantile(drawn, tails, axis=0)


def _resampled(
    values: Numbers, often: CountArray, tops: Sequence[float], resamples: int, chance: np.random.Generator
) -> Numbers:
    """Return Gini and top shares of each resample, drawn some at a time so that memory stays flat."""
    n = int(often.sum())
    at_once = max(1, CELLS // len(values))
    found = np.empty((resamples, 1 + len(tops)))
    for start in range(0, resamples, at_once):
        rows = slice(start, min(start + at_once, resamples))
        drawn = chance.multinomial(n, often / n, rows.stop - rows.start)
        total = drawn @ values
        found[rows, 0] = _ginis(values, drawn, total)
        for place, share in enumerate(tops, 1):
            found[rows, place] = _held_by_top(values, drawn, max(1, math.ceil(round(share * n, 9)))) / total
    return found


def _ginis(values: Numbers, drawn: CountArray, total: Numbers) -> Numbers:
    """Return Gini of each row of frequencies; a count of ranks a+1 to b adds value * (b-a) * (a+b-n)."""
    upto = np.cumsum(drawn, axis=1)
    n = upto[:, -1]
    weights = drawn * (2 * upto - drawn - n[:, None])
    ginis: Numbers = weights @ values / (n * total)
    return ginis


def _held_by_top(values: Numbers, drawn: CountArray, top: int) -> Numbers:
    """Return how much the `top` largest of each row of frequencies hold."""
    upto = np.minimum(np.cumsum(drawn[:, ::-1], axis=1), top)
    held: Numbers = np.diff(upto, axis=1, prepend=0) @ values[::-1]
    return held

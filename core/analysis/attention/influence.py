"""What single comments add to Gini, and quantiles from a table of how often values occur."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.float64]]


def gini(values: Numbers, often: Numbers) -> tuple[float, Numbers]:
    """Return the Gini coefficient of values that occur so often, and the influence of each value on it.

    G = E|X - Y| / (2 E X) for two draws; `values` ascend, none negative; where all are 0, NaN and no
    influence. Its influence function is (E|X - x| - E|X - Y|) / E X - G (x - E X) / E X (J.-C. Deville,
    Survey Methodology 25(2), 1999, 193-203): the mean of the influences is 0, and its variance that of the
    estimate.
    """
    weight = often / often.sum()
    mean = float(weight @ values)
    if not mean:
        return math.nan, np.zeros(len(values))
    below, held = np.cumsum(weight), np.cumsum(weight * values)
    apart = values * (2 * below - 1) + mean - 2 * held
    between = float(weight @ apart)
    coefficient = between / (2 * mean)
    influences: Numbers = (apart - between - coefficient * (values - mean)) / mean
    return coefficient, influences


def at(values: Numbers, often: Numbers, share: float) -> float:
    """Return the least value with at least that share of all at or below it."""
    below = np.cumsum(often)
    # A share such as 0.1 of 30 values is 3.0000000000000004: the rounding must not take a fourth.
    return float(values[np.searchsorted(below, np.ceil(round(share * float(below[-1]), 9)))])

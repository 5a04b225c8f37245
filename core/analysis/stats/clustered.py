"""Shares, means and quantiles of comments that come in clusters: by author, by post, or by both at once.

Comments of one author (and under one post) are alike, so that a thousand comments know less than a thousand
draws. A share gets Wilson's interval over its effective size (E. L. Korn, B. I. Graubard, Survey
Methodology 24, 1998, 193-201), a mean the t interval freed of its skewness (P. Hall, Journal of the Royal
Statistical Society B 54, 1992, 221-228), a quantile the values at the ends of the interval of the share
below it (R. S. Woodruff, JASA 47, 1952, 635-646). Their variances and degrees of freedom: `clusters`.

A percentile bootstrap over clusters held the truth in 40 to 95 % of the worlds where this holds it in 92 to
98 % (`bootstrap` has the better, studentised one). Nothing here is drawn, so nothing needs a seed.
"""

from __future__ import annotations

import numpy as np

from core.analysis.stats.clusters import (
    Codes,
    Sample,
    Spread,
    covariance,
    looked_at,
    moments,
    spread,
    too_few,
)
from core.analysis.stats.intervals import Estimate, Numbers, apart, t_quantile, wilson


def share(sample: Sample) -> Estimate | None:
    """Return the share of events with its interval; None below MIN_N comments or MIN_CLUSTERS clusters."""
    sample = looked_at(sample)
    if too_few(sample):
        return None
    value, found = _share_spread(sample)
    return _scored(sample, value, found, found.freedom, around=value)


def mean(sample: Sample, floor: float | None = None) -> Estimate | None:
    """Return the mean value per comment with its interval; None where a share would be None.

    `floor` is the least a mean can be (0 for likes): the interval ends there. Where all values are the same
    the interval is that one value.
    """
    sample = looked_at(sample)
    if too_few(sample):
        return None
    value, found = _mean_spread(sample)
    return _unskewed(sample, value, found, found.freedom, floor=floor)


def quantile(values: Numbers, at: float, by: tuple[Codes, ...] = ()) -> Estimate | None:
    """Return the quantile `at` (0 to 1) of single values with its interval; None where a share would be None.

    It is a value that occurred: the least with at least that share of all at or below it.
    """
    values, ones = np.asarray(values, dtype=float), np.ones(len(values))
    if too_few(looked_at(Sample(ones, ones, by))):
        return None
    ordered = np.sort(values)
    found = _at(ordered, at)
    below = looked_at(Sample((values <= found).astype(float), ones, by))
    value, unsure = _share_spread(below)
    ends = _scored(below, value, unsure, unsure.freedom, around=at)
    return Estimate(found, min(_at(ordered, ends.low), found), max(_at(ordered, ends.high), found), ends.n)


def share_difference(a: Sample, b: Sample) -> Estimate | None:
    """Return share(a) - share(b) with its 95 % interval; None where either is too few to say.

    Codes of `by` mean the same in both: authors (or posts) that are in both make the two correlate. The ends
    come from those of the two shares (R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890 and
    2635-2650) at the degrees of freedom of both (B. L. Welch, Biometrika 34, 1947, 28-35).
    """
    a, b = looked_at(a), looked_at(b)
    if too_few(a) or too_few(b):
        return None
    (value_a, spread_a), (value_b, spread_b) = _share_spread(a), _share_spread(b)
    freedom = _of_both(spread_a, spread_b)
    of_a = _scored(a, value_a, spread_a, freedom, around=value_a)
    of_b = _scored(b, value_b, spread_b, freedom, around=value_b)
    return _difference(of_a, of_b, covariance(a, b, value_a, value_b), spread_a.variance * spread_b.variance)


def mean_difference(a: Sample, b: Sample, floor: float | None = None) -> Estimate | None:
    """Return mean(a) - mean(b) with its 95 % interval; None where either is too few to say.

    As for shares, from the ends of the two means.
    """
    a, b = looked_at(a), looked_at(b)
    if too_few(a) or too_few(b):
        return None
    (value_a, spread_a), (value_b, spread_b) = _mean_spread(a), _mean_spread(b)
    freedom = _of_both(spread_a, spread_b)
    of_a = _unskewed(a, value_a, spread_a, freedom, floor=floor)
    of_b = _unskewed(b, value_b, spread_b, freedom, floor=floor)
    return _difference(of_a, of_b, covariance(a, b, value_a, value_b), spread_a.variance * spread_b.variance)


def _share_spread(sample: Sample) -> tuple[float, Spread]:
    value = float(np.clip(sample.totals.sum() / sample.sizes.sum(), 0.0, 1.0))
    return value, spread(sample, value, value * (1 - value))


def _mean_spread(sample: Sample) -> tuple[float, Spread]:
    value, within = moments(sample)
    return value, spread(sample, value, within)


def _of_both(a: Spread, b: Spread) -> float:
    doubt = a.variance**2 / a.freedom + b.variance**2 / b.freedom
    return (a.variance + b.variance) ** 2 / doubt if doubt > 0 else min(a.freedom, b.freedom)


def _scored(sample: Sample, value: float, found: Spread, freedom: float, *, around: float) -> Estimate:
    """Return Wilson's interval around a share, as wide as the spread of `value` makes it."""
    n = float(sample.sizes.sum())
    effective = value * (1 - value) / found.variance if found.variance > 0 else n / found.assumed_effect
    low, high = wilson(around, effective, t_quantile(freedom))
    return Estimate(around, float(low), float(high), round(n))


def _unskewed(
    sample: Sample, value: float, found: Spread, freedom: float, *, floor: float | None
) -> Estimate:
    error, ends = float(np.sqrt(found.variance)), t_quantile(freedom)
    low = value - error * _with_skewness(ends, found.skewness)
    high = value - error * _with_skewness(-ends, found.skewness)
    least = low if floor is None else max(low, floor)
    return Estimate(value, min(least, value), max(high, value), round(float(sample.sizes.sum())))


def _difference(of_a: Estimate, of_b: Estimate, shared: float, variances: float) -> Estimate:
    correlation = float(np.clip(shared / np.sqrt(variances), -1.0, 1.0)) if variances > 0 else 0.0
    low, high = apart(of_a, of_b, correlation)
    value = of_a.value - of_b.value
    return Estimate(value, min(low, value), max(high, value), of_a.n + of_b.n)


def _with_skewness(quantile: float, skewness: float) -> float:
    """Return the t value whose transformation by Hall's cubic is `quantile`."""
    if abs(skewness) < 1e-9:
        return quantile
    return float(3 / skewness * (np.cbrt(1 + skewness * (quantile - skewness / 6)) - 1))


def _at(ordered: Numbers, share_below: float) -> float:
    """Return the least value with at least that share of the ordered values at or below it."""
    # A share such as 0.1 of 30 values is 3.0000000000000004: the rounding must not take a fourth.
    place = int(np.ceil(round(share_below * len(ordered), 9))) - 1
    return float(ordered[min(max(place, 0), len(ordered) - 1)])

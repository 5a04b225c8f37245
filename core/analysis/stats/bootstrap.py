"""The studentised bootstrap over whole clusters: a second way to the intervals of `clustered`.

B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 12: every resample of clusters
has its own mean and its own standard error, and the quantiles of their ratio replace those of t. Shares are
worked on as logits. It needs no formula for the shape of the distribution, but many clusters: below some
hundred, or where a few hold much, the intervals of `clustered` hold the truth more often.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from core.analysis.stats.clusters import Sample, looked_at
from core.analysis.stats.intervals import TAIL, Estimate, Numbers

CELLS: Final = 1 << 21
ENOUGH: Final = 50
"""Fewer clusters than this are too few for a bootstrap to say."""


def mean(sample: Sample, resamples: int, seed: int) -> Estimate | None:
    """Return the mean value per comment with its 95 % interval; None below ENOUGH clusters.

    Each row of the sample is a cluster; `by` is not looked at.
    """
    sample = looked_at(sample)
    if len(sample.sizes) < ENOUGH:
        return None
    found, errors, value, error = _drawn(sample, resamples, seed)
    ratios = np.divide(found - value, errors, out=np.zeros_like(found), where=errors > 0)
    low, high = np.quantile(ratios, [TAIL, 1 - TAIL])
    return _estimate(sample, value, value - high * error, value - low * error)


def share(sample: Sample, resamples: int, seed: int) -> Estimate | None:
    """Return the share of events with its 95 % interval; None below ENOUGH clusters or without both outcomes.

    Each row of the sample is a cluster; `by` is not looked at.
    """
    sample = looked_at(sample)
    events, comments = float(sample.totals.sum()), float(sample.sizes.sum())
    if len(sample.sizes) < ENOUGH or not 0 < events < comments:
        return None
    found, errors, value, error = _drawn(sample, resamples, seed)
    inside = (found > 0) & (found < 1) & (errors > 0)
    slope, center = found[inside] * (1 - found[inside]), float(_logit(np.array(value)))
    ratios = (_logit(found[inside]) - center) * slope / errors[inside]
    low, high = np.quantile(ratios, [TAIL, 1 - TAIL])
    of_logit = error / (value * (1 - value))
    ends = 1 / (1 + np.exp(-(center - np.array([high, low]) * of_logit)))
    return _estimate(sample, value, float(ends[0]), float(ends[1]))


def _drawn(sample: Sample, resamples: int, seed: int) -> tuple[Numbers, Numbers, float, float]:
    """Return means and standard errors of the resamples, then those of the sample.

    Clusters with the same numbers are drawn together, by a multinomial of how often each kind occurs.
    """
    kinds, often = np.unique(np.stack([sample.totals, sample.sizes], axis=1), axis=0, return_counts=True)
    totals, sizes = kinds.T
    sums = np.stack([totals, sizes, totals * totals, totals * sizes, sizes * sizes], axis=1)
    number, chance = int(often.sum()), np.random.default_rng(seed)
    step = max(1, CELLS // len(kinds))
    parts = [
        chance.multinomial(number, often / number, min(step, resamples - start)) @ sums
        for start in range(0, resamples, step)
    ]
    means, errors = _mean_and_error(np.concatenate([*parts, (often @ sums)[None]]))
    return means[:-1], errors[:-1], float(means[-1]), float(errors[-1])


def _mean_and_error(sums: Numbers) -> tuple[Numbers, Numbers]:
    total, size, squares, products, sizes = sums.T
    means = total / size
    variance = np.maximum(squares - 2 * means * products + means * means * sizes, 0.0)
    return np.asarray(means), np.asarray(np.sqrt(variance) / size)


def _logit(shares: Numbers) -> Numbers:
    return np.asarray(np.log(shares / (1 - shares)), dtype=float)


def _estimate(sample: Sample, value: float, low: float, high: float) -> Estimate:
    return Estimate(value, min(low, value), max(high, value), round(float(sample.sizes.sum())))

"""Estimates as columns and as figures of a summary: missing where there is too little to say."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.analysis.described import Cell
from core.analysis.stats.clusters import ASSUMED_LIKENESS
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Estimate, wilson

Numbers = np.ndarray[Any, np.dtype[np.float64]]


def share_interval(
    events: Any, n: Any, effect: Any = 1.0, clusters: Any = MIN_CLUSTERS
) -> tuple[Numbers, Numbers, Numbers]:
    """Return events / n with the ends of Wilson's interval over n / effect.

    All three are NaN below MIN_N observations or MIN_CLUSTERS clusters.
    """
    n = np.asarray(n, dtype=float)
    is_told = (n >= MIN_N) & (np.asarray(clusters) >= MIN_CLUSTERS)
    share = np.where(is_told, np.asarray(events, dtype=float) / np.maximum(n, 1), np.nan)
    low, high = wilson(share, np.maximum(n, 1) / effect)
    return share, np.where(is_told, low, np.nan), np.where(is_told, high, np.nan)


def design_effect(between: Any, share: Any, n: Any, clusters: Any, sizes: Any) -> Numbers:
    """Return by how much drawing whole clusters widens the variance of shares, at least 1.

    `between` is the sum over clusters of (events - share * size) squared, so that this is the variance of
    the ratio estimator over that of a simple draw (L. Kish, Survey Sampling, 1965, 5.4 and 6.5). Where all
    comments are the same their likeness is taken as in `core.analysis.stats.clusters`, `sizes` being the sum
    of squared sizes.
    """
    between, share, n, clusters, sizes = (
        np.asarray(each, dtype=float) for each in (between, share, n, clusters, sizes)
    )
    simple = np.nan_to_num(share * (1 - share) * n)
    spread = clusters / np.maximum(clusters - 1, 1) * between
    assumed = 1 + ASSUMED_LIKENESS * (np.nan_to_num(sizes) / np.maximum(n, 1) - 1)
    effect = np.divide(spread, simple, out=assumed, where=simple > 0)
    return np.asarray(np.maximum(effect, 1.0), dtype=float)


def told(name: str, estimate: Estimate | None) -> dict[str, Cell]:
    """Return an estimate as figures `name`, `name_low`, `name_high`, `name_n`, null where there is none."""
    if estimate is None:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high", f"{name}_n"))
    return {
        name: estimate.value,
        f"{name}_low": estimate.low,
        f"{name}_high": estimate.high,
        f"{name}_n": estimate.n,
    }


def share_told(name: str, events: int, n: int) -> dict[str, Cell]:
    """Return a share of independent draws as figures, null below MIN_N."""
    if n < MIN_N:
        return {**told(name, None), f"{name}_n": n}
    share, low, high = share_interval(events, n)
    return told(name, Estimate(float(share), float(low), float(high), n))

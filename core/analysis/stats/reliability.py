"""Agreement between coders: Krippendorff's alpha for classes without an order.

K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011, section C: any number of coders, values
may be missing; a comment that only one coder saw says nothing about agreement.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from core.analysis.stats.intervals import MIN_N, TAIL, Estimate, Numbers

Codes = np.ndarray[Any, np.dtype[np.int64]]

MISSING: Final = -1


def alpha(codes: Codes) -> float | None:
    """Return alpha of a table of comments by coders: 1 all agree, 0 as by chance; None where it has no value.

    Codes are classes from 0, or MISSING. There is none without a comment seen by two, or where all values
    are the same: agreement on what never varies cannot be told from chance.
    """
    counts = _pairable(codes)
    if not len(counts):
        return None
    found = float(_alpha(counts, np.ones((1, len(counts))))[0])
    return None if np.isnan(found) else found


def alpha_interval(codes: Codes, resamples: int, seed: int) -> Estimate | None:
    """Return alpha with its 95 % interval; None below MIN_N comments seen by two, or without a value.

    Percentiles of alpha over resampled comments (A. Zapf, S. Castell, L. Morawietz, A. Karch, BMC Medical
    Research Methodology 16, 2016, 93). Comments coded alike are drawn together, by a multinomial of how
    often each occurs.
    """
    counts = _pairable(codes)
    value = alpha(codes)
    if value is None or len(counts) < MIN_N:
        return None
    kinds, often = np.unique(counts, axis=0, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(counts), often / len(counts), resamples)
    found = _alpha(kinds, drawn.astype(float))
    low, high = np.nanquantile(found, [TAIL, 1 - TAIL])
    return Estimate(value, min(float(low), value), max(float(high), value), len(counts))


def _pairable(codes: Codes) -> Numbers:
    """Return how often each comment got each class, of those with two values or more."""
    codes = np.asarray(codes)
    classes = int(codes.max(initial=-1)) + 1
    counts = (codes[:, :, None] == np.arange(classes)).sum(axis=1).astype(np.float64)
    return np.asarray(counts[counts.sum(axis=1) >= 2])


def _alpha(counts: Numbers, often: Numbers) -> Numbers:
    """Return alpha for each row of `often`, which says how many times each comment is taken.

    1 - observed over expected disagreement; a comment of m values adds its disagreeing pairs over m - 1.
    """
    values = counts.sum(axis=1)
    disagreeing = (values**2 - (counts**2).sum(axis=1)) / (values - 1)
    of_class = often @ counts
    total = of_class.sum(axis=1)
    expected = total**2 - (of_class**2).sum(axis=1)
    observed = (total - 1) * (often @ disagreeing)
    ratio = np.divide(observed, expected, out=np.full_like(expected, np.nan), where=expected > 0)
    return np.asarray(1 - ratio, dtype=float)

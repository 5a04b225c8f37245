"""Many tests at once: p-values adjusted so that a stated share of what is called found is false."""

from __future__ import annotations

import numpy as np

from core.analysis.stats.intervals import Numbers


def benjamini_hochberg(p_values: Numbers) -> Numbers:
    """Return p-values adjusted for the false discovery rate; NaN stays NaN and is not counted as a test.

    Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57(1), 1995, 289-300: the smallest
    rate at which the step-up procedure would reject each.
    """
    p_values = np.asarray(p_values, dtype=float)
    adjusted = np.full(p_values.shape, np.nan)
    tested = ~np.isnan(p_values)
    found = p_values[tested]
    if not len(found):
        return adjusted
    order = np.argsort(found)[::-1]
    ranks = np.arange(len(found), 0, -1)
    stepped = np.minimum.accumulate(found[order] * len(found) / ranks)
    back = np.empty_like(found)
    back[order] = np.minimum(stepped, 1.0)
    adjusted[tested] = back
    return adjusted

"""How unevenly comments are spread over authors (or anything counted).

Gini: Damgaard, C. & Weiner, J. (2000), "Describing inequality in plant size or fecundity", Ecology 81(4),
1139-1142, eq. 2, without the small-sample factor n / (n - 1). Top share: the concentration ratio of
industrial economics (OECD Glossary of Statistical Terms, "concentration ratio") over a share of the authors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

Counts = Sequence[int] | np.ndarray[Any, np.dtype[np.int64]]


def gini(counts: Counts) -> float | None:
    """Return the Gini coefficient of counts: 0 = all equal, near 1 = one has all; None without any."""
    values = np.sort(np.asarray(counts, dtype=float))
    total = float(values.sum())
    if not total:
        return None
    n = len(values)
    ranks = np.arange(1, n + 1)
    return float(((2 * ranks - n - 1) * values).sum() / (n * total))


def top_share(counts: Counts, share: float = 0.1) -> float | None:
    """Return which part of the total the top `share` (0 to 1, rounded up to a whole number) holds.

    None without any counts.
    """
    values = np.sort(np.asarray(counts, dtype=float))[::-1]
    total = float(values.sum())
    if not total:
        return None
    # 0.1 * 30 is 3.0000000000000004: the rounding must not take a fourth.
    top = max(1, math.ceil(round(share * len(values), 9)))
    return float(values[:top].sum() / total)

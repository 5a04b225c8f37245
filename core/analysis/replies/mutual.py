"""How often an answer is answered back, with its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.analysis.attention.certainty import told
from core.analysis.described import Cell
from core.analysis.stats.clusters import LEAST_FREEDOM
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Estimate, Numbers, t_quantile, wilson


def reciprocity(links: pd.DataFrame) -> dict[str, Cell]:
    """Return the share of links that are returned as figures `reciprocity`, `_low`, `_high`, `_n`.

    The interval is that of p, the share of pairs who answer both ways: of the links 2p / (1 + p) are
    returned. Null below 30 pairs or 5 authors.
    """
    low = np.minimum(links["answering"], links["answered"])
    high = np.maximum(links["answering"], links["answered"])
    ways = pd.DataFrame({"low": low, "high": high}).groupby(["low", "high"]).size().reset_index(name="ways")
    ends, authors = pd.factorize(np.concatenate([ways["low"], ways["high"]]))
    if len(ways) < MIN_N or len(authors) < MIN_CLUSTERS:
        return {**told("reciprocity", None), "reciprocity_n": len(links)}
    is_mutual = (ways["ways"] == 2).to_numpy().astype(np.float64)
    share = float(is_mutual.mean())
    ends_of = (*_interval(is_mutual, share, ends.astype(np.int64).reshape(2, -1), len(authors)),)
    value, lower, upper = (2 * each / (1 + each) for each in (share, *ends_of))
    return told("reciprocity", Estimate(value, lower, upper, len(links)))


def returned_share(returned: Numbers, answered: Numbers) -> dict[str, Numbers]:
    """Return `returned`, `returned_low`, `returned_high`: shares of those answered, NaN below 30 of them.

    Wilson's interval, those answered being independent.
    """
    is_told = answered >= MIN_N
    share = np.where(is_told, np.nan_to_num(returned), np.nan)
    low, high = wilson(np.nan_to_num(share), np.maximum(answered, 1))
    ends = (share, np.where(is_told, low, np.nan), np.where(is_told, high, np.nan))
    return dict(zip(("returned", "returned_low", "returned_high"), ends, strict=True))


def _interval(
    values: Numbers, share: float, ends: np.ndarray[tuple[int, int], np.dtype[np.int64]], authors: int
) -> tuple[float, float]:
    """Return Wilson's interval of a share of pairs; pairs that have an author in common are alike.

    Variance: P. M. Aronow, C. Samii, V. A. Assenova, Political Analysis 23(4), 2015, 564-577, eq. 4, at
    least that of independent pairs; degrees of freedom by how many pairs each author is in.
    """
    n = len(values)
    residual = values - share
    pairs_of = np.bincount(ends.ravel(), minlength=authors).astype(float)
    sums = np.bincount(ends.ravel(), np.tile(residual, 2), authors)
    simple = share * (1 - share) / n
    variance = max(float((sums**2).sum() - (residual**2).sum()) / n**2, simple)
    freedom = max(float(pairs_of.sum() ** 2 / (pairs_of**2).sum()) - 1, LEAST_FREEDOM)
    effective = n * simple / variance if variance > 0 else float(n)
    low, high = wilson(share, effective, t_quantile(freedom))
    return float(low), float(high)

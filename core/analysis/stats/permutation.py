"""Whether two groups of comments differ by more than chance: whole authors permuted between them.

The statistic is the difference over its standard error between authors, so that the test holds for groups
that differ in size and spread too (E. Chung, J. P. Romano, Annals of Statistics 41, 2013, 484-507). An
author in one group only is dealt to either; one in both has the two sides swapped or not. p = (1 + hits) /
(1 + resamples), which is never 0 (B. Phipson, G. K. Smyth, Statistical Applications in Genetics and
Molecular Biology 9(1), 2010, 39).

Authors with the same numbers are dealt together: how many of each kind come into A has a hypergeometric
distribution, which is the same as dealing them one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Numbers

Counts = np.ndarray[Any, np.dtype[np.int64]]

KINDS: Final = 3000
CELLS: Final = 1 << 21
TIE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of shares or means, A less B, and the two-sided p-value of none."""

    value: float
    p: float
    n: int


@dataclass(frozen=True, slots=True)
class PerAuthor:
    """Sums per author, one row each: of a value (or events) and of comments, in A and in B."""

    totals_a: Numbers
    sizes_a: Numbers
    totals_b: Numbers
    sizes_b: Numbers


def permutation_test(authors: PerAuthor, resamples: int, seed: int) -> Difference | None:
    """Return the difference and its p-value; None with too few comments or authors in either group."""
    table = np.stack(
        [authors.totals_a, authors.sizes_a, authors.totals_b, authors.sizes_b], axis=1, dtype=np.float64
    )
    in_a, in_b = table[:, 1] > 0, table[:, 3] > 0
    if min(table[:, 1].sum(), table[:, 3].sum()) < MIN_N or min(in_a.sum(), in_b.sum()) < MIN_CLUSTERS:
        return None
    chance = np.random.default_rng(seed)
    one = np.where(in_a[:, None], table[:, :2], table[:, 2:])[in_a ^ in_b]
    dealt = int((in_a & ~in_b).sum())
    both = table[in_a & in_b]
    found = float(_statistic(_features(table).sum(axis=0, keepdims=True))[0])
    drawn = _dealt(one, dealt, resamples, chance) + _swapped(both, resamples, chance)
    hits = int((_statistic(drawn) >= found * (1 - TIE)).sum())
    value = table[:, 0].sum() / table[:, 1].sum() - table[:, 2].sum() / table[:, 3].sum()
    return Difference(float(value), (1 + hits) / (1 + resamples), round(float(table[:, [1, 3]].sum())))


def _dealt(one: Numbers, to_a: int, resamples: int, chance: np.random.Generator) -> Numbers:
    """Return the features of each resample from authors of one group, `to_a` of whom come into A."""
    kinds, often = np.unique(one, axis=0, return_counts=True)
    if len(kinds) > KINDS:
        sums = _sums(one)
        draws = (chance.choice(len(one), to_a, replace=False, shuffle=False) for _ in range(resamples))
        in_a = np.array([sums[chosen].sum(axis=0) for chosen in draws])
        whole = sums.sum(axis=0)
    else:
        sums, parts = _sums(kinds), []
        for rows in _at_once(resamples, len(kinds)):
            drawn = chance.multivariate_hypergeometric(often, to_a, rows, method="marginals")
            parts.append(drawn @ sums)
        in_a, whole = np.concatenate(parts), often.astype(np.float64) @ sums
    none_across = np.zeros((resamples, 4))
    return np.asarray(np.concatenate([in_a, whole - in_a, none_across], axis=1), dtype=float)


def _swapped(both: Numbers, resamples: int, chance: np.random.Generator) -> Numbers:
    """Return the features of each resample from authors of both groups, each swapped or not."""
    kinds, often = np.unique(both, axis=0, return_counts=True)
    kept, swapped = _features(kinds), _features(kinds[:, [2, 3, 0, 1]])
    parts = []
    for rows in _at_once(resamples, len(kinds)):
        drawn = chance.binomial(often, 0.5, (rows, len(kinds)))
        parts.append(drawn @ kept + (often - drawn) @ swapped)
    return np.asarray(np.concatenate(parts), dtype=float)


def _at_once(resamples: int, kinds: int) -> list[int]:
    """Return how many resamples to draw at a time, so that memory stays flat."""
    step = max(1, CELLS // max(1, kinds))
    return [min(step, resamples - start) for start in range(0, resamples, step)]


def _sums(pairs: Numbers) -> Numbers:
    """Return value, size and their products of each row, which a mean and its variance are sums of."""
    value, size = pairs[:, 0], pairs[:, 1]
    return np.stack([value, size, value * value, value * size, size * size], axis=1)


def _features(table: Numbers) -> Numbers:
    """Return the sums of A, those of B, and the products across that their covariance is made of."""
    a, b = table[:, :2], table[:, 2:]
    across = (a[:, :, None] * b[:, None, :]).reshape(len(table), 4)
    return np.asarray(np.concatenate([_sums(a), _sums(b), across], axis=1), dtype=float)


def _statistic(features: Numbers) -> Numbers:
    """Return the size of the difference over its standard error, for each row of summed features."""
    of_a, of_b, across = features[:, :5].T, features[:, 5:10].T, features[:, 10:].T
    mean_a, mean_b = of_a[0] / of_a[1], of_b[0] / of_b[1]
    products = across[0] - mean_b * across[1] - mean_a * across[2] + mean_a * mean_b * across[3]
    variance = _variance(of_a, mean_a) + _variance(of_b, mean_b) - 2 * products / (of_a[1] * of_b[1])
    difference = mean_a - mean_b
    # No spread between authors and yet a difference is as far from none as can be.
    extreme = np.where(np.abs(difference) > TIE, np.inf, 0.0)
    error = np.sqrt(np.maximum(variance, 0.0))
    return np.asarray(np.divide(np.abs(difference), error, out=extreme, where=error > TIE), dtype=float)


def _variance(sums: Numbers, mean: Numbers) -> Numbers:
    _, size, squares, products, sizes = sums
    return np.asarray((squares - 2 * mean * products + mean * mean * sizes) / size**2, dtype=float)

"""The variance of a mean whose observations come in clusters, by one way of clustering or by two at once.

The variance is the one between whole clusters, linearised, each cluster's residual corrected for its own
leverage (R. M. Bell, D. F. McCaffrey, Survey Methodology 28, 2002, 169-181). Over authors and posts at once
it is author + post - author-and-post, never less than that of single draws (A. C. Cameron, J. B. Gelbach,
D. L. Miller, Journal of Business & Economic Statistics 29, 2011, 238-249). Few or very unequal clusters
leave few degrees of freedom (F. E. Satterthwaite, Biometrics Bulletin 2, 1946, 110-114), counted as if
clusters were as alike as those seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Numbers

Codes = np.ndarray[Any, np.dtype[np.int64]]

LEAST_FREEDOM: Final = 2.0
EPSILON: Final = 1e-12
ASSUMED_LIKENESS: Final = 0.05
"""How alike comments of a cluster are taken to be where all are the same and it cannot be measured."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Sums of values over rows, each a comment or already all comments of an author under a post.

    `totals` are sums of a value (for shares: numbers of events), `sizes` the numbers of comments, `squares`
    the sums of squared values, needed for means alone. `by` has the author of each row, the post, or both,
    as whole numbers; empty: every row is a cluster of its own. Two at most.
    """

    totals: Numbers
    sizes: Numbers
    by: tuple[Codes, ...] = ()
    squares: Numbers | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How unsure a mean is.

    `variance` is that of the mean, `skewness` that of its estimate (third moment over variance ** 1.5),
    `freedom` the degrees of freedom of the variance, `assumed_effect` by how much clusters would widen the
    variance were their comments alike by ASSUMED_LIKENESS.
    """

    variance: float
    skewness: float
    freedom: float
    assumed_effect: float


@dataclass(frozen=True, slots=True)
class _Between:
    """What one way of clustering says: moments of its clusters' influences, and what `Spread` says."""

    variance: float
    third: float
    freedom: float
    assumed_effect: float


def looked_at(sample: Sample) -> Sample:
    """Return the rows in which anything was looked at, as floats."""
    kept = np.asarray(sample.sizes) > 0
    return replace(
        sample,
        totals=np.asarray(sample.totals, dtype=float)[kept],
        sizes=np.asarray(sample.sizes, dtype=float)[kept],
        by=tuple(np.asarray(codes)[kept] for codes in sample.by),
        squares=None if sample.squares is None else np.asarray(sample.squares, dtype=float)[kept],
    )


def too_few(sample: Sample) -> bool:
    """Return whether a sample has too few comments, or clusters of any kind, to say anything."""
    numbers = [_numbered(codes)[1] for codes in sample.by] or [len(sample.sizes)]
    return float(sample.sizes.sum()) < MIN_N or min(numbers) < MIN_CLUSTERS


def moments(sample: Sample) -> tuple[float, float]:
    """Return the mean value per comment and the variance of single values."""
    n = float(sample.sizes.sum())
    value = float(sample.totals.sum()) / n
    squares = sample.totals**2 if sample.squares is None else sample.squares
    return value, max(0.0, float(squares.sum()) / n - value * value)


def spread(sample: Sample, value: float, within: float) -> Spread:
    """Return how unsure the mean `value` is, `within` being the variance of single values."""
    ways = _ways(sample.by, len(sample.sizes))
    found = [_between(codes, number, sample, value, within) for codes, number in ways]
    if len(found) == 1:
        return _spread(found[0].variance, found[0].third, found[0].freedom, found[0].assumed_effect)
    author, post, both = found
    variance = max(author.variance + post.variance - both.variance, within / float(sample.sizes.sum()))
    # A way of clustering that adds nothing over the cells adds no doubt about the variance either.
    adding = [way for way in (author, post) if way.variance > both.variance]
    doubt = sum(way.variance**2 / way.freedom for way in adding)
    freedom = max(LEAST_FREEDOM, variance**2 / doubt) if doubt > 0 else both.freedom
    effect = author.assumed_effect + post.assumed_effect - both.assumed_effect
    return _spread(variance, author.third + post.third - both.third, freedom, max(1.0, effect))


def covariance(a: Sample, b: Sample, value_a: float, value_b: float) -> float:
    """Return the covariance of two means whose clusters have the same codes; 0 where rows are clusters."""
    if not a.by:
        return 0.0
    rows = len(a.sizes)
    by = tuple(np.concatenate(codes) for codes in zip(a.by, b.by, strict=True))
    terms = []
    for codes, number in _ways(by, rows + len(b.sizes)):
        of_a = _influence(codes[:rows], number, a, value_a)
        terms.append(float((of_a * _influence(codes[rows:], number, b, value_b)).sum()))
    return terms[0] if len(terms) == 1 else terms[0] + terms[1] - terms[2]


def _spread(variance: float, third: float, freedom: float, effect: float) -> Spread:
    skewness = third / variance**1.5 if variance > 0 else 0.0
    return Spread(variance, float(np.clip(skewness, -1.0, 1.0)), freedom, effect)


def _between(codes: Codes, number: int, sample: Sample, value: float, within: float) -> _Between:
    sizes = _sums(codes, sample.sizes, number)
    n = float(sizes.sum())
    residuals = (_sums(codes, sample.totals, number) - value * sizes) / n
    pairs = sizes * (sizes - 1)
    likeness = 0.0
    if within > 0 and pairs.sum() > 0:
        # Moments: clusters of size m, alike by r, have variance within * (m + r * m * (m - 1)).
        likeness = float(np.clip(((residuals * n) ** 2).sum() / within - n, 0.0, pairs.sum()) / pairs.sum())
    expected = sizes + likeness * pairs
    return _Between(
        variance=float((residuals**2 / _without_itself(sizes)).sum()),
        third=float((residuals**3).sum()),
        freedom=max(LEAST_FREEDOM, float(expected.sum() ** 2 / (expected**2).sum()) - 1),
        assumed_effect=1 + ASSUMED_LIKENESS * float(pairs.sum()) / n,
    )


def _influence(codes: Codes, number: int, sample: Sample, value: float) -> Numbers:
    sizes = _sums(codes, sample.sizes, number)
    residuals = _sums(codes, sample.totals, number) - value * sizes
    return np.asarray(residuals / sizes.sum() / np.sqrt(_without_itself(sizes)), dtype=float)


def _sums(codes: Codes, values: Numbers, number: int) -> Numbers:
    return np.bincount(codes, values, number).astype(np.float64)


def _without_itself(sizes: Numbers) -> Numbers:
    """Return which share of all is not in each cluster; one alone has no residual to correct."""
    return np.asarray(np.maximum(1 - sizes / sizes.sum(), EPSILON), dtype=float)


def _ways(by: tuple[Codes, ...], rows: int) -> list[tuple[Codes, int]]:
    """Return each way of clustering as numbers from 0 and how many; for two also the cells of both."""
    if not by:
        return [(np.arange(rows), rows)]
    ways = [_numbered(codes) for codes in by]
    if len(ways) == 1:
        return ways
    (author, _), (post, posts) = ways
    return [*ways, _numbered(author * posts + post)]


def _numbered(codes: Codes) -> tuple[Codes, int]:
    numbered, distinct = pd.factorize(codes)
    return numbered.astype(np.int64), len(distinct)

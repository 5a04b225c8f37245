"""How sure shares and means of groups are whose comments are alike by author and post, from sums of groups.

It is `stats.clustered` for many groups at once, whose sums over clusters the database made: the variance
between clusters, linearised (R. M. Bell, D. F. McCaffrey, Survey Methodology 28, 2002, 169-181), of authors
and posts at once as author + post - both (A. C. Cameron, J. B. Gelbach, D. L. Miller, Journal of Business &
Economic Statistics 29, 2011, 238-249), degrees of freedom as for clusters as alike as these seem (F. E.
Satterthwaite, Biometrics Bulletin 2, 1946, 110-114), Wilson's interval over the effective number of comments
(E. L. Korn, B. I. Graubard, Survey Methodology 24, 1998, 193-201). Where posts are too few to tell how they
differ, authors alone are the clusters: the interval is about these posts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.stats.clusters import ASSUMED_LIKENESS, LEAST_FREEDOM
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Numbers, normal_quantile, t_quantile, wilson

SHARES: Final = ("negative", "neutral", "positive", "unsure", "toxic")
DIGITS: Final = 9
"""Further digits of the sums depend on which thread added first."""


@dataclass(frozen=True, slots=True)
class Way:
    """Sums over the clusters of each group: of powers of m, a cluster's comments. `n` is the sum of m."""

    n: Numbers
    second: Numbers
    third: Numbers
    fourth: Numbers

    @classmethod
    def of(cls, frame: pd.DataFrame, prefix: str = "") -> Way:
        """Take the sums out of a frame, whose names begin with `prefix`."""
        sums = (frame[f"{prefix}size_{power}"].to_numpy(dtype=float) for power in (2, 3, 4))
        return cls(frame["n"].to_numpy(dtype=float), *sums)

    def freedom(self, effect: Numbers) -> Numbers:
        """Return the degrees of freedom of that; `effect` is by how much clusters widen the variance."""
        most = self.second / self.n - 1
        alike = np.clip(np.divide(effect - 1, most, out=np.zeros_like(most), where=most > 0), 0.0, 1.0)
        apart = 1 - alike
        total = apart * self.n + alike * self.second
        squares = apart**2 * self.second + 2 * apart * alike * self.third + alike**2 * self.fourth
        return np.asarray(np.maximum(total**2 / squares - 1, LEAST_FREEDOM), dtype=float)


@dataclass(frozen=True, slots=True)
class Told:
    """Values of groups with the ends of their 95 % intervals, NaN where too few are there to say.

    `effective` is as how many independent comments each group is.
    """

    value: Numbers
    low: Numbers
    high: Numbers
    effective: Numbers


@dataclass(frozen=True, slots=True)
class _Spread:
    """How unsure a mean is: its variance, Student's quantile, and what clusters would make of it."""

    variance: Numbers
    quantile: Numbers
    assumed: Numbers


def share(frame: pd.DataFrame, name: str) -> Told:
    """Return the share of comments of a class in each group."""
    n = frame["n"].to_numpy(dtype=float)
    value = frame[name].to_numpy(dtype=float) / n
    within = value * (1 - value)
    found = _spread(frame, name, value, within)
    is_known = (found.variance > 0) & (within > 0)
    effective = np.divide(within, found.variance, out=n / found.assumed, where=is_known)
    # Wilson's interval knows the quantile and the size by their ratio alone.
    wider = found.quantile / normal_quantile()
    low, high = wilson(np.clip(value, 0.0, 1.0), effective / wider**2)
    return _told(frame, value, low, high, effective)


def mean(frame: pd.DataFrame, name: str) -> Told:
    """Return the mean probability in each group, between 0 and 1."""
    n = frame["n"].to_numpy(dtype=float)
    value = frame[name].to_numpy(dtype=float) / n
    within = np.maximum(frame[f"{name}_squares_within"].to_numpy(dtype=float) / n - value**2, 0.0)
    found = _spread(frame, name, value, within)
    is_known = (found.variance > 0) & (within > 0)
    effective = np.divide(within, found.variance, out=n.copy(), where=is_known)
    half = found.quantile * np.sqrt(found.variance)
    low, high = np.clip(value - half, 0.0, 1.0), np.clip(value + half, 0.0, 1.0)
    return _told(frame, value, low, high, effective)


def _spread(frame: pd.DataFrame, name: str, value: Numbers, within: Numbers) -> _Spread:
    """Return how unsure means are by author, and by post as well where the frame has sums over posts."""
    author = Way.of(frame)
    single = within / author.n
    variance = _variance(frame, "", name, value)
    freedom = author.freedom(_over(variance, single))
    sizes = author.second
    if "post_clusters" in frame:
        is_two = frame["post_clusters"].to_numpy() >= MIN_CLUSTERS
        joint, joint_freedom = _joint(frame, name, value, single)
        variance, freedom = np.where(is_two, joint, variance), np.where(is_two, joint_freedom, freedom)
        more = Way.of(frame, "post_").second - frame["both_size_products"].to_numpy(dtype=float)
        sizes = sizes + np.where(is_two, np.maximum(more, 0.0), 0.0)
    assumed = 1 + ASSUMED_LIKENESS * (sizes / author.n - 1)
    return _Spread(variance, np.array([t_quantile(float(each)) for each in freedom]), assumed)


def _joint(frame: pd.DataFrame, name: str, value: Numbers, single: Numbers) -> tuple[Numbers, Numbers]:
    """Return the variance of each group's mean by author and post, and its degrees of freedom."""
    of_both = _variance(frame, "both_", name, value)
    ways = [
        (variance, Way.of(frame, prefix).freedom(_over(variance, single)))
        for prefix in ("", "post_")
        for variance in [_variance(frame, prefix, name, value)]
    ]
    variance = np.maximum(sum(each for each, _ in ways) - of_both, single)
    # A way of clustering that adds nothing over the cells adds no doubt about the variance either.
    doubt = sum(np.where(each > of_both, each**2 / freedom, 0.0) for each, freedom in ways)
    return variance, np.maximum(_over(variance**2, np.asarray(doubt), ways[0][1]), LEAST_FREEDOM)


def _variance(frame: pd.DataFrame, prefix: str, measure: str, value: Numbers) -> Numbers:
    """Return the variance of each group's mean, from how far its clusters are from it."""
    n, products, squares, crossed = (
        frame[each].to_numpy(dtype=float)
        for each in (
            "n",
            f"{prefix}size_products",
            f"{prefix}{measure}_squares",
            f"{prefix}{measure}_products",
        )
    )
    between = squares - 2 * value * crossed + value**2 * products
    return np.asarray(np.maximum(between, 0.0) / n**2, dtype=float)


def _over(part: Numbers, of: Numbers, otherwise: Numbers | None = None) -> Numbers:
    """Return the quotients, `otherwise` (else 1) where there is nothing to divide by."""
    return np.divide(
        part, of, out=np.ones_like(part) if otherwise is None else otherwise.copy(), where=of > 0
    )


def _told(frame: pd.DataFrame, value: Numbers, low: Numbers, high: Numbers, effective: Numbers) -> Told:
    is_enough = (frame["n"] >= MIN_N) & (frame["clusters"] >= MIN_CLUSTERS)
    known = np.where(is_enough, 1.0, np.nan)
    value, low, high = (
        np.round(each * known, DIGITS) for each in (value, np.minimum(low, value), np.maximum(high, value))
    )
    return Told(value, low, high, effective)

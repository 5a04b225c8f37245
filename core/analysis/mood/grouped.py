"""How sure shares and means of groups are whose authors write several comments each, from sums per group.

It is `stats.clustered` for many groups at once, whose sums over authors the database made: the variance
between authors, linearised (R. M. Bell, D. F. McCaffrey, Survey Methodology 28, 2002, 169-181), degrees of
freedom as for authors as alike as these seem (F. E. Satterthwaite, Biometrics Bulletin 2, 1946, 110-114),
Wilson's interval over the effective number of comments (E. L. Korn, B. I. Graubard, Survey Methodology 24,
1998, 193-201).
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
class Groups:
    """Sums over the authors of each group, m being an author's comments and w = 1 / (1 - m / n).

    `n` is the sum of m, `products` of w m m, `second` to `fourth` of the powers of m; `clusters` are authors.
    """

    n: Numbers
    clusters: Numbers
    products: Numbers
    second: Numbers
    third: Numbers
    fourth: Numbers

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Groups:
        """Take the sums out of what `reads_mood.by_group` gives."""
        names = ("n", "clusters", "size_products", "size_2", "size_3", "size_4")
        return cls(*(frame[name].to_numpy(dtype=float) for name in names))

    @property
    def is_enough(self) -> Numbers:
        """Return 1 for groups with comments and authors enough to say anything, NaN for others."""
        return np.where((self.n >= MIN_N) & (self.clusters >= MIN_CLUSTERS), 1.0, np.nan)


@dataclass(frozen=True, slots=True)
class Told:
    """Values of groups with the ends of their 95 % intervals, NaN where too few are there to say.

    `effective` is as how many independent comments each group is.
    """

    value: Numbers
    low: Numbers
    high: Numbers
    effective: Numbers


def share(frame: pd.DataFrame, name: str) -> Told:
    """Return the share of comments of a class in each group."""
    groups = Groups.of(frame)
    value = frame[name].to_numpy(dtype=float) / groups.n
    within = value * (1 - value)
    variance = _between(frame, name, groups, value)
    assumed = 1 + ASSUMED_LIKENESS * (groups.second / groups.n - 1)
    is_known = (variance > 0) & (within > 0)
    effective = np.divide(within, variance, out=groups.n / assumed, where=is_known)
    # Wilson's interval knows the quantile and the size by their ratio alone.
    wider = _quantiles(groups, groups.n / effective) / normal_quantile()
    low, high = wilson(np.clip(value, 0.0, 1.0), effective / wider**2)
    return _told(groups, value, low, high, effective)


def mean(frame: pd.DataFrame, name: str) -> Told:
    """Return the mean probability in each group, between 0 and 1."""
    groups = Groups.of(frame)
    value = frame[name].to_numpy(dtype=float) / groups.n
    squares = frame[f"{name}_squares_within"].to_numpy(dtype=float)
    within = np.maximum(squares / groups.n - value**2, 0.0)
    variance = _between(frame, name, groups, value)
    is_known = (variance > 0) & (within > 0)
    effective = np.divide(within, variance, out=groups.n.copy(), where=is_known)
    half = _quantiles(groups, groups.n / effective) * np.sqrt(variance)
    low, high = np.clip(value - half, 0.0, 1.0), np.clip(value + half, 0.0, 1.0)
    return _told(groups, value, low, high, effective)


def _between(frame: pd.DataFrame, name: str, groups: Groups, value: Numbers) -> Numbers:
    """Return the variance of a group's mean, from how far its authors are from it."""
    squares = frame[f"{name}_squares"].to_numpy(dtype=float)
    products = frame[f"{name}_products"].to_numpy(dtype=float)
    between = squares - 2 * value * products + value**2 * groups.products
    return np.asarray(np.maximum(between, 0.0) / groups.n**2, dtype=float)


def _quantiles(groups: Groups, effect: Numbers) -> Numbers:
    """Return Student's quantiles; `effect` is by how much authors widen the variance."""
    most = groups.second / groups.n - 1
    alike = np.clip(np.divide(effect - 1, most, out=np.zeros_like(most), where=most > 0), 0.0, 1.0)
    apart = 1 - alike
    total = apart * groups.n + alike * groups.second
    squares = apart**2 * groups.second + 2 * apart * alike * groups.third + alike**2 * groups.fourth
    freedom = np.maximum(total**2 / squares - 1, LEAST_FREEDOM)
    return np.array([t_quantile(float(each)) for each in freedom])


def _told(groups: Groups, value: Numbers, low: Numbers, high: Numbers, effective: Numbers) -> Told:
    known = groups.is_enough
    value, low, high = (
        np.round(each * known, DIGITS) for each in (value, np.minimum(low, value), np.maximum(high, value))
    )
    return Told(value, low, high, effective)

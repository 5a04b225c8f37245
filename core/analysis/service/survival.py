"""How long it takes until something happens that has not happened to everybody yet: the product-limit curve.

E. L. Kaplan, P. Meier, JASA 53, 1958, 457-481. Who still waits counts as waiting up to the moment they were
last looked at, so that those who are never answered are not left out of a median. The variance adds the
influences of all questions of one asker (R. L. Williams, Lifetime Data Analysis 1, 1995, 171-186); with every
question an asker of its own it is Greenwood's. Ends of a share: Wilson's interval over the effective number
(K. J. Rothman, Journal of Chronic Diseases 31, 1978, 557-560); of a time: the times whose interval holds the
share (R. Brookmeyer, J. Crowley, Biometrics 38, 1982, 29-41).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.analysis.stats.clusters import ASSUMED_LIKENESS, LEAST_FREEDOM
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Estimate, Numbers, t_quantile, wilson

Codes = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Duration:
    """A time within which a share happened; an end is None where it was not waited long enough to say."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Curve:
    """What was seen: how long each waited and whether it happened then, and steps of the curve.

    `steps` are the different times at which it happened, ascending, `left` the share to which it has not
    happened after each, `at_risk` how many still waited just before.
    """

    hours: Numbers
    happened: Flags
    clusters: Codes
    number: int
    steps: Numbers
    left: Numbers
    at_risk: Codes
    gone: Codes

    @property
    def is_enough(self) -> bool:
        """Tell whether there are enough to say anything."""
        return len(self.hours) >= MIN_N and self.number >= MIN_CLUSTERS

    def share_within(self, hours: float) -> Estimate | None:
        """Return the share to which it happened within so long, with its 95 % interval.

        None where too few are there to say, or nobody was watched that long.
        """
        watched = float(self.hours.max(initial=0.0))
        is_known = watched >= hours or (len(self.left) > 0 and self.left[-1] <= 0)
        if not self.is_enough or not is_known:
            return None
        value, low, high = self._interval(hours)
        return Estimate(value, low, high, len(self.hours))

    def time_of(self, share: float) -> Duration:
        """Return within how long it happened to a share of all, with its 95 % interval."""
        if not self.is_enough:
            return Duration(None, None, None, len(self.hours))
        value = self._first(lambda step: 1 - self.left[step] >= share - 1e-12)
        low = self._first(lambda step: self._interval(float(self.steps[step]))[2] >= share)
        high = self._first(lambda step: self._interval(float(self.steps[step]))[1] >= share)
        return Duration(value, low, high, len(self.hours))

    def _first(self, holds: Callable[[int], bool]) -> float | None:
        """Return the first step at which something holds that goes on to hold."""
        low, high = 0, len(self.steps)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) else (middle + 1, high)
        return float(self.steps[low]) if low < len(self.steps) else None

    def _interval(self, hours: float) -> tuple[float, float, float]:
        upto = int(np.searchsorted(self.steps, hours, side="right"))
        left = float(self.left[upto - 1]) if upto else 1.0
        known = float(((self.hours >= hours) | self.happened).sum())
        sizes = np.bincount(self.clusters, minlength=self.number)
        effective = max(1.0, known / (1 + ASSUMED_LIKENESS * (float((sizes**2).sum()) / len(self.hours) - 1)))
        freedom = float(max(LEAST_FREEDOM, self.number - 1))
        if 0 < left < 1:
            variance, freedom = self._doubt(upto, hours, sizes)
            effective = (1 - left) / (left * variance)
        low, high = wilson(1 - left, effective, t_quantile(freedom))
        return 1 - left, float(low), float(high)

    def _doubt(self, upto: int, hours: float, sizes: Codes) -> tuple[float, float]:
        """Return the variance of log(left) after so many steps, between clusters, and its degrees of freedom.

        As in `stats.clusters`: leverage corrected, clusters taken to be as alike as they seem.
        """
        at_risk, gone = self.at_risk[:upto].astype(float), self.gone[:upto].astype(float)
        stayed = at_risk - gone
        past = np.concatenate([[0.0], np.cumsum(gone / (at_risk * stayed))])
        waited = np.searchsorted(self.steps[:upto], np.minimum(self.hours, hours), side="right")
        hit = self.happened & (self.hours <= hours)
        influence = -past[waited]
        influence[hit] += 1 / stayed[waited[hit] - 1]
        sums = np.bincount(self.clusters, influence, self.number)
        single = float((influence**2).sum())
        variance = max(float((sums**2 / (1 - sizes / sizes.sum())).sum()), single)
        pairs = float((sizes * (sizes - 1)).sum())
        alike = min(1.0, (variance / single - 1) * float(sizes.sum()) / pairs) if pairs > 0 else 0.0
        expected = sizes + alike * sizes * (sizes - 1)
        freedom = float(expected.sum() ** 2 / (expected**2).sum()) - 1
        return variance, max(LEAST_FREEDOM, freedom)


def kaplan_meier(hours: Numbers, happened: Flags, by: Codes) -> Curve:
    """Return the curve of times (hours, at least 0), at which it happened or until which it was waited.

    `by` are numbers of who belong together. Where both fall on one moment it happened first.
    """
    hours, happened = np.asarray(hours, dtype=float), np.asarray(happened, dtype=bool)
    named, clusters = np.unique(by, return_inverse=True)
    steps, gone = np.unique(hours[happened], return_counts=True)
    at_risk = len(hours) - np.searchsorted(np.sort(hours), steps, side="left")
    left = np.cumprod(1 - gone / at_risk) if len(steps) else np.array([])
    return Curve(
        hours,
        happened,
        clusters.astype(np.int64),
        len(named),
        steps,
        np.asarray(left, dtype=float),
        at_risk.astype(np.int64),
        gone.astype(np.int64),
    )

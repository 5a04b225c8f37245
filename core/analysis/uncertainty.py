"""How sure a rate is that was counted in a sample of whole sources.

The interval is Wilson's score interval (E. B. Wilson, JASA 22, 1927, 209-212) over the effective sample
size n / deff, as for surveys (E. L. Korn, B. I. Graubard, Survey Methodology 24, 1998, 193-201). deff is the
design effect of drawing whole clusters: the variance of the ratio estimator between clusters (L. Kish,
Survey Sampling, 1965, 5.4 and 6.5) over the one of a simple draw, and never less than clusters that are a
little alike would give, because a handful of clusters hides its own likeness. Where nothing occurred the
upper end is the rule of three, 3 / n_effective (J. A. Hanley, A. Lippman-Hand, JAMA 249, 1983, 1743-1745).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

Z_95: Final = 1.959964
THREE: Final = 3.0
LEAST_LIKENESS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Interval:
    """A rate between 0 and 1, with the ends of its 95 % interval."""

    low: float
    estimate: float
    high: float

    def of(self, number: int) -> tuple[int, int]:
        """Return how many of `number` others it means, from fewest to most."""
        return round(self.low * number), round(self.high * number)


def rate(clusters: Sequence[tuple[int, int]]) -> Interval | None:
    """Return the rate of events with its 95 % interval; None when nothing was looked at.

    `clusters` are (events, looked at) for each source that was drawn as a whole.
    """
    drawn = [(events, size) for events, size in clusters if size > 0]
    total = sum(size for _, size in drawn)
    if not total:
        return None
    share = min(1.0, sum(events for events, _ in drawn) / total)
    effective = total / design_effect(drawn)
    if share == 0.0:
        return Interval(0.0, 0.0, min(1.0, THREE / effective))
    return _wilson(share, effective)


def design_effect(clusters: Sequence[tuple[int, int]]) -> float:
    """Return by how much drawing whole clusters widens the variance; at least 1."""
    total = sum(size for _, size in clusters)
    usual_size = sum(size * size for _, size in clusters) / total
    least = 1 + (usual_size - 1) * LEAST_LIKENESS
    share = sum(events for events, _ in clusters) / total
    number = len(clusters)
    if number < 2 or not 0.0 < share < 1.0:
        return max(1.0, least)
    spread = sum((events - share * size) ** 2 for events, size in clusters)
    between = number / (number - 1) * spread / total**2
    return max(1.0, least, between / (share * (1 - share) / total))


def _wilson(share: float, size: float) -> Interval:
    weight = Z_95**2 / size
    middle = (share + weight / 2) / (1 + weight)
    half = Z_95 / (1 + weight) * sqrt(share * (1 - share) / size + weight / (4 * size))
    return Interval(max(0.0, middle - half), share, min(1.0, middle + half))

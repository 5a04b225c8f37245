"""How sure figures of a million comments are: clustered by author and post, from sums that the database made.

The same variance as in `core.analysis.stats.clusters` (A. C. Cameron, J. B. Gelbach, D. L. Miller, Journal of
Business & Economic Statistics 29, 2011, 238-249: author + post - both, of linearised figures), without its
correction for leverage, which a sum over clusters cannot have.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from core.analysis.stats.clusters import ASSUMED_LIKENESS, LEAST_FREEDOM
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, t_quantile, wilson

Ends = tuple[float, float]
NOTHING: Ends = (math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Spread:
    """How unsure a figure is: its variance, degrees of freedom, and the size alike comments would have."""

    variance: float
    freedom: float
    size: float

    def around(self, value: float, low: float = -math.inf, high: float = math.inf) -> Ends:
        """Return the ends of Student's t interval around a value, within `low` and `high`."""
        half = t_quantile(self.freedom) * math.sqrt(self.variance)
        return max(low, value - half), min(high, value + half)

    def share(self, share: float, around: float | None = None) -> Ends:
        """Return the ends of Wilson's interval over the effective size of a share (Korn & Graubard 1998).

        `around` is another share to lay an interval of that size around, as for a quantile (Woodruff 1952).
        """
        within = share * (1 - share)
        size = within / self.variance if self.variance > 0 and within > 0 else self.size
        low, high = wilson(share if around is None else around, size, t_quantile(self.freedom))
        return float(low), float(high)


def is_told(n: int, ways: pd.DataFrame) -> bool:
    """Return whether there are comments and authors enough to say anything."""
    return n >= MIN_N and "author" in ways.index and float(ways["clusters"]["author"]) >= MIN_CLUSTERS


def spread(figure: str, n: int, singles: float, ways: pd.DataFrame) -> Spread:
    """Return how unsure a figure over `n` comments is.

    `singles` is the sum over comments of the squared (what a comment adds - the figure), `ways` the same over
    clusters, see `reads_attention_engagement.clustered`. Where posts are too few to tell how they differ,
    authors alone are the clusters: it is about these posts.
    """
    many = float(ways["clusters"]["post"]) >= MIN_CLUSTERS
    signs = {"author": 1, "post": 1, "both": -1} if many else {"author": 1}
    parts = {way: _between(float(ways[figure][way]), float(ways["clusters"][way])) for way in signs}
    variance = max(sum(signs[way] * part for way, part in parts.items()), singles) / n**2
    sizes = max(float(ways["sizes"][way]) for way in signs if way != "both")
    freedom = max(LEAST_FREEDOM, n**2 / sizes - 1)
    return Spread(variance, freedom, n / (1 + ASSUMED_LIKENESS * (sizes / n - 1)))


def _between(squares: float, clusters: float) -> float:
    return clusters / max(clusters - 1, 1) * squares

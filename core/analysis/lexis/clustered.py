"""How sure shares of comments are when authors write several each, for many words at once.

It is `stats.clustered.share` for thousands of words whose sums over authors the database made: no array of
authors per word is needed. Comments of one author are alike, so the variance is the one between authors,
linearised, each residual corrected for its leverage (R. M. Bell, D. F. McCaffrey, Survey Methodology 28,
2002, 169-181). The degrees of freedom are those of authors as alike as these seem (F. E. Satterthwaite,
Biometrics Bulletin 2, 1946, 110-114), and the interval is Wilson's over the effective number of comments with
Student's t (E. L. Korn, B. I. Graubard, Survey Methodology 24, 1998, 193-201).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Numbers, normal_quantile, t_quantile, wilson

LEAST_FREEDOM: Final = 2.0
DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class Whole:
    """Sums over all authors, m being an author's comments and w = 1 / (1 - m / sum of m).

    `size` is the sum of m, `products` of w m m, and `powers` are the sums of m ** 2, m ** 3 and m ** 4. A
    share is as sure as among `alone` comments if comments of one author are no more alike than any others.
    Where authors vote, m is 1 for each, and n comments share one vote.
    """

    size: float
    alone: float
    clusters: int
    products: float
    powers: tuple[float, float, float]

    @property
    def is_enough(self) -> bool:
        """Tell whether there are comments and authors enough to say anything of a share."""
        return self.size >= MIN_N and self.clusters >= MIN_CLUSTERS


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over authors for each of some words: x are an author's comments that have it, m all of theirs.

    `hits` is the sum of x, `squares` of w x x, `products` of w x m.
    """

    hits: Numbers
    squares: Numbers
    products: Numbers


def sums_of(frame: pd.DataFrame) -> tuple[Sums, Whole]:
    """Take the sums out of what `reads_words.frequent` gives, of at least one word."""
    values: dict[str, Any] = {name: frame[name].to_numpy(dtype=float) for name in _NAMES}
    first = {name: float(column[0]) for name, column in values.items()}
    whole = Whole(
        first["of_comments"],
        first["of_comments"],
        int(first["clusters"]),
        first["size_products"],
        (first["size_2"], first["size_3"], first["size_4"]),
    )
    return Sums(values["comments"], values["squares"], values["products"]), whole


_NAMES: Final = (
    *("comments", "squares", "products"),
    *("of_comments", "clusters", "size_products", "size_2", "size_3", "size_4"),
)


def variances(sums: Sums, whole: Whole) -> Numbers:
    """Return the variance of each word's share of the comments."""
    share = sums.hits / whole.size
    between = sums.squares - 2 * share * sums.products + share**2 * whole.products
    return np.maximum(between, 0.0) / whole.size**2


def intervals(sums: Sums, whole: Whole) -> tuple[Numbers, Numbers, Numbers]:
    """Return the shares with both ends of their 95 % intervals; NaN where too few are there to say.

    They are rounded to ten digits: the last ones of the sums depend on which thread added first.
    """
    if not whole.is_enough:
        missing = np.full(len(sums.hits), np.nan)
        return missing, missing, missing
    share = sums.hits / whole.size
    within = share * (1 - share)
    variance = np.maximum(variances(sums, whole), within / whole.alone)
    is_known = (variance > 0) & (within > 0)
    effective = np.divide(within, variance, out=np.full(len(share), whole.alone), where=is_known)
    freedom = _freedom(_likeness(whole.alone / effective, whole), whole)
    # Wilson's interval knows the quantile and the size by their ratio alone.
    wider = np.array([t_quantile(each) for each in freedom]) / normal_quantile()
    low, high = wilson(share, effective / wider**2)
    return np.round(share, DIGITS), np.round(low, DIGITS), np.round(high, DIGITS)


def _likeness(effect: Numbers, whole: Whole) -> Numbers:
    """Return how alike comments of an author are (0 to 1), from how much they widen the variance."""
    most = whole.powers[0] / whole.size - 1
    return np.clip((effect - 1) / most, 0.0, 1.0) if most > 0 else np.zeros(len(effect))


def _freedom(likeness: Numbers, whole: Whole) -> Numbers:
    """Return the degrees of freedom were every author's variance m (1 + (m - 1) likeness)."""
    apart = 1 - likeness
    second, third, fourth = whole.powers
    total = apart * whole.size + likeness * second
    squares = apart**2 * second + 2 * apart * likeness * third + likeness**2 * fourth
    return np.maximum(total**2 / squares - 1, LEAST_FREEDOM)

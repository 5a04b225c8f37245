"""Keyness: which words one set of comments uses more than another, by evidence and by size.

The product shows the four-cell G2 as evidence and the log ratio as size; the weighted log-odds rank words
where rare ones would shout. Counts are arrays over words; totals are numbers of all words (or comments, or
authors).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import special

from core.analysis.stats.intervals import Numbers

Counts = np.ndarray[Any, np.dtype[Any]]

ZERO_AS: Final = 0.5


@dataclass(frozen=True, slots=True)
class LogOdds:
    """Log-odds ratios of words, their variances and their z-scores; positive: more in A."""

    delta: Numbers
    variance: Numbers
    z: Numbers


def g2(a: Counts, b: Counts, total_a: float, total_b: float) -> Numbers:
    """Return the signed log-likelihood ratio of each word over all four cells; positive: more in A.

    T. Dunning, Computational Linguistics 19(1), 1993, 61-74: 2 * sum(O * ln(O / E)) over the word and all
    other words in A and in B.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    both = total_a + total_b
    others = both - a - b
    parts = _two_cells(a, b, total_a, total_b)
    parts += _part(total_a - a, others * total_a / both) + _part(total_b - b, others * total_b / both)
    return _signed(np.maximum(2 * parts, 0.0), a, b, total_a, total_b)


def g2_two_cells(a: Counts, b: Counts, total_a: float, total_b: float) -> Numbers:
    """Return the signed log-likelihood ratio over the word's own two cells, as corpus linguistics prints it.

    P. Rayson, R. Garside, Comparing corpora using frequency profiling, ACL workshop 2000, 1-6 (UCREL).
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return _signed(np.maximum(2 * _two_cells(a, b, total_a, total_b), 0.0), a, b, total_a, total_b)


def log_ratio(a: Counts, b: Counts, total_a: float, total_b: float) -> Numbers:
    """Return the binary logarithm of the ratio of relative frequencies: 1 means twice as frequent in A.

    A. Hardie, Log Ratio: an informal introduction, CASS, 2014; a count of zero is taken as 0.5.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    ratio = (np.where(a > 0, a, ZERO_AS) / total_a) / (np.where(b > 0, b, ZERO_AS) / total_b)
    return np.asarray(np.log2(ratio), dtype=float)


def p_value(g2_values: Numbers) -> Numbers:
    """Return the p-value of G2, signed or not: chi-squared with one degree of freedom (S. S. Wilks, 1938)."""
    return np.asarray(special.chdtrc(1.0, np.abs(g2_values)), dtype=float)


def log_odds(a: Counts, b: Counts, prior: Counts, prior_total: float | None = None) -> LogOdds:
    """Return weighted log-odds ratios with an informative Dirichlet prior.

    B. L. Monroe, M. P. Colaresi, K. M. Quinn, Political Analysis 16(4), 2008, 372-403, eq. 16, 20 and 22.
    `prior` has a positive pseudo-count per word, such as its count in a larger corpus, and is scaled to
    `prior_total` where that is given. The totals are the sums of the arrays, so they must hold every word.
    """
    a, b, prior = (np.asarray(counts, dtype=float) for counts in (a, b, prior))
    if prior_total is not None:
        prior = prior * (prior_total / prior.sum())
    delta = _log_odds(a, prior) - _log_odds(b, prior)
    variance = 1 / (a + prior) + 1 / (b + prior)
    return LogOdds(delta, variance, delta / np.sqrt(variance))


def _log_odds(counts: Numbers, prior: Numbers) -> Numbers:
    with_prior = counts + prior
    return np.asarray(np.log(with_prior / (with_prior.sum() - with_prior)), dtype=float)


def _two_cells(a: Numbers, b: Numbers, total_a: float, total_b: float) -> Numbers:
    expected = (a + b) / (total_a + total_b)
    return _part(a, expected * total_a) + _part(b, expected * total_b)


def _part(observed: Numbers, expected: Numbers) -> Numbers:
    """Return O * ln(O / E), which is 0 where nothing was observed."""
    seen = observed > 0
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=seen)
    return np.asarray(observed * np.log(ratio), dtype=float)


def _signed(size: Numbers, a: Numbers, b: Numbers, total_a: float, total_b: float) -> Numbers:
    return np.where(a * total_b >= b * total_a, size, -size)

"""Collocation: which words stand together more often than their frequencies would have it.

Every measure takes, over pairs of words, how often the pair occurs, how often its first and its second word
occur, and how many pairs there are in all.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from core.analysis.stats.intervals import Numbers

Counts = np.ndarray[Any, np.dtype[Any]]

LOG_DICE_TOP: Final = 14.0


def g2(pair: Counts, first: Counts, second: Counts, total: float) -> Numbers:
    """Return the log-likelihood ratio over the pair's four cells (T. Dunning, 1993, as for keyness).

    Unsigned: a pair that avoids itself scores too, so read it beside PMI.
    """
    pair, first, second = _floats(pair, first, second)
    sum_of_parts = np.zeros_like(pair)
    for observed, row, column in (
        (pair, first, second),
        (first - pair, first, total - second),
        (second - pair, total - first, second),
        (total - first - second + pair, total - first, total - second),
    ):
        expected = row * column / total
        seen = observed > 0
        sum_of_parts += observed * np.log(np.divide(observed, expected, out=np.ones_like(pair), where=seen))
    return np.maximum(2 * sum_of_parts, 0.0)


def pmi(pair: Counts, first: Counts, second: Counts, total: float) -> Numbers:
    """Return pointwise mutual information in bits; minus infinity for a pair that never occurs.

    K. W. Church, P. Hanks, Computational Linguistics 16(1), 1990, 22-29.
    """
    pair, first, second = _floats(pair, first, second)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(pair * total / (first * second)), dtype=float)


def npmi(pair: Counts, first: Counts, second: Counts, total: float) -> Numbers:
    """Return PMI divided by -log2 p(pair): -1 never together, 0 by chance, 1 only together.

    G. Bouma, Normalized (pointwise) mutual information in collocation extraction, GSCL 2009, eq. 6-7.
    """
    pair, first, second = _floats(pair, first, second)
    together = pair > 0
    surprise = -np.log2(np.where(together, pair, 1.0) / total)
    # A pair that is all there is has PMI 0 over 0: it occurs only together.
    certain = surprise <= 0
    ratio = pmi(np.where(together, pair, 1.0), first, second, total) / np.where(certain, 1.0, surprise)
    return np.where(together, np.where(certain, 1.0, ratio), -1.0)


def log_dice(pair: Counts, first: Counts, second: Counts) -> Numbers:
    """Return logDice: at most 14, and the same whatever the size of the corpus.

    P. Rychly, A lexicographer-friendly association score, RASLAN 2008, 6-9.
    """
    pair, first, second = _floats(pair, first, second)
    with np.errstate(divide="ignore"):
        return np.asarray(LOG_DICE_TOP + np.log2(2 * pair / (first + second)), dtype=float)


def t_score(pair: Counts, first: Counts, second: Counts, total: float) -> Numbers:
    """Return how many standard errors the pair is above chance; NaN for a pair that never occurs.

    K. W. Church, W. Gale, P. Hanks, D. Hindle, Using statistics in lexical analysis, 1991, section 3.
    """
    pair, first, second = _floats(pair, first, second)
    above = pair - first * second / total
    return np.divide(above, np.sqrt(pair), out=np.full_like(pair, np.nan), where=pair > 0)


def _floats(*counts: Counts) -> tuple[Numbers, ...]:
    return tuple(np.asarray(each, dtype=float) for each in counts)

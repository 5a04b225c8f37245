"""The share of each class on a chart, corrected for what the model gets wrong.

Two answers, by where the coded comments came from. Drawn from the very comments on the chart: the truth
among coded comments of each predicted class, weighted by how many comments got that class. It is the
prediction-powered estimate with a tuning of its own per class (A. N. Angelopoulos, J. C. Duchi, T. Zrnic,
PPI++, 2023) and the post-stratified one (D. Holt, T. M. F. Smith, Journal of the Royal Statistical Society
A 142, 1979, 33-46), never outside [0, 1]. Drawn from other comments, or from more of them: the adjusted
count, which asks only that the model err alike in both (G. Forman, Data Mining and Knowledge Discovery 17,
2008, 164-206).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from core.analysis.stats.classification import MIN_OF_CLASS, confusion, drawn_confusion
from core.analysis.stats.coded import Coded, effective, share_of_class
from core.analysis.stats.intervals import MIN_N, TAIL, Numbers, combined, jeffreys
from core.analysis.stats.prevalence import adjusted_count

Method = Literal["prediction-powered", "adjusted count"]
RESAMPLES: Final = 1000
SINGULAR: Final = 0.1
UNKNOWN: Final = (0.5, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected share with its 95 % interval, the number of coded comments behind it, and the method."""

    value: float
    low: float
    high: float
    n: int
    method: Method


def corrected_share(
    counts: Numbers, coded: Coded, method: Method = "prediction-powered", seed: int = 1
) -> tuple[Corrected, ...] | None:
    """Return the corrected share of each class; None where too few were coded to say.

    `counts` are how many of the comments on the chart the model put into each class; the values sum to 1.
    Too few is below MIN_N coded; for the adjusted count also below MIN_OF_CLASS truly in any class, or a
    model that cannot tell the classes apart.
    """
    counts = np.asarray(counts, dtype=float)
    if len(coded) < MIN_N or counts.sum() <= 0:
        return None
    if method == "adjusted count":
        return _adjusted(counts, coded, seed)
    return _post_stratified(counts / counts.sum(), coded)


def _post_stratified(apparent: Numbers, coded: Coded) -> tuple[Corrected, ...]:
    """Return shares; their intervals combine the modified Jeffreys ones of the predicted classes (MOVER)."""
    said = np.flatnonzero(apparent > 0)
    rows = [coded.predicted == each for each in said]
    sizes = np.array([effective(coded.weight[inside]) for inside in rows])
    seen = sizes > 0
    found = []
    for of in range(len(apparent)):
        shares = np.array([share_of_class(coded, inside, of) for inside in rows])
        low, high = jeffreys(shares, np.where(seen, sizes, 1.0))
        parts = np.where(seen, [shares, low, high], np.array(UNKNOWN)[:, None])
        found.append((float(apparent[said] @ parts[0]), *combined(apparent[said], *parts)))
    total = sum(value for value, _, _ in found)
    return tuple(
        _corrected(value / total, float(low), float(high), len(coded), "prediction-powered")
        for value, low, high in found
    )


def _adjusted(counts: Numbers, coded: Coded, seed: int) -> tuple[Corrected, ...] | None:
    """Return adjusted counts with percentile intervals, coded and counted comments drawn anew."""
    classes = len(counts)
    if np.bincount(coded.true, minlength=classes).min() < MIN_OF_CLASS:
        return None
    confused = _columns(confusion(coded, classes))
    if np.linalg.matrix_rank(confused, tol=SINGULAR) < classes:
        return None
    chance = np.random.default_rng(seed)
    value = adjusted_count(confused, counts / counts.sum())
    drawn = _columns(drawn_confusion(coded, classes, RESAMPLES, chance))
    apparent = chance.multinomial(round(counts.sum()), counts / counts.sum(), RESAMPLES) / round(counts.sum())
    low, high = np.quantile(adjusted_count(drawn, apparent), [TAIL, 1 - TAIL], axis=0)
    return tuple(
        _corrected(float(value[of]), float(low[of]), float(high[of]), len(coded), "adjusted count")
        for of in range(classes)
    )


def _columns(tables: Numbers) -> Numbers:
    """Return, from tables of true by predicted, shares of predicted (rows) in each true class (columns)."""
    true = tables.sum(axis=-1, keepdims=True)
    shares = np.divide(tables, true, out=np.full_like(tables, 1 / tables.shape[-1]), where=true > 0)
    return np.swapaxes(shares, -1, -2)


def _corrected(value: float, low: float, high: float, n: int, method: Method) -> Corrected:
    return Corrected(value, max(0.0, min(low, value)), min(1.0, max(high, value)), n, method)

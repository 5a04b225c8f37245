"""How good a model is on comments that people coded: precision, recall and F1 with intervals.

Precision is a share of the comments that the model put into a class; it gets Wilson's interval over their
effective number. So do recall, and the Jaccard index that F1 is a function of. Where comments were sampled
unequally within strata of what the model said, these two are roots of a sum of independent
shares, one per predicted class, and the interval is inverted from those of the shares (`intervals.root`): a
stratum in which nothing was missed among few coded comments then widens it, which a linearised variance of
zero would not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from core.analysis.stats.coded import Coded, effective, share_of_class
from core.analysis.stats.intervals import MIN_N, TAIL, Estimate, Numbers, jeffreys, root, wilson

Rows = np.ndarray[Any, np.dtype[np.bool_]]

PRIOR: Final = 1.0
MIN_OF_CLASS: Final = 5
"""Fewer coded comments than this in a class are too few to say how the model does on it."""


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 of one class, each None below MIN_OF_CLASS comments that it stands on."""

    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None


def confusion(coded: Coded, classes: int) -> Numbers:
    """Return the sum of weights by true class (rows) and predicted class (columns)."""
    table = np.zeros((classes, classes))
    np.add.at(table, (coded.true, coded.predicted), coded.weight)
    return table


def scores(coded: Coded, classes: int) -> tuple[ClassScore, ...]:
    """Return precision, recall and F1 of each class with 95 % intervals."""
    table = confusion(coded, classes)
    if _is_by_prediction(coded):
        return tuple(_sampled_by_prediction(coded, table, of) for of in range(classes))
    return tuple(_sampled_otherwise(coded, of) for of in range(classes))


def macro_f1(coded: Coded, classes: int, resamples: int, seed: int) -> Estimate | None:
    """Return the mean F1 of the classes that occur with its 95 % interval; None below MIN_N coded comments.

    The ends are percentiles over `drawn_confusion`.
    """
    if len(coded) < MIN_N:
        return None
    value = float(_macro_f1(confusion(coded, classes)[None])[0])
    # Within strata of one prediction a rare miss weighs much and may be unseen.
    # Elsewhere a prior would only pull F1 down.
    prior = PRIOR if _is_by_prediction(coded) else 0.0
    drawn = drawn_confusion(coded, classes, resamples, np.random.default_rng(seed), prior=prior)
    found = _macro_f1(drawn)
    low, high = np.quantile(found, [TAIL, 1 - TAIL])
    return Estimate(value, min(float(low), value), max(float(high), value), len(coded))


def drawn_confusion(
    coded: Coded, classes: int, draws: int, chance: np.random.Generator, *, prior: float = PRIOR
) -> Numbers:
    """Return confusion tables (draw, true, predicted) as unsure as coding so few comments leaves them.

    The Bayesian bootstrap within strata (D. B. Rubin, Annals of Statistics 9, 1981, 130-134) with one
    comment's worth of prior over the true classes of each predicted class (W. Perks, Journal of the
    Institute of Actuaries 73, 1947, 285-334): what was not seen among few may exist, which a plain
    bootstrap would never draw.
    """
    total = np.zeros((draws, classes, classes))
    for stratum in np.unique(coded.stratum):
        inside = coded.stratum == stratum
        often = np.zeros((classes, classes))
        np.add.at(often, (coded.true[inside], coded.predicted[inside]), 1.0)
        unseen = np.where(often.sum(axis=0) > 0, prior / classes, 0.0)
        shares = chance.standard_gamma(often + unseen, (draws, classes, classes))
        total += float(coded.weight[inside].sum()) * shares / shares.sum(axis=(1, 2), keepdims=True)
    return total


def _macro_f1(tables: Numbers) -> Numbers:
    """Return the mean F1 of each table over the classes that occur in it, truly or as predicted."""
    hits = np.diagonal(tables, axis1=1, axis2=2)
    either = tables.sum(axis=1) + tables.sum(axis=2)
    f1 = np.divide(2 * hits, either, out=np.zeros_like(either), where=either > 0)
    return np.asarray(f1.sum(axis=1) / np.maximum((either > 0).sum(axis=1), 1), dtype=float)


def _is_by_prediction(coded: Coded) -> bool:
    """Return whether comments were sampled unequally, within strata of one predicted class each."""
    pairs = np.unique(np.stack([coded.stratum, coded.predicted]), axis=1)
    is_equal = not len(coded) or np.ptp(coded.weight) <= 1e-9 * float(coded.weight.max())
    return not is_equal and pairs.shape[1] == len(np.unique(coded.stratum))


def _sampled_otherwise(coded: Coded, of: int) -> ClassScore:
    said, truly = coded.predicted == of, coded.true == of
    jaccard = _wilson(coded, said & truly, said | truly)
    # F1 = 2 J / (1 + J) grows with J, so the ends of J are the ends of F1.
    f1 = None if jaccard is None else _mapped(jaccard)
    return ClassScore(_wilson(coded, said & truly, said), _wilson(coded, said & truly, truly), f1)


def _wilson(coded: Coded, hits: Rows, among: Rows) -> Estimate | None:
    number = int(among.sum())
    if number < MIN_OF_CLASS:
        return None
    value = float(coded.weight[hits].sum() / coded.weight[among].sum())
    low, high = wilson(value, effective(coded.weight[among]))
    return Estimate(value, float(low), float(high), number)


def _mapped(jaccard: Estimate) -> Estimate:
    value, low, high = (2 * end / (1 + end) for end in (jaccard.value, jaccard.low, jaccard.high))
    return Estimate(value, low, high, jaccard.n)


def _sampled_by_prediction(coded: Coded, table: Numbers, of: int) -> ClassScore:
    said, truly = coded.predicted == of, coded.true == of
    hits, predicted, true = table[of, of], table[:, of].sum(), table[of].sum()
    recall = f1 = None
    if int(truly.sum()) >= MIN_OF_CLASS:
        recall = _around(float(hits / true), _root(coded, of, whole=0.0), truly)
    if int((said | truly).sum()) >= MIN_OF_CLASS:
        f1 = _around(float(2 * hits / (predicted + true)), _root(coded, of, whole=1.0), said | truly)
    return ClassScore(_wilson(coded, said & truly, said), recall, f1)


def _root(coded: Coded, of: int, whole: float) -> tuple[float, float]:
    """Return the ends of recall (`whole` 0) or F1 (`whole` 1) of a class.

    With t_c the comments of predicted class c that truly are of the class, recall r solves t_of - r *
    sum(t) = 0, and F1 solves 2 * t_of - r * (sum(t) + all predicted as the class) = 0.
    """
    said = np.unique(coded.predicted)
    rows = [coded.predicted == each for each in said]
    shares = np.array([share_of_class(coded, inside, of) for inside in rows])
    low, high = jeffreys(shares, np.array([effective(coded.weight[inside]) for inside in rows]))
    weights = np.array([coded.weight[inside].sum() for inside in rows]) / coded.weight.sum()
    predicted = float(weights[said == of].sum())
    base = np.append(weights * (said == of) * (1 + whole), 0.0)
    slope = np.append(-weights, -whole * predicted)
    return root(base, slope, np.append(shares, 1.0), np.append(low, 1.0), np.append(high, 1.0))


def _around(value: float, ends: tuple[float, float], among: Rows) -> Estimate:
    return Estimate(value, min(ends[0], value), max(ends[1], value), int(among.sum()))

"""How common a class truly is, when a model that errs has classified all and people have coded some.

The textbook estimators, each as published; `correction` is the one the product calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.analysis.stats.intervals import Estimate, Numbers, jeffreys, normal_quantile, root

Codes = np.ndarray[Any, np.dtype[np.int64]]


def rogan_gladen(apparent: float, sensitivity: float, specificity: float) -> float | None:
    """Return the true share behind an apparent one, within [0, 1]; None for a model no better than chance.

    W. J. Rogan, B. Gladen, American Journal of Epidemiology 107(1), 1978, 71-76, eq. 1.
    """
    informedness = sensitivity + specificity - 1
    if informedness <= 0:
        return None
    return float(np.clip((apparent + specificity - 1) / informedness, 0.0, 1.0))


def rogan_gladen_interval(
    apparent: tuple[int, int], sensitivity: tuple[int, int], specificity: tuple[int, int]
) -> Estimate | None:
    """Return the true share with its 95 % interval from three counts (found, of how many), all independent.

    The ends are the shares p at which apparent - p * sensitivity - (1 - p) * (1 - specificity) may be zero,
    by inversion of Jeffreys intervals (`intervals.root`); the delta method is too narrow where specificity
    is high.
    """
    found, of = (np.array(each, dtype=float) for each in zip(apparent, sensitivity, specificity, strict=True))
    shares = found / of
    value = rogan_gladen(*shares)
    if value is None:
        return None
    low, high = jeffreys(shares, of)
    one = np.ones(1)
    ends = root(
        np.array([1.0, 0.0, 1.0, -1.0]),
        np.array([0.0, -1.0, -1.0, 1.0]),
        np.append(shares, one),
        np.append(low, one),
        np.append(high, one),
    )
    return Estimate(value, min(ends[0], value), max(ends[1], value), int(of[0]))


def adjusted_count(confused: Numbers, apparent: Numbers) -> Numbers:
    """Return true shares p that solve confused @ p = apparent, projected onto the simplex.

    `confused[..., i, j]` is the share of true class j that the model puts into class i, each column summing
    to 1. G. Forman, Data Mining and Knowledge Discovery 17, 2008, 164-206; D. J. Hopkins, G. King, American
    Journal of Political Science 54, 2010, 229-247, eq. 5. Leading axes are worked through at once.
    """
    solved = np.linalg.pinv(np.asarray(confused, dtype=float)) @ np.asarray(apparent, dtype=float)[..., None]
    return onto_simplex(solved[..., 0])


def onto_simplex(values: Numbers) -> Numbers:
    """Return the nearest points whose coordinates are at least 0 and sum to 1, over the last axis.

    J. Duchi, S. Shalev-Shwartz, Y. Singer, T. Chandra, ICML 2008, 272-279, figure 1.
    """
    values = np.asarray(values, dtype=float)
    ordered = -np.sort(-values, axis=-1)
    over = (np.cumsum(ordered, axis=-1) - 1) / np.arange(1, values.shape[-1] + 1)
    kept = (ordered > over).sum(axis=-1, keepdims=True)
    return np.maximum(values - np.take_along_axis(over, kept - 1, axis=-1), 0.0).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Predictions:
    """The mean, the variance and the number of what a model predicts for all comments."""

    mean: float
    variance: float
    number: int


def prediction_powered(
    true: Numbers,
    predicted: Numbers,
    everywhere: Predictions,
    *,
    tuning: float | None = 1.0,
    weight: Numbers | None = None,
    stratum: Codes | None = None,
) -> Estimate:
    """Return the mean of a value (a share, of 0 and 1) with its 95 % interval from coded and all comments.

    `true` and `predicted` are of coded comments. Tuning 1 is A. N. Angelopoulos, S. Bates, C. Fannjiang, M.
    I. Jordan, T. Zrnic, Science 382, 2023, 669-674; None chooses the one of least variance, A. N.
    Angelopoulos, J. C. Duchi, T. Zrnic, PPI++, 2023, section 6. Coded within strata, each standing for
    `weight` comments, the coded means are weighted by stratum (A. Fisch and others, Stratified
    prediction-powered inference, 2024). The interval is the normal one, with population variances, and may
    leave [0, 1].
    """
    weight = np.ones(len(true)) if weight is None else weight
    stratum = np.zeros(len(true), dtype=np.int64) if stratum is None else stratum
    parts = [stratum == each for each in np.unique(stratum)]
    share = np.array([weight[part].sum() for part in parts]) / weight.sum()
    moments = np.array([_moments(true[part], predicted[part]) for part in parts])
    scale = share**2 / np.array([part.sum() for part in parts])
    of_true, of_both, of_predicted = scale @ moments[:, 2:]
    spread = of_predicted + everywhere.variance / everywhere.number
    if tuning is None:
        tuning = float(np.clip(of_both / spread, 0.0, 1.0)) if spread > 0 else 1.0
    value = tuning * everywhere.mean + float(share @ (moments[:, 0] - tuning * moments[:, 1]))
    variance = of_true - 2 * tuning * of_both + tuning**2 * spread
    half = normal_quantile() * float(np.sqrt(max(0.0, variance)))
    return Estimate(value, value - half, value + half, len(true))


def _moments(true: Numbers, predicted: Numbers) -> tuple[float, float, float, float, float]:
    """Return both means, the variance of the truth, the covariance, and the variance of the predictions."""
    true, predicted = np.asarray(true, dtype=float), np.asarray(predicted, dtype=float)
    of_true, of_predicted = float(true.mean()), float(predicted.mean())
    away, off = true - of_true, predicted - of_predicted
    return of_true, of_predicted, float((away**2).mean()), float((away * off).mean()), float((off**2).mean())

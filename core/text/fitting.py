"""What labels of the reader's own data teach: better calibration, or weights of their own for the words here.

Recalibrating keeps the model and fits the map from its scores to probabilities: multinomial logistic
regression, pulled towards the map there was by a ridge, so that a few labels do no harm (C. Guo et al., ICML
2017, 1321-1330, matrix scaling; J. Platt, Advances in Large Margin Classifiers, 1999, 61-74). Probabilities
of comments by maps that never saw them tell whether it helps (M. Stone, Journal of the Royal Statistical
Society B 36, 1974, 111-147).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import optimize, special

from core.text.probabilities import Calibration, probabilities, toxicity

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Codes: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

PULL: Final = 10.0
"""How strongly the map is held where it was, in units of one label's log-likelihood per squared change."""
FOLDS: Final = 10


def recalibrated(scores: Numbers, codes: Codes, weights: Numbers, start: Calibration) -> Calibration:
    """Return the calibration of sentiment that codes (0 negative, 1 neutral, 2 positive) of scores teach.

    `scores` has a row of three per comment; `weights` have mean 1.
    """
    first = np.column_stack([np.asarray(start.sentiment_map), np.asarray(start.sentiment_offset)])
    inputs = np.column_stack([scores, np.ones(len(scores))])
    told = np.eye(3)[codes]

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        moved = flat.reshape(3, 4)
        mapped = inputs @ moved.T
        total = special.logsumexp(mapped, axis=1)
        away = moved - first
        value = float((weights * (total - (mapped * told).sum(axis=1))).sum() + PULL / 2 * (away**2).sum())
        errors = weights[:, None] * (np.exp(mapped - total[:, None]) - told)
        return value, (errors.T @ inputs + PULL * away).ravel()

    found = optimize.minimize(loss, first.ravel(), jac=True, method="L-BFGS-B").x.reshape(3, 4)
    rows = [tuple(float(each) for each in row) for row in found]
    three = tuple((row[0], row[1], row[2]) for row in rows)
    return replace(
        start,
        sentiment_map=(three[0], three[1], three[2]),
        sentiment_offset=(rows[0][3], rows[1][3], rows[2][3]),
    )


def recalibrated_toxicity(scores: Numbers, codes: Codes, weights: Numbers, start: Calibration) -> Calibration:
    """Return the calibration of toxicity that codes (1 toxic, 0 not) of scores, one per comment, teach."""
    first = np.asarray(start.toxicity_map, dtype=float)
    inputs = np.column_stack([scores, np.ones(len(scores))])

    def loss(line: Numbers) -> tuple[float, Numbers]:
        mapped = inputs @ line
        value = float((weights * (np.logaddexp(0, mapped) - codes * mapped)).sum())
        errors = weights * (special.expit(mapped) - codes)
        away = line - first
        return value + PULL / 2 * float((away**2).sum()), errors @ inputs + PULL * away

    slope, offset = optimize.minimize(loss, first, jac=True, method="L-BFGS-B").x
    return replace(start, toxicity_map=(float(slope), float(offset)))


def out_of_fold(scores: Numbers, codes: Codes, weights: Numbers, start: Calibration, seed: int) -> Numbers:
    """Return probabilities of each comment by a map that was fitted to the others."""
    return _folded(
        len(codes),
        seed,
        np.zeros((len(codes), 3)),
        lambda kept, rest: probabilities(
            scores[rest], recalibrated(scores[kept], codes[kept], weights[kept], start)
        ),
    )


def out_of_fold_toxicity(
    scores: Numbers, codes: Codes, weights: Numbers, start: Calibration, seed: int
) -> Numbers:
    """Return the probability that each comment is toxic by a line that was fitted to the others."""
    return _folded(
        len(codes),
        seed,
        np.zeros(len(codes)),
        lambda kept, rest: toxicity(
            scores[rest], recalibrated_toxicity(scores[kept], codes[kept], weights[kept], start)
        ),
    )


def _folded(number: int, seed: int, found: Numbers, predicted: Callable[[Codes, Codes], Numbers]) -> Numbers:
    """Fill what is predicted for each tenth of the comments from the other nine, drawn with a seed."""
    folds = np.random.default_rng(seed).permutation(number) % min(FOLDS, number)
    for fold in range(min(FOLDS, number)):
        kept, rest = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        found[rest] = predicted(kept, rest)
    return found

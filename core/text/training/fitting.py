"""Multinomial logistic regression with a ridge, over the features of core.text.training.design.

D. Böhning, Annals of the Institute of Statistical Mathematics 44, 1992, 197-200; fitted by L-BFGS (D. Liu and
J. Nocedal, Mathematical Programming 45, 1989, 503-528).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import optimize, sparse, special

from core.text.hashed import BUCKETS, RESERVED
from core.text.training.design import Design

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Integers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

FEWEST_TEXTS: Final = 3
"""A hashed feature that fewer texts have is left out."""
CLASS_SCALE: Final = 16.0
"""How much less the ridge holds the classes of units than single features: they are few and met often."""
STEPS: Final = 80


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of every bucket, a column per label, and the bias of each label."""

    weights: Numbers
    bias: Numbers

    def scores(self, design: Design) -> Numbers:
        """Return a row of scores per text."""
        sums = design.units @ (design.features @ self.weights)
        return np.asarray(sums / design.lengths()[:, None] + self.bias)


def fit(design: Design, labels: Integers, importance: Numbers, ridge: float) -> Fitted:
    """Fit one column of weights per label; `importance` weighs the texts and is brought to mean 1."""
    kept = _kept(design)
    scale = np.where(kept < RESERVED, CLASS_SCALE, 1.0)
    features = (design.features[:, kept] @ sparse.diags(scale)).tocsr()
    turned = (features.T.tocsr(), design.units.T.tocsr())
    lengths = design.lengths()[:, None]
    width, number = len(kept), int(labels.max()) + 1
    told = np.eye(number)[labels]
    weight = (importance / importance.mean())[:, None]

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        weights, bias = flat[: width * number].reshape(width, number), flat[width * number :]
        scores = (design.units @ (features @ weights)) / lengths + bias
        total = special.logsumexp(scores, axis=1, keepdims=True)
        errors = weight * (np.exp(scores - total) - told)
        slope = turned[0] @ (turned[1] @ (errors / lengths)) + ridge * weights
        value = float((weight * (total - (scores * told).sum(axis=1, keepdims=True))).sum())
        return value + ridge / 2 * float((weights**2).sum()), np.concatenate(
            [slope.ravel(), errors.sum(axis=0)]
        )

    start = np.zeros((width + 1) * number)
    options = {"maxiter": STEPS, "maxcor": 8, "ftol": 1e-7}
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    weights = np.zeros((BUCKETS, number))
    weights[kept] = found[: width * number].reshape(width, number) * scale[:, None]
    return Fitted(weights, found[width * number :])


def _kept(design: Design) -> Integers:
    """Return the buckets that enough of the texts have; classes of units are kept wherever they occur."""
    has = (design.units @ design.features).tocsc()
    texts = np.diff(has.indptr)
    is_class = np.arange(BUCKETS) < RESERVED
    return np.flatnonzero((texts >= FEWEST_TEXTS) | (is_class & (texts > 0)))

"""Comments that people coded: what the model said, what is true, and how each was sampled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.analysis.stats.intervals import Numbers

Codes = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Coded:
    """Rows of coded comments; classes are numbers from 0.

    `weight` is how many comments each stands for: those in its stratum over those coded in it. `stratum` is
    what the sample was drawn within, numbers from 0.
    """

    predicted: Codes
    true: Codes
    weight: Numbers
    stratum: Codes

    def __len__(self) -> int:
        """Return how many comments were coded."""
        return len(self.true)


def simple(predicted: Codes, true: Codes) -> Coded:
    """Return coded comments that were drawn at random from all, without strata."""
    predicted, true = np.asarray(predicted), np.asarray(true)
    return Coded(predicted, true, np.ones(len(true)), np.zeros(len(true), dtype=np.int64))


def effective(weight: Numbers) -> float:
    """Return how many equal draws unequal weights are worth: L. Kish, Survey Sampling, 1965, 11.7."""
    squares = float((weight**2).sum())
    return float(weight.sum()) ** 2 / squares if squares > 0 else 0.0


def share_of_class(coded: Coded, rows: np.ndarray[Any, np.dtype[np.bool_]], of: int) -> float:
    """Return which weighted share of the chosen rows is truly of the class; 0 of none."""
    weight = coded.weight[rows]
    total = float(weight.sum())
    return float(weight[coded.true[rows] == of].sum()) / total if total > 0 else 0.0

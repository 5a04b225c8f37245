"""How far coders agree on each label: Krippendorff's alpha for classes without an order, where 30 tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.stats.intervals import MIN_N, Estimate
from core.analysis.stats.reliability import MISSING, alpha, alpha_interval

RESAMPLES: Final = 1000
LEAST: Final = MIN_N


@dataclass(frozen=True, slots=True)
class Agreement:
    """What `coders` people say of `comments` that at least two of them judged.

    `alpha` is None below LEAST comments, and where all say the same of all: `is_unanimous` tells.
    """

    comments: int
    coders: int
    alpha: Estimate | None
    is_unanimous: bool


def agreements(codes: pd.DataFrame, seed: int = 1) -> dict[str, Agreement]:
    """Return the agreement on each name from [name, comment, coder, value], one row per judgement."""
    return {str(name): _agreement(told, seed) for name, told in codes.groupby("name", sort=True)}


def _agreement(told: pd.DataFrame, seed: int) -> Agreement:
    comments, rows = np.unique(told["comment"].to_numpy(dtype=str), return_inverse=True)
    coders, columns = np.unique(told["coder"].to_numpy(dtype=str), return_inverse=True)
    values, classes = np.unique(told["value"].to_numpy(dtype=str), return_inverse=True)
    table = np.full((len(comments), len(coders)), MISSING, dtype=np.int64)
    table[rows, columns] = classes
    is_told = len(comments) >= LEAST and alpha(table) is not None
    return Agreement(
        comments=len(comments),
        coders=len(coders),
        alpha=alpha_interval(table, RESAMPLES, seed) if is_told else None,
        is_unanimous=len(values) == 1,
    )

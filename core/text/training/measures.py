"""How good probabilities are: macro-F1, accuracy, calibration error, accuracy on the half that is surest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Integers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

BINS: Final = 15


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of one model on one set of texts; each from 0 to 1, `texts` is their number."""

    texts: int
    macro_f1: float
    accuracy: float
    calibration_error: float
    accuracy_at_half: float


def quality(shares: Numbers, labels: Integers, chosen: Integers | None = None) -> Quality:
    """Return the figures of probabilities, a row per text; `chosen` are other labels than the likeliest."""
    best = shares.argmax(axis=1)
    given = best if chosen is None else chosen
    surest = np.argsort(-shares.max(axis=1), kind="stable")[: max(1, len(labels) // 2)]
    return Quality(
        texts=len(labels),
        macro_f1=macro_f1(given, labels),
        accuracy=float((given == labels).mean()),
        calibration_error=calibration_error(shares, labels),
        accuracy_at_half=float((best[surest] == labels[surest]).mean()),
    )


def macro_f1(given: Integers, labels: Integers) -> float:
    """Return the mean of the F1 of every label that occurs among the true ones."""
    found = []
    for label in np.unique(labels):
        hits = int(((given == label) & (labels == label)).sum())
        total = int((given == label).sum() + (labels == label).sum())
        found.append(2 * hits / total)
    return float(np.mean(found))


def calibration_error(shares: Numbers, labels: Integers) -> float:
    """Return the expected calibration error of the likeliest label, over BINS equal bins.

    M. Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.
    """
    surest = shares.max(axis=1)
    is_right = shares.argmax(axis=1) == labels
    bins = np.minimum((surest * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=is_right - surest, minlength=BINS)
    return float(np.abs(gaps).sum() / len(labels))

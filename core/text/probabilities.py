"""From raw scores to calibrated probabilities: a linear map before the softmax, Platt's line for toxicity.

The map is the model's own, fitted on corpora it was not trained on, until labels of the reader's own data
give a better one. J. Platt, Advances in Large Margin Classifiers, 1999, 61-74; C. Guo et al., ICML 2017,
1321-1330 (matrix scaling).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Three = tuple[float, float, float]

MOODS: Final = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Calibration:
    """How scores become probabilities; `labels` of the reader's own stand behind it, 0: the model's own.

    Rows of `sentiment_map` are the outputs negative, neutral, positive; a label is given from `unsure_below`
    on.
    """

    sentiment_map: tuple[Three, Three, Three]
    sentiment_offset: Three
    unsure_below: float
    toxicity_map: tuple[float, float]
    name: str = "model"
    labels: int = 0


def probabilities(scores: Numbers, calibration: Calibration) -> Numbers:
    """Return probabilities of negative, neutral, positive for scores of the same, a row each."""
    mapped = scores @ np.asarray(calibration.sentiment_map).T + np.asarray(calibration.sentiment_offset)
    powers = np.exp(mapped - mapped.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def toxicity(scores: Numbers, calibration: Calibration) -> Numbers:
    """Return the probability that a text is toxic, for each score."""
    slope, offset = calibration.toxicity_map
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(slope * scores + offset, -60, 60))))


def moods(shares: Numbers, calibration: Calibration) -> list[str]:
    """Return the likeliest label of each row, `unsure` where its probability is too low."""
    best = shares.argmax(axis=1)
    named = np.array([*MOODS, "unsure"])
    found: list[str] = named[np.where(shares.max(axis=1) < calibration.unsure_below, 3, best)].tolist()
    return found

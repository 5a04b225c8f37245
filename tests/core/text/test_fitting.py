"""Fitting maps from scores to probabilities: towards the truth with many labels, nowhere with none."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.text.fitting import out_of_fold, out_of_fold_toxicity, recalibrated, recalibrated_toxicity
from core.text.probabilities import Calibration, probabilities, toxicity

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]

ONE = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
OWN = Calibration(ONE, (0.0, 0.0, 0.0), 0.5, (1.0, 0.0))


def sharper(scale: float) -> Calibration:
    """Return a map that is `scale` times sharper and leans to neutral."""
    rows = ((scale, 0.0, 0.0), (0.0, scale, 0.0), (0.0, 0.0, scale))
    return Calibration(rows, (0.0, 1.5, 0.0), 0.5, (1.0, 0.0))


def drawn(size: int, scale: float, seed: int = 1) -> tuple[Numbers, Codes]:
    """Draw scores, and truths by the sharper map."""
    chance = np.random.default_rng(seed)
    scores = chance.normal(0, 1, (size, 3))
    shares = probabilities(scores, sharper(scale))
    return scores, (shares.cumsum(axis=1) > chance.random((size, 1))).argmax(axis=1)


def test_many_labels_find_the_true_map() -> None:
    """With thousands of labels the fitted probabilities are those that labels were drawn with."""
    scores, codes = drawn(6000, 2.0)
    fitted = recalibrated(scores, codes, np.ones(6000), OWN)
    assert np.abs(probabilities(scores, fitted) - probabilities(scores, sharper(2.0))).mean() < 0.02


def test_few_labels_stay_near_where_it_was() -> None:
    """Three labels move a map by little; none of its other settings change."""
    scores, codes = drawn(3, 1.0)
    fitted = recalibrated(scores, codes, np.ones(3), OWN)
    assert np.abs(np.asarray(fitted.sentiment_map) - np.eye(3)).max() < 0.5
    assert (fitted.unsure_below, fitted.toxicity_map) == (OWN.unsure_below, OWN.toxicity_map)


def test_a_hundred_labels_help_where_the_map_was_wrong() -> None:
    """On texts that were not coded the truth surprises less after a hundred labels than before."""
    scores, codes = drawn(4000, 2.0, seed=3)
    fitted = recalibrated(scores[:100], codes[:100], np.ones(100), OWN)
    rest = np.arange(100, 4000)

    def surprise(calibration: Calibration) -> float:
        shares = probabilities(scores[rest], calibration)
        return float(-np.log(shares[np.arange(len(rest)), codes[rest]]).mean())

    assert surprise(fitted) < surprise(OWN) - 0.1


def test_weights_count_as_repetitions() -> None:
    """A label of weight two counts as two labels."""
    scores, codes = drawn(60, 1.5)
    weights = np.where(np.arange(60) < 20, 2.0, 1.0)
    twice = np.concatenate([np.arange(60), np.arange(20)])
    fitted = recalibrated(scores, codes, weights, OWN)
    repeated = recalibrated(scores[twice], codes[twice], np.ones(80), OWN)
    assert np.allclose(fitted.sentiment_map, repeated.sentiment_map, atol=1e-2)


def test_a_line_is_fitted_for_toxicity() -> None:
    """With many labels slope and offset are those that labels were drawn with."""
    chance = np.random.default_rng(2)
    scores = chance.normal(0, 2, 8000)
    shares = toxicity(scores, Calibration(ONE, (0.0, 0.0, 0.0), 0.5, (0.7, -1.0)))
    codes = (chance.random(8000) < shares).astype(np.int64)
    slope, offset = recalibrated_toxicity(scores, codes, np.ones(8000), OWN).toxicity_map
    assert abs(slope - 0.7) < 0.06
    assert abs(offset + 1.0) < 0.1


def test_no_text_is_judged_by_a_map_that_saw_it() -> None:
    """Pure noise looks no better out of fold than it is, and the seed fixes the folds."""
    chance = np.random.default_rng(4)
    scores, codes = chance.normal(0, 3, (120, 3)), chance.integers(0, 3, 120)
    unseen = out_of_fold(scores, codes, np.ones(120), OWN, seed=1)
    seen = probabilities(scores, recalibrated(scores, codes, np.ones(120), OWN))
    rows = np.arange(120)
    assert np.log(unseen[rows, codes]).mean() < np.log(seen[rows, codes]).mean()
    assert np.array_equal(unseen, out_of_fold(scores, codes, np.ones(120), OWN, seed=1))
    toxic = out_of_fold_toxicity(scores[:, 0], codes % 2, np.ones(120), OWN, seed=1)
    assert ((toxic > 0) & (toxic < 1)).all()

"""A model against coded comments: counts by hand, weights, and silence where a class is too small."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.stats.classification import confusion, macro_f1, scores
from core.analysis.stats.coded import Coded, effective, simple
from core.analysis.stats.intervals import wilson


def _random(n: int, seed: int) -> Coded:
    chance = np.random.default_rng(seed)
    true = chance.integers(0, 3, n)
    return simple(np.where(chance.random(n) < 0.7, true, chance.integers(0, 3, n)), true)


def _by_prediction(coded: Coded, weights: list[float]) -> Coded:
    """Return the same comments as drawn within strata of what the model said."""
    return Coded(coded.predicted, coded.true, np.array(weights)[coded.predicted], coded.predicted)


def test_confusion_sums_weights() -> None:
    """A row is a true class and a column a predicted one."""
    coded = Coded(
        np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([1.0, 2.0, 4.0]), np.zeros(3, dtype=np.int64)
    )
    assert confusion(coded, 2).tolist() == [[1.0, 2.0], [0.0, 4.0]]


def test_scores_are_counted_by_hand() -> None:
    """Precision, recall and F1 are shares of the table with Wilson's ends; F1 has those of Jaccard's."""
    coded = _random(200, 1)
    for of, score in enumerate(scores(coded, 3)):
        hits = sum(1 for p, t in zip(coded.predicted, coded.true, strict=True) if p == t == of)
        said, true = int((coded.predicted == of).sum()), int((coded.true == of).sum())
        assert score.precision is not None
        assert score.recall is not None
        assert score.f1 is not None
        for found, size in ((score.precision, said), (score.recall, true)):
            low, high = wilson(hits / size, size)
            assert (found.value, found.low, found.high, found.n) == pytest.approx(
                (hits / size, float(low), float(high), size), rel=1e-9
            )
        assert score.f1.value == pytest.approx(2 * hits / (said + true), rel=1e-9)
        low, high = wilson(hits / (said + true - hits), said + true - hits)
        assert (score.f1.low, score.f1.high) == pytest.approx((2 * low / (1 + low), 2 * high / (1 + high)))


def test_weights_make_the_sample_stand_for_all() -> None:
    """A comment of weight 10 counts as ten in the values of recall and F1, and precision keeps its own."""
    coded = _by_prediction(_random(200, 2), [1.0, 10.0, 3.0])
    table = confusion(coded, 3)
    for of, score in enumerate(scores(coded, 3)):
        assert score.precision is not None
        assert score.recall is not None
        assert score.f1 is not None
        assert score.precision.value == pytest.approx(table[of, of] / table[:, of].sum())
        assert score.recall.value == pytest.approx(table[of, of] / table[of].sum())
        assert score.f1.value == pytest.approx(2 * table[of, of] / (table[of].sum() + table[:, of].sum()))
        for found in (score.recall, score.f1):
            assert 0 <= found.low < found.value < found.high <= 1


def test_a_large_stratum_without_a_miss_still_leaves_doubt() -> None:
    """Nothing missed among twenty coded of ten thousand does not make recall sure."""
    predicted, true = np.repeat([0, 1], 20), np.repeat([0, 1], 20)
    coded = Coded(predicted, true, np.where(predicted == 0, 1.0, 500.0), predicted)
    recall = scores(coded, 2)[0].recall
    assert recall is not None
    assert recall.value == 1.0
    assert recall.low < 0.1


def test_a_small_class_is_too_few_to_say() -> None:
    """Fewer than five comments in a class give no score for it, nor does nothing at all."""
    coded = simple(np.array([0] * 40 + [1] * 4), np.array([0] * 40 + [1] * 4))
    assert scores(coded, 2)[1].recall is None
    empty = scores(simple(np.array([], dtype=np.int64), np.array([], dtype=np.int64)), 2)
    assert [(score.precision, score.recall, score.f1) for score in empty] == [(None, None, None)] * 2


def test_macro_f1_is_the_mean_over_classes_that_occur() -> None:
    """It is the mean F1 of the classes that occur, seeded, and None below thirty comments."""
    coded = _random(120, 3)
    found = macro_f1(coded, 4, 400, seed=1)
    assert found is not None
    each = [score.f1.value for score in scores(coded, 3) if score.f1 is not None]
    assert found.value == pytest.approx(sum(each) / 3)
    assert found.low < found.value < found.high
    assert found == macro_f1(coded, 4, 400, seed=1)
    assert macro_f1(_random(29, 3), 3, 400, seed=1) is None


def test_unequal_weights_are_worth_fewer_draws() -> None:
    """Equal weights are worth their number, unequal ones fewer, none nothing."""
    assert effective(np.full(7, 3.0)) == pytest.approx(7)
    assert effective(np.array([1.0, 3.0])) == pytest.approx(1.6)
    assert effective(np.array([])) == 0.0

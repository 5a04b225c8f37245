"""Intervals are real: in 500 seeded worlds each the 95 % interval holds the truth in 92 to 98 of a hundred.

Comments cluster by author and by post, most authors write little and some very much; models err, and coded
comments are drawn within strata of what the model said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import special

from core.analysis.stats import clustered
from core.analysis.stats.classification import macro_f1, scores
from core.analysis.stats.clusters import Sample
from core.analysis.stats.coded import Coded
from core.analysis.stats.correction import Method, corrected_share
from core.analysis.stats.intervals import Estimate
from core.analysis.stats.prevalence import Predictions, prediction_powered, rogan_gladen_interval
from core.analysis.stats.reliability import alpha, alpha_interval
from tests.core.analysis.stats.worlds import Array, held, world

WORLDS = 500
LEAST, MOST = 0.92, 0.98

# What a biased model makes of three true classes (rows): it hardly ever sees the first where there is none.
ANSWERS = np.array([[0.6, 0.3, 0.1], [0.05, 0.8, 0.15], [0.05, 0.25, 0.7]])


def _further(size: int) -> Any:
    """Leave a size for the long run."""
    return pytest.param(size, marks=pytest.mark.soak)


def _by_author(sample: Sample) -> Sample:
    return Sample(sample.totals, sample.sizes, sample.by[:1], sample.squares)


def _holds(found: Estimate | None, truth: float) -> bool | None:
    return None if found is None else found.low <= truth <= found.high


def _is_honest(one: Callable[[int], bool | None]) -> bool:
    return LEAST <= held(WORLDS, one) <= MOST


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
@pytest.mark.parametrize("authors", [100, _further(500)])
def test_share_by_author(share: float, authors: int) -> None:
    """A share over comments that cluster by author."""
    assert _is_honest(
        lambda seed: _holds(
            clustered.share(
                _by_author(world(seed, authors, 30, posts_alike=0).events(range(authors), share))
            ),
            share,
        )
    )


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
@pytest.mark.parametrize("posts", [15, _further(60)])
def test_share_by_author_and_post(share: float, posts: int) -> None:
    """A share over comments that cluster by author and by post at once."""
    assert _is_honest(
        lambda seed: _holds(clustered.share(world(seed, 300, posts).events(range(300), share)), share)
    )


@pytest.mark.soak
@pytest.mark.parametrize(("share", "more"), [(0.02, 0.02), (0.1, 0.1), (0.5, 0.0)])
@pytest.mark.parametrize("others", [0, _further(200)])
def test_difference_of_shares(share: float, more: float, others: int) -> None:
    """A difference between two sets under the same posts, of the same authors or of others."""

    def one(seed: int) -> bool | None:
        here = world(seed, 400, 40)
        a = here.events(range(200), share + more)
        return _holds(clustered.share_difference(a, here.events(range(others, others + 200), share)), more)

    assert _is_honest(one)


@pytest.mark.soak
@pytest.mark.parametrize("authors", [60, _further(400)])
def test_mean_and_difference_of_means(authors: int) -> None:
    """Mean likes, skewed as likes are, and their difference between two sets of authors."""

    def likes(seed: int) -> tuple[Sample, Sample]:
        here = world(seed, 2 * authors, 40)
        samples = []
        for group in (range(authors), range(authors, 2 * authors)):
            author, post = here.comments(group)
            values = np.exp(here.moods(author, post) - 0.5)
            samples.append(Sample(values, np.ones(len(values)), (author, post), values**2))
        return samples[0], samples[1]

    assert _is_honest(lambda seed: _holds(clustered.mean(likes(seed)[0], floor=0.0), 1.0))
    assert _is_honest(lambda seed: _holds(clustered.mean_difference(*likes(seed), floor=0.0), 0.0))


@pytest.mark.soak
@pytest.mark.parametrize("at", [0.5, 0.9])
def test_quantile(at: float) -> None:
    """A median and a P90 of values that cluster by author and post."""

    def one(seed: int) -> bool | None:
        here = world(seed, 300, 40)
        author, post = here.comments(range(300))
        return _holds(
            clustered.quantile(here.moods(author, post), at, (author, post)), float(special.ndtri(at))
        )

    assert _is_honest(one)


def _classified(chance: np.random.Generator, first: float, number: int) -> tuple[Array, Array]:
    """Return true and predicted classes of comments, `first` being the share of the first class."""
    true = chance.choice(3, number, p=[first, (1 - first) * 0.7, (1 - first) * 0.3])
    return true, (chance.random((number, 1)) > ANSWERS[true].cumsum(axis=1)).sum(axis=1)


def _coded(chance: np.random.Generator, true: Array, predicted: Array, each: int) -> Coded:
    """Return that many coded comments of each predicted class."""
    rows = np.concatenate(
        [chance.choice(np.flatnonzero(predicted == of), each, replace=False) for of in range(3)]
    )
    stratum = predicted[rows]
    return Coded(stratum, true[rows], np.bincount(predicted)[stratum] / each, stratum)


@pytest.mark.slow
@pytest.mark.parametrize("first", [0.02, 0.1, 0.5])
@pytest.mark.parametrize("each", [20, _further(60)])
def test_corrected_share(first: float, each: int) -> None:
    """The corrected share of a class that a biased model sees too rarely or too often."""

    def one(seed: int) -> bool | None:
        chance = np.random.default_rng([seed, each])
        true, predicted = _classified(chance, first, 5000)
        found = corrected_share(np.bincount(predicted, minlength=3), _coded(chance, true, predicted, each))
        return found and found[0].low <= (true == 0).mean() <= found[0].high

    assert _is_honest(one)


@pytest.mark.soak
@pytest.mark.parametrize("shown", [0.1, 0.5])
def test_adjusted_count_on_other_comments(shown: float) -> None:
    """The adjusted count of comments whose shares are not those of the coded ones."""
    method: Method = "adjusted count"

    def one(seed: int) -> bool | None:
        chance = np.random.default_rng([seed, 7])
        coded = _coded(chance, *_classified(chance, 0.3, 5000), 60)
        _, elsewhere = _classified(chance, shown, 1000)
        found = corrected_share(np.bincount(elsewhere, minlength=3), coded, method, seed)
        return found and found[0].low <= shown <= found[0].high

    assert _is_honest(one)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.02, 0.3])
def test_rogan_gladen(share: float) -> None:
    """The share behind an apparent one, sensitivity and specificity known from 100 and 200 comments."""

    def one(seed: int) -> bool | None:
        chance = np.random.default_rng(seed)
        apparent = int(chance.binomial(500, share * 0.8 + (1 - share) * 0.1))
        of_true, of_false = int(chance.binomial(100, 0.8)), int(chance.binomial(200, 0.9))
        return _holds(rogan_gladen_interval((apparent, 500), (of_true, 100), (of_false, 200)), share)

    assert _is_honest(one)


@pytest.mark.slow
@pytest.mark.parametrize("tuning", [1.0, None])
def test_prediction_powered(tuning: float | None) -> None:
    """The share of a class from predicted probabilities for all and 150 coded comments."""

    def one(seed: int) -> bool | None:
        chance = np.random.default_rng(seed)
        true = (chance.random(3000) < 0.3).astype(float)
        probability = np.clip(0.2 + 0.3 * true + chance.normal(0, 0.2, 3000), 0, 1)
        everywhere = Predictions(float(probability.mean()), float(probability.var()), 3000)
        coded = chance.choice(3000, 150, replace=False)
        return _holds(prediction_powered(true[coded], probability[coded], everywhere, tuning=tuning), 0.3)

    assert _is_honest(one)


@pytest.mark.soak
def test_scores_of_a_model() -> None:
    """Precision, recall and F1 of a class, and the mean F1, from comments coded by predicted class."""

    def one(seed: int) -> tuple[Any, ...]:
        chance = np.random.default_rng([seed, 3])
        true, predicted = _classified(chance, 0.2, 5000)
        coded = _coded(chance, true, predicted, 60)
        score, of_all = scores(coded, 3)[0], []
        for of in range(3):
            hits = ((true == of) & (predicted == of)).sum()
            of_all.append((hits, (predicted == of).sum(), (true == of).sum()))
        hits, said, truly = of_all[0]
        mean_f1 = float(np.mean([2 * h / (s + t) for h, s, t in of_all]))
        return (
            _holds(score.precision, hits / said),
            _holds(score.recall, hits / truly),
            _holds(score.f1, 2 * hits / (said + truly)),
            _holds(macro_f1(coded, 3, 400, seed), mean_f1),
        )

    found = np.array([one(seed) for seed in range(WORLDS)], dtype=float).mean(axis=0)
    assert ((found >= LEAST) & (found <= MOST)).all(), found


@pytest.mark.soak
def test_agreement() -> None:
    """Krippendorff's alpha of three coders over 100 comments."""

    def codes(chance: np.random.Generator, number: int) -> Array:
        truth = chance.choice(3, (number, 1), p=[0.2, 0.6, 0.2])
        guessed = chance.choice(3, (number, 3), p=[0.2, 0.6, 0.2])
        return np.where(chance.random((number, 3)) < 0.8, truth, guessed)

    truth = alpha(codes(np.random.default_rng(0), 200_000))
    assert truth is not None
    assert _is_honest(
        lambda seed: _holds(alpha_interval(codes(np.random.default_rng(seed + 1), 100), 400, seed), truth)
    )

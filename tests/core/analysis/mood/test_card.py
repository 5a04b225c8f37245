"""The card: how right the model is where people coded, and whether their labels help."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from core.analysis.mood.card import card, quality, surprise
from core.analysis.mood.judged import by_coder, codings, one_each
from core.analysis.mood.learning import calibrate
from core.errors import QueryError
from core.query import Query
from core.storage import reads_coding
from core.text.learned import LEAST_TO_RETRAIN
from tests.core.coded import World, made
from tests.core.enriched import read_texts


@pytest.fixture(scope="module")
def coded() -> Iterator[World]:
    """Give a world in which two people coded a sample, the second at odds on every tenth comment."""
    world = made()
    sample = world.sample(120)
    world.code(sample)
    keys = reads_coding.items(world.store, sample.sample_id)["comment_key"].tolist()
    odd = set(keys[::10])
    world.label(keys, "Борис", lambda key: "unsure" if key in odd else world.moods[key])
    yield world
    world.store.close()


def test_the_card_tells_errors_agreement_and_gain(coded: World) -> None:
    """Classes have precision and recall with intervals, coders an alpha, labels a gain out of sample."""
    found = card(coded.store, "sentiment")
    assert found.coded == 120
    assert found.coders == 2
    assert found.alpha is not None
    assert 0.7 < found.alpha.low < found.alpha.value < found.alpha.high < 1
    precision = found.scores[0].precision
    assert precision is not None
    assert precision.low <= precision.value <= precision.high
    assert found.confusion.sum() == pytest.approx(len(coded.moods))
    assert found.macro_f1 is not None
    assert found.gain is not None
    assert found.verdict == "helps"
    assert found.gain.after.log_loss < found.gain.before.log_loss
    assert list(found.gain.after.accuracy) == [1.0, 0.8, 0.6, 0.5]


def test_rudeness_has_a_card_too(coded: World) -> None:
    """Two classes, the same figures; the verdict is one of the four."""
    found = card(coded.store, "toxicity", reads_coding.samples(coded.store)[0].sample_id)
    assert found.classes == ("not_toxic", "toxic")
    assert found.confusion.shape == (2, 2)
    assert found.verdict in {"helps", "unclear", "harms"}


def test_too_few_have_no_figures() -> None:
    """Below thirty coded texts the card says how many are needed and nothing else; no sample is no error."""
    world = made(90)
    empty = card(world.store, "sentiment")
    assert (empty.sample_id, empty.coded, empty.verdict, empty.scores) == ("", 0, "too_few", ())
    world.code(world.sample(60), most=29)
    few = card(world.store, "sentiment")
    assert (few.coded, few.verdict, few.macro_f1, few.alpha) == (29, "too_few", None, None)
    world.store.close()


def test_ties_go_to_what_was_said_first(coded: World) -> None:
    """Of two coders at odds the first decides; a third makes a majority."""
    told = one_each(codings(coded.store, Query(), "sentiment"), "sentiment")
    assert (told["code"] < 3).all()
    assert len(told) == 120
    assert by_coder(codings(coded.store, Query(), "sentiment"), "sentiment").shape == (120, 2)
    assert by_coder(codings(coded.store, Query(), "toxicity").head(0), "toxicity").shape == (0, 0)


def test_quality_of_a_model_that_knows() -> None:
    """Perfect probabilities have no error; half sure and half right is calibrated."""
    codes, ones = np.array([0, 1, 2, 1]), np.ones(4)
    perfect = quality(np.eye(3)[codes], codes, ones)
    assert (perfect.macro_f1, perfect.ece, perfect.accuracy[0.5]) == (1.0, 0.0, 1.0)
    assert perfect.log_loss == pytest.approx(0.0)
    shares = np.tile([0.5, 0.5, 0.0], (4, 1))
    half = quality(shares, np.array([0, 1, 0, 1]), ones)
    assert half.accuracy[1.0] == 0.5
    assert surprise(shares, np.array([2, 0, 0, 0]))[0] > 10


def test_calibrating_learns_from_the_sample() -> None:
    """By default the largest sample teaches, weighted; the card then tells how many texts it was."""
    world = made()
    with pytest.raises(QueryError, match="too few labels"):
        calibrate(world.store, "sentiment", "recalibrate")
    world.code(world.sample(60), most=40)
    now = calibrate(world.store, "sentiment", "recalibrate")
    assert now.labels == {"sentiment": 40}
    assert card(world.store, "sentiment").labels == 40
    chosen = reads_coding.samples(world.store)[0].sample_id
    assert calibrate(world.store, "toxicity", "recalibrate", chosen).labels["toxicity"] == 40
    assert calibrate(world.store, "sentiment", "none").labels == {"toxicity": 40}
    world.store.close()


def test_labels_without_a_sample_teach_too() -> None:
    """What was labelled through the API alone is learned from when nothing was sampled."""
    world = made(90)
    world.label(list(world.moods)[:50], "Анна", lambda key: world.moods[key])
    assert calibrate(world.store, "sentiment", "recalibrate").labels == {"sentiment": 50}
    world.store.close()


def test_retrained_weights_are_judged_by_what_never_saw_a_text() -> None:
    """Codings that trained the weights are compared with answers of weights that did not see them."""
    world = made(240)
    world.code(world.sample(60))
    world.label(list(world.moods), "Анна", lambda key: world.moods[key])
    assert len(world.moods) >= LEAST_TO_RETRAIN
    for name in ("sentiment", "toxicity"):
        now = calibrate(world.store, name, "retrain")
        read_texts(world.store)
        told = codings(world.store, Query(), name).set_index("comment_key")
        key = told.index[0]
        column = "score_toxic" if name == "toxicity" else "score_negative"
        assert told[column].iloc[0] == pytest.approx(now.held_out[name][key][0])
    world.store.close()

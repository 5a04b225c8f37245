"""Letting labels teach: what is derived anew at once, what is read anew, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from core.errors import QueryError
from core.query import Query
from core.storage import ask, reads_coding
from core.text import engine, enriching
from core.text.calibrating import CODES, Judged, Method, engine_name, standing
from core.text.learned import LEAST_TO_RETRAIN, learn
from core.text.probabilities import moods, probabilities, toxicity
from core.text.scoring import Model
from tests.core.coded import World, made
from tests.core.enriched import read_texts
from tests.core.inline import Inline

FEATURES = """
select *
from features
where score_negative is not null
order by source, comment_id
"""
NOTHING = pd.DataFrame({"code": []})


@pytest.fixture
def world() -> Iterator[World]:
    """Give a world in which everything is labelled as it is."""
    made_world = made(240)
    made_world.label(list(made_world.moods), "Анна", lambda key: made_world.moods[key])
    yield made_world
    made_world.store.close()


def told(world: World, name: Judged = "sentiment", most: int = 10**6) -> pd.DataFrame:
    """Return labelled texts as learning takes them."""
    rows = reads_coding.labelled(world.store, name).head(most)
    return rows.assign(code=rows["value"].map(CODES[name]).astype("int64"), weight=1.0)


def features(world: World) -> pd.DataFrame:
    """Return what is written about each comment."""
    return ask.frame(world.store, Query(), FEATURES)


def test_probabilities_follow_at_once(world: World) -> None:
    """All probabilities, labels and the engine's name are those of the new calibration, in one version."""
    version = world.store.version()
    now = learn(world.store, "sentiment", "recalibrate", told(world))
    rows = features(world)
    scores = rows[["score_negative", "score_neutral", "score_positive"]].to_numpy(dtype=float)
    shares = probabilities(scores, now.calibration)

    assert world.store.version() == version + 1
    assert (now.number, now.labels, now.engine) == (1, {"sentiment": 240}, f"{engine_name(now.base)}+1")
    assert np.allclose(rows[["negative", "neutral", "positive"]].to_numpy(), shares, atol=1e-5)
    assert rows["sentiment"].tolist() == moods(shares, now.calibration)
    assert np.allclose(
        rows["toxicity"], toxicity(rows["score_toxic"].to_numpy(float), now.calibration), atol=1e-5
    )
    assert set(rows["engine"]) == {now.engine}
    assert engine.count_unread(world.store) == 0


def test_each_name_has_a_calibration_of_its_own(world: World) -> None:
    """Learning rudeness leaves mood as it was, and going back takes one name alone."""
    learn(world.store, "sentiment", "recalibrate", told(world))
    before = features(world)["negative"]
    both = learn(world.store, "toxicity", "recalibrate", told(world, "toxicity"))
    assert both.labels == {"sentiment": 240, "toxicity": 240}
    assert np.allclose(features(world)["negative"], before, atol=1e-6)
    back = learn(world.store, "sentiment", "none", NOTHING)
    assert back.labels == {"toxicity": 240}
    assert back.calibration.sentiment_map == standing(world.store).model.sentiment_map
    assert back.calibration.toxicity_map == both.calibration.toxicity_map


def test_going_back_gives_the_first_probabilities_again(world: World) -> None:
    """The model's own calibration makes of the kept scores what it made of them first."""
    first = features(world)
    learn(world.store, "sentiment", "recalibrate", told(world))
    now = learn(world.store, "sentiment", "none", NOTHING)
    again = features(world)
    assert now.labels == {}
    assert np.allclose(again["negative"], first["negative"], atol=1e-6)
    assert again["sentiment"].tolist() == first["sentiment"].tolist()


def test_what_an_old_calibration_wrote_meanwhile_is_read_anew(world: World) -> None:
    """A reading that began before the calibration leaves features that count as unread."""
    old = engine.reading(world.store, Inline(1), threading.Event())
    learn(world.store, "sentiment", "recalibrate", told(world))
    enriching.enrich(old, lambda _: None)
    assert engine.count_unread(world.store) == 240
    read_texts(world.store)
    assert engine.count_unread(world.store) == 0


@pytest.mark.parametrize("method", ["recalibrate", "retrain"])
def test_too_few_labels_teach_nothing(world: World, method: Method) -> None:
    """Learning needs a number of texts, and more than one value among them."""
    least = 20 if method == "recalibrate" else LEAST_TO_RETRAIN
    with pytest.raises(QueryError, match="too few labels"):
        learn(world.store, "sentiment", method, told(world, most=least - 1))
    alike = told(world).assign(code=1)
    with pytest.raises(QueryError, match="too few labels"):
        learn(world.store, "sentiment", method, alike)
    assert standing(world.store).number == 0


def test_retraining_makes_a_model_that_reads_everything_anew(world: World) -> None:
    """New weights are kept as arrays, change the engine's name, and know the labelled texts better."""
    rows = told(world)
    before = probabilities(
        rows[["score_negative", "score_neutral", "score_positive"]].to_numpy(float),
        standing(world.store).calibration,
    )
    now = learn(world.store, "sentiment", "retrain", rows)

    assert (now.trained, now.model.name) == (1, f"{now.base.name}-local")
    assert np.array_equal(now.model.table[:, 3], now.base.table[:, 3])
    assert engine.count_unread(world.store) == 240
    read_texts(world.store)
    assert engine.count_unread(world.store) == 0
    after = told(world)[["score_negative", "score_neutral", "score_positive"]].to_numpy(float)
    shares, codes = probabilities(after, now.calibration), rows["code"].to_numpy()
    at = np.arange(len(codes))
    assert np.log(shares[at, codes]).mean() > np.log(before[at, codes]).mean() + 0.1
    unseen = now.held_out["sentiment"]
    assert set(unseen) == set(rows["comment_key"])


def test_retraining_both_and_going_back(world: World) -> None:
    """Each name's weights go back alone; with the last of them the program's own model reads again."""
    learn(world.store, "sentiment", "retrain", told(world))
    both = learn(world.store, "toxicity", "retrain", told(world, "toxicity"))
    assert set(both.held_out) == {"sentiment", "toxicity"}
    assert not np.array_equal(both.model.table[:, 3], both.base.table[:, 3])
    kept = learn(world.store, "toxicity", "recalibrate", told(world, "toxicity"))
    assert (kept.trained, kept.model.name) == (both.number, both.model.name)
    one = learn(world.store, "toxicity", "none", NOTHING)
    assert np.array_equal(one.model.table[:, 3], one.base.table[:, 3])
    assert not np.array_equal(one.model.table[:, 0], one.base.table[:, 0])
    none = learn(world.store, "sentiment", "none", NOTHING)
    assert (none.trained, none.model is none.base, none.labels) == (0, True, {})


def test_a_calibration_of_another_model_does_not_count(world: World) -> None:
    """When the program's model is another one, its own calibration counts until labels teach again."""
    learn(world.store, "sentiment", "recalibrate", told(world))
    base = Model.load()
    newer = Model(**{name: getattr(base, name) for name in base.__slots__} | {"version": base.version + 1})
    now = standing(world.store, newer)
    assert (now.labels, now.number) == ({}, 1)
    assert now.calibration.name == "model"

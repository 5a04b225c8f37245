"""How far shares can be trusted: uncalibrated until coded, then corrected, the truth in the interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from core.analysis.mood import trust
from core.query import SENTIMENTS, Query
from core.storage import ask, reads_coding
from tests.core.coded import World, made

COUNTS = """
select
    count(*) filter (sentiment = 'negative') as negative,
    count(*) filter (sentiment = 'neutral') as neutral,
    count(*) filter (sentiment = 'positive') as positive,
    count(*) filter (sentiment = 'unsure') as unsure,
    count(*) filter (toxicity < 0.5) as not_toxic,
    count(*) filter (toxicity >= 0.5) as toxic
from {rows}{featured}
where {where}
"""


@pytest.fixture(scope="module")
def coded() -> Iterator[World]:
    """Give a world in which a hundred comments of all are coded."""
    world = made()
    world.code(world.sample(100))
    yield world
    world.store.close()


def counts(world: World, query: Query) -> pd.DataFrame:
    """Return what the model says of the comments of a query."""
    return ask.frame(world.store, query, COUNTS)


def by_label(rows: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return the rows of `corrected` by class."""
    return {str(label): dict(row) for label, row in rows.set_index("label", drop=False).iterrows()}


def test_too_few_codings_leave_shares_as_they_are() -> None:
    """Below thirty coded texts every answer says "uncalibrated", and nothing is corrected."""
    world = made()
    sample = world.sample(60)
    world.code(sample, most=29)
    asked = world.asked()
    (note,) = trust.notes_for(asked)
    found = trust.corrected(asked, counts(world, Query()), "sentiment", "whole")

    assert (note.code, dict(note.values)) == ("uncalibrated", {"coded": 29, "least": 30})
    assert found["estimate"].isna().all()
    assert found["raw"].sum() == pytest.approx(1.0)
    assert trust.notes_of(found, asked) == (note,)
    world.code(sample, most=30)
    assert trust.notes_for(asked, "sentiment") == ()
    world.store.close()


def test_shares_of_the_whole_hold_the_truth(coded: World) -> None:
    """Corrected shares of all comments are near the truth, which their intervals hold; the raw one is not."""
    rows = trust.corrected(coded.asked(), counts(coded, Query()), "sentiment", "whole")
    found = by_label(rows)
    truth = pd.Series(list(coded.moods.values())).value_counts(normalize=True)

    assert list(found) == list(SENTIMENTS)
    for mood in SENTIMENTS[:3]:
        assert found[mood]["low"] <= truth[mood] <= found[mood]["high"]
    assert abs(found["neutral"]["estimate"] - truth["neutral"]) < 0.1
    assert abs(found["neutral"]["raw"] - truth["neutral"]) > 0.1
    assert set(rows["method"]) == {"prediction-powered"}
    assert [each.code for each in trust.notes_of(rows, coded.asked())] == ["corrected"]


def test_rudeness_is_corrected_too(coded: World) -> None:
    """The same holds for two classes, at the threshold that is asked for."""
    rows = trust.corrected(coded.asked(), counts(coded, Query()), "toxicity", "whole")
    truth = np.mean([coded.is_rude(key) for key in coded.moods])
    toxic = by_label(rows)["toxic"]
    assert toxic["low"] <= truth <= toxic["high"]
    assert toxic["coded"] == reads_coding.samples(coded.store)[0].items


def test_parts_are_corrected_as_if_the_model_erred_alike(coded: World) -> None:
    """Rows of a chart get the adjusted count; the mood that nobody can tell is not among it."""
    posts = ("wall:-1_2", "wall:-1_3", "wall:-1_4")
    frames = [counts(coded, Query(source=(source,))) for source in posts]
    rows = trust.corrected(coded.asked(), pd.concat(frames, ignore_index=True))
    moods = [
        pd.Series([mood for key, mood in coded.moods.items() if key.startswith(f"{post}:")]) for post in posts
    ]
    truth = np.array([(each == "neutral").mean() for each in moods])

    assert rows["row"].tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert rows[rows["label"] == "unsure"]["estimate"].isna().all()
    held = rows[rows["label"] == "neutral"]
    assert ((held["low"] <= truth) & (truth <= held["high"])).all()
    assert [each.code for each in trust.notes_of(rows, coded.asked())] == ["corrected_alike"]


def test_a_wider_question_than_the_sample_is_answered_as_if_alike() -> None:
    """Codings of one post correct all posts only by the adjusted count; their own post directly."""
    world = made()
    post = Query(source=("wall:-1_2",))
    world.code(world.sample(90, post))
    wide = trust.corrected(world.asked(), counts(world, Query()), "sentiment", "whole")
    own = trust.corrected(world.asked(post), counts(world, post), "sentiment", "whole")
    assert set(wide["method"]) == {"adjusted count"}
    assert set(own["method"]) == {"prediction-powered"}
    world.store.close()


def test_a_sample_covers_what_narrows_it_further() -> None:
    """A sample covers a query with the same filters and more; a day means another thing in another zone."""
    world = made(90)
    sample = world.sample(40, Query(source=("wall:-1_2",)))
    assert trust.covers(sample, Query(source=("wall:-1_2",), hour=(1,)))
    assert not trust.covers(sample, Query())
    assert not trust.covers(sample, Query(source=("wall:-1_2", "wall:-1_3")))
    hourly = world.sample(20, Query(hour=tuple(range(24))))
    assert trust.covers(hourly, Query(hour=tuple(range(24))))
    assert not trust.covers(hourly, Query(hour=tuple(range(24)), tz="Asia/Omsk"))
    world.store.close()


def test_a_class_that_hardly_occurs_corrects_no_parts() -> None:
    """Where too few of a class are coded the model's errors are unknown, and a note says so."""
    world = made()
    keys = reads_coding.items(world.store, world.sample(90).sample_id)["comment_key"].tolist()
    world.label(keys, "Анна", lambda _: "neutral")
    rows = trust.corrected(world.asked(), counts(world, Query()))
    assert rows["estimate"].isna().all()
    assert [each.code for each in trust.notes_of(rows, world.asked())] == ["correction_unsure"]
    world.store.close()


def test_empty_rows_have_no_shares(coded: World) -> None:
    """A row without comments has no raw share and no estimate, and no rows at all are no error."""
    nothing = counts(coded, Query(text="нетакогослова"))
    rows = trust.corrected(coded.asked(), nothing, "sentiment", "whole")
    assert rows[["raw", "estimate"]].isna().all().all()
    none = trust.corrected(coded.asked(), nothing.head(0))
    assert none.empty
    assert trust.notes_of(none, coded.asked()) == ()

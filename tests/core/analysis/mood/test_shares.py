"""Mood over time and by group: shares with intervals, the whole beside them, too few said to be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from core.analysis.mood.grouped import mean, share
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample
from core.errors import QueryError
from core.models import Comment
from core.query import Query
from core.storage import ask, reads, reads_mood
from core.storage.reads_mood import Over
from core.text.calibrating import standing
from tests.builders import at, comment
from tests.core.coded import World, made
from tests.core.enriched import answer, enriched, rows

EACH = """
select author_no, hash(source) as post, (sentiment = $mood)::double as hit, toxicity::double as toxicity
from {rows}{featured}
where {where} and sentiment is not null
"""


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """Give a world of which nothing is coded."""
    made_world = made()
    yield made_world
    made_world.store.close()


def sums(world: World, over: Over = "source", top: int = 50) -> pd.DataFrame:
    """Return the sums of groups."""
    return reads_mood.by_group(world.store, Query(), over, threshold=0.5, top=top)


def test_intervals_are_those_of_clustered_shares(world: World) -> None:
    """Shares, means and their ends equal those that every single comment gives, clustered by author."""
    whole = sums(world).head(1)
    each = ask.frame(world.store, Query(), EACH, mood="negative")
    sample = Sample(each["hit"].to_numpy(), np.ones(len(each)), (each["author_no"].to_numpy(),))
    expected = clustered.share(sample)
    found = share(whole, "negative")

    assert expected is not None
    assert found.value[0] == pytest.approx(expected.value, abs=1e-8)
    assert found.low[0] == pytest.approx(expected.low, abs=0.003)
    assert found.high[0] == pytest.approx(expected.high, abs=0.003)
    rude = mean(whole, "toxicity")
    assert rude.value[0] == pytest.approx(each["toxicity"].mean(), abs=1e-6)
    assert rude.low[0] < rude.value[0] < rude.high[0]
    assert whole["clusters"][0] == 40


def test_posts_are_clusters_where_there_are_enough() -> None:
    """With twenty posts, each of a mood of its own, the interval knows who wrote and where."""
    draw = np.random.default_rng(3)
    moods = draw.beta(1, 2, 20)
    comments = [
        comment(
            number,
            "Ужас и позор" if draw.random() < moods[number % 20] else "Отлично, спасибо",
            author_id=10 + int(draw.integers(60)),
            source=f"wall:-1_{2 + number % 20}",
        )
        for number in range(1, 601)
    ]
    store = enriched(comments)
    each = ask.frame(store, Query(), EACH, mood="negative")
    whole = reads_mood.by_group(store, Query(), "week", threshold=0.5, top=50)
    store.close()
    by = (each["author_no"].to_numpy(), each["post"].to_numpy().view(np.int64))
    expected = clustered.share(Sample(each["hit"].to_numpy(), np.ones(len(each)), by))
    authors = clustered.share(Sample(each["hit"].to_numpy(), np.ones(len(each)), by[:1]))
    found = share(whole, "negative")
    assert expected is not None
    assert authors is not None
    for place in range(2):  # all comments together, and the one week that they are of
        assert found.value[place] == pytest.approx(expected.value, abs=1e-8)
        assert (found.low[place], found.high[place]) == pytest.approx(
            (expected.low, expected.high), abs=0.003
        )
        assert found.high[place] - found.low[place] > 1.5 * (authors.high - authors.low)


def test_rows_add_up_to_the_whole(world: World) -> None:
    """Every judged comment is in one group; the summary is of all."""
    found = answer(world.store, "mood", over="source")
    assert found.n == len(world.moods)
    assert found.model == standing(world.store).engine
    assert sum(row["n"] for row in found.rows) == found.summary["n"] == len(world.moods)
    for row in found.rows:
        assert row["negative"] + row["neutral"] + row["positive"] + row["unsure"] == row["n"]
        assert row["negative_low"] <= row["negative_share"] <= row["negative_high"]
    assert [note.code for note in found.notes] == ["uncalibrated"]


def test_days_are_local_and_in_order(world: World) -> None:
    """A period begins at local midnight, and is named by its day."""
    found = answer(world.store, "mood", Query(tz="Europe/Moscow"), over="day")
    assert [row["group"] for row in found.rows] == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"][
        : len(found.rows)
    ]
    assert found.rows[0]["period"] == "2026-03-01T21:00:00Z"


@pytest.mark.parametrize("over", ["week", "month", "community", "language"])
def test_every_way_of_grouping_counts_all(world: World, over: str) -> None:
    """Here all comments are of one week, month, community and language."""
    (row,) = answer(world.store, "mood", over=over).rows
    assert row["n"] == len(world.moods)


def test_the_largest_groups_are_shown(world: World) -> None:
    """`top` leaves out smaller groups, but not their comments from the whole."""
    found = answer(world.store, "mood", over="source", top=1)
    assert len(found.rows) == 1
    assert found.summary["n"] == len(world.moods)


def test_topics_without_a_fit_are_no_error(world: World) -> None:
    """Where no topics were found there are no rows, and the whole stands."""
    found = answer(world.store, "mood", over="topic")
    assert found.rows == []
    assert found.summary["n"] == len(world.moods)


def test_nothing_read_is_no_error(world: World) -> None:
    """A query of no comments gives no rows and counts nothing."""
    found = answer(world.store, "mood", Query(text="нетакогослова"))
    assert (found.rows, found.summary) == ([], {"n": 0})


def test_too_few_are_said_to_be_so(world: World) -> None:
    """Below thirty comments or five authors shares are null and a note says in how many rows."""
    found = answer(world.store, "mood", Query(author=(10, 11, 12)), over="source")
    assert {row["is_enough"] for row in found.rows} == {False}
    assert {row["negative_share"] for row in found.rows} == {None}
    few = next(note for note in found.notes if note.code == "mood_few")
    assert few.values["rows"] == len(found.rows)
    assert found.summary["negative_share"] is None


@pytest.mark.parametrize("over", reads_mood.KEYS)
@pytest.mark.parametrize("query", [Query(source=("wall:-1_2",)), Query(lemma="ужас"), Query(topic=(0,))])
def test_filters_go_with_every_way_of_grouping(world: World, over: str, query: Query) -> None:
    """Whatever the comments are grouped by, they can be chosen by source, word and topic."""
    found = answer(world.store, "mood", query, over=over)
    chosen = reads.figures(world.store, query, None).comments
    assert found.summary["n"] == chosen
    assert sum(row["n"] for row in found.rows) == (0 if over == "topic" else chosen)


def test_old_answers_of_a_model_are_said_to_be_so() -> None:
    """While some texts still have what another calibration said, a note says so and nothing is corrected."""
    world = made()
    with world.store.writing("features") as transaction:
        transaction.cursor.execute("update features set engine = 'old' where comment_id = 1")
    codes = [note.code for note in answer(world.store, "mood").notes]
    world.store.close()
    assert codes[0] == "judged_anew"


def test_authors_are_told_apart_by_who_they_are() -> None:
    """Communities, authors of posts, newcomers to the dataset, and who came back under another post."""
    texts: list[Comment] = [
        comment(1, "Ужас и позор", author_id=-5),
        comment(2, "Ужас и позор", author_id=7, is_post_author=True),
        comment(3, "Отлично, спасибо", author_id=8, published_at=at(1)),
        comment(4, "Отлично, спасибо", author_id=8, published_at=at(2), source="wall:-1_9"),
        comment(5, "Отлично, спасибо", author_id=None),
    ]
    store = enriched(texts)
    found = answer(store, "mood", over="author_group")
    assert Counter({str(row["group"]): row["n"] for row in found.rows}) == {
        "community": 1,
        "post_author": 1,
        "newcomer": 1,
        "regular": 1,
        "unknown": 1,
    }
    store.close()


def test_too_long_a_time_is_refused() -> None:
    """More days than an answer should have are refused with a hint."""
    store = enriched([comment(1), comment(2, published_at=at(24 * 4100))])
    with pytest.raises(QueryError, match="too long"):
        answer(store, "mood", over="day")
    assert len(answer(store, "mood", over="month").rows) == 2
    store.close()


def test_codings_correct_every_share() -> None:
    """Once coded, the whole is corrected directly, groups as if alike, and the notes say so."""
    coded = made()
    coded.code(coded.sample(100))
    found = answer(coded.store, "mood", over="source")
    codes = [note.code for note in found.notes]
    truth = Counter(coded.moods.values())["neutral"] / len(coded.moods)

    assert codes == ["corrected", "corrected_alike"]
    assert found.summary["neutral_corrected_low"] <= truth <= found.summary["neutral_corrected_high"]
    for row in found.rows:
        assert row["neutral_corrected_low"] <= row["neutral_corrected"] <= row["neutral_corrected_high"]
    coded.store.close()


def test_examples_are_of_their_class_and_say_why(world: World) -> None:
    """The surest come first, the words that speak for the class stand beside them."""
    found = answer(world.store, "mood_examples", of="negative", top=5)
    sure = [row["negative"] for row in found.rows]
    assert sure == sorted(sure, reverse=True)
    assert {world.moods[str(row["comment_key"])] for row in found.rows} == {"negative"}
    assert all(row["because"] for row in found.rows)
    assert found.summary["n"] >= len(found.rows)
    assert [note.code for note in found.notes] == ["uncalibrated"]


def test_examples_are_chosen_as_asked(world: World) -> None:
    """The most liked come by likes; random ones are the seed's; unsure and toxic are classes too."""
    liked = answer(world.store, "mood_examples", of="unsure", choose="most_liked", top=9)
    likes = [row["likes"] for row in liked.rows]
    assert likes == sorted(likes, reverse=True)
    picked = [
        [row["comment_key"] for row in answer(world.store, "mood_examples", choose="random", seed=seed).rows]
        for seed in (1, 1, 2)
    ]
    assert picked[0] == picked[1] != picked[2]
    toxic = answer(world.store, "mood_examples", of="toxic", toxic_from=0.05, top=3)
    assert all(row["toxicity"] >= 0.05 for row in toxic.rows)
    assert rows(toxic, sentiment="nothing") == []
    none = answer(world.store, "mood_examples", Query(text="нетакогослова"))
    assert (none.rows, none.summary) == ([], {"n": 0})

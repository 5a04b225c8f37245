"""Samples for coding: who is drawn, how often, in which order."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from core.errors import QueryError
from core.query import Query
from core.storage import reads_coding, writes, writes_coding
from core.text import coding
from core.text.calibrating import standing
from tests.builders import comment, tombstone
from tests.core.coded import World, label, made
from tests.core.enriched import enriched

COPY = "Спасибо большое всем за отличный праздник"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """Give a world that tests only draw from."""
    made_world = made()
    yield made_world
    made_world.store.close()


def test_rare_strata_get_more_than_their_share() -> None:
    """Parts grow with the square root of a stratum, sum to the size, and none exceeds what there is."""
    found = coding.parts({"common": 10_000, "rare": 100, "few": 3, "none": 0}, 150)

    assert found["few"] == 3
    assert "none" not in found
    assert found["common"] > found["rare"] > 10
    assert sum(found.values()) == 150


def test_a_small_dataset_is_drawn_whole() -> None:
    """Where there are fewer texts than asked for, all of them are taken."""
    assert coding.parts({"a": 7, "b": 2}, 150) == {"a": 7, "b": 2}
    assert coding.parts({}, 150) == {}


def test_texts_that_say_the_same_teach_once() -> None:
    """A text is left out when it shares more than half of its lemmas with an earlier one."""
    assert coding.unlike([[1, 2, 3], [1, 2, 4], [5, 6], [7]], 2) == [0, 2]
    assert coding.unlike([[1, 2], [1, 9]], 5) == [0, 1]


def test_a_sample_is_kept_in_random_order_and_says_no_answer(world: World) -> None:
    """Items are numbered from 1, shuffled, each once, and carry nothing the model says."""
    sample = world.sample(60)
    items = reads_coding.items(world.store, sample.sample_id)

    assert list(items.columns) == ["place", "comment_key", "text", "root_id", "published_at"]
    assert items["place"].tolist() == list(range(1, sample.items + 1))
    assert items["comment_key"].is_unique
    assert reads_coding.samples(world.store)[0].items == sample.items
    moods = [world.moods[key] for key in items["comment_key"]]
    assert moods != sorted(moods)


def test_the_seed_decides(world: World) -> None:
    """The same seed draws the same comments, another one others."""
    drawn = [
        reads_coding.items(world.store, world.sample(40, seed=seed).sample_id)["comment_key"].tolist()
        for seed in (5, 5, 6)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_only_comments_of_the_query_are_drawn(world: World) -> None:
    """Filters narrow what is drawn from, and the sample tells them."""
    sample = world.sample(20, Query(source=("wall:-1_3",)))
    keys = reads_coding.items(world.store, sample.sample_id)["comment_key"]
    assert keys.str.startswith("wall:-1_3:").all()
    assert sample.query == '{"source": ["wall:-1_3"]}'


def test_copies_are_coded_once_and_weigh_as_often_as_drawn() -> None:
    """Of equal texts one is coded; foreign, empty and deleted ones are not drawn."""
    copies = [comment(number, COPY) for number in range(1, 41)]
    others = [
        comment(number, f"Магазин на улице {'абвгдежзик'[number % 10] * 4}") for number in range(41, 51)
    ]
    rest = [comment(60, "Дякую, будь ласка, все дуже гарно"), comment(61, ""), tombstone(62)]
    store = enriched([*copies, *others, *rest])
    sample = coding.draw(store, Query(), "stratified", size=20, seed=1, engine=standing(store).engine)
    texts = reads_coding.items(store, sample.sample_id)["text"].tolist()

    assert len(texts) == len(set(texts)) == sample.items
    assert texts.count(COPY) == 1
    assert not {"", "Дякую, будь ласка, все дуже гарно"} & set(texts)
    keys = reads_coding.items(store, sample.sample_id)["comment_key"].tolist()
    writes_coding.write_labels(store, [label(key, "sentiment", "positive") for key in keys])
    told = reads_coding.coded(store, Query(), "sentiment").set_index("comment_key")
    copied = told.loc[keys[texts.index(COPY)]]
    assert copied["times"] > 1
    assert (told["times"] >= 1).all()
    store.close()


def test_weights_give_the_strata_back(world: World) -> None:
    """Each stratum's coded texts stand for all of its comments together."""
    sample = world.sample(80)
    world.code(sample)
    told = reads_coding.coded(world.store, Query(), "sentiment")
    told = told[told["sample_id"] == sample.sample_id]
    sizes = told.groupby("stratum")["stratum_size"].first()
    assert sizes.to_dict() == reads_coding.strata(world.store, Query())
    assert int(sizes.sum()) == len(world.moods)


def test_nothing_to_draw_from_says_so(world: World) -> None:
    """A query without judged comments is refused with a reason."""
    with pytest.raises(QueryError, match="nothing to code"):
        world.sample(20, Query(text="нетакогослова"))


def test_what_teaches_most_waits_for_a_hundred() -> None:
    """The second kind of sample needs 100 coded texts, leaves out labelled ones, and weighs nothing."""
    world = made()
    sample = world.sample(120)
    world.code(sample, most=99)
    engine = standing(world.store).engine
    with pytest.raises(QueryError, match="100"):
        coding.draw(world.store, Query(), "instructive", size=20, seed=1, engine=engine)
    world.code(sample)
    second = coding.draw(world.store, Query(), "instructive", size=20, seed=1, engine=engine)

    coded = set(reads_coding.items(world.store, sample.sample_id)["comment_key"])
    chosen = reads_coding.items(world.store, second.sample_id)["comment_key"].tolist()
    assert 0 < len(chosen) <= 20
    assert not coded & set(chosen)
    world.label(chosen, "Анна", lambda key: world.moods[key])
    told = reads_coding.coded(world.store, Query(), "sentiment")
    assert set(told["sample_id"]) == {sample.sample_id}
    world.store.close()


def test_a_deleted_source_leaves_the_sample_and_its_labels() -> None:
    """Nothing of a deleted source is shown or counted any more."""
    own = made(90)
    sample = own.sample(60)
    own.code(sample)
    writes.delete_source(own.store, "wall:-1_3")

    keys = reads_coding.items(own.store, sample.sample_id)["comment_key"]
    told = reads_coding.coded(own.store, Query(), "sentiment")
    assert len(keys) < sample.items
    assert set(told["comment_key"]) == set(keys)
    assert np.all(~keys.str.startswith("wall:-1_3:"))
    own.store.close()

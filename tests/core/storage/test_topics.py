"""Topics in the database: texts are drawn by a seed, fits and places are kept, and go with their comments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from core.query import Query
from core.storage import reads_topics, writes, writes_topics
from core.storage.reads_topics import StoredFit
from core.storage.store import Store
from tests.builders import at, comment
from tests.core.enriched import enriched

FIT = StoredFit(
    fit_id=0,
    question="a",
    topics=2,
    seed=1,
    engine="1",
    made_version=3,
    made_at=datetime(2026, 3, 2, tzinfo=UTC),
    documents=5,
    texts=9,
    lemmas=["кот", "пёс", "дом"],
    weights=np.array([1.5, 2.0, 2.5]),
    components=np.array([[1.0, 0.0, 0.5], [0.0, 0.25, 0.0]]),
    described=json.dumps([]),
)


@pytest.fixture
def store() -> Iterator[Store]:
    """Open a database of comments in two sources, read."""
    opened = enriched(
        [
            comment(1, "Кошка спит на диване", author_id=1),
            comment(2, "кошка спит, на диване!", author_id=2),
            comment(3, "Собака ест суп дома", author_id=2),
            comment(4, "Птица поёт утром рано", author_id=None, source="wall:-1_3"),
            comment(5, "Да", author_id=3, source="wall:-1_3"),
        ]
    )
    yield opened
    opened.close()


def drawn(store: Store, most: int, seed: int) -> list[tuple[int, ...]]:
    """Return the lemmas of the texts that are drawn."""
    found = reads_topics.drawn_texts(store, Query(), fewest=3, most=most, seed=seed)
    return [tuple(each) for each in found["lemmas"].to_pylist()]


def place(store: Store, fit_id: int, topics: list[int]) -> pa.Table:
    """Give every comment that waits a topic."""
    waiting = reads_topics.unplaced(store, Query(), fit_id, fewest=3).sort_by("comment_id")
    return (
        waiting.select(["source", "comment_id", "mark"])
        .append_column("topic", pa.array(topics[: waiting.num_rows], pa.int32()))
        .append_column("share", pa.array([0.75] * waiting.num_rows, pa.float32()))
    )


def test_copies_are_drawn_once_and_short_texts_never(store: Store) -> None:
    """Texts alike but for case and punctuation are one, a text of one word is none."""
    assert len(drawn(store, 10, 1)) == 3
    found = reads_topics.drawn_texts(store, Query(), fewest=3, most=2, seed=1)
    assert (found.num_rows, found["texts"].to_pylist()) == (2, [3, 3])


def test_the_seed_decides_which_texts_are_drawn(store: Store) -> None:
    """The same seed draws the same texts in the same order, some other seed draws others."""
    assert drawn(store, 2, 5) == drawn(store, 2, 5)
    assert len({tuple(drawn(store, 1, seed)) for seed in range(20)}) == 3


def test_a_fit_comes_back_as_it_was(store: Store) -> None:
    """A kept fit is found by its question, with the number it was given."""
    assert reads_topics.stored_fit(store, "a") is None
    assert reads_topics.stored_fit(store) is None
    fit_id = writes_topics.write_fit(store, FIT, place(store, 0, [1, 1, 2, 0, 0]))
    found = reads_topics.stored_fit(store, "a")
    assert found is not None
    np.testing.assert_array_equal(found.components, FIT.components)
    np.testing.assert_array_equal(found.weights, FIT.weights)
    kept = (found.fit_id, found.topics, found.lemmas, found.made_at, found.made_version, found.described)
    assert kept == (fit_id, 2, FIT.lemmas, FIT.made_at, 3, FIT.described)
    assert reads_topics.stored_fit(store, "b") is None


def test_one_fit_at_a_time_places_comments(store: Store) -> None:
    """The fit of another question takes the places of all comments over; both stay kept."""
    first = writes_topics.write_fit(store, FIT, place(store, 0, [1, 1, 2, 0, 0]))
    second = writes_topics.write_fit(store, replace(FIT, question="b"), place(store, 0, [2, 2, 1, 1, 1]))
    current = reads_topics.stored_fit(store)
    assert current is not None
    assert current.fit_id == second != first
    assert reads_topics.stored_fit(store, "a") is not None
    assert reads_topics.unplaced(store, Query(), first, fewest=3).num_rows == 5
    assert reads_topics.unplaced(store, Query(), second, fewest=3).num_rows == 0
    writes_topics.write_places(store, first, place(store, first, [1, 1, 2, 0, 0]))
    assert reads_topics.unplaced(store, Query(), second, fewest=3).num_rows == 5


def test_a_question_has_one_fit(store: Store) -> None:
    """A new fit of the same question takes the place of the old one."""
    writes_topics.write_fit(store, FIT, place(store, 0, [0] * 5))
    again = writes_topics.write_fit(store, replace(FIT, seed=2), place(store, 0, [1] * 5))
    found = reads_topics.stored_fit(store, "a")
    assert found is not None
    assert (found.fit_id, found.seed) == (again, 2)


def test_topics_are_counted_per_author(store: Store) -> None:
    """Each author's comments in each topic are counted, and the short ones among them."""
    fit_id = writes_topics.write_fit(store, FIT, place(store, 0, [1, 1, 1, 2, 0]))
    counted = reads_topics.per_author(store, Query(), fit_id, fewest=3)
    found = sorted(zip(counted["topic"], counted["comments"], counted["short"], strict=True))
    assert found == [(0, 1, 1), (1, 1, 0), (1, 2, 0), (2, 1, 0)]
    examples = reads_topics.examples(store, Query(), fit_id)
    assert {topic: len(keys) for topic, keys in examples.items()} == {1: 2, 2: 1}


def test_the_filter_knows_places(store: Store) -> None:
    """Comments with a topic, and those that were looked at and have none, are found by the filter."""
    writes_topics.write_fit(store, FIT, place(store, 0, [1, 1, 2, 0, 0]))
    counted = [
        reads_topics.per_author(store, Query(topic=(n,)), 1, fewest=3)["comments"].sum() for n in range(3)
    ]
    assert counted == [2, 2, 1]


def test_places_go_with_their_source(store: Store) -> None:
    """When a source is deleted its comments have no topic, and places that come too late are not written."""
    late = place(store, 0, [1, 1, 1, 2, 2])
    writes_topics.write_fit(store, FIT, late)
    before = reads_topics.texts_version(store)
    writes.delete_source(store, late["source"].to_pylist()[4])
    assert reads_topics.texts_version(store) == before + 2
    writes_topics.write_places(store, 1, late)
    counted = reads_topics.per_author(store, Query(), 1, fewest=3)
    assert counted["topic"].unique().tolist() == [1]


def test_lemmas_have_numbers_both_ways(store: Store) -> None:
    """Lemmas are found by their numbers and numbers by their lemmas; what is not there is left out."""
    numbers = reads_topics.lemma_numbers(store, ["кошка", "собака", "слон"])
    assert set(numbers) == {"кошка", "собака"}
    assert reads_topics.lemma_texts(store, [*numbers.values(), -5]) == {n: w for w, n in numbers.items()}


def test_nothing_read_has_no_engine() -> None:
    """Before any text was read there is no engine to name; after, it is the one that read."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    assert (reads_topics.engine_of(opened), reads_topics.texts_version(opened)) == ("", 0)
    opened.close()

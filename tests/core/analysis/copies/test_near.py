"""Near-copies: clusters of different texts that are almost the same."""

from __future__ import annotations

import threading

import pandas as pd
import pyarrow as pa
import pytest

from core.analysis.copies.near import chained, notes_of
from core.errors import TaskCancelled
from core.query import Query
from core.storage.store import Store
from tests.builders import at, comment
from tests.core.enriched import answer, enriched

SPREAD = (
    "Новый мост через реку нужен нашему городу уже давно, согласитесь",
    "Новый мост через реку нужен нашему городу очень давно, согласитесь",
    "Новый большой мост через реку нужен нашему городу уже давно, согласитесь",
    "Новый мост через реку нууужен нашему городу уже давно, согласитесь",
)
OTHERS = (
    "Погода сегодня просто замечательная, и все гуляют в старом парке",
    "Подскажите, пожалуйста, во сколько завтра начинается матч на стадионе",
)


@pytest.fixture(scope="module")
def store() -> Store:
    """Open a store with a text in four wordings by eight authors, and two texts of their own."""
    made = [
        comment(n, text, author_id=200 + n, published_at=at(n), source=f"wall:-1_{n % 2 + 1}")
        for n, text in enumerate(SPREAD + SPREAD + OTHERS, 1)
    ]
    return enriched(made)


def test_wordings_of_one_text_are_a_cluster(store: Store) -> None:
    """A word changed, added or stretched leaves a text with its near-copies; other texts stay outside."""
    found = answer(store, "near_copies")
    (row,) = found.rows
    assert (row["texts"], row["comments"], row["authors"], row["sources"]) == (4, 8, 8, 2)
    assert (row["first_key"], row["text"], row["spread_hours"]) == ("wall:-1_2:1", SPREAD[0], 7.0)
    assert 0.8 <= float(str(row["least_likeness"])) <= float(str(row["median_likeness"])) <= 1.0
    assert found.summary == {"texts": 6, "alike": 4, "clusters": 1}
    assert found.notes == ()


def test_what_is_alike_is_a_parameter(store: Store) -> None:
    """When nothing but the same words in the same order counts, only the stretched word is no difference."""
    (row,) = answer(store, "near_copies", likeness=1.0).rows
    assert row["texts"] == 2


def test_the_filter_and_the_authors_decide(store: Store) -> None:
    """Texts are compared within the query, and a cluster of too few authors is left out."""
    (row,) = answer(store, "near_copies", Query(source=("wall:-1_1",))).rows
    assert row["comments"] == 4
    assert answer(store, "near_copies", least_authors=9).rows == []


def test_nothing_is_near_nothing() -> None:
    """An empty dataset has no clusters, and says so with zeros."""
    found = answer(enriched([]), "near_copies")
    assert (found.rows, found.summary) == ([], {"texts": 0, "alike": 0, "clusters": 0})


def test_a_sample_is_told() -> None:
    """Where not all texts were compared a note says how many of how many."""
    (note,) = notes_of(pa.table({"texts": [5000, 5000]}))
    assert (note.code, dict(note.values)) == ("copies_sampled", {"compared": 2, "texts": 5000})


def test_it_can_be_stopped(store: Store) -> None:
    """A set event ends the work."""
    from core.analysis.catalogue import named
    from core.analysis.described import Asked
    from core.storage import reads
    from tests.core.inline import Inline

    cancel, analysis, said = threading.Event(), named("near_copies"), []

    def report(done: float, note: str) -> None:
        said.append((done, note))
        if done > 0.1:
            cancel.set()

    asked = Asked(
        store,
        Query(),
        analysis.checked({}),
        reads.figures(store, Query()),
        cancel,
        Inline(1),
        report=report,
    )
    with pytest.raises(TaskCancelled):
        analysis.found(asked)
    assert [note for _, note in said] == ["analyze.copies_reading", "analyze.copies_hashing"]


def test_chains_are_told() -> None:
    """Groups that hold texts less alike than asked for are counted in a note; without any there is none."""
    groups = pd.DataFrame({"least_likeness": [0.9, 0.5, 0.79]})
    (note,) = chained(groups, 0.8)
    assert (note.code, note.values) == ("copies_chained", {"loose": 2, "groups": 3})
    assert chained(groups, 0.5) == ()

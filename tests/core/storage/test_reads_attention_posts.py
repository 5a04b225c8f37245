"""Ages of posts at their comments, as the database counts them."""

from __future__ import annotations

import pytest

from core.models import Comment
from core.query import Query
from core.storage import reads_attention_posts as reads
from core.storage import writes
from core.storage.store import Store
from tests.builders import NOON, at, comment, page, source


def test_first_comments_are_those_of_the_query(filled: tuple[Store, list[Comment]]) -> None:
    """Each dated source counts with its oldest comment after it, by number of comments."""
    store, comments = filled
    found = reads.firsts(store, Query(level="root"))
    for row in found.itertuples():
        moments = [
            each.published_at
            for each in comments
            if str(each.source) == row.source and each.root_id is None
            if each.published_at and each.published_at >= NOON
        ]
        assert (row.first_at, row.comments) == (min(moments).replace(tzinfo=None), len(moments))
    assert len(found) == 3
    assert found["comments"].is_monotonic_decreasing


@pytest.fixture
def aged(store: Store) -> Store:
    """Open a post of comments at ages of 0.5, 1.5 ... 11.5 hours, one before it and one a year later."""
    writes.write_sources(store, "run", [source("wall:-1_2")], at(500))
    ages = [*(hour + 0.5 for hour in range(12)), -1, 9000]
    writes.write_pages(
        store, "run", [page(*(comment(n, published_at=at(age)) for n, age in enumerate(ages)))], at(500)
    )
    return store


def test_comments_fall_into_spans_of_age(aged: Store) -> None:
    """Every comment after its post is in one span; how long the post was looked at is known."""
    found = reads.by_age(aged, Query())
    assert dict(zip(found["hours"], found["comments"], strict=True)) == {
        1: 1,
        2: 1,
        3: 1,
        6: 3,
        12: 6,
        1_000_000: 1,
    }
    assert set(found["seen_for"]) == {500.0}


def test_a_half_life_is_the_median_age(aged: Store) -> None:
    """Half of the twelve comments came in six hours; a longer window than was looked at tells nothing."""
    (row,) = reads.half_lives(aged, Query(), 24, 10).itertuples()
    assert (row.comments, row.half_life_hours, row.mean_hours) == (12, 6.0, 6.0)
    assert (row.low, row.high, row.state) == (2.5, 9.5, "measured")
    assert reads.half_lives(aged, Query(), 24, 13)["state"].tolist() == ["too few"]
    assert reads.half_lives(aged, Query(), 720, 10)["state"].tolist() == ["too young"]

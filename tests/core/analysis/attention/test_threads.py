"""Threads: their trees, who answers back, and how they usually are."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.attention import thread_shapes
from core.query import Query
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page
from tests.core.enriched import answer

CHAIN = {1: None, 2: 1, 3: 2, 4: 3}
STAR = {11: None, 12: 11, 13: 11, 14: None}


def shaped(threads: list[dict[int, int | None]]) -> dict[int, tuple[int, int, float]]:
    """Return (depth, width, virality) of threads given as {comment: what it answers}, the root first."""
    rows = [
        (number, each, next(iter(one)), -1 if answered is None else answered)
        for number, one in enumerate(threads)
        for each, answered in one.items()
    ]
    found, _ = thread_shapes.shapes(*(np.array(column) for column in zip(*rows, strict=True)))
    return {row.thread: (row.depth, row.width, row.virality) for row in found.itertuples()}


def test_a_chain_is_deep_and_a_star_is_wide() -> None:
    """Four in a row are three deep; three answers to one are three wide, with or without a parent."""
    found = shaped([CHAIN, STAR])
    assert found[0] == (3, 1, pytest.approx((3 * 1 + 2 * 2 + 1 * 3) / 6))
    assert found[1] == (1, 3, pytest.approx((3 * 1 + 3 * 2) / 6))


def test_a_parent_that_is_not_there_leaves_the_root() -> None:
    """An answer to a lost comment answers the root; without a root the first comment stands for it."""
    assert shaped([{1: None, 2: 1, 3: 77}])[0][:2] == (1, 2)
    rows = np.array([[5, 5, 5], [8, 7, 9], [1, 1, 1], [1, 8, 7]])
    found, _ = thread_shapes.shapes(*rows)
    assert found[["depth", "width"]].to_numpy().tolist() == [[1, 2]]


def test_a_circle_is_no_thread_of_its_own() -> None:
    """Comments that answer each other in a circle are counted apart; who answers itself answers the root."""
    rows = np.array([[1] * 4, [1, 2, 3, 4], [1] * 4, [-1, 3, 2, 4]])
    found, circular = thread_shapes.shapes(*rows)
    assert (found["thread"].tolist(), circular) == ([1], 2)
    assert found["depth"].tolist() == [1]


def test_lone_comments_are_no_threads() -> None:
    """Comments nobody answered have no shape."""
    found, circular = thread_shapes.shapes(
        np.array([1, 2]), np.array([1, 2]), np.array([1, 2]), np.array([-1, -1])
    )
    assert (len(found), circular) == (0, 0)


@pytest.fixture(scope="module")
def store() -> Store:
    """Open forty posts with a chain of four by two authors and a lone comment each, and one with a star."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: at(99))
    pages = []
    for number in range(1, 41):
        key = f"wall:-1_{number}"
        chain = [
            comment(each, source=key, author_id=each % 2 + 1, root_id=1 if parent else None,
                    parent_id=parent, published_at=at(each))
            for each, parent in CHAIN.items()
        ]  # fmt: skip
        pages.append(page(*chain, comment(99, source=key)))
    star = [
        comment(
            each, source="wall:-1_99", author_id=each, root_id=None if each == 1 else 1, published_at=at(each)
        )
        for each in range(1, 7)
    ]
    writes.write_pages(opened, "run", [*pages, page(*star)], at(99))
    return opened


def test_threads_are_measured(store: Store) -> None:
    """The largest thread comes first; depth, width, authors and the time between answers are its own."""
    rows = answer(store, "threads", top=2).rows
    star, chain = rows
    assert (star["root"], star["comments"], star["depth"], star["width"], star["authors"]) == (
        "wall:-1_99:1",
        6,
        1,
        5,
        6,
    )
    assert (chain["comments"], chain["depth"], chain["width"], chain["authors"]) == (4, 3, 1, 2)
    assert (chain["latency"], chain["timed"], chain["pairs"], chain["reciprocity"]) == (60.0, 3, 1, None)
    assert star["virality"] == pytest.approx((5 * 1 + 10 * 2) / 15)


def test_the_order_is_chosen(store: Store) -> None:
    """By depth the chains come first."""
    assert answer(store, "threads", order="depth", top=1).rows[0]["depth"] == 3


def test_all_threads_have_medians_with_intervals(store: Store) -> None:
    """Of 41 threads medians, reciprocity and the share of answered comments are known with their ends."""
    found = answer(store, "threads").summary
    assert (found["threads"], found["comments_median"], found["depth_median"]) == (41, 4, 3)
    assert (found["latency_median"], found["authors_median"]) == (60, 2)
    assert found["reciprocity"] == pytest.approx(40 / 45)
    assert found["reciprocity_low"] < 40 / 45 < found["reciprocity_high"]
    assert found["answered"] == pytest.approx(41 / 81)
    assert found["answered_low"] < 41 / 81 < found["answered_high"]


def test_few_threads_are_too_few_to_say(store: Store) -> None:
    """Of one post the threads are named, but nothing is said of threads as such."""
    found = answer(store, "threads", Query(source=("wall:-1_1",)))
    assert len(found.rows) == 1
    assert found.summary["comments_median"] is None
    assert [each.code for each in found.notes] == ["threads_of_query", "threads_few"]


def test_circles_are_told() -> None:
    """When comments answer each other in a circle, the answer says so."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: at(99))
    rows = [comment(1), comment(2, root_id=1, parent_id=3), comment(3, root_id=1, parent_id=2)]
    writes.write_pages(opened, "run", [page(*rows)], at(9))
    assert "threads_circular" in {each.code for each in answer(opened, "threads").notes}


def test_nothing_has_no_threads() -> None:
    """Without comments there are no rows and no figures."""
    empty = Store.open("duckdb:///:memory:", clock=at)
    found = answer(empty, "threads")
    assert (found.rows, found.summary["threads"], found.summary["answered"]) == ([], 0, None)

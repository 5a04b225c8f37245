"""Engagement: figures of comments and of posts, and those of each source."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.attention import engagement
from core.analysis.concentration import gini
from core.models import Comment
from core.query import Query
from core.storage import reads_attention_engagement as reads
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page, source
from tests.core.analysis.attention.clusters_of import ways_of, world
from tests.core.enriched import answer

POSTS = 40


@pytest.fixture(scope="module")
def made() -> list[Comment]:
    """Make comments of 60 authors under 40 posts, every third a reply."""
    values, author, post = world(np.random.default_rng(5), 1500)
    return [
        comment(
            number + 1,
            source=f"wall:-1_{post[number] % POSTS + 1}",
            author_id=int(author[number]) % 60 + 1,
            likes=int(values[number]),
            replies=number % 5 if number % 3 else 0,
            root_id=None if number % 3 else 100_000,
        )
        for number in range(1500)
    ]


@pytest.fixture(scope="module")
def store(made: list[Comment]) -> Store:
    """Open a database with these comments and their posts, one post without views."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: at(99))
    posts = [
        source(
            f"wall:-1_{n}",
            f"Пост {n}",
            views=None if n == 1 else 1000 * n,
            likes=10 * n,
            reposts=n,
            declared_comments=50,
        )
        for n in range(1, POSTS + 1)
    ]
    writes.write_sources(opened, "run", posts, at(9))
    keys = sorted({str(each.source) for each in made})
    pages = [page(*(each for each in made if str(each.source) == key)) for key in keys]
    writes.write_pages(opened, "run", pages, at(9))
    return opened


def test_figures_are_those_of_the_comments(store: Store, made: list[Comment]) -> None:
    """Mean, median, P90, Gini and the share of none are those of the list, each inside its interval."""
    found = {row["measure"]: row for row in answer(store, "engagement").rows}
    likes = np.array([each.likes for each in made])
    replies = np.array([each.replies for each in made if each.root_id is None])
    for of, values in (("likes", likes), ("replies", replies)):
        expected = {
            "mean": values.mean(),
            "median": np.quantile(values, 0.5, method="inverted_cdf"),
            "p90": np.quantile(values, 0.9, method="inverted_cdf"),
            "gini": gini(values),
            "none": (values == 0).mean(),
        }
        for name, value in expected.items():
            row = found[f"{of}_{name}"]
            assert row["value"] == pytest.approx(value, abs=1e-9)
            assert row["low"] <= row["value"] <= row["high"]
            assert row["n"] == len(values)


def test_rates_are_by_views(store: Store) -> None:
    """A post's rates are its likes, reposts and comments over its views, in percent; n counts posts."""
    found = {row["measure"]: row for row in answer(store, "engagement").rows}
    numbers = np.arange(2, POSTS + 1)
    assert found["er_view"]["value"] == pytest.approx((100 * (11 * numbers + 50) / (1000 * numbers)).mean())
    assert found["like_rate_view"]["value"] == pytest.approx(1.0)
    assert found["talk_rate_view"]["value"] == pytest.approx((100 * 50 / (1000 * numbers)).mean())
    assert found["er_view"]["n"] == POSTS - 1
    assert found["comments_per_post"]["value"] == pytest.approx(1500 / POSTS)
    row = found["comments_per_1000_views"]
    assert row["low"] < row["value"] < row["high"]


def test_one_post_tells_of_itself(store: Store) -> None:
    """For one source the intervals are about it, and what takes many posts is too few to say."""
    found = answer(store, "engagement", Query(source=("wall:-1_2",)))
    values = {row["measure"]: row["value"] for row in found.rows}
    assert values["likes_mean"] is not None
    assert values["comments_per_post"] is None
    assert [each.code for each in found.notes] == [
        "engagement_views",
        "engagement_these_posts",
        "engagement_few",
    ]


def test_nothing_engages_nobody() -> None:
    """Without comments there are no rows; without known likes only those of posts."""
    empty = Store.open("duckdb:///:memory:", clock=at)
    assert answer(empty, "engagement").rows == []
    writes.write_pages(empty, "run", [page(comment(1, likes=None, root_id=5))], at(1))
    assert len(answer(empty, "engagement").rows) == 5


def test_sums_over_clusters_are_those_of_a_loop(store: Store, made: list[Comment]) -> None:
    """The database sums over authors, posts and both what the comments of each add to the figures."""
    likes = np.array([each.likes for each in made], dtype=float)
    author = np.array([each.author_id for each in made])
    post = np.array([each.source.item_id for each in made])
    values, often = np.unique(likes, return_counts=True)
    figures = engagement.figures_of(values, often.astype(float))
    table = reads.histogram(store, Query(), "likes")
    assert table["comments"].tolist() == often.tolist()
    influences = table[["value"]].assign(influence=table["value"] * 0.5)
    found = reads.clustered(store, Query(), "likes", influences, figures)
    adds = {
        "mean": likes - figures.mean,
        "none": (likes == 0) - figures.none,
        "median": (likes <= figures.median) - figures.to_median,
        "p90": (likes <= figures.p90) - figures.to_p90,
        "gini": likes * 0.5,
    }
    expected = ways_of(adds, author, post)
    for way in ("author", "post", "both"):
        assert found.loc[way].to_dict() == pytest.approx(expected.loc[way].to_dict())


def test_each_source_has_its_rates(store: Store, made: list[Comment]) -> None:
    """The most discussed sources come first, with likes per comment and rates by views in their intervals."""
    rows = answer(store, "engagement_by_source", top=3).rows
    counts = [row["comments"] for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert len(rows) == 3
    for row in rows:
        own = [each for each in made if str(each.source) == row["source"]]
        likes = np.array([each.likes for each in own])
        assert row["likes_per_comment"] == pytest.approx(likes.mean())
        assert row["likes_low"] < row["likes_per_comment"] < row["likes_high"]
        assert row["liked"] == pytest.approx((likes > 0).mean())
        assert row["liked_low"] < row["liked"] < row["liked_high"]
        if row["views"]:
            assert row["talk"] == pytest.approx(1000 * len(own) / row["views"])
            assert row["talk_low"] < row["talk"] < row["talk_high"]
        assert row["authors"] == len({each.author_id for each in own})


def test_a_small_source_is_too_few_to_say() -> None:
    """Of three comments nothing is said but their number."""
    few = Store.open("duckdb:///:memory:", clock=at)
    writes.write_pages(few, "run", [page(*(comment(n) for n in (1, 2, 3)))], at(1))
    found = answer(few, "engagement_by_source")
    (row,) = found.rows
    assert (row["comments"], row["likes_per_comment"], row["talk"], row["er_view"]) == (3, None, None, None)
    assert found.notes[-1].code == "engagement_few"


def test_views_that_are_too_few_tell_nothing() -> None:
    """A post with more comments than views has no rate by views."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    writes.write_sources(opened, "run", [source("wall:-1_2", views=35, likes=0, reposts=0)], at(1))
    writes.write_pages(opened, "run", [page(*(comment(n, author_id=n) for n in range(40)))], at(1))
    (row,) = answer(opened, "engagement_by_source").rows
    assert (row["talk"], row["er_view"], row["views"], row["likes_per_comment"]) == (None, None, 35, 1)

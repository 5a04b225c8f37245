"""Likes and replies as the database counts them."""

from __future__ import annotations

from collections import Counter

import pytest

from core.models import Comment
from core.query import Query
from core.storage import reads_attention_engagement as reads
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page, source

Filled = tuple[Store, list[Comment]]


def test_known_likes_and_replies_of_roots_are_counted(filled: Filled) -> None:
    """A comment whose likes nobody said is left out, and so are the replies of replies."""
    store, comments = filled
    likes = Counter(each.likes for each in comments if each.likes is not None)
    replies = Counter(each.replies for each in comments if each.root_id is None)
    for of, expected in (("likes", likes), ("replies", replies)):
        found = reads.histogram(store, Query(), of)  # type: ignore[arg-type]
        assert dict(zip(found["value"], found["comments"], strict=True)) == dict(expected)


def test_clusters_are_authors_posts_and_both(filled: Filled) -> None:
    """An unknown author is one of their own; the sizes of all clusters sum to the comments."""
    store, comments = filled
    known = [each for each in comments if each.likes is not None]
    table = reads.histogram(store, Query(), "likes").assign(influence=1.0)
    figures = reads.Figures(len(known), 0.0, 0.0, 1, 0.0, 7, 0.0)
    found = reads.clustered(store, Query(), "likes", table[["value", "influence"]], figures)
    keys = {
        "author": [each.author_id or f"{each.key}" for each in known],
        "post": [str(each.source) for each in known],
        "both": [(each.author_id or each.key, str(each.source)) for each in known],
    }
    for way, codes in keys.items():
        counts = Counter(codes)
        assert found["clusters"][way] == len(counts)
        assert found["sizes"][way] == found["gini"][way] == sum(n * n for n in counts.values())
        totals = Counter[object]()
        for code, each in zip(codes, known, strict=True):
            totals[code] += each.likes or 0
        assert found["mean"][way] == sum(n * n for n in totals.values())


def test_posts_have_what_they_say_of_themselves(store: Store) -> None:
    """Views, likes and reposts are the post's; without its own number of comments the query's counts."""
    posts = [source("wall:-1_1", views=500, likes=7, reposts=2, declared_comments=9), source("wall:-1_2")]
    writes.write_sources(store, "run", posts, at(1))
    pages = [page(comment(1, source=key)) for key in ("wall:-1_1", "wall:-1_2", "wall:-1_3")]
    writes.write_pages(store, "run", pages, at(1))
    found = reads.posts(store, Query())
    assert found["comments"].tolist() == [1, 1, 1]
    assert found["views"].fillna(-1).tolist() == [500, -1, -1]
    assert found["declared"].tolist() == [9, 1, 1]
    assert found["reposts"].fillna(-1).tolist() == [2, -1, -1]


def test_sources_have_sums_over_authors(filled: Filled) -> None:
    """The most discussed come first, with sums of squares over authors; unknown ones stand alone."""
    store, comments = filled
    found = reads.sources(store, Query(), 2)
    assert len(found) == 2
    for row in found.itertuples():
        own = [each for each in comments if str(each.source) == row.source]
        authors = Counter(each.author_id or each.key for each in own)
        likes = Counter[object]()
        for each in own:
            likes[each.author_id or each.key] += each.likes or 0
        assert (row.comments, row.clusters) == (len(own), len(authors))
        assert row.authors == len({each.author_id for each in own} - {None})
        assert row.comment_squares == sum(n * n for n in authors.values())
        assert row.like_squares == pytest.approx(sum(n * n for n in likes.values()))
        assert row.known == sum(each.likes is not None for each in own)
        assert row.liked == sum((each.likes or 0) > 0 for each in own)
        assert row.roots == sum(each.root_id is None for each in own)

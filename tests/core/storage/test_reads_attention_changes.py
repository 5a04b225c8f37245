"""Edited and deleted comments as the database counts them."""

from __future__ import annotations

from collections import Counter

import pytest

from core.models import Comment
from core.query import Query
from core.storage import reads_attention_changes as reads
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page, tombstone

Filled = tuple[Store, list[Comment]]


def test_sources_count_what_a_loop_counts(filled: Filled) -> None:
    """Deleted comments and the squares of what authors have of them are those of a loop."""
    store, comments = filled
    found = reads.changes(store, Query(), "source", 10)
    for row in found.itertuples():
        own = [each for each in comments if str(each.source) == row.name]
        sizes = Counter(each.author_id or each.key for each in own)
        assert (row.comments, row.clusters) == (len(own), len(sizes))
        assert row.sizes == sum(n * n for n in sizes.values())
        assert row.deleted == sum(each.is_deleted for each in own)
        # A tombstone has no author: each is a cluster of its own.
        assert row.deleted_squares == row.deleted_products == row.deleted
    assert len(reads.changes(store, Query(), "source", 1)) == 1


@pytest.mark.parametrize(("by", "clusters"), [("week", 4), ("month", 4)])
def test_periods_are_local_and_latest_first(filled: Filled, by: reads.By, clusters: int) -> None:
    """Every dated comment is in one period; the clusters are sources."""
    store, comments = filled
    found = reads.changes(store, Query(tz="America/New_York"), by, 100)
    assert found["name"].tolist() == sorted(found["name"], reverse=True)
    assert found["comments"].sum() == sum(each.published_at is not None for each in comments)
    assert found["clusters"].max() == clusters


def test_topics_are_those_that_were_assigned(store: Store) -> None:
    """A comment without a topic is in none."""
    writes.write_pages(store, "run", [page(*(comment(n) for n in (1, 2, 3)))], at(1))
    with store.writing("topics") as transaction:
        transaction.cursor.execute(
            "insert into topic_assignments (source, comment_id, topic, share) "
            "values ('wall:-1_2', 1, 4, 0.5), ('wall:-1_2', 2, 0, 0.5)"
        )
    found = reads.changes(store, Query(), "topic", 10)
    assert dict(zip(found["name"], found["comments"], strict=True)) == {"0": 1, "4": 1}
    assert reads.changes(store, Query(topic=(4,)), "topic", 10)["name"].tolist() == ["4"]


def test_a_change_is_noticed_when_it_is_seen(store: Store) -> None:
    """A deletion seen after two days took two days to be noticed; who was seen once was not checked."""
    writes.write_pages(store, "run", [page(*(comment(n) for n in (1, 2, 3)))], at(1))
    second = [tombstone(1), comment(2, "Иначе")]
    writes.write_pages(store, "run 2", [page(*second)], at(48))
    found = reads.noticed(store, Query())
    assert dict(zip(found["state"], found["hours"], strict=True)) == {"deleted": 48.0, "edited": 48.0}
    (row,) = reads.per_source(store, Query()).itertuples()
    assert (row.comments, row.checked, row.deleted, row.edited) == (3, 2, 1, 1)

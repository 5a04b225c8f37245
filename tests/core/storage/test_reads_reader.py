"""A page of conversations: the hits of a query with what they answer, and where a comment stands."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from core.query import SORTS, Query
from core.storage import reads, reads_reader, writes, writes_coding
from core.storage.reads_labels import Label
from core.storage.store import Store
from tests.builders import at, comment, page, tombstone
from tests.core.storage.world import Filled


def conversations(store: Store, query: Query, offset: int = 0, limit: int = 50) -> list[dict[str, Any]]:
    """Return the rows of a page of conversations, the hits first in their order."""
    rows: list[dict[str, Any]] = reads_reader.conversations(store, query, offset, limit).to_pylist()
    return sorted(rows, key=lambda row: (row["number"] is None, row["number"] or row["comment_id"]))


@pytest.fixture
def thread(store: Store) -> Store:
    """Fill a thread of six with a tombstone in a chain of answers, and one comment beside it."""
    rows = (
        comment(1, "Начало", replies=5),
        tombstone(2, root_id=1, parent_id=1),
        comment(3, "Кот", root_id=1, parent_id=2),
        comment(4, "Да", root_id=1, parent_id=3),
        comment(5, "Кот и пёс", root_id=1, parent_id=1, attachments=("photo", "link"), raw=ATTACHED),
        comment(6, "Нет", root_id=1, parent_id=1),
        comment(7, "Другое"),
    )
    writes.write_pages(store, "run", [page(*rows)], at())
    return store


ATTACHED = orjson.dumps(
    {
        "attachments": [
            {"type": "photo", "photo": {"owner_id": -1, "id": 9}},
            {"type": "link", "link": {"url": "javascript:alert(1)"}},
        ]
    }
)


def test_hits_come_with_what_they_answer(thread: Store) -> None:
    """Root and the chain of parents are kept, tombstones among them; other replies are counted only."""
    rows = conversations(thread, Query(text="кот"))

    assert [(row["comment_id"], row["number"]) for row in rows] == [(3, 1), (5, 2), (1, None), (2, None)]
    assert {row["answers"] for row in rows} == {5}


def test_a_page_holds_the_hits_of_the_window(filled: Filled) -> None:
    """The reader and the table show the same comments in the same order."""
    store, _ = filled
    for sort in SORTS:
        query = Query(sort=sort)
        rows = conversations(store, query, 5, 20)
        hits = [row["comment_key"] for row in rows if row["number"] is not None]
        assert hits == reads.window(store, query, 5, 20)["comment_key"].to_pylist()
        assert len({row["comment_key"] for row in rows}) == len(rows)


def test_answers_in_a_circle_end(store: Store) -> None:
    """Imported comments that answer each other do not make a page endless."""
    rows = (
        comment(1, "Кот", source="import:1", root_id=9, parent_id=2),
        comment(2, "Пёс", source="import:1", root_id=9, parent_id=1),
    )
    writes.write_pages(store, "run", [page(*rows, source="import:1")], at())
    assert [row["comment_id"] for row in conversations(store, Query(text="кот"))] == [1, 2]


@pytest.mark.parametrize("sort", SORTS)
def test_the_place_of_a_comment_is_its_place_in_the_list(filled: Filled, sort: str) -> None:
    """A link finds the page of its comment, in every order, unknown values included."""
    store, _ = filled
    query = Query(sort=sort)
    keys = reads.comments(store, query, 1000).rows["comment_key"].to_pylist()
    for place in (1, 2, len(keys) // 2, len(keys)):
        assert reads_reader.place_of(store, query, keys[place - 1]) == place


@pytest.mark.parametrize("key", ["wall:-1_2:7", "wall:-9_9:9", "rubbish", ""])
def test_what_is_no_hit_has_no_place(thread: Store, key: str) -> None:
    """A comment that the filters leave out, or that is not here, is told from one on another page."""
    assert reads_reader.place_of(thread, Query(text="кот"), key) is None


def test_attachments_lead_to_vk(thread: Store) -> None:
    """What VK said of an attachment becomes an address; what is no web address becomes none."""
    keys = ["wall:-1_2:5", "wall:-1_2:1"]
    assert reads_reader.attached(thread, keys) == {"wall:-1_2:5": ("https://vk.com/photo-1_9", "")}
    assert reads_reader.attached(thread, []) == {}


def test_labels_are_found_by_comment(thread: Store) -> None:
    """All coders' labels of the comments asked for, and of no other."""
    labels = [
        Label("wall:-1_2", 3, "тема", "быт", "Анна", "точно"),
        Label("wall:-1_2", 3, "тема", "зло", "Борис", ""),
        Label("wall:-1_2", 4, "тема", "быт", "Анна", ""),
    ]
    writes_coding.write_labels(thread, labels)
    assert reads_reader.given(thread, ["wall:-1_2:3"]) == {
        "wall:-1_2:3": [
            reads_reader.Given("тема", "быт", "Анна", "точно"),
            reads_reader.Given("тема", "зло", "Борис", ""),
        ]
    }

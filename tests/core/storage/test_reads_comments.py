"""Rows of comments: their order, pages that neither lose nor repeat, windows, threads, exports."""

from __future__ import annotations

import itertools
import random
from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest

from core.errors import NotFound, QueryError, QueryTimedOut
from core.links import comment_url
from core.models import Comment, Source
from core.query import SORTS, Query
from core.storage import reads, writes
from core.storage.columns import COLUMNS, SCHEMA
from core.storage.store import Store
from tests.builders import at, author, comment, page, ref, source, tombstone
from tests.core.storage import world
from tests.core.storage.world import Filled


def in_order(comments: list[Comment], sort: str) -> list[str]:
    """Return the keys in the order the contract states: value, unknown last, then source, then id."""
    name = {"date": "published_at"}.get(sort.lstrip("-"), sort.lstrip("-"))
    by_key = sorted(comments, key=lambda each: (str(each.source), each.comment_id))
    known = [each for each in by_key if getattr(each, name) is not None]
    known.sort(key=lambda each: getattr(each, name), reverse=False)
    if sort.startswith("-"):
        groups = itertools.groupby(known, key=lambda each: getattr(each, name))
        known = [each for _, group in reversed([(v, list(g)) for v, g in groups]) for each in group]
    return [each.key for each in [*known, *(each for each in by_key if getattr(each, name) is None)]]


def all_pages(store: Store, query: Query, limit: int) -> list[dict[str, Any]]:
    """Follow the cursors from the first page to the last."""
    rows: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        answer = reads.comments(store, query, limit, cursor)
        rows += answer.rows.to_pylist()
        if answer.next is None:
            return rows
        assert answer.rows.num_rows == limit
        cursor = answer.next


@pytest.mark.parametrize("sort", SORTS)
def test_rows_come_in_the_stated_order(filled: Filled, sort: str) -> None:
    """Unknown values last in both directions, ties by source as text and id as a number."""
    store, comments = filled
    rows = reads.comments(store, Query(sort=sort), 1000).rows

    assert rows["comment_key"].to_pylist() == in_order(comments, sort)


@pytest.mark.parametrize(
    ("sort", "limit"),
    [
        *(pytest.param(sort, 1, marks=pytest.mark.slow) for sort in ("-likes", "date")),
        *itertools.product(SORTS, [7, 47, 48, 49]),
    ],
)
def test_pages_neither_lose_nor_repeat(store: Store, sort: str, limit: int) -> None:
    """Following the cursors gives every row once and in order, whatever the size of a page."""
    comments = world.fill(store, folded=False, count=48)

    rows = all_pages(store, Query(sort=sort), limit)

    assert [row["comment_key"] for row in rows] == in_order(comments, sort)


@pytest.mark.parametrize("sort", SORTS)
def test_windows_and_exports_are_the_list(filled: Filled, sort: str) -> None:
    """The page's table, the API's list and an export give equal rows in equal order."""
    store, _ = filled
    query = Query(sort=sort, text="кот")
    listed = reads.comments(store, query, 1000).rows

    for offset in (0, 5, listed.num_rows - 2, listed.num_rows + 5):
        assert reads.window(store, query, offset, 10).equals(listed.slice(offset, 10))
    with reads.export_reader(store, query, 16) as reader:
        assert reader.schema == SCHEMA
        assert reader.read_all().equals(listed)


def test_a_page_holds_when_comments_arrive_before_it(store: Store) -> None:
    """New rows that sort before the cursor do not repeat what was shown."""
    writes.write_pages(store, "run", [page(*(comment(n, published_at=at(n)) for n in (2, 3, 4)))], at(9))
    first = reads.comments(store, Query(), 2)
    writes.write_pages(store, "run", [page(comment(1, published_at=at(1)))], at(9))

    second = reads.comments(store, Query(), 2, first.next)

    assert second.rows["comment_id"].to_pylist() == [4]
    assert second.next is None


def test_a_cursor_belongs_to_its_order(filled: Filled) -> None:
    """The cursor of one order is refused by another instead of showing other rows."""
    store, _ = filled
    cursor = reads.comments(store, Query(sort="likes"), 5).next

    with pytest.raises(QueryError):
        reads.comments(store, Query(sort="replies"), 5, cursor)


def test_columns_and_types_are_the_contract(store: Store) -> None:
    """Even an empty answer has all columns in the contract's order, so that an export has its header."""
    rows = reads.comments(store, Query(), 5).rows

    assert tuple(rows.column_names) == COLUMNS
    assert rows.schema == SCHEMA
    assert " ".join(COLUMNS) == (
        "comment_key source kind owner_id item_id comment_id root_id parent_id author_id author_name "
        "author_is_community is_post_author published_at text likes replies attachments state edited_at "
        "deleted_at first_seen_at last_seen_at url "
        "lang sentiment negative neutral positive toxicity tags is_question"
    )


@pytest.mark.parametrize(
    "key", ["wall:-1_2", "wall:5_6", "topic:-1_2", "photo:-1_2", "video:-1_2", "market:-1_2"]
)
def test_the_url_is_the_one_that_links_render(store: Store, key: str) -> None:
    """The database and the rest of the product lead to the same place, for each kind of source."""
    writes.write_pages(store, "run", [page(comment(3, source=key), comment(4, source=key, root_id=3))], at(1))

    rows = reads.comments(store, Query(), 5).rows.to_pylist()

    assert [row["url"] for row in rows] == [comment_url(ref(key), 3, None), comment_url(ref(key), 4, 3)]
    assert {(row["owner_id"], row["item_id"]) for row in rows} == {(ref(key).owner_id, ref(key).item_id)}


def test_a_thread_is_its_root_and_all_replies_with_tombstones_in_place(store: Store) -> None:
    """From any comment of a thread the whole thread opens, the root first, by id, others left out."""
    writes.write_pages(
        store,
        "run",
        [
            page(
                comment(5, "корень", published_at=at(5)),
                comment(10, root_id=5, parent_id=9),
                tombstone(9, root_id=5),
                comment(8, root_id=5),
                comment(6, "другой корень"),
                comment(7, root_id=6),
                authors=(author(),),
            ),
            page(comment(5, source="topic:-1_2")),
        ],
        at(1),
    )

    for number in (5, 8, 9, 10):
        rows = reads.thread(store, f"wall:-1_2:{number}").to_pylist()
        assert [(row["comment_id"], row["state"]) for row in rows] == [
            (5, "live"), (8, "live"), (9, "deleted"), (10, "live"),
        ]  # fmt: skip
    assert rows[0]["author_name"] == "Анна Иванова"


def test_replies_open_without_their_root(store: Store) -> None:
    """A thread whose root was never seen shows what there is."""
    writes.write_pages(store, "run", [page(comment(8, root_id=5), comment(9, root_id=5))], at(1))

    assert reads.thread(store, "wall:-1_2:9")["comment_id"].to_pylist() == [8, 9]


@pytest.mark.parametrize(
    "key", ["wall:-1_2:3", "wall:-1_2", "", "x", ":3", "wall:-1_2:٣", "wall:-1_2:99999999999999999999"]
)
def test_an_unknown_comment_is_not_found(store: Store, key: str) -> None:
    """A key of no comment, or no key at all, is said to be not here."""
    for read in (reads.comment, reads.thread):
        with pytest.raises(NotFound):
            read(store, key)


def test_an_export_streams_in_batches(store: Store) -> None:
    """A long answer comes in many batches, none much larger than asked for."""
    writes.write_pages(
        store, "run", [page(*(comment(number, published_at=at(number)) for number in range(1, 6001)))], at(1)
    )

    with reads.export_reader(store, Query(), 2048) as reader:
        sizes = [batch.num_rows for batch in reader]

    assert sum(sizes) == 6000
    assert max(sizes) <= 2048


def test_an_export_sees_one_snapshot(store: Store) -> None:
    """What is written while an export runs is not in it."""
    writes.write_pages(store, "run", [page(*(comment(number) for number in range(1, 5001)))], at(1))
    writes.fold(store)

    with reads.export_reader(store, Query(), 1000) as reader:
        first = reader.read_next_batch()
        writes.delete_source(store, "wall:-1_2")
        rest = reader.read_all()

    assert first.num_rows + rest.num_rows == 5000
    assert reads.count(store, Query()) == 0


def test_a_question_that_takes_too_long_is_stopped() -> None:
    """The store's time limit holds for its questions, and the next one answers."""
    store = Store.open("duckdb:///:memory:", clock=at, query_timeout_s=0.2)
    texts = pa.array(["а" * 300 + str(number) for number in range(20_000)])
    writes.write_import(store, _file(), pa.table({"text": texts}))

    with pytest.raises(QueryTimedOut):
        reads.count(store, Query(text=" OR ".join(f"x{number}" for number in range(1500))))

    assert reads.count(store, Query()) == 20_000
    store.close()


def _file() -> Source:
    return source("import:0123456789ab", published_at=None)


def test_dates_far_away_are_kept(store: Store) -> None:
    """A file may hold any date; it is stored, ordered and counted, not refused."""
    moments = [datetime(1850, 1, 1), datetime(1969, 12, 31, 23, 59), datetime(9000, 1, 1)]  # noqa: DTZ001
    writes.write_import(
        store,
        _file(),
        pa.table({"text": ["a", "b", "c"], "published_at": pa.array(moments, pa.timestamp("us"))}),
    )

    assert reads.comments(store, Query(), 9).rows["published_at"].to_pylist() == moments
    assert reads.per_period(store, Query(tz="UTC"), "day")["comments"].tolist() == [1, 1, 1]


def test_many_comments_by_keys_come_in_the_order_of_the_keys(filled: world.Filled) -> None:
    """Any keys in any order: each comment once, in that order, those not here and what is no key left out."""
    store, comments = filled
    keys = [f"{each.source}:{each.comment_id}" for each in comments]
    random.Random(3).shuffle(keys)  # noqa: S311 a seeded draw, not cryptography
    asked = [keys[0], "wall:-1_2:999999999", "no key", "", *keys, keys[5], "wall:-9_9:1"]

    found = reads.comments_by_keys(store, asked)

    assert found["comment_key"].to_pylist() == keys
    assert found.slice(7, 1).equals(reads.comment(store, keys[7]))
    assert reads.comments_by_keys(store, []).num_rows == 0
    assert reads.comments_by_keys(store, []).schema == found.schema

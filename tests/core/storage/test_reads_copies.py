"""What is read for copies and for accounts that move together."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pyarrow as pa
import pytest

from core.errors import TaskCancelled
from core.query import Query
from core.storage import reads_copies, reads_copies_moves, reads_copies_near, writes
from core.storage.store import Store
from tests.builders import at, author, comment, page
from tests.core.enriched import enriched

LONG = "Достаточно длинный текст, чтобы его сравнивали с другими"
LIMITS = {"least": 2, "letters": 40, "words": 4}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a store with a copied text, a short one, a community and an account without a date."""
    opened = enriched(
        [
            comment(1, LONG, author_id=7, published_at=at(2)),
            comment(2, LONG.upper(), author_id=9, published_at=at(1)),
            comment(3, "Спасибо", author_id=-5, published_at=at(3), parent_id=1, root_id=1),
            comment(4, "Спасибо!", author_id=8, published_at=None, source="wall:-1_3"),
        ],
        authors=(author(7),),
    )
    yield opened
    opened.close()


def test_counts_per_source_keep_short_texts_apart(store: Store) -> None:
    """Of each source it is known how many comments were looked at, are copied, and repeat a short text."""
    found = reads_copies.per_source(store, Query(), LIMITS)
    assert found.to_numpy().tolist() == [["wall:-1_2", 3, 2, 1], ["wall:-1_3", 1, 0, 1]]


def test_comments_are_shown_by_key(store: Store) -> None:
    """Text and author come for the keys that are asked for, and for none that there is not."""
    found = reads_copies.shown(store, Query(), ["wall:-1_2", "wall:-1_3"], [1, 99])
    assert found["first_key"].tolist() == ["wall:-1_2:1"]
    assert (found["first_author_name"][0], found["text"][0]) == ("Анна Иванова", LONG)
    assert reads_copies.shown(store, Query(), [], []).empty


def test_what_is_not_folded_is_shown_as_it_is_now() -> None:
    """A comment that was edited a moment ago is shown with its new text."""
    store = Store.open("duckdb:///:memory:", clock=at)
    writes.write_pages(store, "run", [page(comment(1, LONG))], at(1))
    writes.fold(store)
    writes.write_pages(store, "run", [page(comment(1, "Новый текст", author_id=7), call="roots:9")], at(9))
    found = reads_copies.shown(store, Query(), ["wall:-1_2"], [1])
    assert found["text"].tolist() == ["Новый текст"]


def test_texts_to_compare_come_once(store: Store) -> None:
    """A text that several comments share comes once with their number; short ones do not come at all."""
    limits = {"letters": 40, "words": 4, "seed": 1, "most": 10}
    found = reads_copies_near.texts(store, Query(), limits)
    assert (found["comments"].to_pylist(), found["texts"].to_pylist()) == ([2], [1])
    assert len(found["words"][0].as_py()) == 8
    assert reads_copies_near.texts(store, Query(), {**limits, "letters": 0, "words": 1}).num_rows == 2
    assert (
        reads_copies_near.texts(store, Query(), {**limits, "words": 1, "letters": 0, "most": 1}).num_rows == 1
    )


def test_spellings_of_a_word_are_one() -> None:
    """A stretched word has the number of the plain one, or the plain one has its number."""
    store = enriched([comment(1, "очень"), comment(2, "оооочень"), comment(3, "мост")])
    same = reads_copies_near.spellings(store, Query())
    assert len(same) == 3
    assert len(set(same.tolist())) == 2


def test_clusters_are_told_by_their_texts(store: Store) -> None:
    """A cluster has the comments of all its texts, and begins with the earliest."""
    texts = reads_copies_near.texts(store, Query(), {"letters": 0, "words": 1, "seed": 1, "most": 10})
    alike = pa.table({"copy_hash": texts["copy_hash"], "cluster": [3] * texts.num_rows})
    found = reads_copies_near.groups(store, Query(), alike, {"top": 5, "least_authors": 2})
    assert found[["cluster", "texts", "comments", "authors", "sources"]].to_numpy().tolist() == [
        [3, 2, 4, 4, 2]
    ]
    assert found["first_key"].tolist() == ["wall:-1_2:2"]
    assert reads_copies_near.groups(store, Query(), alike, {"top": 5, "least_authors": 9}).empty


def test_moves_are_dated_comments_of_known_authors(store: Store) -> None:
    """Moves come by source and time; short texts have no number, a community is official."""
    found = reads_copies_moves.moves(store, Query(), 40, 4)
    assert found["comment_id"].to_pylist() == [2, 1, 3]
    hashes = found["copy_hash"].to_pylist()
    assert hashes[0] == hashes[1] != 0
    assert hashes[2] == 0
    assert found["parent_id"].to_pylist() == [-1, -1, 1]
    assert found["thread_id"].to_pylist() == [2, 1, 1]
    assert found["is_official"].to_pylist() == [False, False, True]


def test_a_link_is_domain_and_path() -> None:
    """How a link is called up makes no other of it; what tells pages apart stays; hashtags are links, too."""
    page_of = (
        "https://www.example.com/page",
        "http://m.example.com/page/",
        "example.com/page?utm_source=vk&utm_medium=a",
        "HTTPS://example.com/page?from=feed#top",
    )
    told = [comment(number, f"Смотрите {link}") for number, link in enumerate(page_of, 1)]
    told.append(comment(9, "#Парк #парк https://video.example/watch?v=1&from=x&t=2"))
    found = reads_copies_moves.moves(enriched(told), Query(), 40, 4)["links"].to_pylist()
    assert found[:4] == [["example.com/page"]] * 4
    assert sorted(found[4]) == ["#парк", "video.example/watch?v=1&t=2"]


def test_accounts_are_named_as_they_were_last_seen(store: Store) -> None:
    """An account has its id and name; who has no name in the database has an empty one."""
    found = reads_copies_moves.accounts(store, Query(), [7, 8]).set_index("author_no")
    assert found["author_id"].to_dict() == {7: 7, 8: 8}
    assert found["author_name"].to_dict() == {7: "Анна Иванова", 8: ""}


def test_a_long_reading_is_cancelled(store: Store) -> None:
    """Once the event is set nothing is read."""
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(TaskCancelled):
        reads_copies_moves.moves(store, Query(), 40, 4, cancel)

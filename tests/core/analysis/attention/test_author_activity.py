"""What the most active authors do."""

from __future__ import annotations

import numpy as np
import pytest

from core.models import Comment
from core.query import Query
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, author, comment, page
from tests.core.enriched import answer

HEARD = 3


@pytest.fixture(scope="module")
def made() -> list[Comment]:
    """Make 60 comments of author 1 over ten sources and six days in a row, and what others say to them."""
    own = [
        comment(
            n,
            source=f"wall:-1_{n % 10 + 1}",
            author_id=1,
            likes=n % 4,
            root_id=900 if n % 3 == 0 else None,
            published_at=at(24 * (n % 6) + (-10 if n % 5 == 0 else 0)),
            is_post_author=n == 7,
        )
        for n in range(1, 61)
    ]
    answers = [
        comment(100, source="wall:-1_2", author_id=2, root_id=1),
        comment(101, source="wall:-1_2", author_id=-3, root_id=900, parent_id=1),
        comment(102, source="wall:-1_2", author_id=None, root_id=900, parent_id=11),
        comment(103, source="wall:-1_2", author_id=1, root_id=900, parent_id=1),
        comment(104, source="wall:-1_9", author_id=2, root_id=1),
    ]
    return [*own, *answers]


@pytest.fixture(scope="module")
def store(made: list[Comment]) -> Store:
    """Open a database with these comments."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: at(2000))
    keys = sorted({str(each.source) for each in made})
    pages = [page(*(each for each in made if str(each.source) == key)) for key in keys]
    writes.write_pages(opened, "run", [*pages, page(authors=(author(1, "Ольга"),))], at(1500))
    return opened


def test_the_most_active_author_is_described(store: Store, made: list[Comment]) -> None:
    """Counts, days, shares and likes are those of the author's own comments, shares in their intervals."""
    row = answer(store, "author_activity", Query(tz="UTC")).rows[0]
    own = [each for each in made if each.author_id == 1]
    assert (row["author_id"], row["author_name"], row["comments"]) == (1, "Ольга", 61)
    assert (row["sources"], row["active_days"], row["longest_run"]) == (10, 6, 6)
    assert (row["is_community"], row["is_post_author"]) == (False, True)
    assert row["reply_share"] == pytest.approx(np.mean([each.root_id is not None for each in own]))
    assert row["night_share"] == pytest.approx(12 / 61)
    assert row["likes_per_comment"] == pytest.approx(np.mean([each.likes for each in own]))
    for name in ("reply", "night", "likes"):
        value = row["likes_per_comment"] if name == "likes" else row[f"{name}_share"]
        assert row[f"{name}_low"] < value < row[f"{name}_high"]


def test_replies_of_others_are_received(store: Store) -> None:
    """Who answers, by the parent or in the thread, counts, whatever is filtered; oneself does not."""
    row = answer(store, "author_activity").rows[0]
    assert row["replies_received"] == HEARD
    alone = answer(store, "author_activity", Query(author=(row["author_id"],))).rows[0]
    assert alone["replies_received"] == HEARD


def test_few_comments_are_too_few_for_shares(store: Store) -> None:
    """Of one comment there is no share; a community is marked as one."""
    rows = answer(store, "author_activity").rows
    (community,) = [row for row in rows if row["is_community"]]
    assert (community["author_id"], community["comments"], community["reply_share"]) == (-3, 1, None)
    assert (community["likes_per_comment"], community["night_share"]) == (None, None)


def test_the_night_is_local(store: Store) -> None:
    """Two o'clock at night in London is noon in Vladivostok."""
    row = answer(store, "author_activity", Query(tz="Asia/Vladivostok")).rows[0]
    assert row["night_share"] == 0

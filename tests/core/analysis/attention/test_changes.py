"""What was edited or deleted, by source, topic and period."""

from __future__ import annotations

import pytest

from core.query import Query
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page, source, tombstone
from tests.core.enriched import answer

WEEK = 168
SEEN = at(3 * WEEK)
AGAIN = at(3 * WEEK + 10)


@pytest.fixture(scope="module")
def store() -> Store:
    """Open ten sources of forty comments by eight authors; of each, four were deleted and two edited."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: at(2000))
    keys = [f"wall:-1_{n}" for n in range(1, 11)]
    writes.write_sources(opened, "run", [source(key, f"Пост {key}") for key in keys], SEEN)
    first, second = [], []
    for place, key in enumerate(keys):
        rows = [
            comment(n, f"текст {n}", source=key, author_id=n % 8 + 1, published_at=at(place % 2 * WEEK))
            for n in range(1, 41)
        ]
        first.append(page(*rows))
        gone = [tombstone(n, source=key, published_at=rows[n - 1].published_at) for n in (1, 2, 3, 4)]
        said = [
            comment(n, "другой текст", source=key, author_id=n % 8 + 1, published_at=rows[n - 1].published_at)
            for n in (5, 6)
        ]
        second.append(page(*gone, *said, *rows[6:34]))
    writes.write_pages(opened, "run", first, SEEN)
    writes.write_pages(opened, "run 2", second, AGAIN)
    with opened.writing("topics") as transaction:
        transaction.cursor.execute(
            "insert into topic_assignments (source, comment_id, topic, share) "
            "select 'wall:-1_' || s, c, c % 2, 0.5 from range(1, 11) a(s), range(1, 41) b(c)"
        )
    return opened


def test_each_source_has_its_shares(store: Store) -> None:
    """A tenth was deleted and a twentieth edited, each in its interval; most were looked at again."""
    found = answer(store, "changes", top=3)
    assert len(found.rows) == 3
    row = found.rows[0]
    assert (row["comments"], row["checked"], row["deleted"], row["edited"]) == (40, 34, 4, 2)
    assert (row["deleted_share"], row["edited_share"]) == (0.1, 0.05)
    assert row["deleted_low"] < 0.1 < row["deleted_high"]
    assert row["edited_low"] < 0.05 < row["edited_high"]
    assert row["title"].startswith("Пост")


def test_what_nobody_looked_at_again_has_no_share() -> None:
    """Where all comments were seen once, nothing is known of what became of them: no share, no interval."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: at(2000))
    rows = [comment(n, f"текст {n}", author_id=n % 8 + 1) for n in range(1, 101)]
    writes.write_pages(opened, "run", [page(*rows)], SEEN)
    found = answer(opened, "changes")
    opened.close()
    assert (found.rows[0]["deleted_share"], found.rows[0]["deleted_high"]) == (None, None)
    assert (found.summary["deleted"], found.summary["deleted_share"]) == (0, None)


def test_the_summary_is_of_all_sources(store: Store) -> None:
    """Over all sources the shares stand with their n, and how long it took to notice."""
    found = answer(store, "changes")
    assert (found.summary["deleted"], found.summary["deleted_share"], found.summary["deleted_share_n"]) == (
        40,
        0.1,
        400,
    )
    assert found.summary["deleted_share_low"] <= 0.1 <= found.summary["deleted_share_high"]
    assert 2 * WEEK < found.summary["deleted_noticed_hours"] <= 3 * WEEK + 10
    assert found.summary["edited_noticed_hours"] is None
    assert [(each.code, dict(each.values)) for each in found.notes] == [
        ("changes_noticed", {}),
        ("changes_seen_once", {"comments": 60}),
    ]


def test_topics_have_their_shares(store: Store) -> None:
    """By topic the sources are the clusters, and equal ones tell as much as single draws."""
    rows = answer(store, "changes", by="topic").rows
    assert {(row["name"], row["comments"], row["deleted_share"]) for row in rows} == {
        ("0", 200, 0.1),
        ("1", 200, 0.1),
    }


@pytest.mark.parametrize(("by", "names"), [("week", ["2026-03-09", "2026-03-02"]), ("month", ["2026-03-01"])])
def test_periods_come_latest_first(store: Store, by: str, names: list[str]) -> None:
    """Weeks begin on Monday and months on the first, in the zone of the query."""
    rows = answer(store, "changes", Query(tz="UTC"), by=by).rows
    assert [row["name"] for row in rows] == names
    assert sum(row["deleted"] for row in rows) == 40


def test_few_comments_are_too_few_to_say(store: Store) -> None:
    """Of one author's comments under a post the share is not known."""
    found = answer(store, "changes", Query(author=(3,)))
    assert {row["deleted_share"] for row in found.rows} == {None}
    assert found.notes[-1].code == "changes_few"


def test_nothing_changed_in_nothing() -> None:
    """Without comments there are no rows, and no shares."""
    empty = Store.open("duckdb:///:memory:", clock=at)
    found = answer(empty, "changes")
    assert (found.rows, found.summary["deleted"], found.summary["deleted_share"]) == ([], 0, None)

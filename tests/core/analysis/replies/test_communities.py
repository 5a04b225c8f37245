"""Which circle answers which."""

from __future__ import annotations

import pytest

from core.storage.store import Store
from tests.core.analysis.replies.talks import circles
from tests.core.enriched import answer, enriched, rows


@pytest.fixture(scope="module")
def talk() -> Store:
    """Open a database in which four circles of six people talk."""
    comments, authors = circles(2, number=4, people=6)
    return enriched(comments, authors=authors)


def test_circles_talk_among_themselves(talk: Store) -> None:
    """The cells add up to all replies, and a circle answers itself most; the cross one has the worst mood."""
    found = answer(talk, "reply_communities")
    assert sum(row["replies"] for row in found.rows) == found.summary["replies"]
    own = [row for row in found.rows if row["source"] == row["target"]]
    assert len(own) == 4
    for row in own:
        assert row["replies"] == max(each["replies"] for each in rows(found, source=row["source"]))
        assert row["source_authors"] == row["target_authors"] == 6
        assert row["mood_low"] <= row["mood"] <= row["mood_high"]
    worst = min(own, key=lambda row: row["mood"])
    assert 0 < int(str(worst["source_title"]).rpartition(" ")[2]) < 100


def test_small_circles_are_put_together(talk: Store) -> None:
    """Beside the largest, all others are one row and one column, last, and the note counts them."""
    found = answer(talk, "reply_communities", named=2)
    assert [*dict.fromkeys(row["source"] for row in found.rows)] == [0, 1, -1]
    assert rows(found, source=-1)[0]["source_title"] == "…"
    (note,) = [each for each in found.notes if each.code == "replies_rest"]
    assert dict(note.values) == {"named": 2, "rest": 12, "communities": 4}

"""Collocates: what stands near a word, on either side, in any form."""

from __future__ import annotations

from typing import Any

import pytest

from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import answer, enriched

TEXTS = ("Новый мост через реку", "мосты через реки", "Дорога новая", "река глубока", "школа", "мост, мост!")


@pytest.fixture(scope="module")
def store() -> Store:
    """Open a database where 120 authors write a text each, twenty to a text."""
    return enriched([comment(n, TEXTS[n % 6], author_id=n) for n in range(120)])


def near(store: Store, **params: object) -> dict[object, Any]:
    """Return the rows about a bridge by lemma."""
    return {row["lemma"]: row for row in answer(store, "collocates", word="мост", **params).rows}


def test_words_near_are_counted_by_comments_and_authors(store: Store) -> None:
    """The river is near the bridge in forty of sixty comments, by chance in thirty; roads are not."""
    found = near(store)
    row = found["река"]
    assert (row["comments"], row["authors"], row["n"], row["expected"]) == (40, 40, 60, 30)
    assert row["share"] == pytest.approx(40 / 60)
    assert row["low"] < 40 / 60 < row["high"]
    assert row["is_found"] is True
    assert "дорога" not in found
    assert "мост" not in found


def test_the_window_ends_after_so_many_words(store: Store) -> None:
    """The river stands two words away: a window of one does not reach it."""
    assert "река" in near(store, window=2)
    assert "река" not in near(store, window=1)


def test_few_authors_have_no_share() -> None:
    """Of fewer than thirty authors there are counts and a note."""
    store = enriched([comment(n, TEXTS[n % 6], author_id=n) for n in range(24)])
    found = answer(store, "collocates", word="мост")
    assert [(row["lemma"], row["comments"], row["share"]) for row in found.rows] == [("река", 8, None)]
    assert [note.code for note in found.notes] == ["lexis_few"]


def test_a_word_is_needed(store: Store) -> None:
    """Without a word there is a note; a word that nobody wrote has nothing near."""
    assert [note.code for note in answer(store, "collocates").notes] == ["word_missing"]
    assert answer(store, "collocates", word="синхрофазотрон").rows == []

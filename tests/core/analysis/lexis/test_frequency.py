"""Frequent words: shares of comments and authors, sure only as far as authors differ."""

from __future__ import annotations

import pytest

from core.query import Query
from tests.builders import comment
from tests.core.enriched import answer, enriched


def test_words_have_shares_with_intervals() -> None:
    """A word of half the authors' comments has share one half inside its interval, of all comments read."""
    texts = ("Дорога разбита", "Зима близко")
    store = enriched([comment(n, texts[n % 2], author_id=n) for n in range(1, 41)])
    found = answer(store, "words", top=4)
    assert {row["lemma"] for row in found.rows} == {"дорога", "разбитый", "зима", "близко"} or len(
        found.rows
    ) == 4
    for row in found.rows:
        assert (row["comments"], row["authors"], row["n"]) == (20, 20, 40)
        assert row["share"] == 0.5
        assert 0.3 < row["low"] < 0.36
        assert 0.64 < row["high"] < 0.7
    assert found.summary == {"n": 40, "authors": 40}
    assert found.notes == ()


def test_what_everybody_says_has_an_interval_too() -> None:
    """A word of all comments has share 1, and how sure that is."""
    store = enriched([comment(n, "Зима", author_id=n % 37) for n in range(1, 91)])
    (row,) = answer(store, "words").rows
    assert (row["share"], row["high"]) == (1, 1)
    assert 0.85 < row["low"] < 1


def test_one_loud_author_makes_a_share_of_comments_unsure() -> None:
    """Comments of one author say less than as many of different ones: the interval is wider."""
    quiet = [comment(n, "Зима", author_id=n) for n in range(1, 61)]
    loud = [comment(n, "Дорога", author_id=1000) for n in range(100, 160)]
    others = [comment(n, "Дорога", author_id=n) for n in range(100, 160)]
    widths = []
    for comments in ([*quiet, *loud], [*quiet, *others]):
        (row,) = [row for row in answer(enriched(comments), "words").rows if row["lemma"] == "дорога"]
        assert row["share"] == 0.5
        widths.append(float(row["high"]) - float(row["low"]))
    assert widths[0] > 2 * widths[1]


def test_authors_are_counted_once_each() -> None:
    """By authors the share is of authors, and the loud one counts once."""
    quiet = [comment(n, "Зима", author_id=n) for n in range(1, 61)]
    loud = [comment(n, "Дорога", author_id=1000) for n in range(100, 260)]
    first, second = answer(enriched([*quiet, *loud]), "words", by="authors").rows
    assert (first["lemma"], first["n"], first["share"]) == ("зима", 61, pytest.approx(60 / 61))
    assert (second["lemma"], second["share"]) == ("дорога", pytest.approx(1 / 61))


@pytest.mark.parametrize("by", ["comments", "authors"])
def test_a_handful_is_too_few_to_say(by: str) -> None:
    """Below the stated number there are counts but no shares, and a note says so."""
    found = answer(enriched([comment(n, "Зима", author_id=n) for n in range(1, 11)]), "words", by=by)
    assert [(row["comments"], row["share"], row["low"]) for row in found.rows] == [(10, None, None)]
    assert [note.code for note in found.notes] == ["lexis_few"]


def test_nothing_has_no_words() -> None:
    """Without comments there are no rows, by whatever they are counted."""
    store = enriched([comment(1, None)])
    assert answer(store, "words").rows == []
    assert answer(store, "words", Query(source=("wall:-9_9",)), by="authors").rows == []

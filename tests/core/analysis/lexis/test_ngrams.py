"""Sequences of words: by base form, once a comment, inside a comment."""

from __future__ import annotations

import pytest

from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import answer, enriched

TEXTS = (
    "Красная площадь, красной площади",
    "на Красной площади был концерт",
    "площадь красная",
    "концерт на площади города",
    "концерт",
    "",
)


@pytest.fixture(scope="module")
def store() -> Store:
    """Open a database where forty authors write a text each and an unknown one two."""
    talk = [comment(n, TEXTS[n % 6], author_id=n) for n in range(36)]
    return enriched([*talk, *[comment(100 + n, TEXTS[1], author_id=None) for n in range(2)]])


def test_a_pair_counts_once_in_a_comment_in_any_form(store: Store) -> None:
    """Forms of the same words are one sequence, a comment that repeats it counts once, order matters."""
    found = {row["ngram"]: row for row in answer(store, "ngrams", least=1).rows}
    row = found["красный площадь"]
    assert (row["comments"], row["authors"], row["n"]) == (14, 12, 38)
    assert row["share"] == pytest.approx(14 / 38)
    assert row["low"] < 14 / 38 < row["high"]
    assert found["площадь красный"]["comments"] == 12
    assert "концерт концерт" not in found


def test_words_without_meaning_stand_inside_only(store: Store) -> None:
    """A sequence of three may have a small word in its middle; none begins or ends with one."""
    found = {row["ngram"]: row["comments"] for row in answer(store, "ngrams", size="3", least=1).rows}
    assert found["концерт на площадь"] == 6
    assert not any(str(name).startswith("на ") or str(name).endswith(" на") for name in found)


def test_rare_sequences_are_left_out(store: Store) -> None:
    """Those in fewer comments than stated are not named, and not more than asked for."""
    every = answer(store, "ngrams", least=1).rows
    assert {row["ngram"] for row in answer(store, "ngrams", least=13).rows} == {"красный площадь"}
    assert answer(store, "ngrams", least=1, top=1).rows == every[:1]


def test_long_copies_count_once() -> None:
    """A long text that is posted many times over is one comment; short equal texts are many."""
    long = "Требуем вернуть автобус на прежний маршрут, жителям посёлка не на чем ездить!"
    copies = [comment(n, long, author_id=n) for n in range(1, 21)]
    store = enriched([*copies, *[comment(100 + n, "Новый автобус", author_id=n) for n in range(20)]])
    found = {row["ngram"]: row["comments"] for row in answer(store, "ngrams", least=1).rows}
    assert (found["вернуть автобус"], found["новый автобус"]) == (1, 20)
    assert answer(store, "ngrams").rows[0]["n"] == 21


def test_few_comments_have_no_shares() -> None:
    """Below the stated number there are counts only; without comments there is nothing."""
    found = answer(enriched([comment(n, "новый мост", author_id=n) for n in range(1, 6)]), "ngrams")
    assert [(row["ngram"], row["comments"], row["share"]) for row in found.rows] == [("новый мост", 5, None)]
    assert [note.code for note in found.notes] == ["lexis_few"]
    assert answer(enriched([comment(1, None)]), "ngrams").rows == []

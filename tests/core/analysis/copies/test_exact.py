"""Copies: what counts as the same text, who had it first, and what is set aside."""

from __future__ import annotations

import pandas as pd
import pytest

from core.analysis.copies.exact import notes_of, summary_of
from core.analysis.stats.intervals import MIN_N
from core.models import Comment
from core.query import Query
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, author, comment, page
from tests.core.enriched import answer, enriched, read_texts

LETTER = "Верните, пожалуйста, лавочки во двор у старой аптеки"
DISGUISES = (
    LETTER,
    LETTER.upper(),
    f"[id5|Иван], {LETTER}!!! 😂",
    f"{LETTER}  #двор https://example.com/yard",
    LETTER.replace("двор", "дв\u200bор"),
    LETTER.replace("аптеки", "аптёки"),
)


def of(number: int, text: str, **fields: object) -> Comment:
    """Build a comment of an author of its own."""
    return comment(number, text, **{"author_id": 100 + number, "published_at": at(number), **fields})


@pytest.fixture(scope="module")
def disguised() -> Store:
    """Open a store with one text in several disguises under two sources, and a text that is alone."""
    made = [of(n, text, source=f"wall:-1_{n % 2 + 1}") for n, text in enumerate(DISGUISES, 1)]
    return enriched(
        [*made, of(50, "Совсем другой длинный текст о погоде и о футболе")], authors=(author(101),)
    )


def test_disguise_does_not_hide_a_copy(disguised: Store) -> None:
    """Case, marks, mentions, links, hashtags, emoji, invisible letters and ё do not make another text."""
    (row,) = answer(disguised, "copies").rows
    assert (row["comments"], row["authors"], row["sources"], row["kind"]) == (6, 6, 2, "copy")


def test_the_first_is_the_earliest(disguised: Store) -> None:
    """The row shows whose comment had the text first, how it read there, and how long it went about."""
    (row,) = answer(disguised, "copies").rows
    assert (row["first_key"], row["first_author_id"]) == ("wall:-1_2:1", 101)
    assert (row["first_author_name"], row["text"]) == ("Анна Иванова", LETTER)
    assert (row["first_at"], row["spread_hours"]) == ("2026-03-02T13:00:00Z", 5.0)


def test_the_filter_decides_what_is_looked_at(disguised: Store) -> None:
    """Copies are counted among the comments of the query alone."""
    (row,) = answer(disguised, "copies", Query(source=("wall:-1_1",))).rows
    assert (row["comments"], row["first_author_id"]) == (3, 102)


def test_a_share_needs_enough_comments(disguised: Store) -> None:
    """Below the stated number there is no share, and a note says that it is too few."""
    found = answer(disguised, "copies")
    assert (found.summary["looked"], found.summary["copied"], found.summary["share"]) == (7, 6, None)
    assert [each.code for each in found.notes] == ["copies_few"]


def test_a_share_has_its_interval() -> None:
    """With enough comments the share stands inside its interval, which whole sources widen."""
    told = summary_of(pd.DataFrame({"looked": [50, 50], "copied": [0, 20]}))
    assert told["share"] == 0.2
    assert 0.0 < float(told["low"] or 0) < 0.12
    assert float(told["high"] or 0) > 0.3


def test_nothing_set_aside_needs_no_note() -> None:
    """Only what happened is told."""
    plenty = pd.DataFrame({"looked": [MIN_N], "copied": [0], "short": [0]})
    assert notes_of(plenty, 0) == ()
    assert [each.code for each in notes_of(plenty.assign(short=2), 3)] == ["copies_short", "copies_cliches"]


def test_short_texts_and_cliches_are_set_aside() -> None:
    """What everybody says, or many say day after day, is no copy unless it is asked for."""
    wish = "С днём рождения, счастья, здоровья и всего самого доброго тебе"
    worn = [of(n, wish, published_at=at(24 * n)) for n in range(1, 13)]
    thanks = [of(20 + n, "Спасибо!") for n in range(3)]
    store = enriched([*worn, *thanks, *(of(30 + n, LETTER) for n in range(12))])
    found = answer(store, "copies")
    assert [(row["kind"], row["comments"]) for row in found.rows] == [("copy", 12)]
    assert {each.code: each.values["comments"] for each in found.notes} == {
        "copies_short": 3,
        "copies_cliches": 12,
        "copies_few": 27,
    }
    shown = answer(store, "copies", cliches="shown")
    assert sorted(str(row["kind"]) for row in shown.rows) == ["cliche", "copy", "short"]
    assert "copies_cliches" not in [each.code for each in shown.notes]


def test_a_burst_is_no_cliche() -> None:
    """A text of many authors on many days of which one holds most is a copy."""
    burst = [of(n, LETTER, published_at=at(24 * min(n, 11))) for n in range(1, 30)]
    (row,) = answer(enriched(burst), "copies").rows
    assert (row["kind"], row["days"], row["busiest"]) == ("copy", 11, 19)


def test_who_repeats_himself_can_be_left_out() -> None:
    """With two authors wanted, a text that one author writes again and again is not listed."""
    store = enriched([of(n, LETTER, author_id=7) for n in range(1, 4)])
    assert [row["authors"] for row in answer(store, "copies").rows] == [1]
    assert answer(store, "copies", least_authors=2).rows == []


def test_comments_that_are_not_folded_count_too() -> None:
    """What was collected a moment ago is found with the rest, once it was read."""
    store = enriched([of(1, LETTER), of(2, LETTER), of(3, LETTER)])
    writes.write_pages(store, "run", [page(of(1, LETTER, likes=9), call="roots:9")], at(9))
    assert read_texts(store) == 0
    (row,) = answer(store, "copies").rows
    assert row["comments"] == 3


def test_an_undated_comment_is_never_the_first() -> None:
    """A comment without a date is counted, but one with a date is named first."""
    store = enriched([of(1, LETTER, published_at=None), of(2, LETTER)])
    (row,) = answer(store, "copies").rows
    assert (row["comments"], row["first_key"], row["days"]) == (2, "wall:-1_2:2", 1)

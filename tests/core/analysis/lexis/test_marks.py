"""Marks of comments: what is one mark, and how many comments and authors hold it."""

from __future__ import annotations

import pytest

from core.models import Comment
from core.query import MARKS, Query
from core.storage import reads
from core.storage.store import Store
from tests.builders import author, comment
from tests.core.enriched import answer, enriched

TEXTS = (
    "Ура 👍🏽👍🏽 ❤️",
    "Да 👍 ❤ семья 👨‍👩‍👧",
    "Флаг 🇷🇺 #Липовск https://shop.example.com/a и shop.example.com/b",
    "[id7|Анна], смотри https://shop.example.com/a #липовск",
    "[club5|Город] тоже",
)


def talk() -> list[Comment]:
    """Let authors 1-5 write a text each, and thirty others nothing but words or a sticker."""
    texts = [comment(n, text, author_id=n) for n, text in enumerate(TEXTS, 1)]
    stickers = [comment(100 + n, None, author_id=100 + n, attachments=("sticker",)) for n in range(10)]
    other = [comment(150, "И это", author_id=None, attachments=("photo", "ugc_sticker"))]
    words = [comment(200 + n, "Просто слова", author_id=200 + n) for n in range(30)]
    return [*texts, *stickers, *other, *words]


@pytest.fixture(scope="module")
def store() -> Store:
    """Open a database with the talk."""
    return enriched(talk(), authors=(author(7, "Анна Иванова"),))


def counts(store: Store, **params: object) -> dict[object, tuple[object, ...]]:
    """Return (uses, comments, authors) by name."""
    found = answer(store, "marks", **params).rows
    return {row["name"]: (row["uses"], row["comments"], row["authors"]) for row in found}


def test_an_emoji_of_several_parts_is_one(store: Store) -> None:
    """Families and flags are one emoji each, a picture's form is the same, tones of skin are apart."""
    assert counts(store, mark="emoji") == {
        "❤": (2, 2, 2),
        "👍🏽": (2, 1, 1),
        "👍": (1, 1, 1),
        "👨‍👩‍👧": (1, 1, 1),
        "🇷🇺": (1, 1, 1),
    }


def test_tones_of_skin_can_be_one(store: Store) -> None:
    """With tones as one, a thumb is a thumb."""
    assert counts(store, mark="emoji", tones="one")["👍"] == (3, 2, 2)


@pytest.mark.parametrize("kind", MARKS)
def test_the_filter_of_a_mark_keeps_what_is_counted(store: Store, kind: str) -> None:
    """As many comments hold a mark by the filter as by the analysis, alone and inside a longer emoji."""
    asked = {"mark": "emoji", "tones": "one"} if kind == "any_tone" else {"mark": kind}
    for name, (_, comments, _) in counts(store, **asked).items():
        assert reads.count(store, Query(has=(f"{kind}:{name}",))) == comments
    both = Query(has=("emoji:👍🏽", "sticker:sticker"))
    assert reads.count(store, both) == 11


def test_stickers_are_attachments(store: Store) -> None:
    """Stickers count though their comments have no text; who is unknown adds no author."""
    assert counts(store, mark="sticker") == {"sticker": (10, 10, 10), "ugc_sticker": (1, 1, 0)}
    assert answer(store, "marks", mark="sticker").rows[0]["n"] == 46


def test_hashtags_links_and_domains(store: Store) -> None:
    """Letter case does not matter, links are whole, domains are theirs."""
    assert counts(store, mark="hashtag") == {"#липовск": (2, 2, 2)}
    assert counts(store, mark="domain") == {"shop.example.com": (3, 2, 2)}
    assert counts(store, mark="link") == {
        "https://shop.example.com/a": (2, 2, 2),
        "shop.example.com/b": (1, 1, 1),
    }


def test_who_is_mentioned_has_a_name(store: Store) -> None:
    """A mention is a number, communities negative, with the name where it is known."""
    found = {row["name"]: row["label"] for row in answer(store, "marks", mark="mention").rows}
    assert found == {"7": "Анна Иванова", "-5": ""}


def test_shares_are_of_the_comments_that_were_read(store: Store) -> None:
    """A share has its n and stands inside its interval."""
    (row,) = answer(store, "marks", mark="hashtag").rows
    assert (row["n"], row["share"]) == (36, pytest.approx(2 / 36))
    assert row["low"] < 2 / 36 < row["high"]


def test_a_handful_has_no_shares() -> None:
    """Below the stated number there are counts only, and a note; nothing at all is no error."""
    found = answer(enriched([comment(1, "😂"), comment(2, "мир")]), "marks")
    assert [(row["comments"], row["share"]) for row in found.rows] == [(1, None)]
    assert [note.code for note in found.notes] == ["lexis_few"]
    assert answer(enriched([comment(1, "слова")]), "marks").rows == []

"""Keyness: planted words are found, loud authors and copies are not, and chance finds nothing."""

from __future__ import annotations

import math
import random

import pytest

from core.models import Comment
from core.query import Query
from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import answer, enriched, rows

A = Query(source=("wall:-1_2",))
B = Query(source=("wall:-1_3",))
WORDS = (
    "дорога",
    "мост",
    "река",
    "берег",
    "лодка",
    "рыба",
    "погода",
    "солнце",
    "ветер",
    "город",
    "парк",
    "школа",
    "учитель",
    "книга",
    "музыка",
)


def talk(seed: int, source: str, authors: range, extra: str = "") -> list[Comment]:
    """Let authors say two comments of four words at random each, and `extra` in half of them."""
    chance = random.Random(seed)  # noqa: S311 - a seeded world, not cryptography
    first = 10_000 * seed
    texts = [
        " ".join(chance.choices(WORDS, k=4)) + (f" {extra}" if n % 2 else "") for n in range(2 * len(authors))
    ]
    return [
        comment(first + n, text, source=source, author_id=authors[n // 2]) for n, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def planted() -> Store:
    """Open a database where every other comment of A's hundred authors has a pie, and B's have none."""
    return enriched([*talk(1, "wall:-1_2", range(1, 101), "пирог"), *talk(2, "wall:-1_3", range(101, 201))])


@pytest.fixture(scope="module")
def copied() -> Store:
    """Open a database where sixty authors post the same long text beside A's hundred."""
    slogan = "Требуем вернуть автобус на прежний маршрут, жителям посёлка не на чем ездить!"
    copies = [comment(70_000 + n, slogan, author_id=2_000 + n) for n in range(60)]
    return enriched([*talk(1, "wall:-1_2", range(1, 101)), *copies, *talk(2, "wall:-1_3", range(101, 201))])


def test_a_planted_word_is_key_and_others_are_not(planted: Store) -> None:
    """The word that half of A's comments have leads A with rates and intervals; nothing else is key."""
    found = answer(planted, "keyness", A, B)
    first = found.rows[0]
    assert (first["lemma"], first["side"], first["is_key"]) == ("пирог", "a", True)
    assert (first["comments_a"], first["authors_a"], first["comments_b"]) == (100, 100, 0)
    assert first["rate_a"] == 500
    assert first["low_a"] < 500 < first["high_a"]
    assert (first["rate_b"], first["low_b"]) == (0, 0)
    assert first["log_ratio"] == pytest.approx(math.log2(50 / 0.5))
    assert 0 < first["log_odds_low"] < first["log_odds"] < first["log_odds_high"]
    assert [row["lemma"] for row in rows(found, is_key=True)] == ["пирог"]
    assert found.summary == {"n_a": 100, "n_b": 100, "tested": len(WORDS) + 1}
    assert found.notes == ()


def test_the_rest_is_the_other_set_where_none_is_given(planted: Store) -> None:
    """Against all the rest the answer is the one against the rest named."""
    assert answer(planted, "keyness", A).rows == answer(planted, "keyness", A, B).rows


def test_words_in_too_few_comments_are_not_tested(planted: Store) -> None:
    """Where every word is in fewer comments than stated nothing is tested, and that is said."""
    found = answer(planted, "keyness", A, B, least=100_000)
    assert (found.rows, found.summary) == ([], {"n_a": 100, "n_b": 100, "tested": 0})


def test_sides_mirror_each_other(planted: Store) -> None:
    """With the sets exchanged a word has the same evidence and the opposite size."""
    (there,) = rows(answer(planted, "keyness", A, B), lemma="пирог")
    (back,) = rows(answer(planted, "keyness", B, A), lemma="пирог")
    assert (there["side"], back["side"]) == ("a", "b")
    assert there["g2"] == pytest.approx(back["g2"])
    assert there["log_odds"] == pytest.approx(-float(str(back["log_odds"])))
    assert there["rate_a"] == back["rate_b"]


def test_one_loud_author_makes_no_word_key() -> None:
    """Where authors vote, what one of them repeats in a hundred comments is no key; else a note warns."""
    loud = [comment(50_000 + n, f"пирог {WORDS[n % 15]}", author_id=999) for n in range(100)]
    store = enriched([*talk(1, "wall:-1_2", range(1, 101)), *loud, *talk(2, "wall:-1_3", range(101, 201))])
    (quiet,) = rows(answer(store, "keyness", A, B), lemma="пирог")
    assert (quiet["is_key"], quiet["comments_a"], quiet["authors_a"]) == (False, 100, 1)
    by_comments = answer(store, "keyness", A, B, per="comments")
    (loud_row,) = rows(by_comments, lemma="пирог")
    assert loud_row["is_key"] is True
    assert float(str(loud_row["low_a"])) < 0.3 * float(str(loud_row["rate_a"]))
    assert "keyness_loud" in [note.code for note in by_comments.notes]


@pytest.mark.parametrize("per", ["authors", "comments"])
def test_copies_of_a_long_text_count_once(copied: Store, per: str) -> None:
    """A long text that sixty authors post word for word is one vote, and a note counts the rest."""
    found = answer(copied, "keyness", A, B, per=per, least=1)
    (row,) = rows(found, lemma="автобус")
    assert (row["comments_a"], row["is_key"]) == (1, False)
    (note,) = [note for note in found.notes if note.code == "keyness_copies"]
    assert note.values["copies"] == 59


def test_what_everybody_says_is_no_copy() -> None:
    """Short equal texts are many voices: they all count."""
    thanks = [comment(70_000 + n, "Спасибо!", author_id=2_000 + n) for n in range(60)]
    store = enriched([*talk(1, "wall:-1_2", range(1, 101)), *thanks, *talk(2, "wall:-1_3", range(101, 201))])
    (row,) = rows(answer(store, "keyness", A, B), lemma="спасибо")
    assert (row["comments_a"], row["is_key"]) == (60, True)


def test_a_comment_of_both_sets_counts_in_the_first(planted: Store) -> None:
    """Compared with everything, a set is compared with the rest, and a note says how many were in both."""
    found = answer(planted, "keyness", A, Query())
    assert found.rows == answer(planted, "keyness", A, B).rows
    assert [(note.code, note.values["comments"]) for note in found.notes] == [("keyness_both", 200)]


def test_who_is_unknown_votes_by_comments_only() -> None:
    """Comments without a known author have no vote among authors, and one each among comments."""
    nobody = [comment(80_000 + n, f"{WORDS[n % 15]} пирог", author_id=None) for n in range(80)]
    store = enriched([*talk(1, "wall:-1_2", range(1, 101)), *nobody, *talk(2, "wall:-1_3", range(101, 201))])
    assert answer(store, "keyness", A, B).summary["n_a"] == 100
    found = answer(store, "keyness", A, B, per="comments")
    (row,) = rows(found, lemma="пирог")
    assert (found.summary["n_a"], row["comments_a"], row["authors_a"]) == (280, 80, 0)


@pytest.mark.parametrize("query", [A, Query(source=("wall:-9_9",))])
def test_sets_that_are_too_small_are_not_compared(query: Query) -> None:
    """With fewer than thirty votes on a side there are no rows, and a note says so."""
    store = enriched([*talk(1, "wall:-1_2", range(1, 11)), *talk(2, "wall:-1_3", range(101, 201))])
    found = answer(store, "keyness", query, B)
    assert found.rows == []
    assert [note.code for note in found.notes] == ["keyness_few"]


@pytest.mark.soak
def test_chance_makes_no_key_words() -> None:
    """Of forty deals of authors to two sets by chance few have any word called key: the rate is 5 %."""
    chance = random.Random(7)  # noqa: S311 - a seeded world, not cryptography
    comments = []
    for author in range(1, 401):
        liked = chance.sample(WORDS, 5)
        for n in range(min(30, int(chance.paretovariate(1.2)))):
            text = " ".join(chance.choices(liked, k=3))
            comments.append(comment(author * 100 + n, text, author_id=author))
    store = enriched(comments)
    with_any = 0
    for seed in range(40):
        some = tuple(random.Random(seed).sample(range(1, 401), 150))  # noqa: S311 - a seeded world
        with_any += bool(rows(answer(store, "keyness", Query(author=some)), is_key=True))
    assert with_any <= 5

"""Collocations: planted pairs lead, every count is that of a loop, chance finds next to nothing."""

from __future__ import annotations

import math
import random
from collections import Counter

import pandas as pd
import pytest

from core.analysis.lexis.collocations import collocations
from core.query import Query
from core.storage import reads_words_pairs
from tests.builders import comment
from tests.core.enriched import answer, enriched

WORDS = (
    "дорога",
    "мост",
    "река",
    "берег",
    "лодка",
    "рыба",
    "солнце",
    "ветер",
    "город",
    "парк",
    "школа",
    "книга",
)


def sentences(seed: int, number: int) -> list[list[str]]:
    """Return sentences of six words drawn at random."""
    chance = random.Random(seed)  # noqa: S311 - a seeded world, not cryptography
    return [chance.choices(WORDS, k=6) for _ in range(number)]


@pytest.mark.parametrize("window", [1, 3])
def test_counts_are_those_of_a_loop(window: int) -> None:
    """A pair counts once a comment when the second stands within the window after the first."""
    texts = sentences(1, 200)
    store = enriched([comment(n, " ".join(words), author_id=n % 50) for n, words in enumerate(texts, 1)])
    expected: Counter[tuple[str, str]] = Counter()
    for words in texts:
        expected.update(
            {
                (words[at], words[later])
                for at in range(6)
                for later in range(at + 1, min(at + window, 5) + 1)
                if words[at] != words[later]
            }
        )
    found = answer(store, "collocations", window=window, least=2, top=500)
    assert found.summary["pairs"] == expected.total()
    for row in found.rows:
        first, second = str(row["first"]), str(row["second"])
        assert row["comments"] == expected[first, second]
        assert row["of_first"] == sum(n for (one, _), n in expected.items() if one == first)
        assert row["of_second"] == sum(n for (_, two), n in expected.items() if two == second)


def test_a_planted_pair_leads_and_chance_finds_nothing() -> None:
    """A pair that always stands together leads by evidence and size; of chance pairs none is found."""
    texts = sentences(2, 300)
    planted = [[*words, "площадь", "ленина"] if n % 10 == 0 else words for n, words in enumerate(texts)]
    store = enriched([comment(n, " ".join(words), author_id=n) for n, words in enumerate(planted, 1)])
    found = answer(store, "collocations", top=500)
    first = found.rows[0]
    assert (first["first"], first["comments"], first["authors"]) == ("площадь", 30, 30)
    assert first["share"] == 1
    assert 0.85 < first["low"] < first["high"] == 1
    assert first["log_dice"] == pytest.approx(14)
    assert [row["first"] for row in found.rows if row["is_found"]] == ["площадь"]
    assert found.rows == sorted(found.rows, key=lambda row: -row["g2"])
    by_dice = answer(store, "collocations", by="log_dice").rows
    assert by_dice == sorted(by_dice, key=lambda row: -row["log_dice"])


def test_measures_are_the_reference_values() -> None:
    """The figures of nltk for (а, б) in a text of thirteen words come out of the same counts."""
    counts = {"first": [1], "second": [2], "pair": [4], "authors": [1], "of_first": [4], "of_second": [4]}
    (row,) = collocations(pd.DataFrame({**counts, "pairs": [13]}), "g2", 5).to_dict("records")
    assert row["g2"] == pytest.approx(16.048286, abs=1e-6)
    assert row["t"] == pytest.approx(1.384615, abs=1e-6)
    assert row["pmi"] == pytest.approx(math.log2(13 / 4))
    assert row["npmi"] == pytest.approx(1)


def test_pairs_below_chance_are_not_named() -> None:
    """A pair that avoids itself has evidence too, but is no collocation."""
    counts = {"first": [1, 1], "second": [2, 3], "pair": [2, 90], "of_first": [100, 100]}
    frame = pd.DataFrame({**counts, "of_second": [500, 100], "pairs": [1000, 1000], "authors": [2, 9]})
    assert collocations(frame, "g2", 5)["second"].tolist() == [3]


def test_a_copied_text_is_one_voice() -> None:
    """A long text that was posted fifty times makes no pair frequent."""
    long = "Требуем вернуть автобус на прежний маршрут, жителям посёлка не на чем ездить!"
    store = enriched([comment(n, long, author_id=n) for n in range(1, 51)])
    assert reads_words_pairs.pairs(store, Query(), 1, 1)["pair"].max() == 1
    assert answer(store, "collocations").rows == []


def test_the_same_word_twice_is_no_pair() -> None:
    """A word beside itself is not counted, and without pairs there are no rows."""
    store = enriched([comment(n, "да дорога дорога", author_id=n) for n in range(1, 11)])
    found = answer(store, "collocations")
    assert (found.rows, found.summary) == ([], {"pairs": 0, "tested": 0})

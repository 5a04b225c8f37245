"""Words are found again in the text as it was written."""

from __future__ import annotations

import pytest

from core.analysis.lexis.spans import spans


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Ёжик, ёжик!", ["ежик", "ежик"], ["Ёжик", "ёжик"]),
        ("[id1|Мария], Мария права", ["мария", "права"], ["Мария", "права"]),
        ("https://кот.рф/кот кот #кот", ["кот"], ["кот"]),
        ("кое-что НОВОЕ", ["кое-что", "новое"], ["кое-что", "НОВОЕ"]),
        ("ми\u0306р", ["ми\u0306р"], [None]),
        ("Сараи\u0306 стоит", ["сарай", "стоит"], ["Сараи\u0306", "стоит"]),
        ("при\u00adвет, мир", ["привет", "мир"], ["при\u00adвет", "мир"]),
        ("это к о т и кот", ["это", "кот", "и"], ["это", "кот", None]),
        ("вот к о т", ["вот", "кот"], ["вот", "к о т"]),
        ("İstanbul рядом", ["рядом"], ["рядом"]),
        ("😂😂 смешно", ["смешно"], ["смешно"]),
        ("12 кг муки", ["кг", "муки"], ["кг", "муки"]),
        ("", ["кот"], [None]),
    ],
)
def test_a_word_is_shown_as_it_was_written(text: str, words: list[str], shown: list[str | None]) -> None:
    """Positions are those of the original, whatever was folded, hidden, marked up or spelt apart."""
    found = spans(text, words)
    assert [None if each is None else text[each[0] : each[1]] for each in found] == shown


def test_a_letter_by_itself_that_is_hidden_is_passed_over() -> None:
    """What cannot be seen has no place, and an accent that stands alone is no part of a word."""
    assert spans("\u200b\u200b", ["кот"]) == [None]
    assert spans("\u0301кот", ["кот"]) == [(1, 4)]


def test_equal_words_are_told_apart_by_order() -> None:
    """The second of two equal words is found at the second place."""
    assert spans("да, да", ["да", "да"]) == [(0, 2), (4, 6)]

"""Names as they are told: without what a recogniser takes along, and without plain words."""

from __future__ import annotations

import pytest

from core.analysis.themes.recognising import bare, is_name


@pytest.mark.parametrize(
    ("told", "name"),
    [("В Заречье", "Заречье"), ("на Садовая", "Садовая"), ("В", "В"), ("Анна Иванова", "Анна Иванова")],
)
def test_a_place_has_no_preposition(told: str, name: str) -> None:
    """What is in a place and the place itself are counted together."""
    assert bare(told) == name


@pytest.mark.parametrize(("words", "is_one"), [("Москва", True), ("Быстро", False), ("Новая Земля", True)])
def test_one_word_that_is_no_noun_is_no_name(words: str, is_one: bool) -> None:
    """A plain word with a capital letter is no person."""
    assert is_name(words) is is_one

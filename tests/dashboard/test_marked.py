"""What a search marks in the texts that it found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from core.query import Query
from dashboard.components.marked import MOST_OPEN, Mark, marks, translated


def found(query: Query, text: str, forms: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """Return what would be marked, by Python's reading of the same expressions."""
    spans: list[str] = []
    for mark in marks(query, forms or {}):
        source = mark.source.replace(r"[\p{L}\p{M}\p{N}_]", r"[\w\u0300-\u036f]")
        source = source.replace(r"[^\p{L}\p{M}\p{N}_]", r"[^\w\u0300-\u036f]")
        flags = re.IGNORECASE if "i" in mark.flags else 0
        spans += [each[0] for each in re.finditer(source, text, flags)]
    return spans


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("кот", "Котлета и скот", ["Кот", "кот"]),
        ("ёлк", "елка, Ёлка, е\u0308лка", ["елк", "Ёлк", "е\u0308лк"]),
        ("мой", "мои\u0306 дом", ["мои\u0306"]),
        ("скидк*", "Скидка, скидкам и нескидка", ["Скидка", "скидкам"]),
        ("*ость", "новость-новости", ["новость"]),
        ("ко*ка", "кошка коробка кошкам", ["кошка", "коробка"]),
        ('"красн* кот"', "красный кот, красный котик", ["красный кот"]),
        ("«нет тепла» кот", "кот: нет тепла", ["нет тепла", "кот"]),
        ("кот -пёс OR дом", "кот пес дом", ["кот", "дом"]),
        ("a+b", "a+b aab", ["a+b"]),
        ("*", "кот", []),
    ],
)
def test_words_are_marked_as_they_were_written(typed: str, text: str, marked: list[str]) -> None:
    """Wanted parts are marked whatever their case, ё and accents; a star ends at the edges of its word."""
    assert found(Query(text=typed), text) == marked


@pytest.mark.parametrize(
    ("mark", "text", "marked"),
    [
        ("emoji:🔥", "🔥 и ❤️\u200d🔥, 🔥", ["🔥", "🔥"]),
        ("emoji:❤\u200d🔥", "🔥 и ❤️\u200d🔥", ["❤️\u200d🔥"]),
        ("emoji:👍", "👍🏽 👍", ["👍"]),
        ("any_tone:👍", "👍🏽 👍", ["👍🏽", "👍"]),
        ("hashtag:#елка", "#Ёлка #ёлках", ["#Ёлка"]),
        ("domain:vk.com", "https://vk.com/a", ["vk.com"]),
        ("sticker:sticker", "sticker", []),
        ("mention:-1", "[club1|-1]", []),
    ],
)
def test_signs_are_marked_where_they_stand_alone(mark: str, text: str, marked: list[str]) -> None:
    """A sign of the filter is marked as it was counted: not inside a longer emoji or word."""
    assert found(Query(has=(mark,)), text) == marked


def test_all_forms_of_a_word_are_marked() -> None:
    """A word in any form is marked as a whole word, a phrase as a whole, and nothing that is unwanted."""
    forms = {"lemma_0": ["кошками", "кошка", "кошку"], "lemma_1": ["дом"], "lemma_2": []}
    assert found(Query(lemma="кошка"), "Кошка, кошкам, кошку", forms) == ["Кошка", "кошку"]
    assert found(Query(lemma='"кошка дом"'), "кошка — дом, дом", forms) == ["кошка — дом"]
    assert found(Query(lemma='"кошка дом"~5'), "дом где кошка", forms) == ["кошка", "дом"]
    assert found(Query(lemma="кошка -дом"), "дом кошку", forms) == ["кошку"]
    assert found(Query(lemma="кошка дом шмурдяк"), "нет", forms) == []
    assert found(Query(lemma="нача*"), "Начало, не начать, почать", forms) == ["Начало", "начать"]


@pytest.mark.parametrize(
    ("regex", "text", "marked"),
    [
        (r"\d+ руб", "за 300 руб", ["300 руб"]),
        (r"(?i)кот|пёс", "Кот и ПЁС", ["Кот", "ПЁС"]),
        (r"Кот", "кот", []),
        (r"^а.*я$", "азбука моя", ["азбука моя"]),
        (r"(?:скид(?:ка|ки))?!", "скидка!", ["скидка!"]),
        (r"[а-яё]{3}", "абвг", ["абв"]),
        (r"a/b\s", "a/b ", ["a/b "]),
    ],
)
def test_an_expression_is_marked_where_it_means_the_same(regex: str, text: str, marked: list[str]) -> None:
    """Letters, sets, groups and repetitions are the same in the database and in the browser."""
    assert found(Query(regex=regex), text) == marked


@pytest.mark.parametrize(
    "regex",
    [
        "(a+)+b", "(a|a)*b", "(?:a?){9}", "a*a*a*a*b", r"\pL+", r"(?P<x>a)", r"(?m)^a", r"[[:alpha:]]",
        r"\Qa\E", "a**", "a{2}{3}", "(a", "a)", "[a", r"\x{41}", "[b--c]",
    ],
)  # fmt: skip
def test_what_could_keep_a_browser_busy_is_not_marked(regex: str) -> None:
    """Repetitions of repetitions, many open ones, and what JavaScript would read otherwise mark nothing."""
    assert translated(regex) == ""


def test_an_open_repetition_has_an_end() -> None:
    """However often `+` and `*` stand there, the ways to try them at one place stay few."""
    for count in range(1, MOST_OPEN + 1):
        bounds = [int(each) for each in re.findall(r",(\d+)\}", translated(".*" * count))]
        assert len(bounds) == count
        product = 1
        for bound in bounds:
            product *= bound
        assert product <= 30_000


def test_a_search_without_words_marks_nothing() -> None:
    """No search, no marks."""
    assert marks(Query(), {}) == []
    assert Mark("a").page() == {"source": "a", "flags": "giu"}

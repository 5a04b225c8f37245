from __future__ import annotations

import sys

import pyarrow as pa
import pytest

from core.text.entities import SCHEMA, entities, nominative

TEXTS = [
    "Владимира Маяковского читали в Нижнем Новгороде",
    None,
    "",
    "😀",
    "привет всем",
    "[id1|Иван Петров], в Москве новый офис открыла Единая Россия",
    "Подробности на https://example.com/Moscow",
]


@pytest.mark.slow
def test_names_are_found_with_their_base_form() -> None:
    """People, places and organisations come with the row of their text and the nominative."""
    table = entities(pa.array(TEXTS))
    assert table.schema.equals(SCHEMA)
    assert table.to_pylist() == [
        {"row": 0, "kind": "per", "text": "Владимира Маяковского", "normal": "Владимир Маяковский"},
        {"row": 0, "kind": "loc", "text": "Нижнем Новгороде", "normal": "Нижний Новгород"},
        {"row": 5, "kind": "loc", "text": "Москве", "normal": "Москва"},
        {"row": 5, "kind": "org", "text": "Единая Россия", "normal": "Единая Россия"},
    ]
    assert "natasha" not in sys.modules


def test_texts_without_names_give_an_empty_table() -> None:
    """Empty texts, emoji and small letters give no rows and no error."""
    assert entities(pa.array(["", None, "😀", "привет"], pa.string())).num_rows == 0


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("Путина", "per", "Путин"),
        ("Ирине Ивановой", "per", "Ирина Иванова"),
        ("Саше Белому", "per", "Саша Белый"),
        ("России", "loc", "Россия"),
        ("РОССИЯ", "loc", "Россия"),
        ("США", "loc", "США"),
        ("Санкт-Петербурге", "loc", "Санкт-Петербург"),
        ("Министерства обороны", "org", "Министерство обороны"),
        ("Большого театра", "org", "Большой театр"),
        ("ВКонтакте", "org", "ВКонтакте"),
        ("Qwerty", "org", "Qwerty"),
    ],
)
def test_a_name_turns_to_the_nominative(words: str, kind: str, expected: str) -> None:
    """A name in any case has one base form, in the capitals it was written with."""
    assert nominative(words, kind) == expected

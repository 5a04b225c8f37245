from __future__ import annotations

import multiprocessing
import time
from itertools import product
from typing import Any

import pyarrow as pa
import pytest

from core.text.words import SCHEMA, studied

UNITS = [
    *("комментариями", "ёжик", "п1здец", "привеееет", "spasibo", "дякую", "қазақ", "hello", "cats", "вайбом"),
    *(
        "2026",
        "25-го",
        "100р",
        "3,5%",
        ")))",
        ":)",
        "!!!!!!",
        "?",
        "👍🏽",
        "❤️",
        "убью",
        "дурак",
        "это",
        "the",
    ),
]


def _row(unit: str) -> dict[str, Any]:
    return dict(studied(pa.array([unit])).to_pylist()[0])


def test_the_answer_has_one_row_per_unit_in_order() -> None:
    """The table has the agreed columns, and the words as they were given."""
    table = studied(pa.array(UNITS))
    assert table.schema.equals(SCHEMA)
    assert table["word"].to_pylist() == UNITS


def test_nothing_to_study_gives_an_empty_table() -> None:
    """No units are no rows, with the same columns."""
    assert studied(pa.array([], pa.string())).schema.equals(SCHEMA)


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("кто-то", "word"),
        ("бл@ть", "word"),
        ("6лять", "word"),
        ("covid-19", "word"),
        ("2026", "number"),
        ("25-го", "number"),
        ("100р", "number"),
        ("3,5%", "number"),
        (")))", "mark"),
        (":)", "mark"),
        (":d", "mark"),
        ("!!!", "mark"),
        ("…", "mark"),
        ("👍🏽", "emoji"),
        ("❤️", "emoji"),
        ("🇷🇺", "emoji"),
        ("👨‍👩‍👧", "emoji"),
        ("1️⃣", "emoji"),
    ],
)
def test_units_are_of_four_kinds(unit: str, kind: str) -> None:
    """A unit is a word, a number, a mark or an emoji."""
    assert _row(unit)["kind"] == kind


@pytest.mark.parametrize(
    ("unit", "norm"), [("👍🏽", "👍"), ("❤️", "❤"), (")))))))", ")))"), ("!!", "!!"), ("1000", "1000")]
)
def test_signs_have_a_normal_form_too(unit: str, norm: str) -> None:
    """Skin colour does not tell emoji apart, nor a fourth bracket marks."""
    assert _row(unit)["norm"] == norm


def test_the_chosen_lemma_is_the_first_of_all() -> None:
    """The lemma of a row is the first of its lemmas, which are never empty."""
    for row in studied(pa.array(UNITS)).to_pylist():
        assert row["lemmas"][0] == row["lemma"]


def test_the_normal_form_decides_and_the_word_stays() -> None:
    """A masked word keeps its typing and is known, lemmatised and tagged as what it hides."""
    assert _row("бл@ть") == {
        "word": "бл@ть",
        "kind": "word",
        "norm": "блять",
        "lemma": "блядь",
        "lemmas": ["блядь"],
        "is_stop": False,
        "is_known": True,
        "hint": "ru",
        "tags": 1,
    }


def test_capitals_and_yo_do_not_matter() -> None:
    """A word in capitals or with "ё" has the lemma of the plain word, and stays as it was given."""
    assert _row("Ёжик")["lemma"] == _row("ежик")["lemma"] == "ежик"
    assert _row("Ёжик")["word"] == "Ёжик"


@pytest.mark.parametrize(
    ("unit", "lemma"),
    [
        ("дякую", "дякую"),
        ("сподобалося", "сподобалося"),
        ("қазақтар", "қазақтар"),
        ("cats", "cat"),
        ("dog's", "dog"),
        ("his", "his"),
        ("news", "news"),
    ],
)
def test_other_languages_are_left_alone(unit: str, lemma: str) -> None:
    """No Russian ending is cut off a word of another language; English plurals are simple."""
    assert _row(unit)["lemma"] == lemma


def test_tags_stand_on_words_alone() -> None:
    """Words carry tags as bits: 1 obscene, 2 insult, 4 threat."""
    tags = {row["word"]: row["tags"] for row in studied(pa.array(UNITS)).to_pylist()}
    assert tags["п1здец"] == 1
    assert tags["дурак"] == 2
    assert tags["убью"] == 4
    assert {tags[unit] for unit in ("2026", ")))", "👍🏽", "комментариями")} == {0}


def test_stop_words_are_known_by_lemma_and_by_form() -> None:
    """Function words in any form and marks say nothing of a subject; numbers and emoji may."""
    stops = {
        row["word"]: row["is_stop"] for row in studied(pa.array([*UNITS, "этого", "меня", "ещё"])).to_pylist()
    }
    assert all(stops[unit] for unit in ("это", "этого", "меня", "ещё", "the", ")))", "?"))
    assert not any(stops[unit] for unit in ("комментариями", "дурак", "2026", "👍🏽", "дякую"))


@pytest.mark.slow
def test_words_can_be_studied_in_a_fresh_process() -> None:
    """A worker that only imports the module gives the same answer."""
    units = pa.array(UNITS)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(studied, (units,)).equals(studied(units))


@pytest.mark.bench
def test_how_many_units_are_studied_a_second(capsys: pytest.CaptureFixture[str]) -> None:
    """The speed of one core over 50,000 distinct units of Russian shape is printed."""
    stems = ["дом", "книг", "сказа", "город", "красив", "писа", "дорог", "вечер", "прекрасн", "полож"]
    ends = [
        "а",
        "у",
        "ом",
        "ами",
        "ый",
        "ого",
        "ал",
        "ела",
        "ить",
        "ка",
        "ность",
        "ов",
        "еньк",
        "ищ",
        "ем",
        "ют",
        "я",
    ]
    units = pa.array(list(dict.fromkeys("".join(each) for each in product(stems, ends, ends, ends))))
    studied(units.slice(0, 10))
    started = time.process_time()
    studied(units)
    speed = len(units) / (time.process_time() - started)
    with capsys.disabled():
        print(f"\n{len(units):,} units: {speed:,.0f} a second")  # noqa: T201 - a bench prints figures
    assert speed > 0

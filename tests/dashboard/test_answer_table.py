"""The table of an answer: words and moments as a reader sees them."""

from __future__ import annotations

import pandas as pd
import pytest

from core.analysis.catalogue import ANALYSES
from core.wording import LANGS, Lang
from dashboard.components.answer_numbers import digits_of, format_of, numbered, written_here
from dashboard.components.answer_table import column, rounded, shown_columns, worded


def test_moments_of_a_column_may_be_days_or_hours() -> None:
    """A period that begins at midnight is told as a day: it stands in one column with others."""
    analysis = ANALYSES["bursts"]
    row = dict.fromkeys(each.name for each in analysis.fields)
    rows = [{**row, "starts": starts} for starts in ("2026-09-14 18:00:00", "2026-05-17", None)]
    starts = worded(analysis, pd.DataFrame(rows), "ru")["starts"]
    assert starts.tolist()[:2] == [pd.Timestamp(2026, 9, 14, 18), pd.Timestamp(2026, 5, 17)]
    assert pd.isna(starts[2])


@pytest.mark.parametrize(
    ("cells", "written"),
    [([0.25, 4.123], [0.25, 4.12]), ([779.844, 35.2, 0.4], [780, 35, 0.4])],
)
def test_hours_have_no_digits_that_nobody_reads(cells: list[float], written: list[float]) -> None:
    """Some hours are written to a minute or so; where there are a hundred, ten and more are whole ones."""
    frame = pd.DataFrame({each.name: pd.Series(cells) for each in ANALYSES["questions"].fields})
    shown = rounded(ANALYSES["questions"], frame)["age_hours"]
    assert shown.tolist() == written


@pytest.mark.parametrize(("lang", "said"), [("en", ["yes", "", ""]), ("ru", ["да", "", ""])])
def test_what_is_so_is_a_word_and_no_box(lang: Lang, said: list[str]) -> None:
    """Beside the boxes that choose a line, a ticked box of the answer would seem one more to be clicked."""
    frame = pd.concat([_rows("author_activity", is_community=each) for each in (True, False, None)])
    assert worded(ANALYSES["author_activity"], frame, lang)["is_community"].tolist() == said


def test_an_age_of_weeks_is_told_in_days() -> None:
    """Nobody divides 729 hours by 24; less than two days are told in hours."""
    analysis = ANALYSES["questions"]
    frame = pd.concat([_rows("questions", age_hours=each) for each in (729.4, 47.2, 3.26)]).reset_index()
    written = {
        lang: numbered(worded(analysis, frame, lang), frame, written_here(analysis, frame), lang).to_html()
        for lang in LANGS
    }
    assert all(f">{each}<" in written["en"] for each in ("30\u00a0d", "47\u00a0h", "3.3\u00a0h"))
    assert all(f">{each}<" in written["ru"] for each in ("30\u00a0дн.", "47\u00a0ч", "3,3\u00a0ч"))


PHONE_PX = 361
"""The width of a table on a screen of 390."""
TICKS_PX = 33
NUMBER_PX = 80


@pytest.mark.parametrize(
    ("analysis", "names"),
    [("engagement_by_source", ["title"]), ("threads", ["source"]), ("concordance", ["left"])],
)
def test_what_stands_behind_a_title_is_in_view_on_a_phone(analysis: str, names: list[str]) -> None:
    """A column of long texts leaves room for the first number, or for the word that the texts surround."""
    frame = _rows(analysis, **dict.fromkeys(names, "Дорогие покупатели! Из-за переезда склада…"), n=1)
    fields = {each.name: each for each in ANALYSES[analysis].fields}
    widths = [column(analysis, fields[name], frame, "en")["width"] for name in names]
    assert TICKS_PX + sum(widths) + NUMBER_PX <= PHONE_PX


def test_what_is_in_no_topic_is_called_so() -> None:
    """The line of comments without a topic has a name, as its bar has."""
    frame = _rows("topics", topic=0, name="")
    assert worded(ANALYSES["topics"], frame, "ru")["name"].tolist() == ["(без темы)"]


def _rows(analysis: str, **cells: object) -> pd.DataFrame:
    """Return one row of an analysis: what is not given stands empty."""
    row = dict.fromkeys(each.name for each in ANALYSES[analysis].fields)
    return pd.DataFrame([{**row, **cells}])


@pytest.mark.parametrize(
    ("analysis", "cells", "shown"),
    [
        ("changes", {"name": "wall:-1_2", "title": "Вода", "comments": 3}, ["title", "comments"]),
        ("changes", {"name": "2026-05", "comments": 3}, ["name", "comments"]),
        ("coordination", {"group": 1, "account_ids": "5", "account_names": "Ева"},
         ["group", "account_names"]),
        ("threads", {"source": "Вода", "root": "wall:-1_2:3", "comments": 2}, ["source", "comments"]),
        ("robustness", {"finding": "a", "variant": "b", "against": "c", "n": 9, "holds": 1, "verdict": "d"},
         ["finding", "variant", "verdict", "n"]),
    ],
)  # fmt: skip
def test_a_key_takes_no_room_beside_its_name(
    analysis: str, cells: dict[str, object], shown: list[str]
) -> None:
    """What names a row for a program is left out where a name stands beside it; verdicts stand in sight."""
    assert shown_columns(ANALYSES[analysis], _rows(analysis, **cells)) == shown


@pytest.mark.parametrize(
    ("cells", "form", "digits"),
    [
        ([1173.254, 1100.166], "localized", 0),
        ([46.323, 4.4], "localized", 1),
        ([9.231, 0.4], "localized", 2),
        ([12.5, 0.03], "localized", 2),
        ([0.639, 0.8093], "percent", 1),
        ([0.0238, 0.018], "percent", 2),
    ],
)
def test_numbers_of_a_column_have_the_same_decimals(cells: list[float], form: str, digits: int) -> None:
    """All numbers of a column stand with as many decimals as its size needs."""
    assert digits_of(pd.DataFrame({"value": cells}), "value", form) == digits


def test_decimals_that_are_zeros_are_written() -> None:
    """A last decimal is written also where it is a zero, so that a column stands point below point."""
    analysis = ANALYSES["ngrams"]
    frame = pd.concat([_rows("ngrams", share=0.639), _rows("ngrams", share=0.7)])
    written = numbered(
        worded(analysis, frame.reset_index(), "en"), frame, written_here(analysis, frame), "en"
    )
    assert "63.9%" in written.to_html()
    assert "70.0%" in written.to_html()


def test_how_many_were_measured_is_written_as_an_amount() -> None:
    """An n has its thousands apart as any number of things, also where the answer says no unit."""
    field = next(each for each in ANALYSES["robustness"].fields if each.name == "n")
    assert format_of(field, _rows("robustness", n=4368)) == "localized"

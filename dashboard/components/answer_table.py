"""The table of an answer; choosing a line does what a click on its bar does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from core.analysis.described import Analysis, ResultField
from core.wording import Lang, dates, number, say
from core.wording.amounts import NBSP
from core.wording.described import CODED, explained, named, values_named
from dashboard import state
from dashboard.charts import picks
from dashboard.components import selection
from dashboard.components.answers import Shown
from dashboard.components.table import DAYS, MOMENTS

SHOWN_ROWS: Final = 1000
CHANCES: Final = frozenset({"p", "p_adjusted", "q", "alpha"})
"""Columns of probabilities that are read by their order of magnitude, not in per cent."""
LINE: Final = 35
KEYS: Final = frozenset({
    "comment_key", "source", "root", "copy", "cluster", "first_key", "first_author_id", "author_id",
    "other_id", "example_keys", "account_ids", "near_ids", "node", "target", "start", "end", "answer_key",
    "second_key",
})  # fmt: skip
"""Columns that name a row for a program: left out where others name it for a reader."""
NAMES: Final = ("title", "name", "text", "author_name", "source_name", "source_title", "left")
"""Columns that name a row for a reader."""
CLOCK: Final = frozenset({"weekday", "hour"})
"""Columns of numbers that a reader calls by name."""
GINI: Final = "gini"
"""A measure from 0 to 1 that is no share: nothing of it are per cent."""
FIRST: Final[dict[str, tuple[str, ...]]] = {
    "concordance": ("left", "hit", "right", "published_at", "url"),
    "questions": ("text", "author_name", "asked_at", "age_hours", "title"),
    "mood_examples": ("text", "because"),
    "copies": ("text",),
    "near_copies": ("text",),
    "bursts": (
        "starts",
        "ends",
        "comments",
        "ratio",
        "low",
        "high",
        "source_title",
        "author_name",
        "copy_text",
    ),
}
"""What a reader looks at first, where it is not what the API says first."""
TALLEST: Final = 520
LONG_H: Final = 100


def table(shown: Shown, *, tallest: int = TALLEST) -> None:
    """Draw the rows of an answer with their columns explained."""
    analysis, lang = shown.asking.analysis, shown.lang
    rows = shown.measured.rows[:SHOWN_ROWS]
    frame = pd.DataFrame(rows, columns=[each.name for each in analysis.fields])
    key = f"answer.table.{analysis.name}"
    pick = shown.asking.pick
    keys = [pick.key(row) for row in rows] if pick else []
    more: dict[str, Any] = {}
    if pick is not None:
        more = {"on_select": lambda: _chosen(key, shown, keys), "selection_mode": "single-row"}
        st.caption(f":material/touch_app: {say(f'pick.{pick.field}.row', lang)}")
    written = written_here(analysis, frame)
    st.dataframe(
        numbered(worded(analysis, frame, lang), frame, written, lang),
        hide_index=True,
        placeholder="",
        height=min(LINE * (len(frame) + 1) + 3, tallest),
        column_order=_order(analysis, frame),
        column_config={
            each.name: _column(analysis.name, each, frame, lang, is_written=each.name in written)
            for each in analysis.fields
        },
        alt=say("analyses.table", lang),
        key=key,
        **more,
    )


def _chosen(key: str, shown: Shown, keys: Sequence[str]) -> None:
    """Do what the chosen line says; a line that is let go takes its filter back."""
    rows = state.picked(key).selection.rows
    last = f"{key}.last"
    chosen = keys[rows[0]] if rows and rows[0] < len(keys) else state.picked(last)
    state.keep(last, chosen if rows else None)
    pick = shown.asking.pick
    if pick is None or not chosen:
        return
    if pick.field == picks.OPEN:
        state.look(comment=chosen if rows else "")
        return
    told = {"field": pick.field, "unit": pick.unit}
    selection.happened({"chart": key, "kind": "click", "key": chosen, "x": chosen, "meta": told})


def _order(analysis: Analysis, frame: pd.DataFrame) -> list[str]:
    """Return the columns to show: what is read first, no keys, nothing that is empty throughout."""
    names = [each.name for each in analysis.fields]
    named_too = {*NAMES} & {*names}
    hidden = KEYS if named_too else frozenset()
    first = FIRST.get(analysis.name, ())
    ordered = [*first, *(name for name in names if name not in first)]
    return [name for name in ordered if name not in hidden and _is_told(frame[name])]


def _is_told(cells: pd.Series) -> bool:
    return bool((cells.notna() & (cells.astype(str) != "")).any())


def worded(analysis: Analysis, frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Return the table with columns that hold only words of ours in the reader's language, moments as such.

    A moment may be written as a day alone.
    """
    words = {}
    for each in analysis.fields:
        if each.type != "text" or each.name not in CODED:
            continue
        cells = {cell: values_named(cell, lang, analysis.name) for cell in frame[each.name].dropna().unique()}
        if None not in cells.values():
            words[each.name] = frame[each.name].map(cells)
    return frame.assign(**words, **moments_of(analysis, frame), **rounded(analysis, frame))


def moments_of(analysis: Analysis, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of times as times; among moments, a midnight is written as its day."""
    names = [each.name for each in analysis.fields if each.type == "time"]
    return {name: pd.to_datetime(frame[name], format="ISO8601") for name in names}


def rounded(analysis: Analysis, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of hours without digits that nobody reads: a hundred of them are whole ones."""
    names = [each.name for each in analysis.fields if each.type == "number" and each.unit == "hours"]
    columns = {name: pd.to_numeric(frame[name], errors="coerce") for name in names}
    return {name: cells.round(0 if cells.abs().max() >= LONG_H else 2) for name, cells in columns.items()}


def written_here(analysis: Analysis, frame: pd.DataFrame) -> dict[str, str]:
    """Return the columns whose numbers are written here, with their format.

    A browser's minus is a hyphen, it writes a whole column alike, coefficients among shares as per cent, and
    knows no weekdays by number.
    """
    found = {}
    for each in analysis.fields:
        if each.name in CLOCK:
            found[each.name] = each.name
            continue
        written = format_of(each, frame) if each.type in {"number", "integer"} else None
        if written is None or written.startswith("%"):
            continue
        values = pd.to_numeric(frame[each.name], errors="coerce")
        if (values < 0).any() or (written == "percent" and _coefficients(frame).any()):
            found[each.name] = written
    return found


def _coefficients(frame: pd.DataFrame) -> pd.Series:
    """Tell which rows are no share but a coefficient."""
    return frame["measure"].eq(GINI) if "measure" in frame else pd.Series(data=False, index=frame.index)


def numbered(worded: pd.DataFrame, frame: pd.DataFrame, written: Mapping[str, str], lang: Lang) -> Any:
    """Return a table whose numbers read as their language writes them, and sort as numbers."""
    if not written:
        return worded
    styled = worded.style.format(
        {name: partial(_write, form=form, lang=lang) for name, form in written.items()}, na_rep=""
    )
    if (is_one := _coefficients(frame)).any():
        styled.format(
            partial(_write, form="coefficient", lang=lang),
            na_rep="",
            subset=pd.IndexSlice[is_one, list(written)],
        )
    return styled


def _write(value: float, form: str, lang: Lang) -> str:
    """Write a number as the table writes the others: without needless zeros, with a minus that is one."""
    if form == "weekday":
        return dates.WEEKDAYS[lang][int(value) - 1]
    if form == "hour":
        return dates.hours(int(value), lang)
    if form == "coefficient":
        return number(value, lang, 2)
    if form != "percent":
        return _short(value, lang, 3)
    return f"{_short(value * 100, lang, 2)}{'%' if lang == 'en' else NBSP + '%'}"


def _short(value: float, lang: Lang, digits: int) -> str:
    said = number(value, lang, digits)
    return said.rstrip("0").rstrip(",.") if digits else said


def _column(analysis: str, field: ResultField, frame: pd.DataFrame, lang: Lang, *, is_written: bool) -> Any:
    label, about = named(field.name, lang, analysis), explained(field.meaning, lang, analysis)
    if field.type in {"number", "integer"}:
        written = None if is_written else format_of(field, frame)
        return st.column_config.NumberColumn(
            label, help=about, format=written, alignment="left" if field.name in CLOCK else None
        )
    if field.type == "time":
        moments = pd.to_datetime(frame[field.name], format="ISO8601").dropna()
        if (moments == moments.dt.normalize()).all():
            return st.column_config.DateColumn(label, help=about, format=DAYS[lang])
        return st.column_config.DatetimeColumn(label, help=about, format=MOMENTS[lang])
    if field.name.endswith("url"):
        return st.column_config.LinkColumn(label, help=about, display_text=say("analyses.comment", lang))
    return st.column_config.Column(label, help=about)


def format_of(field: ResultField, frame: pd.DataFrame) -> str | None:
    """Return how a column's numbers are written; whole ones without a unit are numbers of things."""
    if field.type == "integer":
        return None if field.name.endswith("id") or not field.unit else "localized"
    if field.name in CHANCES:
        return "%.3g"
    is_share = field.unit.startswith(("share", "0 to 1"))
    values = pd.to_numeric(frame[field.name], errors="coerce")
    return "percent" if is_share and values.max() <= 1 and values.min() >= -1 else "localized"

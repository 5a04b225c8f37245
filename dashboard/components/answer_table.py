"""The table of an answer; choosing a line does what a click on its bar does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from core.analysis.described import Analysis, ResultField
from core.wording import Lang, say
from core.wording.described import CODED, meaning, named, values_named
from dashboard import state
from dashboard.charts import picks
from dashboard.components import selection
from dashboard.components.answers import Shown
from dashboard.components.table import MOMENTS

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
    st.dataframe(
        _worded(analysis, frame, lang),
        hide_index=True,
        placeholder="",
        height=min(LINE * (len(frame) + 1) + 3, tallest),
        column_order=_order(analysis, frame),
        column_config={each.name: _column(analysis.name, each, frame, lang) for each in analysis.fields},
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
    named_too = {"title", "name", "text", "author_name", "source_name", "left"} & {*names}
    hidden = KEYS if named_too else frozenset()
    first = FIRST.get(analysis.name, ())
    ordered = [*first, *(name for name in names if name not in first)]
    return [name for name in ordered if name not in hidden and _is_told(frame[name])]


def _is_told(cells: pd.Series) -> bool:
    return bool((cells.notna() & (cells.astype(str) != "")).any())


def _worded(analysis: Analysis, frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Return the table with columns that hold only words of ours in the reader's language."""
    words = {}
    for each in analysis.fields:
        if each.type != "text" or each.name not in CODED:
            continue
        cells = {cell: values_named(cell, lang, analysis.name) for cell in frame[each.name].dropna().unique()}
        if None not in cells.values():
            words[each.name] = frame[each.name].map(cells)
    moments = {each.name: pd.to_datetime(frame[each.name]) for each in analysis.fields if each.type == "time"}
    return frame.assign(**words, **moments)


def _column(analysis: str, field: ResultField, frame: pd.DataFrame, lang: Lang) -> Any:
    label, about = named(field.name, lang, analysis), meaning(field.meaning, lang)
    if field.type in {"number", "integer"}:
        return st.column_config.NumberColumn(label, help=about, format=format_of(field, frame))
    if field.type == "time":
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

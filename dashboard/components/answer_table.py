"""The table of an answer; choosing a line does what a click on its bar does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from core.analysis.described import Analysis, ResultField
from core.wording import Lang, say
from core.wording.described import CODED, explained, named, values_named
from dashboard import state
from dashboard.charts import picks
from dashboard.charts.scales import unitless
from dashboard.components import selection
from dashboard.components.answer_numbers import CLOCK, numbered, short_hours, written_here
from dashboard.components.answers import Shown
from dashboard.components.table import DAYS, MOMENTS

SHOWN_ROWS: Final = 1000
LINE: Final = 35
KEYS: Final = frozenset({
    "comment_key", "source", "root", "copy", "cluster", "first_key", "first_author_id", "author_id",
    "other_id", "example_keys", "account_ids", "near_ids", "node", "target", "start", "end", "answer_key",
    "second_key",
})  # fmt: skip
"""Columns that name a row for a program: left out where others name it for a reader."""
NAMES: Final = ("title", "name", "text", "author_name", "source_name", "source_title", "left")
"""Columns that name a row for a reader."""
NAMED_BY: Final[dict[str, dict[str, str]]] = {
    "changes": {"name": "title"},
    "coordination": {
        "account_ids": "account_names",
        "near_ids": "account_names",
        "example_keys": "example_text",
    },
    "coordination_evidence": {"first_key": "first_text", "second_key": "second_text"},
    "robustness": {"against": "variant", "holds": "verdict"},
    "threads": {"root": "source"},
}
"""Columns of one analysis that say no more, or say it to a program, where another column is told."""
FIRST: Final[dict[str, tuple[str, ...]]] = {
    "author_activity": ("author_name", "comments", "likes_per_comment"),
    "compare": ("measure", "value_a", "value_b", "difference", "difference_low", "difference_high"),
    "coordination": ("group", "kind", "accounts", "account_names", "comments", "sources"),
    "coordination_evidence": (
        "group",
        "kind",
        "object",
        "first_text",
        "second_text",
        "first_at",
        "second_at",
        "delay_s",
    ),
    "reply_network": ("author_name", "strength"),
    "reply_pairs": ("author_name", "other_name", "replies"),
    "robustness": ("finding", "variant", "verdict", "value", "low", "high", "n", "rule"),
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
BLANKS: Final[dict[str, tuple[str, ...]]] = {"topics": ("name",)}
"""Columns whose empty cell stands for what is in none of the groups."""
AROUND: Final[dict[str, Literal["left", "center", "right"]]] = {
    "left": "right",
    "hit": "center",
    "right": "left",
}
"""A word stands in the middle of what is said around it."""
BOUNDED: Final[dict[tuple[str, str], int]] = {
    ("", "title"): 235,
    ("", "source_title"): 235,
    ("threads", "source"): 235,
    ("concordance", "left"): 210,
    ("concordance", "right"): 330,
}
"""How wide columns are that as wide as their texts would leave no room on a phone for what stands behind."""
TALLEST: Final = 520
CHOSEN: Final = "rgba(214, 106, 30, 0.22)"
LONG_H: Final = 100
FEW_H: Final = 10


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
    said, short = worded(analysis, frame, lang), short_hours(analysis, frame)
    written = numbered(said, frame, written_here(analysis, frame), lang)
    st.dataframe(
        _marked(written, [place for place in shown.chosen if place < len(frame)]),
        hide_index=True,
        placeholder="",
        height=min(LINE * (len(frame) + 1) + 3, tallest),
        column_order=shown_columns(analysis, frame),
        column_config={
            each.name: column(analysis.name, each, said, lang, is_time=each.name in short)
            for each in analysis.fields
        },
        alt=say("analyses.table", lang),
        key=key,
        **more,
    )


def _marked(table: Any, places: Sequence[int]) -> Any:
    """Return a table, styled or not, whose chosen lines stand out: a link opens it without their ticks."""
    if not places:
        return table
    styled = table.style if isinstance(table, pd.DataFrame) else table
    return styled.set_properties(subset=pd.IndexSlice[[*places], :], **{"background-color": CHOSEN})


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
        # A line whose comment was closed stays ticked: the click that unticks it is meant to open it again.
        state.look(comment="" if state.current().comment and not rows else chosen)
        return
    told = {"field": pick.field, "unit": pick.unit}
    selection.happened({"chart": key, "kind": "click", "key": chosen, "x": chosen, "meta": told})


def shown_columns(analysis: Analysis, frame: pd.DataFrame) -> list[str]:
    """Return the columns to show: what is read first, no keys, nothing that is empty throughout."""
    names = [each.name for each in analysis.fields]
    named_too = {*NAMES} & {*names}
    hidden = {
        *(KEYS if named_too else ()),
        *(name for name, by in NAMED_BY.get(analysis.name, {}).items() if _is_told(frame[by])),
    }
    first = FIRST.get(analysis.name, ())
    ordered = [*first, *(name for name in names if name not in first)]
    return [name for name in ordered if name not in hidden and _is_told(frame[name])]


def _is_told(cells: pd.Series) -> bool:
    return bool((cells.notna() & (cells.astype(str) != "")).any())


def worded(analysis: Analysis, frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Return the table with columns that hold only words of ours in the reader's language, moments as such.

    A moment may be written as a day alone. What is so is a word: a ticked box would seem one to be clicked.
    """
    words = {}
    for each in analysis.fields:
        if each.type == "boolean":
            is_so = frame[each.name].eq(True)
            words[each.name] = is_so.map({True: say("analyses.yes", lang), False: ""})
        if each.type != "text" or each.name not in CODED:
            continue
        cells = {cell: values_named(cell, lang, analysis.name) for cell in frame[each.name].dropna().unique()}
        if None not in cells.values():
            words[each.name] = frame[each.name].map(cells)
    for name in BLANKS.get(analysis.name, ()):
        words[name] = frame[name].mask(frame[name].isin(["", None]), say("analyses.blank.topic", lang))
    return frame.assign(**words, **moments_of(analysis, frame), **rounded(analysis, frame))


def moments_of(analysis: Analysis, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of times as times; among moments, a midnight is written as its day."""
    names = [each.name for each in analysis.fields if each.type == "time"]
    return {name: pd.to_datetime(frame[name], format="ISO8601") for name in names}


def rounded(analysis: Analysis, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of hours without digits that nobody reads: beside a hundred, ten are whole ones."""
    names = [each.name for each in analysis.fields if each.type == "number" and each.unit == "hours"]
    columns = {name: pd.to_numeric(frame[name], errors="coerce") for name in names}
    short = short_hours(analysis, frame)
    return {name: _whole(cells) for name, cells in columns.items() if name not in short}


def _whole(hours: pd.Series) -> pd.Series:
    """Round hours; a column that reaches a hundred keeps the minutes of its first hours."""
    is_long = hours.abs().max() >= LONG_H
    return hours.round(2).mask(hours.abs() >= FEW_H, hours.round(0)) if is_long else hours.round(2)


def column(
    analysis: str, field: ResultField, said: pd.DataFrame, lang: Lang, *, is_time: bool = False
) -> Any:
    """Return how a column is shown; `said` has its moments as times, its numbers are written already.

    One that `is_time` has a unit in each cell.
    """
    label, about = named(field.name, lang, analysis), explained(field.meaning, lang, analysis)
    label = unitless(label, lang) if is_time else label
    if field.type in {"number", "integer"}:
        return st.column_config.NumberColumn(
            label, help=about, alignment="left" if field.name in CLOCK else None
        )
    if field.type == "time":
        moments = said[field.name].dropna()
        if (moments == moments.dt.normalize()).all():
            return st.column_config.DateColumn(label, help=about, format=DAYS[lang])
        return st.column_config.DatetimeColumn(label, help=about, format=MOMENTS[lang])
    if field.name.endswith("url"):
        return st.column_config.LinkColumn(label, help=about, display_text=say("analyses.comment", lang))
    around = AROUND.get(field.name) if analysis == "concordance" else None
    width = BOUNDED.get((analysis, field.name), BOUNDED.get(("", field.name)))
    return st.column_config.Column(label, help=about, width=width, alignment=around)

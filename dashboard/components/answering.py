"""The answer of an analysis: what it is about, what to mind, its chart, its table, how it was worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from core.analysis.described import Analysis, ResultField
from core.query import Query
from core.tasks import analyze
from core.tasks.records import Task, TaskState
from core.wording import Lang, count, dates, say
from core.wording.described import CODED, meaning, named, values_named
from dashboard import data, failures, services, state
from dashboard.board.component import board
from dashboard.charts.answers import drawn
from dashboard.charts.drawings import Told, amount
from dashboard.charts.webs import with_links
from dashboard.components import progress
from dashboard.components.answer_rows import shown
from dashboard.components.drawings import DRAWINGS, links_of
from dashboard.components.labels import literal

BOARD: Final = "analysis.board"
EVERY_S: Final = 1.0
SHOWN_ROWS: Final = 1000
SHARES: Final = ("share", "within_", "corrected", "reciprocity", "answered", "liked")
"""What the names of shares in a summary have in them."""
CHANCES: Final = frozenset({"p", "p_adjusted", "q", "alpha"})
"""Columns of probabilities that are read by their order of magnitude, not in per cent."""
GOING: Final = frozenset({TaskState.QUEUED, TaskState.RUNNING, TaskState.PAUSED})


def draw(view: state.View, analysis: Analysis, params: Mapping[str, Any], other: Query | None) -> None:
    """Draw the answer: at once, or as soon as its task is done."""
    if not analysis.is_heavy:
        _answer(view, analysis, data.analysis(view.query, analysis.name, params, other))
        return
    kept = data.kept_analysis(view.query, analysis.name, params, other)
    if kept is not None:
        _answer(view, analysis, kept)
        return
    asked = _asked(view.query, analysis, params, other)
    task = data.analysis_task(asked)
    is_going = task is not None and task.state in GOING
    st.fragment(_task, run_every=EVERY_S if is_going else None)(asked, view.ui, was_going=is_going)


def _asked(
    query: Query, analysis: Analysis, params: Mapping[str, Any], other: Query | None
) -> dict[str, Any]:
    """Return the parameters of the task that works the answer out."""
    asked: dict[str, Any] = {"name": analysis.name, "query": _lists(query), "params": dict(params)}
    if other is not None:
        asked["b"] = _lists(other)
    return analyze.analyze_params(asked)


def _lists(query: Query) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in query.params():
        if key != "sort":
            found.setdefault(key, []).append(value)
    return found


def _task(asked: Mapping[str, Any], lang: Lang, *, was_going: bool) -> None:
    """Offer to start a heavy analysis, or show how far it is; the whole page runs again when it ends."""
    with failures.shown(lang):
        task = data.analysis_task(asked)
        is_going = task is not None and task.state in GOING
        if is_going != was_going:
            # Polling begins and ends only by a whole run.
            st.rerun()
        if task is not None and is_going:
            progress.bar(task, lang)
            st.button(say("queue.cancel", lang), key="analysis.cancel", on_click=_cancel, args=(task.id,))
            return
        st.info(say("analyses.heavy", lang), icon=":material/hourglass_empty:")
        _failure(task, lang)
        is_started = st.button(
            say("analyses.again" if task is not None and task.fault else "analyses.start", lang),
            key="analysis.start",
            type="primary",
            on_click=_start,
            args=(asked,),
        )
        if is_started:
            # It was over before the page could ask.
            st.rerun()


def _failure(task: Task | None, lang: Lang) -> None:
    if task is not None and task.fault is not None:
        sentence = failures.explain(task.fault, lang)
        st.error(f"{sentence.what} {sentence.remedy}")


def _start(asked: Mapping[str, Any]) -> None:
    services.current().tasks.submit("analyze", asked)


def _cancel(task_id: str) -> None:
    services.current().tasks.cancel(task_id)


def _answer(view: state.View, analysis: Analysis, answer: analyze.Answer) -> None:
    lang = view.ui
    measured = shown(answer.a, analysis, data.titles(data.dataset(view.query)))
    if not DRAWINGS.get(analysis.name) or not measured.rows:
        st.subheader(say(f"analysis.{analysis.name}.title", lang), anchor=False)
        st.caption(_caption(measured, analysis, lang))
    for note in measured.notes:
        st.markdown(f":material/info: {literal(analyze.said(note, lang))}")
    _summary(analysis.name, measured.summary, lang)
    if not measured.rows:
        st.info(say("analyses.nothing", lang))
    else:
        _charts(analysis, measured, lang)
        _table(analysis, measured, lang)
    with st.expander(say("analyses.method", lang)):
        st.write(meaning(analysis.method, lang))
        for each in analysis.fields:
            label = named(each.name, lang, analysis.name)
            st.markdown(f"**{literal(label)}**: {literal(meaning(each.meaning, lang))}")
    _take(view, analysis, answer, lang)


def _caption(measured: analyze.Measured, analysis: Analysis, lang: Lang) -> str:
    """Say n, period, time zone and model: what every figure below is about."""
    parts = [count(measured.n, "comments", lang)]
    now = datetime.now(UTC)
    if measured.period:
        zone = ZoneInfo(measured.tz)
        first, last = (datetime.fromisoformat(each).astimezone(zone).date() for each in measured.period)
        parts.append(dates.period(first, last, lang))
    parts.append(dates.zone(measured.tz, lang, now))
    model = measured.model or analysis.model
    if model:
        parts.append(say("analyses.model", lang, model=model))
    return " · ".join(parts)


def _summary(analysis: str, summary: Mapping[str, Any], lang: Lang) -> None:
    """Draw the figures of the whole, each with its interval under it; what is not known is left out."""
    ends = {name for name in summary if name.endswith(("_low", "_high"))}
    shown = {name: value for name, value in summary.items() if name not in ends and value is not None}
    if not shown:
        return
    with st.grid(min_column_width=190, gap="small", key="analysis.summary"):
        for name, value in shown.items():
            st.metric(
                named(name, lang, analysis),
                _cell(name, value, lang),
                delta=_interval(name, summary, lang),
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
            )


def _interval(name: str, summary: Mapping[str, Any], lang: Lang) -> str | None:
    """Return the interval of a figure: its ends are called as it is, with or without its `_share`."""
    for stem in (name, name.removesuffix("_share")):
        low, high = summary.get(f"{stem}_low"), summary.get(f"{stem}_high")
        if low is not None and high is not None:
            return say("analyses.ends", lang, low=_cell(name, low, lang), high=_cell(name, high, lang))
    return None


def _cell(name: str, value: Any, lang: Lang) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return say("analyses.yes" if value else "analyses.no", lang)
    if isinstance(value, str):
        return values_named(value, lang) or value
    return amount(value, lang, is_share=_is_share(name, value))


def _is_share(name: str, value: Any) -> bool:
    return isinstance(value, float) and 0 <= value <= 1 and any(each in name for each in SHARES)


def _charts(analysis: Analysis, measured: analyze.Measured, lang: Lang) -> None:
    drawings = [each for each in DRAWINGS.get(analysis.name, ()) if each.fits(measured.rows)]
    if not drawings:
        return
    names = {each.name: named(each.name, lang, analysis.name) for each in analysis.fields}
    charts = []
    for place, drawing in enumerate(drawings):
        title = say(f"analysis.{analysis.name}.title", lang)
        if place or len(drawings) > 1:
            title = names.get(drawing.value, title)
        of = drawing.only[0][1] if drawing.only else ""
        if of and (word := values_named(str(of), lang, analysis.name)):
            title = f"{title}: {word[:1].lower()}{word[1:]}"
        told = Told(
            f"{analysis.name}.{place}",
            title,
            _caption(measured, analysis, lang),
            say("analyses.alt", lang),
            lang,
        )
        chart = drawn(drawing, measured.rows, told, names)
        if drawing.kind == "network":
            chart = with_links(chart, links_of(measured.rows))
        charts.append(chart)
    board(charts, lang, key=BOARD, on_event=_nothing)


def _nothing() -> None:
    """Charts of answers send no events."""


def _table(analysis: Analysis, measured: analyze.Measured, lang: Lang) -> None:
    rows = measured.rows[:SHOWN_ROWS]
    frame = pd.DataFrame(rows, columns=[each.name for each in analysis.fields])
    st.dataframe(
        _worded(analysis, frame, lang),
        hide_index=True,
        placeholder="",
        height=min(35 * (len(frame) + 1) + 3, 520),
        column_config={each.name: _column(analysis.name, each, frame, lang) for each in analysis.fields},
        alt=say("analyses.table", lang),
        key=f"analysis.table.{analysis.name}",
    )


def _worded(analysis: Analysis, frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Return the table with columns that hold only words of ours in the reader's language."""
    words = {}
    for each in analysis.fields:
        if each.type != "text" or each.name not in CODED:
            continue
        cells = {cell: values_named(cell, lang, analysis.name) for cell in frame[each.name].dropna().unique()}
        if None not in cells.values():
            words[each.name] = frame[each.name].map(cells)
    return frame.assign(**words)


def _column(analysis: str, field: ResultField, frame: pd.DataFrame, lang: Lang) -> Any:
    label, about = named(field.name, lang, analysis), meaning(field.meaning, lang)
    if field.type in {"number", "integer"}:
        return st.column_config.NumberColumn(label, help=about, format=_format(field, frame))
    if field.name.endswith("url"):
        return st.column_config.LinkColumn(label, help=about, display_text=say("analyses.comment", lang))
    return st.column_config.Column(label, help=about)


def _format(field: ResultField, frame: pd.DataFrame) -> str | None:
    """Return how a column's numbers are written; whole ones without a unit are numbers of things."""
    if field.type == "integer":
        return None if field.name.endswith("id") or not field.unit else "localized"
    if field.name in CHANCES:
        return "%.3g"
    is_share = field.unit.startswith(("share", "0 to 1"))
    values = pd.to_numeric(frame[field.name], errors="coerce")
    return "percent" if is_share and values.max() <= 1 and values.min() >= -1 else "localized"


def _take(view: state.View, analysis: Analysis, answer: analyze.Answer, lang: Lang) -> None:
    """Offer the table as a file, and the address of the same answer at the API."""
    frame = pd.DataFrame(answer.a.rows, columns=[each.name for each in analysis.fields])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            say("analyses.csv", lang),
            data=lambda: frame.to_csv(index=False).encode("utf-8-sig"),
            file_name=f"{analysis.name}.csv",
            mime="text/csv",
            key=f"analysis.csv.{analysis.name}",
            icon=":material/download:",
            on_click="ignore",
        )
    given = [(key, value) for key, value in view.query.params() if key != "sort"]
    pairs = [*given, *view.asked, *((f"b.{key}", value) for key, value in view.second)]
    st.caption(say("analyses.api", lang))
    st.code(f"/api/v1/analyses/{analysis.name}?{urlencode(pairs)}", language=None, wrap_lines=True)

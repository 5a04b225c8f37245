"""What stands around an answer: the way to get a heavy one, notes, figures of the whole, method, files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from core.query import Query, lists
from core.tasks import analyze
from core.tasks.records import Task, TaskState
from core.wording import Lang, dates, number, say
from core.wording.amounts import duration
from core.wording.described import explained, named, values_named
from dashboard import analysed, data, failures, services, state
from dashboard.board.component import board
from dashboard.charts import picks
from dashboard.charts.drawings import amount
from dashboard.components import answer_charts, answers, empty, progress, selection
from dashboard.components.answer_table import table
from dashboard.components.answers import Asking, Shown
from dashboard.components.labels import literal

BOARD: Final = "analysis.board"
EVERY_S: Final = 1.0
SHARES: Final = ("share", "within_", "corrected", "reciprocity", "answered", "liked")
"""What the names of shares in a summary have in them."""
TILES: Final = 6
"""So many figures of an answer lie open; two more are no reason to fold them."""
SETTINGS: Final = frozenset({"false_positive_rate", "fit", "seed", "shuffles"})
"""What a summary says of how it was worked out, not of what was found: folded."""
SHORT: Final = 25_000
"""Up to so many comments a heavy analysis takes seconds."""
LONG: Final = frozenset({"entities"})
"""Analyses that take minutes however few comments there are."""
FEW: Final = "_few"
"""What the codes of notes end with that say there is too little to tell."""
GOING: Final = frozenset({TaskState.QUEUED, TaskState.RUNNING, TaskState.PAUSED})


def draw(view: state.View, asking: Asking) -> None:
    """Draw the whole answer: at once, or as soon as its task is done."""
    shown = answers.answered(view, asking)
    if shown is None:
        heavy(view, asking)
    else:
        _answer(view, shown)


def heavy(view: state.View, asking: Asking, *, begins: bool = False) -> None:
    """Offer to work out a heavy analysis, or show how far it is; the page follows by itself when it ends.

    Where it `begins` by itself, one that takes a moment only is started at once.
    """
    asked = _asked(answers.wanted(view, asking), asking)
    task = analysed.analysis_task(asked)
    if begins and _may_begin(task, asked) and _is_short(view, asking):
        _start(asked)
        task = analysed.analysis_task(asked)
    is_going = task is not None and task.state in GOING
    st.fragment(_task, run_every=EVERY_S if is_going else None)(
        asked, asking.name, view.ui, was_going=is_going
    )


def _may_begin(task: Task | None, asked: Mapping[str, Any]) -> bool:
    """Tell whether this visitor's page may begin it: once per state of the data, not after a failure."""
    begun = f"analysis.begun.{data.growth()}.{asked}"
    if state.picked(begun) or (task is not None and task.state is not TaskState.SUCCEEDED):
        return False
    state.keep(begun, value=True)
    return True


def _is_short(view: state.View, asking: Asking) -> bool:
    """Tell whether an analysis takes seconds, and its answer stays true: nothing is being collected.

    What keeps its first fit for good is not begun on a part of the comments.
    """
    query = answers.wanted(view, asking)
    if asking.name in LONG or (asking.analysis.keeps_one and query.active()) or data.arriving():
        return False
    return data.totals(query).comments <= SHORT


def _asked(query: Query, asking: Asking) -> dict[str, Any]:
    """Return the parameters of the task that works the answer out."""
    asked: dict[str, Any] = {"name": asking.name, "query": _told(query), "params": dict(asking.params)}
    if asking.other is not None:
        asked["b"] = _told(asking.other)
    return analyze.analyze_params(asked)


def _told(query: Query) -> dict[str, list[str]]:
    """Return a query as a task is told it: its order says nothing to an analysis."""
    return lists(pair for pair in query.params() if pair[0] != "sort")


def _task(asked: Mapping[str, Any], name: str, lang: Lang, *, was_going: bool) -> None:
    """Offer to start a heavy analysis, or show how far it is; the whole page runs again when it ends."""
    with failures.shown(lang):
        task = analysed.analysis_task(asked)
        is_going = task is not None and task.state in GOING
        if is_going != was_going:
            # Polling begins and ends only by a whole run.
            st.rerun()
        with st.container(border=True):
            st.subheader(say(f"analysis.{name}.title", lang), anchor=False)
            if task is not None and is_going:
                progress.bar(task, lang)
                st.button(
                    say("queue.cancel", lang),
                    key=f"analysis.cancel.{name}",
                    on_click=_cancel,
                    args=(task.id,),
                )
                return
            st.caption(say("analyses.heavy", lang))
            _failure(task, lang)
            is_started = st.button(
                say("analyses.again" if task is not None and task.fault else "analyses.start", lang),
                key=f"analysis.start.{name}",
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


def _answer(view: state.View, shown: Shown) -> None:
    lang = shown.lang
    charts = answer_charts.charts(shown) if shown.measured.rows else []
    if not charts:
        st.subheader(say(f"analysis.{shown.asking.name}.title", lang), anchor=False)
        st.caption(shown.caption)
    shown = answers.followed(view, shown)
    summary(shown)
    notes(shown)
    if not shown.measured.rows:
        st.info(say("analyses.nothing", lang))
    else:
        if charts:
            board(charts, lang, key=BOARD, on_event=lambda: selection.apply(BOARD))
        table(shown)
    if not shown.measured.rows or any(note.code.endswith(FEW) for note in shown.measured.notes):
        empty.reset(lang, key="analysis.reset")
    about(view, shown)


def notes(*answers: Shown) -> None:
    """Say what a reader must know beside the figures, each thing once."""
    told = [say("analyses.unfiltered", each.lang) for each in answers if _is_wider(each)]
    told += [analyze.said(note, each.lang) for each in answers for note in each.measured.notes]
    for sentence in dict.fromkeys(told):
        st.caption(f":material/info: {literal(sentence)}")


def _is_wider(shown: Shown) -> bool:
    """Tell whether a filter was left out since it is of what the analysis measures."""
    return picks.measured(shown.query, shown.asking.name) != shown.query


def summary(shown: Shown) -> None:
    """Draw the figures of the whole, each with its interval or its n; what is not known is left out.

    The first ones lie open, as an analysis puts what matters most first; many further ones are folded.
    """
    told, lang, analysis = shown.measured.summary, shown.lang, shown.asking.name
    beside = {name for name in told if name.endswith(("_low", "_high", "_n")) or name in {"low", "high"}}
    figures = {name: value for name, value in told.items() if name not in beside and value is not None}
    if not figures:
        return
    opened, rest = laid([*figures])
    rows = "totals-even" if len(opened) > TILES else "totals"
    if opened:
        _tiles(shown, {name: figures[name] for name in opened}, f"{rows}-{analysis}")
    if rest:
        with st.expander(say("analyses.more_figures", lang, n=number(len(rest), lang))):
            _tiles(shown, {name: figures[name] for name in rest}, f"totals-{analysis}-more")


def laid(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which figures lie open, and which are folded: those beyond the first ones, and settings."""
    found = [name for name in names if name not in SETTINGS]
    opened = found if len(found) <= TILES + 2 else found[:TILES]
    return opened, [*found[len(opened) :], *(name for name in names if name in SETTINGS)]


def _tiles(shown: Shown, figures: Mapping[str, Any], key: str) -> None:
    told, lang, analysis = shown.measured.summary, shown.lang, shown.asking.name
    with st.grid(min_column_width=190, gap="small", key=key):
        for name, value in figures.items():
            st.metric(
                named(name, lang, analysis),
                figure(name, value, shown),
                delta=interval(name, told, shown),
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
            )


def interval(name: str, told: Mapping[str, Any], shown: Shown) -> str | None:
    """Return the interval of a figure: its ends are called as it is, with or without its `_share`.

    Where there is such a share, they are its ends, not those of the number it is made of.
    """
    lang = shown.lang
    stems = (f"{name}_", f"{name.removesuffix('_share')}_", *([""] if name == "share" else []))
    for stem in () if f"{name}_share" in told else stems:
        low, high = told.get(f"{stem}low"), told.get(f"{stem}high")
        if low is not None and high is not None:
            return say("analyses.ends", lang, low=figure(name, low, shown), high=figure(name, high, shown))
    n = told.get(f"{name}_n")
    return None if n is None else f"n = {number(int(n), lang)}"


def figure(name: str, value: Any, shown: Shown) -> str:
    """Write a figure of the whole as a reader does, moments as days of the query's zone."""
    lang = shown.lang
    if value is None:
        return "—"
    if isinstance(value, bool):
        return say("analyses.yes" if value else "analyses.no", lang)
    if isinstance(value, str):
        return values_named(value, lang) or _moment(value, shown.measured.tz, lang)
    if "hours" in name or name.endswith("_h"):
        return duration(float(value) * 3600, lang)
    return amount(value, lang, is_share=_is_share(name, value))


def _moment(text: str, tz: str, lang: Lang) -> str:
    """Say a moment of the API as the day that it was in a zone; any other text as it stands."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return dates.day((moment.astimezone(ZoneInfo(tz)) if moment.tzinfo else moment).date(), lang, short=True)


def _is_share(name: str, value: Any) -> bool:
    return isinstance(value, float) and 0 <= value <= 1 and any(each in name for each in SHARES)


def about(view: state.View, shown: Shown) -> None:
    """Say how it was worked out, what each column is, and where to get the same figures."""
    analysis, lang = shown.asking.analysis, shown.lang
    with st.expander(say("analyses.method", lang)):
        st.write(explained(analysis.method, lang, analysis.name))
        for each in analysis.fields:
            label = named(each.name, lang, analysis.name)
            st.markdown(f"**{literal(label)}**: {literal(explained(each.meaning, lang, analysis.name))}")
        take(view, shown)


def take(view: state.View, shown: Shown) -> None:
    """Offer the table as a file, and the address of the same answer at the API."""
    lang, asking = shown.lang, shown.asking
    frame = pd.DataFrame(shown.answer.a.rows, columns=[each.name for each in asking.analysis.fields])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            say("analyses.csv", lang),
            data=lambda: frame.to_csv(index=False).encode("utf-8-sig"),
            file_name=f"{asking.name}.csv",
            mime="text/csv",
            key=f"analysis.csv.{asking.name}",
            icon=":material/download:",
            on_click="ignore",
        )
    given = [(key, value) for key, value in shown.seen.params() if key != "sort"]
    defaults = {each.name: each.default for each in asking.analysis.parameters}
    asked = [(name, str(value)) for name, value in asking.params.items() if value != defaults[name]]
    second = view.second if asking.analysis.compares else ()
    pairs = [*given, *asked, *((f"b.{key}", value) for key, value in second)]
    st.caption(say("analyses.api", lang))
    st.code(f"/api/v1/analyses/{asking.name}?{urlencode(pairs)}", language=None, wrap_lines=True)

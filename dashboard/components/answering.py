"""What stands around an answer: the way to get a heavy one, notes, figures of the whole, method, files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from core.query import Query, lists
from core.tasks import analyze
from core.tasks.records import Task, TaskState
from core.wording import Lang, say
from core.wording.described import explained, named
from dashboard import analysed, data, failures, services, state
from dashboard.board.component import board
from dashboard.charts import picks
from dashboard.components import answer_charts, answer_figures, answers, empty, progress, selection
from dashboard.components.answer_table import table
from dashboard.components.answers import Asking, Shown
from dashboard.components.labels import literal

BOARD: Final = "analysis.board"
EVERY_S: Final = 1.0
SHORT: Final = 25_000
"""Up to so many comments a heavy analysis takes seconds."""
LONG: Final = frozenset({"entities"})
"""Analyses that take minutes however few comments there are."""
FEW: Final = "_few"
"""What the codes of notes end with that say there is too little to tell."""
NONE: Final = "_none"
"""What the codes of notes end with that say what is to be done first."""
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
    followed = answers.followed(view, shown)
    answer_figures.summary(followed)
    notes(followed)
    shown = answers.listed(shown, followed)
    if not shown.measured.rows and not says_why(shown):
        st.info(say("analyses.nothing", lang))
    elif shown.measured.rows:
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


def says_why(shown: Shown) -> bool:
    """Tell whether a note says why there is nothing, so that nothing else needs to."""
    return any(note.code.endswith((FEW, NONE)) for note in shown.measured.notes)


def _is_wider(shown: Shown) -> bool:
    """Tell whether a filter was left out since it is of what the analysis measures."""
    return picks.measured(shown.query, shown.asking.name) != shown.query


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

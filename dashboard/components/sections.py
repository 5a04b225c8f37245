"""A page of analyses: its parts, what is asked beside them, their charts on one board, their tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from core.analysis.catalogue import ANALYSES
from core.analysis.described import Parameter
from core.query import Query
from core.wording import Lang, say
from dashboard import data, failures, state
from dashboard.board.component import board
from dashboard.charts.activity import unit_for
from dashboard.charts.figure import Chart
from dashboard.components import (
    answer_charts,
    answer_figures,
    answering,
    answers,
    asking,
    empty,
    first_sets,
    opened,
    overview,
    progress,
    selection,
    side,
)
from dashboard.components.answer_table import table
from dashboard.components.answers import Asking, Shown
from dashboard.components.book import BOOK, Panel, Part, part
from dashboard.components.labels import literal

WORD: Final = "word"
SIDE: Final = "side"


def page(name: str) -> None:
    """Run a page of analyses: what is under way, its title, its parts."""
    view = state.current()
    progress.follow(view.ui)
    st.title(say(f"{name}.title", view.ui), anchor=False)
    draw(view, name)


def draw(view: state.View, page: str, *, has_choice: bool = True) -> None:
    """Draw a page of analyses, or what to do where there is nothing to draw.

    A page that has drawn of what it is and the choice of its parts itself says so by `has_choice`.
    """
    if not data.has_comments(data.dataset(view.query)):
        empty.nothing_stored(view.ui)
        return
    figures = data.totals(view.query)
    if not figures.comments:
        empty.nothing_matches(view.ui)
        return
    if has_choice:
        st.caption(overview.caption(view, figures))
    shown = choice(view, page) if has_choice else part(page, view.tab)
    second = asking.second(view) if shown.second else None
    word = _word(view, shown)
    _parameters(view, shown)
    if shown.word and not word:
        st.info(say("parts.word.none", view.ui), icon=":material/search:")
        return
    if shown.second and second is None and not view.query.active():
        first_sets.offer(view)
        return
    _panels(view, shown, f"{page}.{shown.name}", second, word)
    opened.draw(view)


def choice(view: state.View, page: str) -> Part:
    """Draw the choice of a part; return the one that is open."""
    shown = part(page, view.tab)
    if view.tab and shown.name != view.tab:
        fault = say("notice.item", view.ui, key="sel.tab", value=view.tab)
        st.warning(say("notice.ignored", view.ui, list=literal(fault)), icon=":material/link_off:")
    if len(BOOK[page]) > 1:
        key = f"part.{page}"
        state.hold(key, shown.name)
        st.segmented_control(
            say("parts.label", view.ui),
            [each.name for each in BOOK[page]],
            key=key,
            required=True,
            label_visibility="collapsed",
            format_func=lambda name: say(f"part.{page}.{name}", view.ui),
            on_change=state.heard(key, lambda: state.look(tab=state.picked(key))),
        )
    return shown


def _parameters(view: state.View, shown: Part) -> None:
    """Draw the parameters that the panels of a part offer, in one row."""
    asked = [(panel, _named(panel.analysis, name)) for panel in shown.panels for name in panel.asks]
    if not asked:
        return
    with st.grid(min_column_width=200, gap="small", key="parameters"):
        for panel, parameter in asked:
            given = _given(view, panel)
            asking.parameter(
                parameter,
                given[parameter.name],
                panel.analysis,
                view.ui,
                has_default=parameter.name != panel.unit,
            )


def _given(view: state.View, panel: Panel) -> Mapping[str, Any]:
    """Return the parameters of a panel; the length of its periods follows the time that is covered."""
    own = view.given(panel.analysis)
    if panel.unit and panel.unit not in own:
        figures = data.totals(view.query.without("since", "until"))
        if figures.first_at and figures.last_at:
            unit = unit_for(figures.first_at, figures.last_at)
            own = {panel.unit: "day" if unit == "hour" else unit, **own}
    return ANALYSES[panel.analysis].checked(own)


def _named(analysis: str, name: str) -> Parameter:
    return next(each for each in ANALYSES[analysis].parameters if each.name == name)


def _word(view: state.View, shown: Part) -> str:
    """Draw the word that all panels are about; where none is given, the search for all forms is it."""
    if not shown.word:
        return ""
    first = next(panel.analysis for panel in shown.panels if WORD in _parameter_names(panel.analysis))
    given = view.given(first).get(WORD, "") or view.query.lemma or ""
    key = "parts.word"
    state.seed(key, given)
    st.text_input(
        say("parts.word", view.ui),
        key=key,
        type="search",
        max_chars=200,
        placeholder=say("parts.word.placeholder", view.ui),
        help=say("parts.word.help", view.ui),
        on_change=lambda: state.ask(first, WORD, (state.picked(key) or "").strip() or None),
    )
    return given


def _parameter_names(analysis: str) -> set[str]:
    return {each.name for each in ANALYSES[analysis].parameters} if analysis else set()


def _panels(view: state.View, shown: Part, key: str, second: Query | None, word: str) -> None:
    """Draw what is ready on one board, then tables; heavy ones and failures each in a place of their own."""
    charts: list[Chart] = []
    ready: list[tuple[Panel, Shown, Shown]] = []
    waiting: list[Asking] = []
    for panel in shown.panels:
        with failures.shown(view.ui):
            if panel.chart:
                charts.append(_chart(view, panel.chart, second))
                continue
            asked = _asking(view, panel, second, word)
            found = answers.answered(view, asked)
            if found is None:
                waiting.append(asked)
            else:
                is_told = panel.has_table or panel.has_summary
                ready.append((panel, found, answers.followed(view, found) if is_told else found))
                charts += answer_charts.charts(found, panel.span) if found.measured.rows else []
    summed = [followed for panel, _, followed in ready if panel.has_summary]
    for found in summed:
        if len(summed) > 1:
            st.caption(f"**{say(f'analysis.{found.asking.name}.title', view.ui)}**")
        answer_figures.summary(found)
    answering.notes(*(followed for _, _, followed in ready))
    if charts:
        board(charts, view.ui, key=key, on_event=lambda: selection.apply(key))
    for each in waiting:
        answering.heavy(view, each, begins=True)
    for panel, found, followed in ready:
        _below(view, panel, answers.listed(found, followed))


def _chart(view: state.View, name: str, second: Query | None) -> Chart:
    """Return a chart that is no analysis; two sets side by side have their totals above it."""
    if name != SIDE:
        return overview.chart(view, name)
    side.totals(view, second)
    return side.chart(view, second)


def _asking(view: state.View, panel: Panel, second: Query | None, word: str) -> Asking:
    analysis = ANALYSES[panel.analysis]
    given = _given(view, panel)
    if word and WORD in _parameter_names(panel.analysis):
        given = {**given, WORD: word}
    return Asking(analysis, given, second if analysis.compares else None)


def _below(view: state.View, panel: Panel, found: Shown) -> None:
    """Draw the table of an answer, and behind it how it was worked out."""
    lang: Lang = view.ui
    title = say(f"analysis.{panel.analysis}.title", lang)
    if not found.measured.rows:
        if answering.says_why(found):
            return
        st.subheader(title, anchor=False)
        st.info(say("analyses.nothing", lang))
        return
    if panel.has_table:
        st.subheader(title, anchor=False)
        table(found)
        answering.about(view, found)
    elif st.toggle(say("parts.table", lang, title=title), key=f"parts.table.{panel.analysis}"):
        found = answers.listed(found, answers.followed(view, found))
        table(found)
        answering.about(view, found)

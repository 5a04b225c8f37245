"""What stands around every page: menu, language, dataset, filters, notices."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from core.errors import QueryError
from core.log import bound_contextvars
from core.query import Dataset
from core.wording import LANGS, Lang, say
from core.wording.filters import problem
from dashboard import data, failures, state
from dashboard.board.registered import registered
from dashboard.components import chips, filters, menu, saved, tour
from dashboard.components.labels import literal

HERE = Path(__file__).parent
ICON = str(HERE / "icon.svg")
STYLE = HERE / "page.css"
HOME = "home.first"
UNFILTERED = frozenset({"collect"}) | menu.BEHIND
"""Pages that the filters do not change."""


def run() -> None:
    """Run one interaction of one visitor: which view, which page, and everything around it."""
    view = state.begin()
    lang = view.ui
    st.set_page_config(page_title=say("app.title", lang), page_icon=ICON, layout="wide")
    st.html(STYLE)
    with bound_contextvars(request=uuid4().hex[:16]), failures.shown(lang):
        shown = dataset(view)
        has_comments = data.has_comments(shown)
        first = _first(has_comments=has_comments)
        pages = {name: menu.page(name, lang) for name in menu.NAMES}
        home = menu.home(first, lang)
        missing = menu.unknown(st.context.url, str(st.get_option("server.baseUrlPath") or ""))
        others = [menu.stand_in(first, missing, lang)] if missing else []
        page = st.navigation([home, *pages.values(), *others], position="hidden")
        here = page.url_path if page.url_path in pages else first
        if not page.url_path:
            pages[first] = home
        state.enter(here)
        if has_comments:
            state.settle(shown)
        room = sidebar(state.current(), pages, here, shown)
        if missing:
            told = say("notice.no_page", lang, name=literal(missing), shown=say(f"menu.{first}", lang))
            st.warning(told, icon=":material/link_off:")
        top(state.current(), pages, here, shown)
        with failures.shown(lang), st.spinner(say("running.page", lang)):
            page.run()
        if here not in UNFILTERED and has_comments:
            # Counting what could be chosen is no reason for what is shown to wait.
            with room, failures.shown(lang), st.spinner(say("running.filters", lang)):
                filters.draw(state.current(), shown)
    state.write()


def _first(*, has_comments: bool) -> str:
    """Return the page behind the bare address; it stays the same under a visitor who watches data arrive."""
    known: str | None = state.picked(HOME)
    if known is None:
        known = "overview" if has_comments else "collect"
        state.keep(HOME, known)
    return known


def dataset(view: state.View) -> Dataset:
    """Return the dataset that the view is about; a link that asks for one that is not here is told so."""
    try:
        return data.dataset(view.query)
    except QueryError:
        state.refuse("dataset", "dataset")
        return data.dataset(state.current().query)


def sidebar(
    view: state.View, pages: Mapping[str, StreamlitPage], here: str, shown: Dataset
) -> DeltaGenerator:
    """Draw the menu, whose links carry the whole view, and return the room of the filters below it."""
    lang = view.ui
    with st.sidebar:
        st.markdown(f"**{say('app.title', lang)}**")
        _menu(pages, here, lang)
        _dataset(lang, shown)
        room = st.container()
        _language(lang)
    return room


def _menu(pages: Mapping[str, StreamlitPage], here: str, lang: Lang) -> None:
    """Draw the groups of pages, and the pages of the group that is open."""
    opened = menu.group_of(here)
    for group, names in menu.GROUPS.items():
        if group != opened:
            menu.link(
                pages[group], say(f"menu.group.{group}", lang), icon=menu.GROUP_ICONS[group], width="stretch"
            )
            continue
        with st.container(key="menu-open", gap=None):
            st.caption(say(f"menu.group.{group}", lang))
            for name in names:
                menu.link(pages[name], say(f"menu.{name}", lang), icon=menu.ICONS[name], width="stretch")


def top(view: state.View, pages: Mapping[str, StreamlitPage], here: str, shown: Dataset) -> None:
    """Draw the notices above the page, what is done with the whole view, and the chips."""
    lang = view.ui
    if view.problems:
        _ignored(view)
    if data.has_comments(shown):
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="look"):
            if shown == "demo":
                st.caption(f":orange[:material/science:] {say('demo.note', lang)}", width="stretch")
            saved.draw(view, here, pages)
            tour.draw(lang)
    if here not in UNFILTERED and data.has_comments(shown):
        chips.draw(view, shown)


def _ignored(view: state.View) -> None:
    faults = "; ".join(literal(problem(fault, view.ui)) for fault in view.problems)
    with st.container(key="ignored"):
        st.warning(say("notice.ignored", view.ui, list=faults), icon=":material/link_off:")
        st.button(say("notice.dismiss", view.ui), key="ignored.ok", on_click=lambda: state.look(problems=()))


def _dataset(lang: Lang, shown: Dataset) -> None:
    choices = data.datasets()
    if len(choices) < 2:
        return
    state.hold("dataset", shown)
    st.segmented_control(
        say("dataset.label", lang),
        choices,
        key="dataset",
        required=True,
        format_func=lambda each: say(f"dataset.{each}", lang),
        help=say("dataset.help", lang),
        width="stretch",
        on_change=_switch,
    )


def _language(lang: Lang) -> None:
    state.hold("language", lang)
    st.segmented_control(
        say("language.label", lang),
        LANGS,
        key="language",
        required=True,
        format_func=lambda each: say(f"language.{each}", lang),
        label_visibility="collapsed",
        on_change=_speak,
    )
    _told(lang)


def _told(lang: Lang) -> None:
    """Tell the browser which language the page speaks and which view it shows."""
    view = [[key, value] for key, values in state.current().params().items() for value in values]
    registered("page", HERE, "", "page.js")(key="page-told", data={"lang": lang, "view": view})


def _switch() -> None:
    """Show the data that were chosen; a widget that is just being taken away holds nothing."""
    if chosen := state.picked("dataset"):
        state.switch_dataset(chosen)


def _speak() -> None:
    if (chosen := state.picked("language")) in LANGS:
        state.look(ui=chosen)

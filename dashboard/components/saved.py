"""Saved views: name what is seen, open what somebody named, copy the link to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core.errors import DashboardError
from core.storage import reads_views, writes_views
from core.storage.reads_views import SavedView
from core.storage.store import Store
from core.storage.writes_views import LANGUAGE, MOST, Saved
from core.wording import Lang, number, say
from dashboard import data, failures, services, state
from dashboard.board.registered import registered
from dashboard.components import menu
from dashboard.components.labels import literal

HERE: Final = Path(__file__).parent
OPEN: Final = "saved"
NAME: Final = "saved.name"
TOLD: Final = "saved.told"
"""What the last click came to: a `Saved`, a view that was deleted, or the error that stood against it."""
SEEN: Final = "saved.seen"
"""What was seen when the list was last drawn open; None while it is closed, and after a click in it."""
KEPT: Final = {"made": "saved.kept", "same": "saved.same", "replaced": "saved.replaced"}
"""What is said of a view that was saved, by how that ended."""
LIST_PX: Final = 320
LONG: Final = 7


def draw(view: state.View, page_name: str, pages: Mapping[str, StreamlitPage]) -> None:
    """Draw the saved views of the view's dataset behind one button, and beside it the way to copy a link.

    `pages` are those that a view can open, by name. Two elements, meant for a horizontal container.
    """
    lang = view.ui
    seen = (page_name, view.params())
    if state.picked(SEEN) not in (None, seen):
        # It has led somewhere.
        state.keep(OPEN, False)
    popover = st.popover(say("saved.open", lang), icon=":material/bookmark:", key=OPEN, on_change="rerun")
    if popover.open:
        with popover, failures.shown(lang):
            _panel(view, page_name, pages)
    else:
        state.keep(TOLD, None)
    state.keep(SEEN, seen if popover.open else None)
    words = {each: say(f"link.{each}", lang) for each in ("copy", "copied", "by_hand")}
    registered("link", HERE, "link.css", "link.js")(
        key="link.copy", data={**words, "lang": lang}, width="content"
    )


def _panel(view: state.View, page_name: str, pages: Mapping[str, StreamlitPage]) -> None:
    lang, store = view.ui, _store(view)
    with (
        st.form("saved.form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(
            say("saved.name", lang),
            key=NAME,
            placeholder=say("saved.name.placeholder", lang),
        )
        st.form_submit_button(
            say("saved.save", lang),
            icon=":material/bookmark_add:",
            on_click=_save,
            args=(store, page_name, view),
        )
    st.caption(say("saved.about", lang))
    _told(store, page_name, view)
    st.subheader(say("saved.list", lang), anchor=False)
    views = sorted(reads_views.views(store), key=lambda each: each.name.casefold())
    if not views:
        st.caption(say("saved.none", lang))
    with st.container(height=LIST_PX if len(views) > LONG else "content", border=False, gap="xsmall"):
        for each in views:
            _view(each, store, pages, lang)


def _view(saved: SavedView, store: Store, pages: Mapping[str, StreamlitPage], lang: Lang) -> None:
    """Draw a link that opens a view; the page of one may be gone since, its filters still are good."""
    page = saved.page if saved.page in pages else next(iter(pages))
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"saved-{saved.id}",
        wrap=False,
    ):
        st.page_link(
            pages[page],
            label=literal(saved.name),
            icon=menu.ICONS.get(page),
            width="stretch",
            query_params=[
                (LANGUAGE, lang),
                *((key, each) for key, values in saved.params.items() for each in values),
            ],
        )
        st.button(
            say("saved.delete", lang),
            key=f"saved.delete.{saved.id}",
            type="tertiary",
            icon=":material/delete:",
            help=say("saved.delete.help", lang, name=literal(saved.name)),
            on_click=_delete,
            args=(store, saved.id),
        )


def _told(store: Store, page_name: str, view: state.View) -> None:
    """Say what the last click came to, and offer what can be done about it."""
    told, lang = state.picked(TOLD), view.ui
    if isinstance(told, DashboardError):
        sentence = failures.explain(told, lang)
        st.error(f"{sentence.what} {sentence.remedy}", icon=":material/error:")
    elif isinstance(told, SavedView):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(say("saved.deleted", lang, name=f"**{literal(told.name)}**"), width="content")
            st.button(
                say("saved.undo", lang),
                key="saved.undo",
                icon=":material/undo:",
                on_click=_keep,
                args=(store, told.name, told.page, told.params),
            )
    elif isinstance(told, Saved) and told.view is None:
        st.warning(say("saved.full", lang, most=number(MOST, lang)), icon=":material/bookmark_remove:")
    elif isinstance(told, Saved) and told.view is not None:
        name = f"**{literal(told.view.name)}**"
        if told.is_kept:
            st.markdown(f":green[:material/check:] {say(KEPT[told.outcome], lang, name=name)}")
            return
        st.warning(say("saved.taken", lang, name=name), icon=":material/bookmarks:")
        st.button(
            say("saved.replace", lang),
            key="saved.replace",
            on_click=_keep,
            args=(store, told.view.name, page_name, view.params()),
            kwargs={"replace": True},
        )


def _store(view: state.View) -> Store:
    return services.current().workspace(data.dataset(view.query)).store


def _save(store: Store, page_name: str, view: state.View) -> None:
    name, told = str(state.picked(NAME) or ""), state.picked(TOLD)
    if not name and isinstance(told, Saved) and told.is_kept:
        # Enter has saved it and emptied the field; the button that was meant to save it comes after.
        return
    _keep(store, name, page_name, view.params())


def _keep(
    store: Store, name: str, page_name: str, params: Mapping[str, Any], *, replace: bool = False
) -> None:
    """Save a view; the field is empty again once that has come to a good end."""
    try:
        saved = writes_views.save_view(store, name, page_name, params, replace=replace)
    except DashboardError as error:
        _tell(error)
        return
    _tell(saved)
    if saved.is_kept:
        state.keep(NAME, "")


def _delete(store: Store, view_id: str) -> None:
    """Delete a view; one that somebody else deleted is gone anyway."""
    try:
        _tell(writes_views.delete_view(store, view_id))
    except DashboardError as error:
        _tell(error)


def _tell(told: object) -> None:
    """Say in the list what a click in it came to; the list stays open, whatever else has changed since."""
    state.keep(TOLD, told)
    state.keep(SEEN, None)

"""What a page says when there is nothing to show, and what to do about it."""

from __future__ import annotations

import streamlit as st

from core.wording import Lang, say
from dashboard import data, services, state
from dashboard.components import collecting, menu


def nothing_stored(lang: Lang) -> None:
    """Lead a newcomer: the demo, or the Collect page; who has begun already is told that it comes."""
    if data.arriving():
        _on_its_way(lang)
        return
    body = "empty.body" if services.current().uses_demo else "empty.body.own"
    with st.container(border=True, key="empty"):
        st.header(say("empty.title", lang), anchor=False)
        st.write(say(body, lang))
        with st.container(horizontal=True, vertical_alignment="center"):
            collecting.demo_button(lang)
            menu.link(menu.page("collect", lang), say("empty.collect", lang), icon=":material/add_link:")


def nothing_matches(lang: Lang) -> None:
    """Say that the filters let nothing through."""
    with st.container(border=True, key="nothing"):
        st.header(say("nothing.title", lang), anchor=False)
        st.write(say("nothing.body", lang))
        reset(lang, key="nothing.reset")


def reset(lang: Lang, *, key: str) -> None:
    """Offer to let the filters go where there are any: it is what helps when there is too little to say."""
    if state.current().query.active():
        st.button(say("button.reset", lang), key=key, icon=":material/filter_alt_off:", on_click=state.reset)


def _on_its_way(lang: Lang) -> None:
    with st.container(border=True, key="empty"):
        st.header(say("arriving.title", lang), anchor=False)
        st.write(say("arriving.body", lang))
        menu.link(menu.page("collect", lang), say("running.link", lang), icon=":material/sync:")

"""What a page says when there is nothing to show, and what to do about it."""

from __future__ import annotations

import streamlit as st

from core.wording import Lang, say
from dashboard import state
from dashboard.components import collecting, menu


def nothing_stored(lang: Lang) -> None:
    """Lead a newcomer: the demo, or the Collect page."""
    with st.container(border=True, key="empty"):
        st.header(say("empty.title", lang), anchor=False)
        st.write(say("empty.body", lang))
        with st.container(horizontal=True):
            collecting.demo_button(lang)
            menu.link(menu.page("collect", lang), say("empty.collect", lang), icon=":material/arrow_forward:")


def nothing_matches(lang: Lang) -> None:
    """Say that the filters let nothing through."""
    with st.container(border=True, key="nothing"):
        st.header(say("nothing.title", lang), anchor=False)
        st.write(say("nothing.body", lang))
        st.button(say("button.reset", lang), key="nothing.reset", on_click=state.reset)

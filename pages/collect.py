"""Collect: from VK by links, from a file, from the demo; what runs now, and what repeats by itself."""

import streamlit as st

from core.wording import say
from dashboard import failures, state
from dashboard.components import collecting, importing, progress, tokens

view = state.current()
lang = view.ui

st.title(say("collect.title", lang), anchor=False)
start, running = st.columns((5, 4), gap="large")
with start:
    links, file = st.tabs([say("collect.tab.links", lang), say("collect.tab.file", lang)])
    with links, failures.shown(lang):
        collecting.demo(lang)
        st.caption(say("collect.lead", lang))
        collecting.form(lang)
    with links, failures.shown(lang):
        tokens.panel(lang)
    with file, failures.shown(lang):
        importing.form(lang)
with running:
    progress.tasks(lang)

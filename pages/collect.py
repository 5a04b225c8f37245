"""Collect: from VK by links, from a file, from the demo; what runs now, and what repeats by itself."""

import streamlit as st

from core.wording import say
from dashboard import failures, state
from dashboard.components import collecting, importing, progress, tokens

view = state.current()
lang = view.ui

st.title(say("collect.title", lang), anchor=False)
is_new = collecting.offers_demo()
if is_new:
    st.write(say("start.lead", lang))
    beside, start = st.columns((4, 5), gap="medium")
else:
    start, beside = st.columns((5, 4), gap="medium")
with start, st.container(border=is_new, key="start"):
    if is_new:
        st.header(say("start.own", lang), anchor=False)
    links, file = st.tabs([say("collect.tab.links", lang), say("collect.tab.file", lang)])
    with links, failures.shown(lang):
        st.caption(say("start.own.body" if is_new else "collect.lead", lang))
        needs_token = collecting.form(lang)
    with links, failures.shown(lang):
        tokens.panel(lang, is_needed=needs_token)
        collecting.demo_links(lang)
    with file, failures.shown(lang):
        importing.form(lang)
with beside:
    if is_new:
        collecting.demo(lang)
    else:
        progress.tasks(lang)

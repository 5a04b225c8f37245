"""Analyses: choose one, set its parameters, read the answer with its chart, table and method."""

import streamlit as st

from core.wording import say
from dashboard import data, state
from dashboard.components import answering, asking, empty, progress
from dashboard.components.answers import Asking

view = state.current()
lang = view.ui

progress.follow(lang)
st.title(say("analyses.title", lang), anchor=False)
if not data.has_comments(data.dataset(view.query)):
    empty.nothing_stored(lang)
elif not data.totals(view.query).comments:
    empty.nothing_matches(lang)
else:
    st.caption(say("analyses.lead", lang))
    analysis = asking.choice(view)
    params = asking.parameters(view, analysis)
    other = asking.second(view) if analysis.compares else None
    answering.draw(view, Asking(analysis, params, other))

"""Overview: totals, and charts that filter each other."""

import streamlit as st

from core.wording import say
from dashboard import data, state
from dashboard.components import empty, overview, progress

view = state.current()
dataset = data.dataset(view.query)

progress.follow(view.ui)
st.title(say("overview.title", view.ui), anchor=False)
if not data.has_comments(dataset):
    empty.nothing_stored(view.ui)
elif not (figures := data.figures(view.query)).comments:
    empty.nothing_matches(view.ui)
else:
    st.caption(overview.caption(view, figures))
    overview.totals(view, figures)
    overview.charts(view)

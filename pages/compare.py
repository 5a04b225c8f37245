"""Compare: what the filters let through with anything else, and whether findings hold."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("compare.title", view.ui), anchor=False)
sections.draw(view, "compare")

"""Topics: what is talked about, of whom and what, and which words go together."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("topics.title", view.ui), anchor=False)
sections.draw(view, "topics")

"""Words: which are used, together and apart, and where they stand."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("words.title", view.ui), anchor=False)
sections.draw(view, "words")

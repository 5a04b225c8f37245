"""Authors: who writes how much, who is new, and how unevenly it is spread."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("authors.title", view.ui), anchor=False)
sections.draw(view, "authors")

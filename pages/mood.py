"""Mood: sentiment and toxicity over time and by group, with examples and what is not sure."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("mood.title", view.ui), anchor=False)
sections.draw(view, "mood")

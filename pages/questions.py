"""Questions: the inbox of open ones, and how soon the community answers."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("questions.title", view.ui), anchor=False)
sections.draw(view, "questions")

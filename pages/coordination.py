"""Coordination: accounts that do the same at the same time, and texts that are copies."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("coordination.title", view.ui), anchor=False)
sections.draw(view, "coordination")

"""Activity: how much is written when, what drove the bursts, how soon attention comes and goes."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("activity.title", view.ui), anchor=False)
sections.draw(view, "activity")

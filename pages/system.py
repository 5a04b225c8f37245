"""System: whether everything works, in figures, and what to do where it does not."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import system

view = state.current()

st.title(say("system.title", view.ui), anchor=False)
system.live(view)
system.machine(view.ui)

"""Network: who answers whom, in pairs and in communities."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("network.title", view.ui), anchor=False)
sections.draw(view, "network")

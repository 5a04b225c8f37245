"""Tasks: what runs, what waits and why, what has ended and how; cancel, retry, and the log of one task."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import queue

lang = state.current().ui

st.title(say("queue.title", lang), anchor=False)
st.caption(say("queue.lead", lang))
queue.panel(lang)

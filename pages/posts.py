"""Posts: which are discussed most, what they bring, and the threads under them."""

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("posts.title", view.ui), anchor=False)
sections.draw(view, "posts")

"""Authors: who writes how much, who is new, how unevenly it is spread, and one author at a glance."""

import streamlit as st

from core.wording import say
from dashboard import data, state
from dashboard.components import author_card, progress, sections

view = state.current()

progress.follow(view.ui)
st.title(say("authors.title", view.ui), anchor=False)
if data.has_comments(data.dataset(view.query)):
    author_card.draw(view)
sections.draw(view, "authors")

"""Coding: judge a sample of comments blind, then see how right the model is and let it learn from you."""

import streamlit as st

from core.wording import say
from dashboard import data, state
from dashboard.components import coding, coding_card, coding_desk, empty, progress

view = state.current()
lang = view.ui

progress.follow(lang)
st.title(say("coding.title", lang), anchor=False)
if not data.has_comments(data.dataset(view.query)):
    empty.nothing_stored(lang)
else:
    st.caption(say("coding.lead", lang))
    sample = coding.choice(view)
    if sample is not None:
        coding_desk.draw(view, sample)
        coding_card.draw(view, sample)

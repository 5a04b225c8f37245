"""Export: a file of exactly the rows that the filters let through."""

import streamlit as st

from core.wording import say
from dashboard import data, state
from dashboard.components import empty, exporting, progress

view = state.current()
dataset = data.dataset(view.query)

progress.follow(view.ui)
st.title(say("export.title", view.ui), anchor=False)
if not data.has_comments(dataset):
    empty.nothing_stored(view.ui)
elif not (total := data.totals(view.query).comments):
    empty.nothing_matches(view.ui)
else:
    file = exporting.choices(view.ui)
    exporting.download(view, dataset, total, file)
    exporting.preview(view, file)

"""Comments: everything that matches, in its conversations or as a table with the conversation of one row."""

import streamlit as st

from core.wording import say
from dashboard import data, state
from dashboard.components import conversation, empty, progress, reader, table

view = state.current()
dataset = data.dataset(view.query)

progress.follow(view.ui)
st.title(say("comments.title", view.ui), anchor=False)
if not data.has_comments(dataset):
    empty.nothing_stored(view.ui)
else:
    table.controls(view)
    total = data.totals(view.query).comments
    if view.read == "threads":
        reader.draw(view, total, dataset)
    elif total:
        table.table(view, total, dataset)
        if not view.comment:
            st.caption(f":material/touch_app: {say('comments.hint', view.ui)}")
    else:
        empty.nothing_matches(view.ui)
    if view.read == "table":
        conversation.conversation(view)

"""Changes: what is new, edited, deleted or back since a moment, and how much of what was looked at again."""

import streamlit as st

from core.wording import say
from dashboard import data, state
from dashboard.components import changes, empty, opened, overview, progress, sections

view = state.current()
dataset = data.dataset(view.query)

progress.follow(view.ui)
st.title(say("changes.title", view.ui), anchor=False)
if not data.has_comments(dataset):
    empty.nothing_stored(view.ui)
elif not (figures := data.totals(view.query)).comments:
    empty.nothing_matches(view.ui)
else:
    st.caption(overview.caption(view, figures))
    if sections.choice(view, "changes").name == "list":
        changes.controls(view)
        changes.listed(view, dataset)
        opened.draw(view)
    else:
        sections.draw(view, "changes", has_choice=False)

"""A page with nothing on it but the saved views, as Streamlit runs it; `test_saved.py` opens it."""

import streamlit as st

from dashboard import state
from dashboard.components import menu, saved

view = state.begin()
pages = {name: menu.page(name, view.ui) for name in ("overview", "comments")}
st.navigation([menu.home("overview", view.ui), *pages.values()], position="hidden")
saved.draw(state.current(), "overview", pages)
state.write()

"""A comment opened on a page that is about something else: its conversation in a dialog."""

from __future__ import annotations

import streamlit as st

from core.wording import say
from dashboard import state
from dashboard.components import conversation


def draw(view: state.View) -> None:
    """Draw the conversation around the open comment above the page, when one is open."""
    if view.comment:
        st.dialog(say("thread.title", view.ui), width="large", on_dismiss=_close)(_conversation)(view)


def _conversation(view: state.View) -> None:
    conversation.conversation(view, has_frame=False)


def _close() -> None:
    state.look(comment="")

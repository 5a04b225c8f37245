"""Session state as Streamlit keeps it, touched so that no callback is cut short.

Streamlit looks for newer requests at every touch of session state and leaves what it is doing for them. A
script begins anew; a callback is lost, since what it is about counts as known by then. Here a callback goes
on to its end, and the newer request is followed at the first touch after it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx

T = TypeVar("T")

_LATER: dict[str, tuple[object, RerunException]] = {}
"""The request that came during the callbacks of a session, and the run whose callbacks they are."""


def get(key: str, default: Any = None) -> Any:
    """Return what is kept under a key."""
    return _touched(lambda: st.session_state.get(key, default))


def put(key: str, value: object) -> None:
    """Keep a value."""
    _touched(lambda: st.session_state.__setitem__(key, value))


def has(key: str) -> bool:
    """Tell whether something is kept under a key."""
    return _touched(lambda: key in st.session_state)


def drop(key: str) -> None:
    """Keep nothing under a key any more."""
    if has(key):
        _touched(lambda: st.session_state.__delitem__(key))


def is_back() -> bool:
    """Tell whether this run shows what Back or Forward asked for."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def _touched(touch: Callable[[], T]) -> T:
    """Touch session state; raises RerunException where the run has to make room for a newer request."""
    run = get_script_run_ctx()
    if run is None:
        return touch()
    if run.has_script_started:
        asked_in, newer = _LATER.pop(run.session_id, (None, None))
        if newer is not None and asked_in is run.cursors:
            raise newer
        return touch()
    while True:
        try:
            return touch()
        except RerunException as newer:
            _LATER[run.session_id] = (run.cursors, newer)

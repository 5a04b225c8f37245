"""Where to begin comparing while nothing is filtered: pairs of sets that any data have, a click away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st

from core.wording import say
from core.wording.filters import shortened
from dashboard import data, state
from dashboard.components.labels import literal

DAYS: Final = 30
LEVELS: Final = "levels"
POST: Final = "post"
PERIODS: Final = "periods"


def offer(view: state.View) -> None:
    """Draw the pairs as buttons; nothing where no comment is known."""
    pairs = _pairs(view)
    if not pairs:
        return
    st.markdown(say("first_sets.title", view.ui))
    with st.container(horizontal=True, key="first-sets"):
        for name, (said, fields) in pairs.items():
            st.button(
                literal(say(f"first_sets.{name}", view.ui, **said)),
                key=f"first_sets.{name}",
                on_click=lambda fields=fields: state.change(**fields),
            )


def _pairs(view: state.View) -> dict[str, tuple[dict[str, str], dict[str, Any]]]:
    """Return by name the words of each pair and the filters of its first set; the second is all the rest."""
    found: dict[str, tuple[dict[str, str], dict[str, Any]]] = {}
    figures, posts = data.totals(view.query), data.top_sources(view.query, data.LEADING)
    if 0 < figures.replies < figures.comments:
        found[LEVELS] = {}, {"level": "reply"}
    if len(posts) > 1:
        first = posts.iloc[0]
        found[POST] = {"title": shortened(str(first["title"]), 40)}, {"source": (str(first["source"]),)}
    if figures.first_at and figures.last_at:
        zone = ZoneInfo(view.query.tz)
        until = figures.last_at.astimezone(zone).date()
        since: date = until - timedelta(days=DAYS - 1)
        if figures.first_at.astimezone(zone).date() < since:
            found[PERIODS] = {}, {"since": since, "until": until}
    return found

"""The board on the page: its code is registered once, its charts travel as one JSON text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import streamlit as st

from core.wording import Lang, say
from dashboard.board import assets
from dashboard.charts.figure import PALETTES, Chart, locale

HERE = Path(__file__).parent


def board(charts: Sequence[Chart], lang: Lang, *, key: str, on_event: Callable[[], None]) -> None:
    """Draw charts in a grid; `on_event` runs when one is clicked or brushed (the event is at `key`)."""
    url = assets.library_url(str(st.get_option("server.baseUrlPath") or ""))
    page = {
        "charts": list(charts),
        "palettes": PALETTES,
        "lang": lang,
        "locale": locale(lang),
        "library": url,
        "words": {
            "loading": say("board.loading", lang),
            "failed": say("board.failed", lang, path=url),
            "about": say("board.about", lang),
            "clear": say("board.clear", lang),
        },
    }
    _component()(key=key, data={"page": orjson.dumps(page).decode()}, on_event_change=on_event)


@cache
def _component() -> Callable[..., Any]:
    """Register the component once per process."""
    renderer: Callable[..., Any] = st.components.v2.component(
        "comments_board",
        css=(HERE / "board.css").read_text(encoding="utf-8"),
        js=(HERE / "board.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
    return renderer

"""The board on the page: its code is registered once, its charts travel as one JSON text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson
import streamlit as st

from core.wording import Lang, say
from dashboard.board import assets
from dashboard.board.files import csv_text, file_name
from dashboard.board.registered import registered, texts
from dashboard.charts.figure import PALETTES, Chart, locale

HERE: Final = Path(__file__).parent
SCRIPTS: Final = ("paint.js", "pictures.js", "links.js", "menu.js", "points.js", "board.js")
"""The parts of the one module that a browser gets, in reading order; they share its names."""
POINTS: Final = 200
"""So many points of a chart the keyboard goes through."""
WORDS: Final = (
    *(
        "loading",
        "about",
        "clear",
        "tools",
        "png",
        "svg",
        "csv",
        "link",
        "copied",
        "not_copied",
        "no_picture",
    ),
    *("points", "chosen", "released"),
)


def board(charts: Sequence[Chart], lang: Lang, *, key: str, on_event: Callable[[], None]) -> None:
    """Draw charts in a grid; `on_event` runs when one is clicked or brushed (see `state.events`)."""
    registered("board", HERE, "board.css", *SCRIPTS)(
        key=key, data={"page": orjson.dumps(_page(charts, lang)).decode()}, on_event_change=on_event
    )


def _page(charts: Sequence[Chart], lang: Lang) -> dict[str, Any]:
    """Return everything the browser is told: charts with their files, colours, words."""
    url = assets.plotly_url(str(st.get_option("server.baseUrlPath") or ""))
    return {
        "charts": [_sent(chart) for chart in charts],
        "palettes": PALETTES,
        "lang": lang,
        "locale": locale(lang),
        "plotlyUrl": url,
        "most_points": POINTS,
        "words": words(lang, url),
    }


def words(lang: Lang, url: str) -> dict[str, str]:
    """Return what the board says by itself; `url` is where Plotly lies."""
    return {
        **{name: say(f"board.{name}", lang) for name in WORDS},
        "failed": say("board.failed", lang, path=url),
        "points_first": say("board.points.first", lang, n=POINTS),
    }


def _sent(chart: Chart) -> dict[str, Any]:
    """Return a chart with its numbers as the text of a file."""
    sent = {each.name: getattr(chart, each.name) for each in fields(chart) if each.name != "table"}
    return {**sent, "csv": csv_text(chart.table) if chart.table else "", "file": file_name(chart)}


@cache
def script() -> str:
    """Return the module of the board: its parts one after the other."""
    return texts(HERE, SCRIPTS)

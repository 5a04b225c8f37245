"""The tour: four things to know, shown once to a newcomer's browser, and again when somebody asks.

The browser remembers that it was shown, and shows it by itself only to those who came by the bare address:
whoever opened a link came for what it leads to.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from core.wording import Lang, say

HERE: Final = Path(__file__).parent
STEPS: Final = ("narrow", "click", "read", "take")


def draw(lang: Lang) -> None:
    """Draw the button that opens the tour, and the tour while it is open."""
    page = {
        "lang": lang,
        "words": {each: say(f"tour.{each}", lang) for each in ("open", "title", "close")},
        "steps": [
            {"name": say(f"tour.{each}", lang), "body": say(f"tour.{each}.body", lang)} for each in STEPS
        ],
    }
    _component()(key="tour", data=page, width="content")


@cache
def _component() -> Callable[..., Any]:
    """Register the component once per process."""
    renderer: Callable[..., Any] = st.components.v2.component(
        "comments_tour",
        css=(HERE / "tour.css").read_text(encoding="utf-8"),
        js=(HERE / "tour.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
    return renderer

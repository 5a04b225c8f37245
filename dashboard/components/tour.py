"""The tour: four things to know, shown once to a newcomer's browser, and again when somebody asks.

The browser remembers that it was shown, and shows it by itself only to those who came by the bare address:
whoever opened a link came for what it leads to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from core.wording import Lang, say
from dashboard.board.registered import registered

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
    registered("tour", HERE, "tour.css", "tour.js")(key="tour", data=page, width="content")

"""Texts from outside inside labels that Streamlit reads as Markdown."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~:$^&@/])")


def literal(text: str) -> str:
    """Return a text that a Markdown label shows letter by letter: names, titles, search words."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))

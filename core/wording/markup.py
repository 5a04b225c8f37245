"""Texts from outside, shown letter by letter where Markdown is read."""

from __future__ import annotations

import re
from typing import Final

_SPACE: Final = re.compile(r"[^\S\u00a0]+")
"""Any white space but the one that holds a number together."""

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~:$^&@/])")


def literal(text: str) -> str:
    """Return a text that a Markdown label shows letter by letter: names, titles, search words."""
    return _MARKUP.sub(r"\\\1", _SPACE.sub(" ", text).strip())

"""Texts from outside: literal inside labels that Streamlit reads as Markdown, VK's mentions as names."""

from __future__ import annotations

import re

_SPACE = re.compile(r"[^\S\u00a0]+")
"""Any white space but the one that holds a number together."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~:$^&@/])")


def literal(text: str) -> str:
    """Return a text that a Markdown label shows letter by letter: names, titles, search words."""
    return _MARKUP.sub(r"\\\1", _SPACE.sub(" ", text).strip())


_MENTION = re.compile(r"\[(?:id|club|public|event)\d+(?::bp-?\d+_\d+)?\|([^\[\]|]+)\]")


def readable(text: str) -> str:
    """Return a comment's text as VK shows it: `[id7|Anna], yes` is `Anna, yes`. Exports keep the markup."""
    return _MENTION.sub(r"\1", text)

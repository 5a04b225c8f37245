"""Texts from outside: literal inside labels that Streamlit reads as Markdown, VK's mentions as names."""

from __future__ import annotations

import re

from core.wording.markup import literal

__all__ = ["literal", "readable"]

_MENTION = re.compile(r"\[(?:id|club|public|event)\d+(?::bp-?\d+_\d+)?\|([^\[\]|]+)\]")


def readable(text: str) -> str:
    """Return a comment's text as VK shows it: `[id7|Anna], yes` is `Anna, yes`. Exports keep the markup."""
    return _MENTION.sub(r"\1", text)

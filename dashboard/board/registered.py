"""Components of our own: a style sheet and a script beside the Python that speaks to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st


def texts(folder: Path, names: tuple[str, ...]) -> str:
    """Return files of a folder one after the other."""
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


@cache
def registered(name: str, folder: Path, style: str, *scripts: str) -> Callable[..., Any]:
    """Register the component `comments_<name>` once per process; its module is its scripts in turn.

    `style` is empty for one that shows nothing.
    """
    renderer: Callable[..., Any] = st.components.v2.component(
        f"comments_{name}",
        css=texts(folder, (style,)) if style else None,
        js=texts(folder, scripts),
        isolate_styles=False,
    )
    return renderer

"""The pages of the app and the links between them; every link carries the whole view."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core.wording import Lang, say
from dashboard import state

FOLDER: Final = Path(__file__).parents[2] / "pages"
ICONS: Final = {
    "overview": ":material/insights:",
    "analyses": ":material/query_stats:",
    "comments": ":material/forum:",
    "coding": ":material/edit_note:",
    "collect": ":material/cloud_download:",
    "export": ":material/table_view:",
    "tasks": ":material/checklist:",
    "system": ":material/monitor_heart:",
}
BEHIND: Final = frozenset({"tasks", "system"})
"""Pages about the program rather than the comments: they stand apart, below the others."""
NAMES: Final = tuple(ICONS)
HOME: Final = "home"


def page(name: str, lang: Lang) -> StreamlitPage:
    """Return a page by name; its address is its name."""
    return st.Page(FOLDER / f"{name}.py", title=_title(name, lang), url_path=name)


def home(name: str, lang: Lang) -> StreamlitPage:
    """Return the page behind the bare address: the named one, under a second name."""
    return st.Page(
        FOLDER / f"{name}.py",
        title=_title(name, lang),
        url_path=HOME,
        default=True,
        visibility="hidden",
    )


def link(
    target: StreamlitPage, label: str, *, icon: str | None = None, width: str = "content", **query: str
) -> None:
    """Draw a link to a page that carries the view; `query` replaces URL keys in it."""
    params = {**state.current().params(), **{key: [value] for key, value in query.items()}}
    st.page_link(
        target,
        label=label,
        icon=icon,
        query_params=[(key, each) for key, values in params.items() for each in values],
        width="stretch" if width == "stretch" else "content",
    )


def _title(name: str, lang: Lang) -> str:
    return f"{say(f'menu.{name}', lang)} · {say('app.title', lang)}"

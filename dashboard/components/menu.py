"""The pages of the app and the links between them; every link carries the whole view."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core.wording import Lang, say
from dashboard import state

FOLDER: Final = Path(__file__).parents[2] / "pages"
ICONS: Final = {
    "overview": ":material/insights:",
    "activity": ":material/show_chart:",
    "posts": ":material/article:",
    "compare": ":material/compare_arrows:",
    "comments": ":material/forum:",
    "questions": ":material/contact_support:",
    "changes": ":material/history:",
    "coding": ":material/edit_note:",
    "words": ":material/match_word:",
    "mood": ":material/sentiment_satisfied:",
    "topics": ":material/category:",
    "analyses": ":material/query_stats:",
    "authors": ":material/group:",
    "network": ":material/hub:",
    "coordination": ":material/content_copy:",
    "collect": ":material/cloud_download:",
    "export": ":material/table_view:",
    "tasks": ":material/checklist:",
    "system": ":material/monitor_heart:",
}
GROUPS: Final = {
    "overview": ("overview", "activity", "posts", "compare"),
    "comments": ("comments", "questions", "changes", "coding"),
    "words": ("words", "mood", "topics", "analyses"),
    "authors": ("authors", "network", "coordination"),
    "collect": ("collect", "export", "tasks", "system"),
}
"""What a newcomer sees: the first page of each group; the others stand under the group that is open."""
GROUP_ICONS: Final = {
    "overview": ":material/insights:",
    "comments": ":material/forum:",
    "words": ":material/match_word:",
    "authors": ":material/group:",
    "collect": ":material/database:",
}
BEHIND: Final = frozenset({"tasks", "system"})
"""Pages about the program rather than the comments."""
NAMES: Final = tuple(ICONS)

assert {name for names in GROUPS.values() for name in names} == set(NAMES)

OWN: Final = frozenset({"sel.comment", "sel.tab"})
"""What a way to another page does not take along: the open comment and the open part of this one."""
HOME: Final = "home"

_NAME: Final = re.compile(r"[\w-]{1,60}")


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


def unknown(url: str | None, base_path: str = "") -> str:
    """Return what an address asks for where that is no page of ours; empty for a page, or what is no name."""
    asked = urlsplit(url or "").path.strip("/").removeprefix(base_path.strip("/")).strip("/")
    return asked if _NAME.fullmatch(asked) and asked not in {*NAMES, HOME} else ""


def stand_in(name: str, address: str, lang: Lang) -> StreamlitPage:
    """Return a page under an address where there is none, so that it says so in the reader's language."""
    return st.Page(FOLDER / f"{name}.py", title=_title(name, lang), url_path=address, visibility="hidden")


def link(
    target: StreamlitPage, label: str, *, icon: str | None = None, width: str = "content", **query: str
) -> None:
    """Draw a link to a page that carries the view; `query` replaces URL keys in it."""
    kept = {key: values for key, values in state.current().params().items() if key not in OWN}
    params = {**kept, **{key: [value] for key, value in query.items()}}
    st.page_link(
        target,
        label=label,
        icon=icon,
        query_params=[(key, each) for key, values in params.items() for each in values],
        width="stretch" if width == "stretch" else "content",
    )


def group_of(name: str) -> str:
    """Return the group that a page stands in."""
    return next(group for group, names in GROUPS.items() if name in names)


def _title(name: str, lang: Lang) -> str:
    return f"{say(f'menu.{name}', lang)} · {say('app.title', lang)}"

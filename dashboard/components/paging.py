"""The way between pages of comments, and which of them are on this one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from core.wording import Lang, count, number, say
from dashboard import state

PAGES: Final = "comments.page"
WIDTH: Final = 360
"""Room for seven pages and two arrows: as wide as its content, it would hide the second of two."""


def pages(lang: Lang, page: int, size: int, total: int, on_page: Callable[[int], None]) -> None:
    """Say which comments are shown, and offer the other pages; `on_page` is told which one was chosen."""
    last = last_page(total, size)
    first = (page - 1) * size + 1
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(
            say(
                "comments.shown",
                lang,
                first=number(first, lang),
                last=number(min(first + size - 1, total), lang),
                total=count(total, "comments", lang),
            ),
            width="content",
        )
        if last > 1:
            key = f"{PAGES}.{page}.{last}"
            st.pagination(
                last, default=page, key=key, width=WIDTH, on_change=lambda: on_page(int(state.picked(key)))
            )


def beyond(lang: Lang, asked: int, last: int) -> None:
    """Say that a link names a page behind the end of the list, and which one is shown in its place."""
    if asked > last:
        told = say("comments.beyond", lang, asked=number(asked, lang), last=number(last, lang))
        st.info(told, icon=":material/last_page:")


def last_page(total: int, size: int) -> int:
    """Return the number of the last page; there is always one."""
    return max(1, -(-total // size))

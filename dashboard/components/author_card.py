"""One author at a glance, when the filters keep just one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.analysis.catalogue import ANALYSES
from core.wording import Lang, number, percent, say
from core.wording.described import named
from core.wording.people import address, called
from dashboard import analysed, state
from dashboard.components import menu
from dashboard.components.labels import literal

CARD = "author_activity"
COUNTS = ("comments", "sources", "active_days", "replies_received")
SHARES = ("reply_share", "night_share")


def draw(view: state.View) -> None:
    """Draw the card of the one author that the filters keep; nothing for none or several."""
    if len(view.query.author) != 1:
        return
    analysis = ANALYSES[CARD]
    rows = analysed.analysis(view.query, CARD, analysis.checked({"top": 1}), None).a.rows
    if not rows:
        return
    row, lang = rows[0], view.ui
    with st.container(border=True, key="author-card"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(literal(_name(row, lang)), anchor=False)
            with st.container(horizontal=True, width="content"):
                st.link_button(say("author.vk", lang), _address(row), icon=":material/open_in_new:")
                menu.link(menu.page("comments", lang), say("author.read", lang), icon=":material/forum:")
        _figures(row, lang)


def _figures(row: Any, lang: Lang) -> None:
    told = {name: number(int(row[name]), lang) for name in COUNTS if row[name] is not None}
    told |= {name: percent(float(row[name]), lang) for name in SHARES if row[name] is not None}
    if row["likes_per_comment"] is not None:
        told["likes_per_comment"] = number(float(row["likes_per_comment"]), lang, 1)
    with st.grid(min_column_width=130, gap="small", key="totals-author"):
        for name, value in told.items():
            st.metric(named(name, lang, CARD), value, border=True, height="stretch")


def _name(row: Any, lang: Lang) -> str:
    name = called(row["author_name"], row["author_id"], lang)
    marks = [say("thread.community", lang)] if row["is_community"] else []
    return " · ".join([name, *marks])


def _address(row: Any) -> str:
    return f"https://vk.com/{address(int(row['author_id'] or 0))}"

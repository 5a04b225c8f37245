"""The conversation around one comment: root, replies under what they answer, tombstones in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson
import streamlit as st

from core.errors import NotFound
from core.query import Query
from core.wording import Lang, count, dates, number, say
from core.wording.people import called
from dashboard import data, searching, state
from dashboard.board.registered import registered
from dashboard.components.labels import readable
from dashboard.components.marked import marks
from dashboard.components.table import attached

HERE: Final = Path(__file__).parent
MOST: Final = 600
"""So many comments around the chosen one are drawn at most; a thread that is longer says so."""

Row = Mapping[str, Any]


def conversation(view: state.View, note: str = "", *, has_frame: bool = True) -> None:
    """Draw the conversation around the open comment, when one is open; `note` says why it is here.

    Where something around it has its title and closes it, it needs no frame.
    """
    if not view.comment:
        return
    lang = view.ui
    with st.container(border=has_frame, key="conversation"):
        try:
            rows: Sequence[Row] = data.thread(view.query, view.comment).to_pylist()
        except NotFound:
            rows = ()
        if has_frame:
            _head(lang)
        if rows:
            if note:
                st.caption(note)
            _thread(rows, view)
        else:
            st.info(say("thread.gone", lang), icon=":material/search_off:")


def _head(lang: Lang) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.header(say("thread.title", lang), anchor=False, width="content")
        st.button(
            say("thread.close", lang),
            key="thread.close",
            icon=":material/close:",
            type="tertiary",
            on_click=lambda: state.look(comment=""),
        )


def _thread(rows: Sequence[Row], view: state.View) -> None:
    lang = view.ui
    near = nearest(ordered(rows), view.comment, MOST)
    if len(near) < len(rows):
        st.caption(say("thread.cut", lang, n=number(len(near), lang), total=number(len(rows), lang)))
    else:
        st.caption(say("thread.size", lang, n=count(len(rows), "comments", lang)))
    page = {
        "comments": shown(near, view.comment, view.query, lang),
        "marks": [each.page() for each in marks(view.query, searching.word_forms(view.query))],
        "title": say("thread.title", lang),
        "open": say("thread.open", lang),
        "hit": say("thread.hit", lang),
    }
    registered("conversation", HERE, "conversation.css", "marking.js", "conversation.js")(
        key="thread", data={"page": orjson.dumps(page).decode()}
    )
    hit = next((row for row in rows if row["comment_key"] == view.comment), rows[0])
    with st.container(horizontal=True):
        st.button(
            say("thread.only", lang),
            key="thread.only",
            icon=":material/filter_alt:",
            on_click=lambda: state.change(root=(str(rows[0]["comment_key"]),)),
        )
        if hit["author_id"] is not None:
            st.button(
                say("thread.author", lang),
                key="thread.author",
                icon=":material/person_search:",
                on_click=lambda: state.change(author=(int(hit["author_id"]),)),
            )


def ordered(rows: Sequence[Row]) -> list[Row]:
    """Return a thread so that each reply stands below what it answers, answers to one comment by time."""
    known = {row["comment_id"] for row in rows}
    answers: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        is_root = row["root_id"] is None
        above = row["parent_id"] if row["parent_id"] in known else row["root_id"]
        answers[None if is_root or above not in known else above].append(row)
    found: list[Row] = []
    waiting = answers[None][::-1]
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting.extend(answers.pop(row["comment_id"], [])[::-1])
    # Imported files may hold comments that answer each other in a circle: they come last, none is lost.
    return [*found, *(row for left in answers.values() if left is not answers[None] for row in left)]


def nearest(rows: Sequence[Row], key: str, most: int) -> Sequence[Row]:
    """Return the part of a thread around a comment; the root always stays first."""
    if len(rows) <= most:
        return rows
    place = next((index for index, row in enumerate(rows) if row["comment_key"] == key), 0)
    start = max(1, min(place - most // 2, len(rows) - most + 1))
    return [rows[0], *rows[start : start + most - 1]]


def shown(rows: Sequence[Row], hit: str, query: Query, lang: Lang) -> list[dict[str, Any]]:
    """Return comments as the component draws them: plain texts in the reader's language."""
    ids = {row["comment_id"]: row for row in rows}
    depths: dict[Any, int] = {}
    for row in rows:
        parent = row["parent_id"] if row["parent_id"] in depths else row["root_id"]
        depths[row["comment_id"]] = 0 if row["root_id"] is None else depths.get(parent, 0) + 1
    return [
        {
            **_comment(row, ids.get(row["parent_id"]), depths[row["comment_id"]], query.tz, lang),
            "is_hit": row["comment_key"] == hit,
        }
        for row in rows
    ]


def _comment(row: Row, parent: Row | None, depth: int, tz: str, lang: Lang) -> dict[str, Any]:
    is_gone = row["state"] == "deleted" and not row["text"]
    badges = [
        say(key, lang)
        for key, holds in (
            ("thread.community", row["author_is_community"]),
            ("thread.post_author", row["is_post_author"] and not row["author_is_community"]),
            ("thread.edited", row["state"] == "edited"),
            ("thread.deleted.kept", row["state"] == "deleted" and row["text"]),
        )
        if holds
    ]
    facts = [attached(row["attachments"], lang)]
    if row["likes"]:
        facts.insert(0, count(row["likes"], "likes", lang))
    return {
        "name": called(row["author_name"], row["author_id"], lang) if not is_gone else "",
        "badges": badges,
        "when": _when(row["published_at"], tz, lang),
        "answers": say("thread.answer", lang, name=called(parent["author_name"], parent["author_id"], lang))
        if parent and depth > 1
        else "",
        "text": say("thread.deleted", lang) if is_gone else readable(row["text"] or ""),
        "facts": [fact for fact in facts if fact],
        "url": row["url"] or "",
        "depth": depth,
        "is_gone": is_gone,
    }


def _when(moment: datetime | None, tz: str, lang: Lang) -> str:
    return dates.moment(moment.replace(tzinfo=UTC), lang, tz) if moment else ""

"""The reader: a page of hits inside their conversations, one of them looked at, moved between by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from core.query import Dataset, Query
from core.storage import reads_reader
from core.wording import say
from dashboard import data, failures, state
from dashboard.components import conversation, empty, judging, labelling, paging, reader_rows
from dashboard.components.reader_rows import Thread
from dashboard.components.reading import LABELLING, VERSIONS, Reading, component

READER: Final = "reader"
OPEN: Final = "reader.open"
AT: Final = "reader.at"
"""What was looked at last here, and among the hits of which query."""


def draw(view: state.View, total: int, dataset: Dataset) -> None:
    """Draw the reader; steps between hits run this part of the page alone.

    What was looked at among the hits of another query is let go; a comment from a link is not.
    """
    key, query = state.picked(AT) or ("", view.query)
    if key == view.comment and query != view.query:
        state.correct(comment="")
    if not total:
        empty.nothing_matches(view.ui)
        conversation.conversation(state.current(), say("reader.stray.alone", view.ui))
        return
    st.fragment(_reader)(view.query, total, dataset, data.version(dataset))


def _reader(shown: Query, total: int, dataset: Dataset, version: int) -> None:
    view = state.current()
    if view.query != shown or (shown.label and data.version(dataset) != version):
        # An action here changed the filters, or what they let through; both stand outside of this part.
        st.rerun()
    with failures.shown(view.ui):
        reading = read(view, total)
        if view.comment and view.comment not in reading.hits:
            conversation.conversation(view, say("reader.stray", view.ui))
        if not reading.is_asked:
            paging.beyond(view.ui, view.page, reading.last)
        is_labelling = st.toggle(say("labels.on", view.ui), key=LABELLING)
        if not is_labelling:
            _conversations(reading, dataset)
        else:
            left, right = st.columns((3, 1), gap="medium")
            with right:
                labelling.panel(view, reading.current, reading.hits, total)
            with left:
                _conversations(reading, dataset)
    state.write()


def _conversations(reading: Reading, dataset: Dataset) -> None:
    """Draw the page of conversations and the way to the others."""
    view = reading.view
    component(READER, reading, dataset, lambda: _happened(reading))
    paging.pages(view.ui, reading.page, view.size, reading.total, lambda page: _turn(reading, page))


def read(view: state.View, total: int) -> Reading:
    """Find the page that a view is about: where the comment is that it looks at, else the page it names."""
    page = min(view.page, paging.last_page(total, view.size))
    listed = _threads(view.query, page, view.size)
    if view.comment and view.comment not in reader_rows.hits(listed):
        place = data.read(view.query, reads_reader.place_of, _asked(view.query), view.comment)
        if place is not None:
            page = (place - 1) // view.size + 1
            listed = _threads(view.query, page, view.size)
    hits = reader_rows.hits(listed)
    is_asked = view.comment in hits
    current = view.comment if is_asked else next(iter(hits), "")
    return Reading(view, page, total, _with_open(view, listed, current), current, is_asked)


def _asked(query: Query) -> Query:
    """Return a query without what only says where it is asked, so that equal questions share an answer."""
    return query.without("dataset")


def _threads(query: Query, page: int, size: int) -> list[Thread]:
    offset = (page - 1) * size
    rows = data.read(query, reads_reader.conversations, _asked(query), offset, size)
    return reader_rows.threads(rows.to_pylist())


def _with_open(view: state.View, listed: list[Thread], current: str) -> tuple[Thread, ...]:
    """Return the threads with the opened one whole."""
    wanted = state.picked(OPEN)
    return tuple(
        reader_rows.opened(
            each, data.thread(view.query, str(each.rows[0]["comment_key"])).to_pylist(), current
        )
        if each.key == wanted
        else each
        for each in listed
    )


def _happened(reading: Reading) -> None:
    """Do what was asked for in the component; what makes no sense changes nothing."""
    event = state.event(READER)
    kind, key, current = (str(event.get(name, "")) for name in ("kind", "key", "current"))
    if kind in {"next", "previous"}:
        _turn(reading, reading.page + (1 if kind == "next" else -1), at_end=kind == "previous")
        return
    if current in reading.hits:
        _look(current)
    act = _ACTS.get(kind)
    if act is not None:
        act(reading, key)


def _turn(reading: Reading, page: int, *, at_end: bool = False) -> None:
    """Go to another page, its first or its last hit."""
    if not 1 <= page <= reading.last:
        return
    hits = reader_rows.hits(_threads(reading.view.query, page, reading.view.size))
    _look(hits[-1 if at_end else 0] if hits else "", page=page)


def _look(key: str, **fields: Any) -> None:
    """Look at a hit, and remember among which ones."""
    state.look(comment=key, **fields)
    state.keep(AT, (key, state.current().query))


def _open(reading: Reading, key: str) -> None:
    if key in {each.key for each in reading.threads}:
        state.keep(OPEN, key)


def _close(reading: Reading, key: str) -> None:
    del reading, key
    state.keep(OPEN, "")


def _show_versions(reading: Reading, key: str) -> None:
    del reading
    state.keep(VERSIONS, "" if state.picked(VERSIONS) == key else key)


def _only_thread(reading: Reading, key: str) -> None:
    if key in {each.key for each in reading.threads}:
        state.change(root=(key,))
        _look(state.current().comment)


def _only_author(reading: Reading, key: str) -> None:
    rows = (row for thread in reading.threads for row in thread.rows)
    author = next((row["author_id"] for row in rows if row["comment_key"] == key), None)
    if author is not None:
        state.change(author=(int(author),))


def _label(reading: Reading, key: str) -> None:
    given = judging.judgement()
    if given is not None and key in reading.hits:
        judging.give(reading.view, [key], given)


def _check(reading: Reading, key: str) -> None:
    if key in reading.hits:
        judging.check(reading.view, key)


_ACTS: Final[Mapping[str, Callable[[Reading, str], None]]] = {
    "open": _open,
    "close": _close,
    "versions": _show_versions,
    "only": _only_thread,
    "author": _only_author,
    "label": _label,
    "check": _check,
}

"""One chip per active filter, in words; a click on it removes the filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from core.query import Dataset, Query
from core.storage import reads, reads_words_marks
from core.wording import Lang, number, say
from core.wording.filters import sentence, shortened
from core.wording.people import called
from dashboard import data, state
from dashboard.components.labels import literal, readable

ONE_BY_ONE = ("source", "author", "root", "state", "weekday", "hour", "kind", "has")
MAX_EACH = 4
"""Up to so many values of a filter get chips of their own."""
AUTHOR = 18
FIRST_WORDS = 24
"""So many characters of a thread's author and of its text fit a chip."""


def draw(view: state.View, dataset: Dataset) -> None:
    """Draw the chips of the view; the row keeps its room without them, so that charts do not jump."""
    query, lang = view.query, view.ui
    fields = [name for name in query.active() if name != "until" or query.since is None]
    names = named(query, dataset, lang)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="chips"):
        if not fields:
            st.caption(f":material/filter_alt_off: {say('filters.all', lang)}")
        for field in fields:
            values = getattr(query, field)
            if field in ONE_BY_ONE and 1 < len(values) <= MAX_EACH:
                for value in values:
                    changed: dict[str, Any] = {field: (value,)}
                    one = replace(query, **changed)
                    _chip(
                        f"{field}.{value}",
                        sentence(one, field, lang, names),
                        lang,
                        partial(state.toggle, field, value),
                    )
            else:
                gone = ("since", "until") if field == "since" else (field,)
                _chip(field, sentence(query, field, lang, names), lang, partial(state.drop, *gone))
        if len(fields) > 1:
            st.button(say("button.reset", lang), key="chip.reset", type="tertiary", on_click=state.reset)
        if state.can_undo():
            st.button(
                say("button.undo", lang),
                key="chip.undo",
                type="tertiary",
                icon=":material/undo:",
                help=say("button.undo.help", lang),
                on_click=state.undo,
            )


def _chip(name: str, label: str, lang: Lang, remove: Callable[[], None]) -> None:
    st.button(
        literal(label),
        key=f"chip.{name}",
        icon=":material/close:",
        icon_position="right",
        help=say("chip.remove", lang),
        on_click=remove,
    )


def named(query: Query, dataset: Dataset, lang: Lang) -> dict[str, str]:
    """Return the names of what a query keeps, as its sentences look them up."""
    return {
        **data.titles(dataset),
        **data.author_names(dataset, query.author),
        **named_mentioned(query),
        **named_threads(query, lang),
        **(named_topics(query, lang) if query.topic else {}),
    }


def named_mentioned(query: Query) -> dict[str, str]:
    """Return the names of those whose mention a query wants, by number, as far as they are known."""
    pairs = (mark.partition(":") for mark in query.has)
    ids = tuple(name for kind, _, name in pairs if kind == "mention")
    return data.read(query, reads_words_marks.names, ids) if ids else {}


def named_threads(query: Query, lang: Lang) -> dict[str, str]:
    """Return what to call the threads of a query, by key: who opened each, and its first words."""
    keys = query.root[:MAX_EACH]
    if not keys:
        return {}
    rows = data.read(query, reads.comments_by_keys, keys).to_pylist()
    return {str(row["comment_key"]): _opening(row, lang) for row in rows}


def _opening(row: Mapping[str, Any], lang: Lang) -> str:
    """Return the name of who wrote a comment and its first words; its key where no text is known."""
    is_known = bool(row["author_name"]) or row["author_id"] is not None
    text = shortened(readable(row["text"] or ""), FIRST_WORDS)
    name = shortened(called(row["author_name"], row["author_id"], lang), AUTHOR)
    if text:
        return say("chip.root.name", lang, author=name, text=text)
    key = str(row["comment_key"])
    return say("chip.root.wordless", lang, author=name, key=key) if is_known else key


def named_topics(query: Query, lang: Lang) -> dict[str, str]:
    """Return the names of topics as a sentence looks them up; a link may ask for one that is not there."""
    names = data.read(query, reads.topic_names)
    unknown = {each: say("chip.topic.unknown", lang, n=number(each, lang)) for each in query.topic if each}
    return {f"topic:{each}": name for each, name in {**unknown, **names}.items()}

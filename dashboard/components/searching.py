"""The search box: words as typed, in all their forms, or a regular expression.

One way at a time: what is typed is looked for by the way that is chosen. A link and a click on a chart may
bring a search by another way beside it; then both hold, and the box says so.
What cannot be read is said below the box; it stays there to be mended, and the view does not change. The box
takes any length: with a limit of its own a browser would drop a longer text without a word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from core.errors import QueryError
from core.query import Query
from core.storage.reads_searched import SEARCHES
from core.wording import Lang, amounts, say
from core.wording.filters import sentence
from dashboard import failures, searching, state
from dashboard.components.labels import literal

MODE: Final = "search.mode"
DRAFT: Final = "search.draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and refused, while the view held these searches."""

    field: str
    text: str
    held: tuple[str | None, ...]
    error: QueryError


def modes(query: Query, lang: Lang) -> None:
    """Draw the choice of how to search; what has been typed is carried over."""
    key = "f.mode"
    state.hold(key, mode(query))
    st.segmented_control(
        say("search.mode", lang),
        SEARCHES,
        key=key,
        required=True,
        format_func=lambda each: say(f"search.mode.{each}", lang),
        label_visibility="collapsed",
        width="stretch",
        on_change=state.heard(key, lambda: _switch(state.picked(key))),
    )
    _together(query, lang)


def _together(query: Query, lang: Lang) -> None:
    """Say what is searched for beside the words in the box: a link or a chart may have brought it."""
    others = [field for field in SEARCHES if field != mode(query) and getattr(query, field) is not None]
    if others:
        listed = amounts.listed([sentence(query, field, lang) for field in others], lang)
        st.caption(f":material/add: {say('search.together', lang, conditions=literal(listed))}")


def box(query: Query, lang: Lang, *, key: str, label: str) -> None:
    """Draw the box of the mode that is chosen; several places may show it, under keys of their own."""
    field, draft = mode(query), _draft(query)
    state.seed(key, draft.text if draft else getattr(query, field) or "")
    st.text_input(
        label,
        key=key,
        type="search",
        placeholder=say(f"filters.{field}.placeholder", lang),
        help=say(f"filters.{field}.help", lang),
        on_change=state.heard(key, lambda: _search(field, state.picked(key) or "")),
    )
    if draft:
        said = failures.explain(draft.error, lang)
        st.error(f"{said.what} {said.remedy} {say('search.unchanged', lang)}", icon=":material/error:")


def mode(query: Query) -> str:
    """Return the field that is typed into: of what was refused, of what is searched, the last chosen."""
    draft = _draft(query)
    if draft:
        return draft.field
    active = [field for field in SEARCHES if getattr(query, field) is not None]
    chosen = str(state.picked(MODE) or SEARCHES[0])
    return chosen if chosen in active or not active else active[0]


def _draft(query: Query) -> Draft | None:
    draft: Draft | None = state.picked(DRAFT)
    return draft if draft and draft.held == _held(query) else None


def _held(query: Query) -> tuple[str | None, ...]:
    return (query.text, query.lemma, query.regex)


def _switch(field: str) -> None:
    """Search for what is in the box by another field; one that is searched by already is shown instead."""
    query = state.current().query
    draft, before = _draft(query), mode(query)
    if field != before and getattr(query, field) is not None:
        state.keep(MODE, field)
        state.keep(DRAFT, None)
        return
    _put(before, field, draft.text if draft else getattr(query, before) or "")


def _search(field: str, text: str) -> None:
    _put(field, field, text)


def _put(before: str, field: str, typed: str) -> None:
    """Search for a text by a field, in place of the one that was searched by before."""
    query, text = state.current().query, typed.strip()
    fresh: dict[str, Any] = {before: None, field: text or None}
    state.keep(MODE, field)
    try:
        searching.check(replace(query, **fresh))
    except QueryError as error:
        state.keep(DRAFT, Draft(field, text, _held(query), error))
        return
    state.keep(DRAFT, None)
    if any(getattr(query, name) != value for name, value in fresh.items()):
        state.change(**fresh)

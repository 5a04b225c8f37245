"""The filter of authors: those who write most with their comments, others by a name, an id or a link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from core.query import Dataset
from core.wording import number, say
from core.wording.people import address
from dashboard import data, searching, state
from dashboard.components.choosing import PREFIX, Shown, labelled, options
from dashboard.components.labels import literal

KEY: Final = f"{PREFIX}author"
FOUND: Final = f"{PREFIX}author.found"
ASKED: Final = "author.asked"
OFFERED: Final = 50
MOST_FOUND: Final = 8

_ID: Final = re.compile(r"(?:https?://)?(?:(?:m\.)?vk\.(?:com|ru)/)?(?:(id)|(club|public))?(-?\d{1,18})")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be meant by a name: ids with names and comments, nobody when it is empty."""

    text: str
    people: tuple[tuple[int, str, int], ...]
    held: tuple[int, ...]


def authors(shown: Shown, dataset: Dataset) -> None:
    """Draw the list, and who may be meant by what was typed into it."""
    held = shown.query.author
    offered = options(shown, "author", [*shown.of("author")][:OFFERED])
    names = data.author_names(dataset, tuple(offered))
    written = labelled(shown, "author", lambda each: names.get(str(each)) or address(each))
    state.hold(KEY, list(held))
    st.multiselect(
        shown.say("filters.author"),
        offered,
        key=KEY,
        format_func=lambda each: each if isinstance(each, str) else written(each),
        placeholder=shown.say("filters.author.all"),
        help=shown.say("filters.author.help"),
        accept_new_options=True,
        filter_mode="contains",
        select_all=False,
        on_change=state.heard(KEY, partial(_picked, {written(each): each for each in offered})),
    )
    asked: Candidates | None = state.picked(ASKED)
    if asked and asked.held == held:
        _ask(shown, asked)


def identified(text: str) -> int | None:
    """Return the id that a text names: a number, id7, club7 (negative) or a link to such a page."""
    found = _ID.fullmatch(text.strip())
    if found is None:
        return None
    return -int(found[3]) if found[2] else int(found[3])


def _picked(offered: Mapping[str, int]) -> None:
    """Take who was chosen; words that were offered stand for who they named, others are what was typed."""
    chosen: list[int | str] = [offered.get(str(each), each) for each in state.picked(KEY)]
    ids = [each for each in chosen if isinstance(each, int)]
    asked: Candidates | None = None
    for text in (each for each in chosen if isinstance(each, str)):
        people = _people(text)
        exact = [
            person for person in people if person[1].lower() == text.lower() or person[0] == identified(text)
        ]
        if len(exact) == 1 or len(people) == 1:
            ids.append((exact or people)[0][0])
        else:
            asked = Candidates(text, tuple(people), tuple(ids))
    state.keep(ASKED, asked)
    if tuple(ids) != state.current().query.author:
        state.change(author=tuple(dict.fromkeys(ids)))


def _people(text: str) -> list[tuple[int, str, int]]:
    frame = searching.named_authors(state.current().query, text.strip(), identified(text), MOST_FOUND)
    columns = (frame[name].tolist() for name in ("author_id", "name", "comments"))
    return list(zip(*columns, strict=True))


def _ask(shown: Shown, asked: Candidates) -> None:
    if not asked.people:
        st.warning(say("filters.author.nobody", shown.lang, text=literal(asked.text)))
        return
    names = {
        key: say("filters.option", shown.lang, name=name, n=number(comments, shown.lang))
        for key, name, comments in asked.people
    }
    st.pills(
        say("filters.author.several", shown.lang, text=literal(asked.text)),
        [*names],
        key=FOUND,
        format_func=lambda each: literal(names[each]),
        on_change=lambda: _chosen(asked),
    )


def _chosen(asked: Candidates) -> None:
    state.keep(ASKED, None)
    state.change(author=(*asked.held, state.picked(FOUND)))

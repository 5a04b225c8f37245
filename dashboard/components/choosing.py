"""Widgets that choose among the values of a filter, each with the comments that it would leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from core.query import Query
from core.wording import Lang, number, say
from dashboard import state
from dashboard.components.labels import literal

Counts = Mapping[Any, int]
Named = Callable[[Any], str]

PREFIX: Final = "f."
"""What the keys of the widgets begin with; the rest is the field."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What all widgets draw from: the query, the reader's language, the choices of each filter by field."""

    query: Query
    lang: Lang
    counts: Mapping[str, Counts]

    def of(self, field: str) -> Counts:
        """Return the choices of a field with their comments; none where nobody counted them."""
        return self.counts.get(field, {})

    def say(self, key: str) -> str:
        """Return a sentence in the reader's language."""
        return say(key, self.lang)


def options(shown: Shown, field: str, offered: Iterable[Any]) -> list[Any]:
    """Return what is offered and what the query holds beside it, such as what a link names."""
    held = getattr(shown.query, field)
    values = held if isinstance(held, tuple) else (held,)
    return list(dict.fromkeys([*offered, *(each for each in values if each is not None)]))


def labelled(shown: Shown, field: str, named: Named) -> Named:
    """Return how a choice is written: its name and its comments, 0 where there are none."""
    counts = shown.of(field)

    def label(value: Any) -> str:
        n = number(counts.get(value, 0), shown.lang)
        return say("filters.option", shown.lang, name=named(value), n=n)

    return label


def marked_up(label: Named) -> Named:
    """Return the same label for widgets that read Markdown: those side by side do, lists do not."""
    return lambda value: literal(label(value))


def _take(field: str, chosen: Any, choices: Sequence[Any]) -> None:
    """Set a filter to what was chosen; words that nobody offers are of an earlier run and choose nothing."""
    values = chosen if isinstance(chosen, tuple) else (chosen,)
    if all(each is None or each in choices for each in values):
        state.change(**{field: chosen})


def many(shown: Shown, field: str, offered: Sequence[Any], named: Named, *, has_help: bool = False) -> None:
    """Draw a list that any number of values can be chosen from."""
    key, choices = f"{PREFIX}{field}", options(shown, field, offered)
    state.hold(key, list(getattr(shown.query, field)))
    st.multiselect(
        shown.say(f"filters.{field}"),
        choices,
        key=key,
        format_func=labelled(shown, field, named),
        placeholder=shown.say("filters.source.all"),
        help=shown.say(f"filters.{field}.help") if has_help else None,
        filter_mode="contains",
        on_change=state.heard(key, lambda: _take(field, tuple(state.picked(key)), choices)),
    )


def several(
    shown: Shown, field: str, offered: Sequence[Any], named: Named, *, has_help: bool = False
) -> None:
    """Draw a few values side by side, any number of which can be on."""
    key, choices = f"{PREFIX}{field}", options(shown, field, offered)
    state.hold(key, list(getattr(shown.query, field)))
    st.pills(
        shown.say(f"filters.{field}"),
        choices,
        selection_mode="multi",
        key=key,
        format_func=marked_up(labelled(shown, field, named)),
        help=shown.say(f"filters.{field}.help") if has_help else None,
        on_change=state.heard(key, lambda: _take(field, tuple(state.picked(key)), choices)),
    )


def one(shown: Shown, field: str, offered: Sequence[Any], named: Named, *, has_help: bool = False) -> None:
    """Draw a few values side by side, one of which can be on; a second click lets it go."""
    key, choices = f"{PREFIX}{field}", options(shown, field, offered)
    state.hold(key, getattr(shown.query, field))
    st.pills(
        shown.say(f"filters.{field}"),
        choices,
        key=key,
        format_func=marked_up(labelled(shown, field, named)),
        help=shown.say(f"filters.{field}.help") if has_help else None,
        on_change=state.heard(key, lambda: _take(field, state.picked(key), choices)),
    )

"""Which analysis is asked for, with which parameters, and against what: all of it stands in the address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

import streamlit as st

from core.analysis.catalogue import ANALYSES
from core.analysis.described import Analysis, Choice, Decimal, Parameter, WholeNumber
from core.query import Query, lists, parse_query, read_query
from core.wording import Lang, say
from core.wording.described import explained, named
from core.wording.filters import sentence, shortened
from dashboard import data, state
from dashboard.components import sets
from dashboard.components.labels import literal

GROUPS: Final = tuple(dict.fromkeys(each.group for each in ANALYSES.values()))
FIRST: Final = "volume"
KEY: Final = "analysis"
PASTED: Final = "analysis.second"
MODES: Final = ("rest", "before", "posts", "link")
"""How the second set of a comparison is chosen."""


def choice(view: state.View) -> Analysis:
    """Draw the choice of a group and of an analysis in it; return the one shown."""
    lang, shown = view.ui, ANALYSES[view.analysis or FIRST]
    state.hold(f"{KEY}.group", shown.group)
    st.pills(
        say("analyses.group", lang),
        GROUPS,
        key=f"{KEY}.group",
        required=True,
        format_func=lambda group: say(f"analyses.group.{group}", lang),
        on_change=lambda: _show(_first_of(state.picked(f"{KEY}.group"))),
    )
    names = [each.name for each in ANALYSES.values() if each.group == shown.group]
    state.hold(f"{KEY}.name", shown.name)
    st.pills(
        say("analyses.name", lang),
        names,
        key=f"{KEY}.name",
        required=True,
        label_visibility="collapsed",
        format_func=lambda name: say(f"analysis.{name}.title", lang),
        on_change=lambda: _show(state.picked(f"{KEY}.name")),
    )
    return shown


def _first_of(group: str) -> str:
    return next(each.name for each in ANALYSES.values() if each.group == group)


def _show(name: str) -> None:
    state.look(analysis=name)


def parameters(view: state.View, analysis: Analysis) -> dict[str, Any]:
    """Draw the parameters of an analysis; return all of them with their values."""
    given = analysis.checked(view.given(analysis.name))
    if analysis.parameters:
        is_changed = bool(view.given(analysis.name))
        with (
            st.expander(say("analyses.parameters", view.ui), expanded=is_changed),
            st.grid(min_column_width=220),
        ):
            for each in analysis.parameters:
                parameter(each, given[each.name], analysis.name, view.ui)
    return given


def parameter(
    parameter: Parameter, value: Any, analysis: str, lang: Lang, *, has_default: bool = True
) -> None:
    """Draw one parameter with its value; where the page chooses one, the usual default is a choice, too."""
    key = f"{KEY}.{analysis}.{parameter.name}"
    if isinstance(parameter, Choice):
        state.hold(key, value)
    else:
        state.seed(key, float(value) if isinstance(parameter, Decimal) else value)
    label, about = named(parameter.name, lang, analysis), explained(parameter.meaning, lang, analysis)

    def changed() -> None:
        _set(analysis, parameter, state.picked(key), has_default=has_default)

    if isinstance(parameter, Choice):
        st.selectbox(
            label,
            parameter.choices,
            key=key,
            help=about,
            format_func=lambda each: named(each, lang, analysis),
            on_change=changed,
        )
    elif isinstance(parameter, WholeNumber):
        st.number_input(
            label,
            min_value=parameter.low,
            max_value=parameter.high,
            step=1,
            key=key,
            help=about,
            on_change=changed,
        )
    elif isinstance(parameter, Decimal):
        st.number_input(
            label,
            min_value=float(parameter.low),
            max_value=float(parameter.high),
            key=key,
            help=about,
            on_change=changed,
        )
    else:
        st.text_input(label, max_chars=parameter.longest, key=key, help=about, on_change=changed)


def _set(analysis: str, parameter: Parameter, value: object, *, has_default: bool) -> None:
    """Put a parameter into the address, or take it out where it is the default."""
    is_default = value in (None, "") or (has_default and value == parameter.default)
    state.ask(analysis, parameter.name, None if is_default else str(value))


def second(view: state.View) -> Query | None:
    """Draw what the selection is compared with; None stands for all the rest."""
    lang = view.ui
    mode = _mode(view)
    state.hold(f"{PASTED}.mode", mode)
    st.segmented_control(
        say("second.label", lang),
        MODES,
        key=f"{PASTED}.mode",
        required=True,
        format_func=lambda each: say(f"second.{each}", lang),
        help=say("second.help", lang),
        on_change=lambda: _switch(state.picked(f"{PASTED}.mode")),
    )
    if mode == "posts":
        _other_posts(view)
    elif mode == "link":
        _link(lang)
    query = sets.beside(view.query, parse_query(lists(view.second))) if view.second else None
    _told(view, mode, query)
    return query


def _mode(view: state.View) -> str:
    """Return how the second set is chosen: as the visitor last chose it, by a link when one brought it."""
    chosen = str(state.picked(f"{PASTED}.chosen") or "")
    if view.second:
        return chosen if chosen in MODES and chosen != "rest" else "link"
    return chosen if chosen in {"posts", "link", "before"} else "rest"


def _switch(mode: str) -> None:
    state.keep(f"{PASTED}.chosen", mode)
    query = state.current().query
    other = before(query) if mode == "before" else None
    state.look(second=written(other) if other else ())


def before(query: Query) -> Query | None:
    """Return the query for as long a time just before its own; None when it has no two days."""
    since, until = query.since, query.until
    if since is None or until is None or isinstance(since, datetime) or isinstance(until, datetime):
        return None
    days = until - since + timedelta(days=1)
    return replace(query, since=since - days, until=until - days)


def written(query: Query) -> state.Pairs:
    """Return a second query as the address writes it: data, order and zone are those of the first."""
    return tuple(pair for pair in query.params() if pair[0] not in {"dataset", "sort", "tz"})


def _other_posts(view: state.View) -> None:
    lang = view.ui
    known = data.titles(data.dataset(view.query))
    held = [value for key, value in view.second if key == "source"]
    key = f"{PASTED}.posts"
    state.hold(key, held)
    st.multiselect(
        say("second.posts.label", lang),
        list(dict.fromkeys([*known, *held])),
        key=key,
        format_func=lambda each: shortened(known.get(str(each)) or str(each), 60),
        placeholder=say("second.posts.none", lang),
        on_change=lambda: _posts_picked(tuple(state.picked(key))),
    )


def _posts_picked(sources: tuple[str, ...]) -> None:
    query = replace(state.current().query, source=sources)
    state.look(second=written(query) if sources else ())


def _link(lang: Lang) -> None:
    st.text_input(
        say("analyses.second", lang),
        key=PASTED,
        placeholder=say("analyses.second.placeholder", lang),
        help=say("analyses.second.help", lang),
        on_change=_paste,
    )


def _told(view: state.View, mode: str, query: Query | None) -> None:
    """Say in a sentence which two sets stand against each other."""
    lang = view.ui
    if query is not None:
        names = data.titles(data.dataset(view.query))
        told = ", ".join(sentence(query, name, lang, names) for name in query.active() if name != "until")
        st.caption(say("analyses.second.is", lang, query=literal(told or say("filters.all", lang))))
    elif mode == "before":
        st.caption(say("second.before.none", lang))
    else:
        st.caption(say("analyses.second.rest" if view.query.active() else "analyses.second.none", lang))


def _paste() -> None:
    """Take the query out of a link of this app, or out of the part of it behind the question mark."""
    query, _ = read_query(lists(parse_qsl(_behind_mark(str(state.picked(PASTED) or "")))))
    state.look(second=written(query))


def _behind_mark(address: str) -> str:
    return address.strip().rpartition("?")[2]

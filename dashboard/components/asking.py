"""Which analysis is asked for, with which parameters, and against what: all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

import streamlit as st

from core.analysis.catalogue import ANALYSES
from core.analysis.described import Analysis, Choice, Decimal, Parameter, WholeNumber
from core.query import Query, parse_query, read_query
from core.wording import Lang, say
from core.wording.described import meaning, named
from core.wording.filters import sentence
from dashboard import state
from dashboard.components.labels import literal

GROUPS: Final = tuple(dict.fromkeys(each.group for each in ANALYSES.values()))
FIRST: Final = "volume"
KEY: Final = "analysis"
PASTED: Final = "analysis.second"


def choice(view: state.View) -> Analysis:
    """Draw the choice of a group and of an analysis in it; return the one shown."""
    lang, shown = view.ui, ANALYSES[view.analysis or FIRST]
    state.seed(f"{KEY}.group", shown.group)
    st.pills(
        say("analyses.group", lang),
        GROUPS,
        key=f"{KEY}.group",
        required=True,
        format_func=lambda group: say(f"analyses.group.{group}", lang),
        on_change=lambda: _show(_first_of(state.picked(f"{KEY}.group"))),
    )
    names = [each.name for each in ANALYSES.values() if each.group == shown.group]
    state.seed(f"{KEY}.name", shown.name)
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
    state.look(analysis=name, asked=(), second=())


def parameters(view: state.View, analysis: Analysis) -> dict[str, Any]:
    """Draw the parameters of an analysis; return all of them with their values."""
    given = analysis.checked(dict(view.asked))
    if analysis.parameters:
        is_changed = bool(view.asked)
        with (
            st.expander(say("analyses.parameters", view.ui), expanded=is_changed),
            st.grid(min_column_width=220),
        ):
            for each in analysis.parameters:
                _parameter(each, given[each.name], analysis.name, view.ui)
    return given


def _parameter(parameter: Parameter, value: Any, analysis: str, lang: Lang) -> None:
    key = f"{KEY}.{analysis}.{parameter.name}"
    state.seed(key, float(value) if isinstance(parameter, Decimal) else value)
    label, about = named(parameter.name, lang, analysis), meaning(parameter.meaning, lang)

    def changed() -> None:
        _set(parameter, state.picked(key))

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


def _set(parameter: Parameter, value: object) -> None:
    """Put a parameter into the address, or take it out where it is the default."""
    others = tuple(pair for pair in state.current().asked if pair[0] != parameter.name)
    is_default = value is None or value in (parameter.default, "")
    state.look(asked=others if is_default else (*others, (parameter.name, str(value))))


def second(view: state.View, analysis: Analysis) -> Query | None:
    """Draw what the selection is compared with: all the rest, or what a pasted link shows; None: the rest."""
    if not analysis.compares:
        return None
    lang = view.ui
    st.text_input(
        say("analyses.second", lang),
        key=PASTED,
        placeholder=say("analyses.second.placeholder", lang),
        help=say("analyses.second.help", lang),
        on_change=_paste,
    )
    if not view.second:
        st.caption(say("analyses.second.rest" if view.query.active() else "analyses.second.none", lang))
        return None
    query = parse_query(_lists(view.second))
    told = ", ".join(sentence(query, name, lang) for name in query.active()) or say("filters.all", lang)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(say("analyses.second.is", lang, query=literal(told)), width="content")
        st.button(
            say("analyses.second.clear", lang),
            key=f"{PASTED}.clear",
            type="tertiary",
            on_click=lambda: state.look(second=()),
        )
    return query


def _paste() -> None:
    """Take the query out of a link of this app, or out of the part of it behind the question mark."""
    query, _ = read_query(_lists(tuple(parse_qsl(_behind_mark(str(state.picked(PASTED) or ""))))))
    state.look(second=tuple(pair for pair in query.params() if pair[0] not in {"dataset", "sort", "tz"}))


def _behind_mark(address: str) -> str:
    return address.strip().rpartition("?")[2]


def _lists(pairs: state.Pairs) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found

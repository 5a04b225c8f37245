"""What a collection may be told: which posts of walls, and what to read again of what is here already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from core.links import Recognised
from core.models import TargetKind
from core.tasks.params import REFRESH
from core.wording import Lang, say
from dashboard import data, services, state

POSTS: Final = 100
WHICH: Final = ("latest", "dates", "all")
WALLS: Final = frozenset({TargetKind.WALL, TargetKind.USER, TargetKind.GROUP, TargetKind.NAME})


def options(found: Recognised, lang: Lang) -> dict[str, Any]:
    """Ask what the links leave open and return it as parameters of the task; defaults are left out."""
    chosen: dict[str, Any] = {}
    if any(target.kind in WALLS for target in found.targets):
        chosen |= _walls(lang)
        if words := _words(lang):
            chosen["words"] = words
    if found.targets and data.has_comments(services.current().collecting().dataset):
        refresh = _refresh(lang)
        if refresh != REFRESH[0]:
            chosen["refresh"] = refresh
    return chosen


def lacks_period(found: Recognised, chosen: Mapping[str, Any]) -> bool:
    """Tell whether posts of a period are wanted but no day of it is known: that is not the whole wall."""
    has_walls = any(target.kind in WALLS for target in found.targets)
    return has_walls and state.picked("collect.walls") == "dates" and "since" not in chosen


def _walls(lang: Lang) -> dict[str, Any]:
    state.stay("collect.walls", WHICH, WHICH[0])
    which = st.segmented_control(
        say("collect.walls", lang),
        WHICH,
        key="collect.walls",
        required=True,
        format_func=lambda each: say(f"collect.walls.{each}", lang),
        help=say("collect.walls.help", lang),
    )
    if which == "latest":
        posts = st.number_input(
            say("collect.posts", lang), min_value=1, value=POSTS, step=50, key="collect.posts"
        )
        return {"posts": int(posts)}
    if which == "dates":
        with st.container(key=f"days-{lang}-collect"):
            period = st.date_input(
                say("collect.period", lang),
                value=[],
                key="collect.period",
                format="DD.MM.YYYY" if lang == "ru" else "DD/MM/YYYY",
            )
        ends = period if isinstance(period, tuple) else ()
        if not ends:
            st.caption(f":orange[:material/date_range: {say('collect.period.nothing', lang)}]")
        return {name: end.isoformat() for name, end in zip(("since", "until"), ends, strict=False)}
    return {}


def _words(lang: Lang) -> str:
    given = st.text_input(
        say("collect.words", lang),
        key="collect.words",
        placeholder=say("collect.words.placeholder", lang),
        help=say("collect.words.help", lang),
    )
    return (given or "").strip()


def _refresh(lang: Lang) -> str:
    state.stay("collect.refresh", REFRESH, REFRESH[0])
    chosen = st.segmented_control(
        say("refresh.label", lang),
        REFRESH,
        key="collect.refresh",
        required=True,
        format_func=lambda each: say(f"refresh.{each}", lang),
    )
    refresh = str(chosen or REFRESH[0])
    st.caption(say(f"refresh.{refresh}.about", lang))
    return refresh

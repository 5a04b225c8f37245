"""The filters in the sidebar: each widget shows a field of the query, its choices, and changes it.

The everyday ones lie open; the others are grouped by subject, and a group that is in use opens by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from core.models import CommentState
from core.query import Dataset, Query
from core.storage.reads import LIKES_FROM
from core.wording import Lang, dates, number, say
from core.wording.filters import shortened
from dashboard import data, state
from dashboard.components import filters_said, searching
from dashboard.components.choosing import Shown, many, one, several
from dashboard.components.filters_authors import authors

TITLE: Final = 60
FIRST_DAY: Final = date(1971, 1, 1)
LAST_DAY: Final = date(2100, 1, 1)
TURNED: Final = "dates.turned"
"""Whether the day picked last left no day to the other end, which was let go."""
OFFERED: Final = 200
"""So many sources are offered in the list at most, those with most comments."""

WHO: Final = ("author",)
WHEN: Final = ("weekday", "hour")
MORE: Final = ("kind", "likes_min", "has_attachments", "state")


def draw(view: state.View, dataset: Dataset) -> None:
    """Draw all filters for the dataset shown."""
    lang, query = view.ui, view.query
    shown = Shown(query, lang, data.facets(query))
    st.header(say("filters.title", lang), anchor=False)
    text(query, lang, key="f.text", label=say("filters.text", lang))
    searching.modes(query, lang)
    _sources(shown, dataset)
    _dates(query, lang)
    one(shown, "level", ("root", "reply"), lambda each: say(f"filters.level.{each}", lang), has_help=True)
    _group(shown, "said", filters_said.FIELDS, partial(filters_said.said, shown))
    _group(shown, "who", WHO, partial(authors, shown, dataset))
    _group(shown, "when", WHEN, partial(_when, shown))
    _group(shown, "more", MORE, partial(_more, shown))


def text(query: Query, lang: Lang, *, key: str, label: str) -> None:
    """Draw the search in the text; several places may show it, under keys of their own."""
    searching.box(query, lang, key=key, label=label)


def _group(shown: Shown, name: str, fields: tuple[str, ...], drawn: Callable[[], None]) -> None:
    """Draw filters of one subject; the label says how many of them are in use."""
    title, used = shown.say(f"filters.{name}"), len({*fields} & {*shown.query.active()})
    label = say("filters.group", shown.lang, title=title, n=number(used, shown.lang)) if used else title
    with st.expander(label, expanded=used > 0, key=f"filters.{name}"):
        drawn()


def _sources(shown: Shown, dataset: Dataset) -> None:
    titles = data.titles(dataset)
    offered = [*shown.of("source")][:OFFERED]
    many(shown, "source", offered, lambda key: shortened(titles.get(key) or key, TITLE), has_help=True)


def _dates(query: Query, lang: Lang) -> None:
    """Draw the first and the last day as fields of their own: each can be typed, and each may stay open."""
    with st.container(horizontal=True, gap="small", key=f"days-{lang}"):
        for field in ("since", "until"):
            state.seed(f"f.{field}", _day(getattr(query, field), query.tz))
            st.date_input(
                say(f"filters.{field}", lang),
                key=f"f.{field}",
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format="DD.MM.YYYY" if lang == "ru" else "DD/MM/YYYY",
                help=say("filters.dates.help", lang) if field == "until" else None,
                on_change=state.heard(f"f.{field}", partial(_day_picked, field)),
            )
    if state.picked(TURNED) and None in (query.since, query.until):
        st.caption(f":material/info: {say('filters.dates.turned', lang)}")
    if isinstance(query.since, datetime) or isinstance(query.until, datetime):
        st.caption(say("filters.dates.instant", lang))


def _day_picked(field: str) -> None:
    """Take one end of the period; an other end that would leave no day between them is let go."""
    chosen, query = state.picked(f"f.{field}"), state.current().query
    other = "until" if field == "since" else "since"
    held = _day(getattr(query, other), query.tz)
    is_turned = bool(chosen and held) and (chosen > held if field == "since" else chosen < held)
    state.keep(TURNED, is_turned)
    state.change(**{field: chosen, **({other: None} if is_turned else {})})


def _day(moment: date | datetime | None, tz: str) -> date | None:
    if isinstance(moment, datetime):
        return moment.astimezone(ZoneInfo(tz)).date()
    return moment


def _when(shown: Shown) -> None:
    """Offer by keyboard what a click on the heat map chooses: weekdays and hours."""
    lang = shown.lang
    many(shown, "weekday", range(1, 8), lambda each: dates.WEEKDAYS[lang][each - 1])
    many(shown, "hour", range(24), lambda each: dates.hours(each, lang))
    _zone(shown.query, lang)


def _more(shown: Shown) -> None:
    lang = shown.lang
    kinds = [*shown.of("kind")]
    if len(kinds) > 1 or shown.query.kind:
        many(shown, "kind", kinds, lambda each: say(f"kind.{each}", lang))
    one(shown, "likes_min", LIKES_FROM, lambda each: f"≥ {number(each, lang)}")
    one(
        shown,
        "has_attachments",
        (True, False),
        lambda each: say(f"filters.has_attachments.{'true' if each else 'false'}", lang),
    )
    several(shown, "state", [*CommentState], lambda each: say(f"filters.state.{each}", lang), has_help=True)


def _zone(query: Query, lang: Lang) -> None:
    now = datetime.now(UTC)
    zones = [key for key, _, _ in dates.ZONES]
    if query.tz not in zones:
        zones.append(query.tz)
    state.hold("f.tz", query.tz)
    st.selectbox(
        say("filters.tz", lang),
        zones,
        key="f.tz",
        format_func=lambda each: dates.zone(each, lang, now),
        placeholder=say("filters.tz", lang),
        help=say("filters.tz.help", lang),
        on_change=state.heard("f.tz", lambda: state.change(tz=state.picked("f.tz"))),
    )

"""The filters in the sidebar: each widget shows a field of the query and changes it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from core.models import CommentState
from core.query import Dataset, Query
from core.wording import Lang, dates, number, say
from core.wording.filters import shortened
from dashboard import data, state

EVERYTHING = "all"


def draw(view: state.View, dataset: Dataset) -> None:
    """Draw all filters for the dataset shown."""
    lang, query = view.ui, view.query
    st.header(say("filters.title", lang), anchor=False)
    text(query, lang, key="f.text", label=say("filters.text", lang))
    _sources(query, lang, dataset)
    _dates(query, lang)
    _choice("level", query.level, ("root", "reply"), lang)
    with st.expander(say("filters.more", lang), expanded=_uses_more(query)):
        _likes(query, lang)
        _attachments(query, lang)
        _states(query, lang)
        _moments(query, lang)
        _zone(query, lang)


def text(query: Query, lang: Lang, *, key: str, label: str) -> None:
    """Draw the search in the text; several places may show it, under keys of their own."""
    state.seed(key, query.text or "")
    st.text_input(
        label,
        key=key,
        type="search",
        max_chars=1000,
        placeholder=say("filters.text.placeholder", lang),
        help=say("filters.text.help", lang),
        on_change=lambda: state.change(text=(state.picked(key) or "").strip() or None),
    )


def _sources(query: Query, lang: Lang, dataset: Dataset) -> None:
    known = {str(row.ref): row for row in data.sources(dataset)}
    options = sorted(known, key=lambda key: -known[key].collected)
    options += [key for key in query.source if key not in known]

    def label(key: str) -> str:
        row = known.get(key)
        if row is None:
            return key
        title = shortened(row.title or row.text or key, 60)
        return say("filters.source.option", lang, title=title, n=number(row.collected, lang))

    state.seed("f.source", list(query.source))
    st.multiselect(
        say("filters.source", lang),
        options,
        key="f.source",
        format_func=label,
        placeholder=say("filters.source.all", lang),
        help=say("filters.source.help", lang),
        on_change=lambda: state.change(source=tuple(state.picked("f.source"))),
    )


def _dates(query: Query, lang: Lang) -> None:
    days = [_day(query.since, query.tz), _day(query.until, query.tz)]
    if days[0] is None and days[1] is not None:
        days[0] = min(days[1], date(2006, 10, 10))
    state.seed("f.dates", tuple(day for day in days if day is not None))
    st.date_input(
        say("filters.dates", lang),
        key="f.dates",
        min_value=date(1971, 1, 1),
        max_value=date(2100, 1, 1),
        format="DD.MM.YYYY" if lang == "ru" else "DD/MM/YYYY",
        help=say("filters.dates.help", lang),
        on_change=_dates_picked,
    )
    if isinstance(query.since, datetime) or isinstance(query.until, datetime):
        st.caption(say("filters.dates.instant", lang))


def _dates_picked() -> None:
    """Take a range once both its days are chosen; the browser sends the first one alone in between."""
    chosen = [*(state.picked("f.dates") or ()), None, None]
    state.change(since=chosen[0], until=chosen[1])


def _day(moment: date | datetime | None, tz: str) -> date | None:
    if isinstance(moment, datetime):
        return moment.astimezone(ZoneInfo(tz)).date()
    return moment


def _choice(field: str, value: str | None, options: tuple[str, ...], lang: Lang) -> None:
    key = f"f.{field}"
    state.seed(key, value or EVERYTHING)
    st.segmented_control(
        say(f"filters.{field}", lang),
        (EVERYTHING, *options),
        key=key,
        required=True,
        format_func=lambda each: say(f"filters.{field}.{each}", lang),
        help=say(f"filters.{field}.help", lang),
        width="stretch",
        on_change=lambda: state.change(
            **{field: None if state.picked(key) == EVERYTHING else state.picked(key)}
        ),
    )


def _likes(query: Query, lang: Lang) -> None:
    state.seed("f.likes", query.likes_min or 0)
    st.number_input(
        say("filters.likes", lang),
        key="f.likes",
        min_value=0,
        step=1,
        on_change=lambda: state.change(likes_min=state.picked("f.likes") or None),
    )


def _attachments(query: Query, lang: Lang) -> None:
    held = {None: "any", True: "with", False: "without"}
    state.seed("f.attachments", held[query.has_attachments])
    st.segmented_control(
        say("filters.attachments", lang),
        tuple(held.values()),
        key="f.attachments",
        required=True,
        format_func=lambda each: say(f"filters.attachments.{each}", lang),
        width="stretch",
        on_change=lambda: state.change(
            has_attachments=next(k for k, each in held.items() if each == state.picked("f.attachments"))
        ),
    )


def _states(query: Query, lang: Lang) -> None:
    state.seed("f.state", [str(each) for each in query.state])
    st.multiselect(
        say("filters.state", lang),
        ("live", "edited", "deleted"),
        key="f.state",
        format_func=lambda each: say(f"filters.state.{each}", lang),
        placeholder=say("filters.source.all", lang),
        help=say("filters.state.help", lang),
        on_change=lambda: state.change(state=_states_picked()),
    )


def _states_picked() -> tuple[object, ...]:
    return tuple(CommentState(each) for each in state.picked("f.state"))


def _moments(query: Query, lang: Lang) -> None:
    """Offer by keyboard what a click on the heat map chooses: weekdays and hours."""
    _places("weekday", query.weekday, dict(enumerate(dates.WEEKDAYS[lang], start=1)), lang)
    _places("hour", query.hour, {hour: dates.hours(hour, lang) for hour in range(24)}, lang)


def _places(field: str, held: tuple[int, ...], names: dict[int, str], lang: Lang) -> None:
    key = f"f.{field}"
    state.seed(key, list(held))
    st.multiselect(
        say(f"filters.{field}", lang),
        tuple(names),
        key=key,
        format_func=lambda each: names[each],
        placeholder=say("filters.source.all", lang),
        on_change=lambda: state.change(**{field: tuple(state.picked(key))}),
    )


def _zone(query: Query, lang: Lang) -> None:
    now = datetime.now(UTC)
    zones = [key for key, _, _ in dates.ZONES]
    if query.tz not in zones:
        zones.append(query.tz)
    state.seed("f.tz", query.tz)
    st.selectbox(
        say("filters.tz", lang),
        zones,
        key="f.tz",
        format_func=lambda each: dates.zone(each, lang, now),
        help=say("filters.tz.help", lang),
        on_change=lambda: state.change(tz=state.picked("f.tz")),
    )


def _uses_more(query: Query) -> bool:
    return bool(query.likes_min or query.has_attachments is not None or query.state)

"""The Overview: totals in one row, then the board of charts that filter each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from core.query import Query
from core.storage.reads import Figures, Totals
from core.wording import count, dates, number, percent, say
from dashboard import data, state
from dashboard.board.component import board
from dashboard.charts import activity, ranks, rhythm, spread
from dashboard.charts.figure import Chart, Scene
from dashboard.components import selection

BOARD: Final = "overview.board"
SOURCES: Final = 10
AUTHORS: Final = 10


def caption(view: state.View, figures: Figures | Totals) -> str:
    """Say in one line what the page covers."""
    lang, query = view.ui, view.query
    parts = [count(figures.sources, "sources", lang)]
    if figures.first_at and figures.last_at:
        first, last = _days(figures, query)
        parts.append(dates.period(first, last, lang))
    parts.append(dates.zone(query.tz, lang, datetime.now(UTC)))
    return " · ".join(parts)


def totals(view: state.View, figures: Figures) -> None:
    """Draw the totals of the query; what no comment says, as authors and likes of a bare file, is a dash."""
    lang, n = view.ui, figures.comments
    knows_likes = bool(data.totals(view.query.without("likes_min")).likes_known)
    rows: tuple[tuple[str, int | None, str], ...] = (
        ("comments", n, ""),
        (
            "replies",
            figures.replies,
            say("figure.replies.note", lang, share=percent(figures.replies / n, lang)),
        ),
        (
            "authors",
            figures.authors or None,
            say("figure.authors.note", lang, mean=number(n / (figures.authors or n), lang, 1)),
        ),
        ("sources", figures.sources, ""),
        (
            "likes",
            figures.likes if knows_likes else None,
            say("figure.likes.note", lang, mean=number(figures.likes / (figures.likes_known or n), lang, 1)),
        ),
        (
            "deleted",
            figures.deleted,
            say("figure.deleted.note", lang, share=percent(figures.deleted / n, lang)),
        ),
    )
    with st.grid(min_column_width=130, gap="small", key="totals"):
        for name, value, note in rows:
            st.metric(
                say(f"figure.{name}", lang),
                "—" if value is None else number(value, lang),
                delta=(note if value is not None else say("figure.unknown", lang)) or None,
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
            )


def charts(view: state.View) -> None:
    """Draw all charts; each ignores the filters it sets itself and highlights them instead."""
    board([chart(view, name) for name in CHARTS], view.ui, key=BOARD, on_event=lambda: selection.apply(BOARD))


def chart(view: state.View, name: str) -> Chart:
    """Return one of the charts by name."""
    seen = view.query.without(*selection.CLEARED.get(name, ()))
    return CHARTS[name](view, seen)


def _rhythm(view: state.View, seen: Query) -> Chart:
    return rhythm.rhythm(data.per_hour_weekday(seen), _scene(view, seen))


def _sources(view: state.View, seen: Query) -> Chart:
    return ranks.sources(data.top_sources(seen, SOURCES), _scene(view, seen), _total(seen))


def _authors(view: state.View, seen: Query) -> Chart:
    return ranks.authors(data.top_authors(seen, AUTHORS), _scene(view, seen), _total(seen))


def _likes(view: state.View, seen: Query) -> Chart:
    return spread.likes(data.likes(seen), _scene(view, seen))


def _replies(view: state.View, seen: Query) -> Chart:
    return spread.replies(data.replies(seen), _scene(view, seen))


def _activity(view: state.View, seen: Query) -> Chart:
    figures = data.totals(seen)
    scene = _scene(view, seen)
    unit: activity.Unit = "day"
    if figures.first_at and figures.last_at:
        unit = activity.unit_for(figures.first_at, figures.last_at)
    return activity.activity(data.per_period(seen, unit), scene, unit)


def _scene(view: state.View, seen: Query) -> Scene:
    """Return what a chart is told: the reader's query, and the days that its own data covers."""
    figures = data.totals(seen)
    first, last = _days(figures, view.query) if figures.first_at and figures.last_at else (None, None)
    at = figures.last_at or datetime.now(UTC)
    return Scene(view.ui, view.query, first, last, at)


def _total(seen: Query) -> int:
    return data.totals(seen).comments


def _days(figures: Figures | Totals, query: Query) -> tuple[date, date]:
    zone = ZoneInfo(query.tz)
    assert figures.first_at is not None
    assert figures.last_at is not None
    return figures.first_at.astimezone(zone).date(), figures.last_at.astimezone(zone).date()


CHARTS: Final[dict[str, Callable[[state.View, Query], Chart]]] = {
    "activity": _activity,
    "rhythm": _rhythm,
    "sources": _sources,
    "authors": _authors,
    "likes": _likes,
    "replies": _replies,
}

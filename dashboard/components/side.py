"""Two sets side by side: their totals, and when each was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from core.query import Query
from core.storage import reads_contrast
from core.storage.reads import Figures
from core.wording import Lang, number, percent, say
from dashboard import data, state
from dashboard.charts import activity, side
from dashboard.charts.figure import Chart, Scene
from dashboard.components import sets

FIGURES: Final = ("comments", "authors", "sources", "replies", "likes", "deleted")


def totals(view: state.View, second: Query | None) -> None:
    """Draw the totals of both sets side by side, with the shares that say how they differ.

    A line is a figure, so that both sets stand in the width of a phone.
    """
    lang = view.ui
    figures = (data.figures(view.query), _figures(view, second))
    columns = {
        say(name, lang): {say(f"side.{key}", lang): _cell(each, key, lang) for key in FIGURES}
        for name, each in zip(side.NAMES, figures, strict=True)
    }
    with st.container(key="side"):
        st.table(pd.DataFrame(columns))


def chart(view: state.View, second: Query | None) -> Chart:
    """Return the chart of both sets over time."""
    whole = (view.query, second or sets.everything(view.query))
    ends = [
        moment
        for each in whole
        for figures in (data.totals(each),)
        for moment in (figures.first_at, figures.last_at)
        if moment is not None
    ]
    unit = activity.unit_for(min(ends), max(ends)) if ends else "day"
    first = data.per_period(view.query, unit)
    if second is not None:
        frames = [first, data.per_period(second, unit)]
    else:
        frames = [first, sets.left(data.per_period(sets.everything(view.query), unit), first)]
    zone = ZoneInfo(view.query.tz)
    days = [moment.astimezone(zone).date() for moment in ends]
    at = max(ends, default=datetime.now(UTC))
    scene = Scene(view.ui, view.query, min(days, default=None), max(days, default=None), at)
    return side.side(frames, scene, unit, sets.told(view.query, second, view.ui))


def _figures(view: state.View, second: Query | None) -> Figures:
    """Return the totals of the second set; of all the rest those are counted that are no difference."""
    if second is not None:
        return data.figures(second)
    every, own = data.figures(sets.everything(view.query)), data.figures(view.query)
    less = {
        name: getattr(every, name) - getattr(own, name)
        for name in ("comments", "replies", "likes", "likes_known", "deleted")
    }
    authors, sources = data.read(view.query, reads_contrast.rest, view.query)
    return replace(every, **less, authors=authors, sources=sources)


def _cell(figures: Figures, key: str, lang: Lang) -> str:
    value: int = getattr(figures, key)
    if key in {"replies", "deleted"} and figures.comments:
        return f"{number(value, lang)} ({percent(value / figures.comments, lang)})"
    if key == "likes" and figures.likes_known:
        mean = number(value / figures.likes_known, lang, 2)
        return f"{number(value, lang)} ({say('figure.likes.note', lang, mean=mean)})"
    return number(value, lang)

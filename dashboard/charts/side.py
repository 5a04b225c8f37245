"""Two sets side by side over time: each as shares of its own comments, so that sizes do not matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from core.wording import Lang, count, dates, percent, say
from dashboard.charts.activity import Unit
from dashboard.charts.figure import Chart, Scene, Table, axis, layout, shares

COLOURS = ("@main", "@pick")
APART_PX = 9
"""Between the axis and its days: the first one stands below the lowest share, not on it."""
NAMES = ("chart.side.first", "chart.side.second")


def side(frames: Sequence[pd.DataFrame], scene: Scene, unit: Unit, sets: Sequence[str] = ()) -> Chart:
    """Draw two sets; each frame has period (naive, in the query's zone) and comments.

    `sets` says what each is of, how many comments it has, also those without a date, and of which days.
    """
    lang = scene.lang
    totals = [int(frame["comments"].sum()) for frame in frames]
    if not all(totals):
        return Chart("side", say("chart.side.name", lang), empty=say("chart.side.empty", lang), span=6)
    n = [
        f"{say(name, lang)}: {count(total, 'comments', lang)}"
        for name, total in zip(NAMES, totals, strict=True)
    ]
    lines = [
        _line(frame, total, colour, say(name, lang), lang)
        for frame, total, colour, name in zip(frames, totals, COLOURS, NAMES, strict=True)
    ]
    return Chart(
        "side",
        _finding(frames, unit, lang),
        caption=" · ".join((*(sets or (*n, scene.period)), scene.zone)),
        about=say("chart.side.about", lang, unit=say(f"unit.{unit}", lang)),
        alt=say("chart.side.alt", lang),
        data=lines,
        layout=layout(
            xaxis=axis(type="date", showgrid=False, nticks=8, ticklabelstandoff=APART_PX),
            yaxis=shares([0.0, *(each for line in lines for each in line["y"])], lang, rangemode="tozero"),
        ),
        legend=tuple((colour, say(name, lang)) for colour, name in zip(COLOURS, NAMES, strict=True)),
        height=300,
        span=6,
        period=scene.period,
        table=_table(frames, unit, lang),
    )


def _table(frames: Sequence[pd.DataFrame], unit: Unit, lang: Lang) -> Table:
    """Return the comments of both sets by period; a period that one of them does not reach has none."""
    first, second = (
        dict(zip((each.to_pydatetime() for each in frame["period"]), frame["comments"], strict=True))
        for frame in frames
    )
    rows = tuple(
        (start.isoformat(), int(first.get(start, 0)), int(second.get(start, 0)))
        for start in sorted({*first, *second})
    )
    return Table((say(f"unit.{unit}", lang).capitalize(), *(say(name, lang) for name in NAMES)), rows)


def _line(frame: pd.DataFrame, total: int, colour: str, name: str, lang: Lang) -> dict[str, Any]:
    comments = [int(each) for each in frame["comments"]]
    starts = [moment.to_pydatetime() for moment in frame["period"]]
    hints = [
        f"{name}<br>{dates.day(start.date(), lang)}<br>"
        f"{count(each, 'comments', lang)}, {percent(each / total, lang)}"
        for start, each in zip(starts, comments, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [start.isoformat() for start in starts],
        "y": [each / total for each in comments],
        "line": {"color": colour, "width": 2},
        "customdata": hints,
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _finding(frames: Sequence[pd.DataFrame], unit: Unit, lang: Lang) -> str:
    first, second = (_when(_peak(frame), unit, lang) for frame in frames)
    if first == second:
        return say("chart.side.same", lang, when=first)
    return say("chart.side.peaks", lang, first=first, second=second)


def _peak(frame: pd.DataFrame) -> datetime:
    """Return the beginning of the period with most comments."""
    moment: datetime = frame["period"].iloc[int(frame["comments"].to_numpy().argmax())].to_pydatetime()
    return moment


def _when(moment: datetime, unit: Unit, lang: Lang) -> str:
    if unit == "hour":
        return f"{dates.day(moment.date(), lang)}, {dates.hours(moment.hour, lang)}"
    if unit == "month":
        return dates.month(moment.date(), lang)
    day = dates.day(moment.date(), lang)
    return say("finding.week", lang, day=day) if unit == "week" else day

"""Comments over time: stacked bars of threads and replies, with the chosen time in colour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pandas as pd

from core.query import Moment, Query
from core.wording import Lang, count, dates, say
from dashboard.charts.figure import Chart, Scene, Table, amounts, axis, layout

Unit = Literal["hour", "day", "week", "month"]
UNITS: tuple[Unit, ...] = ("hour", "day", "week", "month")

_DAY_MS = 86_400_000
_WIDTH_MS = {"hour": 0.85 * _DAY_MS / 24, "day": 0.85 * _DAY_MS, "week": 6 * _DAY_MS, "month": 26 * _DAY_MS}
_TICKS = [
    {"dtickrange": [None, 86_399_999], "value": "%H:%M\n%-d %b"},
    {"dtickrange": [86_400_000, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%B\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


def unit_for(first: datetime, last: datetime) -> Unit:
    """Choose the unit that gives a period between about 10 and 120 bars."""
    days = (last - first).total_seconds() / 86_400
    if days <= 4:
        return "hour"
    if days <= 125:
        return "day"
    return "week" if days <= 800 else "month"


def activity(frame: pd.DataFrame, scene: Scene, unit: Unit) -> Chart:
    """Draw comments per period; `frame` has period (naive, in the query's zone), comments, replies."""
    lang = scene.lang
    if frame.empty or not int(frame["comments"].sum()):
        return Chart("activity", say("chart.activity.name", lang), empty=say("chart.undated", lang), span=4)
    starts = [moment.to_pydatetime() for moment in frame["period"]]
    comments = [int(each) for each in frame["comments"]]
    replies = [int(each) for each in frame["replies"]]
    chosen = [_is_chosen(start, unit, scene.query) for start in starts]
    middles = [(start + (_next(start, unit) - start) / 2).isoformat() for start in starts]
    hints = [
        f"{_when(start, unit, lang)}<br>{count(all_, 'comments', lang)}, {count(answer, 'replies', lang)}"
        for start, all_, answer in zip(starts, comments, replies, strict=True)
    ]
    roots = [all_ - answer for all_, answer in zip(comments, replies, strict=True)]

    def bars(values: list[int], colour: str, pale: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "x": middles,
            "y": values,
            "width": _WIDTH_MS[unit],
            "customdata": hints,
            "hovertemplate": "%{customdata}<extra></extra>",
            "marker": {"color": [colour if each else pale for each in chosen], "line": {"width": 0}},
        }

    has_selection = scene.query.since is not None or scene.query.until is not None
    return Chart(
        "activity",
        _finding(starts, comments, unit, lang),
        caption=scene.caption(
            sum(comments),
            _held(starts, comments, chosen, unit, scene.query) if has_selection else None,
        ),
        about=say("chart.activity.about", lang, unit=say(f"unit.{unit}", lang)),
        alt=say("chart.activity.alt", lang),
        data=(bars(roots, "@main", "@pale"), bars(replies, "@second", "@paler")),
        layout=layout(
            barmode="stack",
            dragmode="select",
            selectdirection="h",
            xaxis=axis(
                type="date",
                showgrid=False,
                range=_range(starts, unit),
                tickformatstops=_TICKS,
                nticks=7,
                tickangle=0,
            ),
            yaxis=amounts(max(comments)),
        ),
        legend=(
            ("@main", say("chart.legend.roots", lang)),
            ("@second", say("chart.legend.replies", lang)),
        ),
        span=4,
        click=True,
        brush=True,
        has_selection=has_selection,
        chosen=[place for place, each in enumerate(chosen) if has_selection and each],
        meta={"unit": unit},
        period=scene.period,
        table=Table(
            (
                f"{say(f'table.{unit}', lang)}, {scene.zone}",
                *(say(f"table.{name}", lang) for name in ("comments", "roots", "replies")),
            ),
            tuple(zip((_iso(start, unit) for start in starts), comments, roots, replies, strict=True)),
        ),
    )


def window(low: datetime, high: datetime, unit: Unit, tz: str) -> tuple[Moment, Moment]:
    """Return the whole periods between two naive local moments, as the ends of a query."""
    start, last = _floor(min(low, high), unit), _floor(max(low, high), unit)
    end = _next(last, unit)
    if unit == "hour":
        zone = ZoneInfo(tz)
        until = end.replace(tzinfo=zone).astimezone(UTC) - timedelta(seconds=1)
        return start.replace(tzinfo=zone).astimezone(UTC), until
    return start.date(), (end - timedelta(days=1)).date()


def _floor(moment: datetime, unit: Unit) -> datetime:
    if unit == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _next(start: datetime, unit: Unit) -> datetime:
    if unit == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}[unit]


def _range(starts: list[datetime], unit: Unit) -> list[str]:
    """Leave half a bar free on both sides, so that the first one does not stand on the axis."""
    room = timedelta(milliseconds=_WIDTH_MS[unit] * 0.6)
    return [(starts[0] - room).isoformat(), (_next(starts[-1], unit) + room).isoformat()]


def _is_chosen(start: datetime, unit: Unit, query: Query) -> bool:
    zone = ZoneInfo(query.tz)
    since, before = query.bounds()
    begin = start.replace(tzinfo=zone)
    end = _next(start, unit).replace(tzinfo=zone)
    return (since is None or end > since) and (before is None or begin < before)


def _finding(starts: list[datetime], comments: list[int], unit: Unit, lang: Lang) -> str:
    """Name the busiest period of all that are drawn; the selected ones are marked and counted beside it."""
    most = max(comments)
    peak, n = starts[comments.index(most)], count(most, "comments", lang)
    if len(starts) == 1:
        return say("chart.activity.one", lang, n=n, when=_when(peak, unit, lang))
    found = say(f"chart.activity.peak.{unit}", lang, n=n, when=_when(peak, unit, lang, bare=True))
    return say("finding.tied", lang, found=found) if comments.count(most) > 1 else found


def _held(
    starts: list[datetime], comments: list[int], chosen: list[bool], unit: Unit, query: Query
) -> int | None:
    """Return how many comments the selected periods hold; None where the time ends within one of them."""
    zone = ZoneInfo(query.tz)
    edges = {each.replace(tzinfo=zone) for start in starts for each in (start, _next(start, unit))}
    since, before = query.bounds()
    inner = (each for each in (since, before) if each is not None and min(edges) < each < max(edges))
    if not all(each in edges for each in inner):
        return None
    return sum(n for n, each in zip(comments, chosen, strict=True) if each)


def _iso(start: datetime, unit: Unit) -> str:
    """Write the start of a period so that spreadsheets know it as a day or a moment."""
    return start.isoformat(" ", "minutes") if unit == "hour" else start.date().isoformat()


def _when(start: datetime, unit: Unit, lang: Lang, *, bare: bool = False) -> str:
    if unit == "hour":
        return f"{dates.day(start.date(), lang)}, {dates.hours(start.hour, lang)}"
    if unit == "month":
        return dates.month(start.date(), lang)
    if unit == "week" and not bare:
        last: date = (start + timedelta(days=6)).date()
        return dates.period(start.date(), last, lang)
    return dates.day(start.date(), lang)

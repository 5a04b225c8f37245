"""Charts of analyses: what an answer's rows look like is told by a drawing, not by code of its own.

Whatever is an estimate is drawn with its interval; what is too few to say has no mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from core.wording import Lang, number, say
from dashboard.charts import heats, picks, scales, webs
from dashboard.charts.drawings import LINES, Drawing, Row, Told, blank, hint, label, place, worth
from dashboard.charts.figure import Chart, axis, layout, plain
from dashboard.charts.groups import largest
from dashboard.charts.tables import table

EQUAL: Final[dict[str, Any]] = {
    "type": "scatter",
    "mode": "lines",
    "x": [0, 1],
    "y": [0, 1],
    "line": {"color": "@muted", "width": 1.5, "dash": "dash"},
    "hoverinfo": "skip",
}
"""Where a share of some is the same share of all."""
MOST_DISCUSSED: Final = {"first_comments": "posts", "half_lives": "posts_measured"}
"""Analyses whose rows are the most discussed posts only, and the figure that says of how many."""
ROW: Final = 30
LOWEST: Final = 140
LABEL: Final = 44


def drawn(drawing: Drawing, rows: Sequence[Row], told: Told, field: Mapping[str, str]) -> Chart:
    """Return the chart of an answer; `field` says what its columns are called."""
    kept = drawing.kept(rows)
    if all(row.get(drawing.value) is None for row in kept):
        return Chart(told.name, told.title, told.caption, empty=say("analyses.too_few", told.lang), span=6)
    return _KINDS[drawing.kind](drawing, kept, told, field)


def _time(drawing: Drawing, rows: Sequence[Row], told: Told, field: Mapping[str, str]) -> Chart:
    """Draw lines over time, each with the band of its interval."""
    traces: list[dict[str, Any]] = []
    groups = largest(rows, drawing.split, len(rows)) if drawing.split else [None]
    for colour, group in zip(LINES, groups, strict=False):
        own = [row for row in rows if not drawing.split or row.get(drawing.split) == group]
        traces += _line(drawing, own, told, colour)
    traces += _subject(drawing, rows, told)
    if drawing.equal:
        traces.insert(0, EQUAL)
    caption = told.caption
    if len(groups) > len(LINES):
        lines = say("analyses.lines", told.lang, shown=len(LINES), groups=len(groups))
        caption = f"{caption} · {lines}"
    return Chart(
        told.name,
        told.title,
        caption,
        about=told.about,
        alt=told.alt,
        data=traces,
        layout=layout(
            xaxis=scales.places(drawing, rows, told, field),
            yaxis=scales.amounts(drawing, rows, told, field),
            **_brushed(told, [str(row[drawing.x]) for row in rows]),
        ),
        legend=_legend(drawing, groups, told.lang),
        height=300,
        span=6,
        table=table(drawing, rows, told, field),
        **told.events,
    )


def _subject(drawing: Drawing, rows: Sequence[Row], told: Told) -> list[dict[str, Any]]:
    """Return a ring around the point that the title is about, with its value; none where it is not drawn."""
    row = told.subject
    if row is None or row not in rows:
        return []
    at = [str(each[drawing.x]) for each in rows]
    place = (sorted({*at}).index(str(row[drawing.x])) + 0.5) / len({*at})
    side = "right" if place < 0.15 else "left" if place > 0.85 else "center"
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [row[drawing.x]],
            "y": [row[drawing.value]],
            "marker": {"size": 12, "color": "rgba(0,0,0,0)", "line": {"color": "@ink", "width": 1.5}},
            "text": [worth(drawing, row[drawing.value], told.lang)],
            "textposition": f"top {side}",
            "textfont": {"size": 12, "color": "@ink"},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]


def _legend(drawing: Drawing, groups: Sequence[Any], lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return what the lines are called, where there are several."""
    if drawing.equal:
        return ((LINES[0], say(drawing.curve, lang)), (EQUAL["line"]["color"], say(drawing.equal, lang)))
    named = (str(group) if group else blank(drawing, lang) for group in groups)
    return tuple(zip(LINES, named, strict=False)) if drawing.split else ()


def _brushed(told: Told, places: Sequence[str]) -> dict[str, Any]:
    """Return what a chart whose rows are periods adds: it can be brushed, and marks the time chosen.

    A time without a beginning or an end reaches as far as the rows do.
    """
    if told.pick is None or told.pick.field != picks.TIME:
        return {}
    zone = ZoneInfo(told.query.tz)
    since, before = told.query.bounds()
    shapes = []
    if since is not None or before is not None:
        local = {
            "x0": _local(since, zone) if since else min(places),
            "x1": _local(before, zone) if before else max(places),
        }
        box = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}, "layer": "below"}
        shapes = [{**box, **local, "fillcolor": "@pick", "opacity": 0.16}]
    return {"dragmode": "select", "selectdirection": "h", "shapes": shapes}


def _line(drawing: Drawing, rows: Sequence[Row], told: Told, colour: str) -> list[dict[str, Any]]:
    places = [row[drawing.x] for row in rows]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": places,
        "y": [row[drawing.value] for row in rows],
        "line": {"color": colour, "width": 2},
        "marker": {"size": 5 if len(rows) < 60 else 3, "color": colour},
        "customdata": [[told.key(row), _hinted(drawing, row, told)] for row in rows],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }
    if not drawing.low:
        return [line]
    xs, ys = _band(drawing, rows)
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "fill": "toself",
        "fillcolor": colour,
        "opacity": 0.18,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    return [band, *_alone(drawing, rows, colour), line]


def _alone(drawing: Drawing, rows: Sequence[Row], colour: str) -> list[dict[str, Any]]:
    """Return the intervals of points between gaps: a band of one point would have no width."""
    alone = [run[0] for run in _runs(drawing, rows) if len(run) == 1]
    if not alone:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for row in alone for x in (row[drawing.x], row[drawing.x], None)],
            "y": [y for row in alone for y in (row[drawing.low], row[drawing.high], None)],
            "line": {"color": colour, "width": 5},
            "opacity": 0.3,
            "hoverinfo": "skip",
        }
    ]


def _runs(drawing: Drawing, rows: Sequence[Row]) -> list[list[Row]]:
    """Return the runs of rows that have an interval, between those that have none."""
    runs = groupby(
        rows, key=lambda row: row.get(drawing.low) is not None and row.get(drawing.high) is not None
    )
    return [list(run) for is_known, run in runs if is_known]


def _hinted(drawing: Drawing, row: Row, told: Told) -> str:
    """Say where a point stands and what is there; a point of a group also says which."""
    where = place(drawing, row, told)
    said = [plain(str(row[drawing.split]))] if drawing.split and row.get(drawing.split) else []
    if row[drawing.value] is not None:
        said.append(hint(drawing, row, told.lang))
    return "<br>".join((where, *said))


def _band(drawing: Drawing, rows: Sequence[Row]) -> tuple[list[Any], list[Any]]:
    """Return the outline of an interval over time: a closed piece for each run of rows that have one."""
    xs: list[Any] = []
    ys: list[Any] = []
    for some in (run for run in _runs(drawing, rows) if len(run) > 1):
        back = some[::-1]
        xs += [*([None] if xs else []), *(row[drawing.x] for row in (*some, *back))]
        ys += [
            *([None] if ys else []),
            *(row[drawing.high] for row in some),
            *(row[drawing.low] for row in back),
        ]
    return xs, ys


def _bars(drawing: Drawing, rows: Sequence[Row], told: Told, field: Mapping[str, str]) -> Chart:
    """Draw a row of points or bars, each with its interval, the label above it."""
    shown = drawing.shown(rows)
    places = list(range(len(shown)))
    names = [label(drawing, row, told) for row in shown]
    values = [float(row[drawing.value]) for row in shown]
    bars: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "x": values,
        "width": 0.6,
        "marker": {"color": told.colours(shown, "@bar" if drawing.low else "@main")},
        "customdata": [
            [told.key(row), f"{plain(name)}<br>{hint(drawing, row, told.lang)}"]
            for name, row in zip(names, shown, strict=True)
        ],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }
    if drawing.low:
        bars["error_x"] = _errors(drawing, shown, values)
    return Chart(
        told.name,
        told.title,
        " · ".join((told.caption, *_left_out(rows, shown, told))),
        about=told.about,
        alt=told.alt,
        data=(bars,),
        layout=layout(
            xaxis=scales.amounts(drawing, shown, told, field, is_from_zero=True),
            yaxis=axis(
                tickvals=places,
                ticktext=[_written(drawing, row, told) for row in shown],
                range=[len(shown) - 0.4, -0.6],
                showgrid=False,
            ),
        ),
        height=max(ROW * len(shown) + 50, LOWEST),
        span=6,
        grows=False,
        chosen=told.chosen(shown),
        table=table(drawing, shown, told, field),
        **told.events,
    )


def _left_out(rows: Sequence[Row], shown: Sequence[Row], told: Told) -> Iterator[str]:
    """Say how many bars of how many are drawn, where not all are; which, where a title is about all."""
    whole = told.summary.get(MOST_DISCUSSED.get(told.name.partition(".")[0], ""))
    total = len(rows) if whole is None else max(int(whole), len(rows))
    if total > len(shown):
        key = "analyses.bars" if whole is None else "analyses.bars.discussed"
        yield say(key, told.lang, shown=len(shown), rows=number(total, told.lang))


def _written(drawing: Drawing, row: Row, told: Told) -> str:
    """Return what stands above a bar: the name of the one that the title is about is bold."""
    name = plain(label(drawing, row, told, longest=LABEL))
    return f"<b>{name}</b>" if row is told.subject else name


def _errors(drawing: Drawing, rows: Sequence[Row], values: Sequence[float]) -> dict[str, Any]:
    def apart(name: str) -> list[float]:
        return [
            abs(float(row[name]) - value) if row.get(name) is not None else 0.0
            for row, value in zip(rows, values, strict=True)
        ]

    return {
        "type": "data",
        "symmetric": False,
        "array": apart(drawing.high),
        "arrayminus": apart(drawing.low),
        "color": "@ink",
        "thickness": 1.2,
        "width": 3,
    }


def _local(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as an axis of local time places it."""
    return moment.astimezone(zone).replace(tzinfo=None).isoformat()


_KINDS = {"time": _time, "curve": _time, "bars": _bars, "heat": heats.heat, "network": webs.network}

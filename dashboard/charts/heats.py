"""Heat maps of analyses: the hours of a week, or groups that answer groups; cells may be filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.wording import Lang, dates, say
from dashboard.charts.drawings import Drawing, Row, Told, hint
from dashboard.charts.figure import SEQUENCE, Chart, axis, layout, plain
from dashboard.charts.rhythm import week_axes
from dashboard.charts.tables import table


def heat(drawing: Drawing, rows: Sequence[Row], told: Told, field: Mapping[str, str]) -> Chart:
    """Draw a table of amounts as colours: a week with all its hours, or whatever crosses."""
    is_week = drawing.y == "weekday"
    columns: list[Any] = list(range(24)) if is_week else list(dict.fromkeys(row[drawing.x] for row in rows))
    lines: list[Any] = list(range(1, 8)) if is_week else list(dict.fromkeys(row[drawing.y] for row in rows))
    both = {*lines} & {*columns}
    if not is_week:
        columns = [*(each for each in lines if each in both), *(each for each in columns if each not in both)]
    name = plain(field.get(drawing.value, ""))
    cells = {(row[drawing.x], row[drawing.y]): row for row in rows}
    chosen = [
        (line, column)
        for line in lines
        for column in columns
        if (row := cells.get((column, line))) is not None and told.chosen([row])
    ]
    caption = told.caption
    if any(row[drawing.value] is None for row in rows):
        caption = f"{caption} · {say('analyses.heat.few', told.lang)}"
    return Chart(
        told.name,
        told.title,
        caption,
        about=told.about,
        alt=told.alt,
        data=(
            {
                "type": "heatmap",
                "x": columns if is_week else [plain(str(each)) for each in columns],
                "y": lines if is_week else [plain(str(each)) for each in lines],
                "z": [
                    [row[drawing.value] if (row := cells.get((column, line))) else None for column in columns]
                    for line in lines
                ],
                "colorscale": SEQUENCE,
                "showscale": False,
                "xgap": 1,
                "ygap": 1,
                "customdata": [
                    [
                        _celled(
                            drawing,
                            cells.get((column, line)),
                            f"{_crossing(drawing, line, column, told.lang)}<br>{name}",
                            told,
                        )
                        for column in columns
                    ]
                    for line in lines
                ],
                "hovertemplate": "%{customdata[1]}<extra></extra>",
            },
        ),
        layout=layout(**(week_axes(told.lang, chosen) if is_week else _crossed(drawing, columns, lines))),
        height=max(220, 26 * len(lines) + 70),
        span=6,
        grows=False,
        chosen=[lines.index(line) * len(columns) + columns.index(column) for line, column in chosen],
        table=table(drawing, rows, told, field),
        **told.events,
    )


def _celled(drawing: Drawing, row: Row | None, crossing: str, told: Told) -> list[str]:
    """Return what a click on a cell sends back, and what the cell says."""
    said = "—" if row is None or row[drawing.value] is None else hint(drawing, row, told.lang)
    return [told.key(row) if row is not None else "", f"{crossing}: {said}"]


def _crossed(drawing: Drawing, columns: Sequence[Any], lines: Sequence[Any]) -> dict[str, Any]:
    """Return the axes of what crosses; groups with a number have it alone where they stand side by side."""
    short = [plain(_number(str(each))) for each in columns]
    is_told = drawing.x.endswith("_title") and columns == lines
    ticks = {"tickvals": [plain(str(each)) for each in columns], "ticktext": short} if is_told else {}
    return {
        "xaxis": axis(type="category", showgrid=False, tickangle=0 if ticks else "auto", **ticks),
        "yaxis": axis(type="category", showgrid=False, autorange="reversed"),
    }


def _number(title: str) -> str:
    number, colon, _ = title.partition(":")
    return number if colon and number.isdecimal() else title


def _crossing(drawing: Drawing, line: Any, column: Any, lang: Lang) -> str:
    """Say what a cell is of: an hour of the week, or who answers whom."""
    if drawing.y == "weekday":
        return f"{dates.WEEKDAYS[lang][line - 1]}, {dates.hours(int(column), lang)}"
    return f"{plain(str(line))} → {plain(str(column))}"

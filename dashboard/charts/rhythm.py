"""When people write: weekday by hour, as a heat map whose cells are filters."""

from __future__ import annotations

import pandas as pd

from core.wording import Lang, count, dates, number, say
from dashboard.charts.figure import SEQUENCE, Chart, Scene, axis, layout

EVENING = range(18, 24)
MORNING = range(6, 12)
ENOUGH = 50
"""Below this many comments a comparison of parts of the day says little."""


def rhythm(frame: pd.DataFrame, scene: Scene) -> Chart:
    """Draw comments by weekday (1-7) and hour (0-23); `frame` has weekday, hour, comments."""
    lang, query = scene.lang, scene.query
    cells = {
        (int(day), int(hour)): int(n)
        for day, hour, n in zip(frame["weekday"], frame["hour"], frame["comments"], strict=True)
    }
    total = sum(cells.values())
    if not total:
        return Chart("rhythm", say("chart.rhythm.name", lang), empty=say("chart.undated", lang), span=2)
    days = dates.WEEKDAYS[lang]
    amounts = [[cells.get((day, hour), 0) for hour in range(24)] for day in range(1, 8)]
    hints = [
        [
            f"{days[day - 1]}, {dates.hours(hour, lang)}<br>"
            + count(cells.get((day, hour), 0), "comments", lang)
            for hour in range(24)
        ]
        for day in range(1, 8)
    ]
    return Chart(
        "rhythm",
        _finding(cells, total, lang),
        caption=scene.caption(total),
        about=say("chart.rhythm.about", lang),
        alt=say("chart.rhythm.alt", lang),
        data=(
            {
                "type": "heatmap",
                "x": list(range(24)),
                "y": list(range(1, 8)),
                "z": amounts,
                "customdata": hints,
                "hovertemplate": "%{customdata}<extra></extra>",
                "colorscale": SEQUENCE,
                "zmin": 0,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
            },
        ),
        layout=layout(
            xaxis=axis(
                showgrid=False, tickvals=list(range(0, 24, 3)), ticktext=[f"{h}:00" for h in range(0, 24, 3)]
            ),
            yaxis=axis(
                showgrid=False,
                autorange="reversed",
                tickvals=list(range(1, 8)),
                ticktext=list(dates.WEEKDAYS_SHORT[lang]),
            ),
            shapes=[
                {
                    "type": "rect",
                    "x0": hour - 0.5,
                    "x1": hour + 0.5,
                    "y0": day - 0.5,
                    "y1": day + 0.5,
                    "line": {"color": "@pick", "width": 2.5},
                }
                for day in (query.weekday or (range(1, 8) if query.hour else ()))
                for hour in (query.hour or range(24))
            ],
        ),
        height=285,
        span=2,
        click=True,
        has_selection=bool(query.weekday or query.hour),
    )


def _finding(cells: dict[tuple[int, int], int], total: int, lang: Lang) -> str:
    evening = sum(n for (_, hour), n in cells.items() if hour in EVENING)
    morning = sum(n for (_, hour), n in cells.items() if hour in MORNING)
    if total >= ENOUGH and morning and evening / morning >= 1.5:
        return say("chart.rhythm.evening", lang, times=_times(evening / morning, lang))
    day, hour = max(cells, key=lambda cell: cells[cell])
    return say(
        "chart.rhythm.peak", lang, weekday=dates.WEEKDAYS_ON[lang][day - 1], hours=dates.hours(hour, lang)
    )


def _times(ratio: float, lang: Lang) -> str:
    if ratio >= 10:
        return number(round(ratio), lang)
    return number(ratio, lang, 1)

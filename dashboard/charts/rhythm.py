"""When people write: weekday by hour, as a heat map whose cells are filters.

A cell shows comments per such hour, not their sum: in ten days one Monday must not look like two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.wording import Lang, count, dates, number, say
from dashboard.charts.figure import SEQUENCE, Chart, Scene, Table, axis, layout

EVENING = range(18, 24)
MORNING = range(6, 12)
ENOUGH = 50
"""Below this many comments a comparison of parts of the day says little."""
WEEKS = 4
"""An hour that came less often is no habit: one evening of a discussion is not every such evening."""
CHANCE = 0.05
"""How often an hour may be named that chance alone made the busiest."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of the week: its comments, and how often that hour was."""

    comments: int
    hours: int

    @property
    def rate(self) -> float | None:
        """Return the comments per such hour; None where there was none."""
        return self.comments / self.hours if self.hours else None


def week_axes(lang: Lang, chosen: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Return the layout of the hours of a week: its axes, and frames around the chosen (weekday, hour)."""
    hours = list(range(0, 24, 3))
    return {
        "xaxis": axis(showgrid=False, tickvals=hours, ticktext=[f"{each}:00" for each in hours]),
        "yaxis": axis(
            showgrid=False,
            autorange="reversed",
            tickvals=list(range(1, 8)),
            ticktext=list(dates.WEEKDAYS_SHORT[lang]),
        ),
        "shapes": [
            {
                "type": "rect",
                "x0": hour - 0.5,
                "x1": hour + 0.5,
                "y0": day - 0.5,
                "y1": day + 0.5,
                "line": {"color": "@pick", "width": 2.5},
            }
            for day, hour in chosen
        ],
    }


def rhythm(frame: pd.DataFrame, scene: Scene) -> Chart:
    """Draw comments per hour by weekday (1-7) and hour (0-23).

    `frame` has weekday, hour, comments, hours (how often that hour was in the time covered) and per_hour.
    """
    lang, query = scene.lang, scene.query
    cells = {
        (int(day), int(hour)): Cell(int(n), int(hours))
        for day, hour, n, hours in zip(
            frame["weekday"], frame["hour"], frame["comments"], frame["hours"], strict=True
        )
    }
    total = sum(cell.comments for cell in cells.values())
    if not total:
        return Chart("rhythm", say("chart.rhythm.name", lang), empty=say("chart.undated", lang), span=2)
    week = [[cells.get((day, hour), Cell(0, 0)) for hour in range(24)] for day in range(1, 8)]
    hints = [
        [_hint(cell, day, hour, lang) for hour, cell in enumerate(row)]
        for day, row in enumerate(week, start=1)
    ]
    marked = [
        (day, hour)
        for day in (query.weekday or (range(1, 8) if query.hour else ()))
        for hour in (query.hour or range(24))
    ]
    return Chart(
        "rhythm",
        _finding(cells, total, lang),
        caption=scene.caption(
            total, sum(week[day - 1][hour].comments for day, hour in marked) if marked else None
        ),
        about=say("chart.rhythm.about", lang),
        alt=say("chart.rhythm.alt", lang),
        data=(
            {
                "type": "heatmap",
                "x": list(range(24)),
                "y": list(range(1, 8)),
                "z": [[cell.rate for cell in row] for row in week],
                "customdata": hints,
                "hovertemplate": "%{customdata}<extra></extra>",
                "colorscale": SEQUENCE,
                "zmin": 0,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
            },
        ),
        layout=layout(**week_axes(lang, marked)),
        height=285,
        span=2,
        click=True,
        has_selection=bool(query.weekday or query.hour),
        chosen=[(day - 1) * 24 + hour for day, hour in marked],
        period=scene.period,
        table=Table(
            (
                say("table.weekday", lang),
                f"{say('table.hour_of_day', lang)}, {scene.zone}",
                *(say(f"table.{name}", lang) for name in ("comments", "such_hours", "per_hour")),
            ),
            tuple(
                (dates.WEEKDAYS[lang][day - 1], hour, cell.comments, cell.hours, cell.rate)
                for day, row in enumerate(week, start=1)
                for hour, cell in enumerate(row)
            ),
        ),
    )


def _hint(cell: Cell, day: int, hour: int, lang: Lang) -> str:
    when = f"{dates.WEEKDAYS[lang][day - 1]}, {dates.hours(hour, lang)}"
    if cell.rate is None:
        return f"{when}<br>{say('chart.rhythm.never', lang)}"
    rate = number(cell.rate, lang, 0 if cell.rate >= 100 else 1 if cell.rate >= 1 else 2)
    mean = say("chart.rhythm.mean", lang, rate=rate, hours=number(cell.hours, lang))
    return f"{when}<br>{count(cell.comments, 'comments', lang)}<br>{mean}"


def _finding(cells: Mapping[tuple[int, int], Cell], total: int, lang: Lang) -> str:
    evening = [cell for (_, hour), cell in cells.items() if hour in EVENING]
    morning = [cell for (_, hour), cell in cells.items() if hour in MORNING]
    if total >= ENOUGH and (times := _busier(evening, morning)) >= 1.5:
        return say("chart.rhythm.evening", lang, times=_times(times, lang))
    day, hour = max(cells, key=lambda place: cells[place].rate or 0)
    if cells[day, hour].hours < WEEKS:
        return say("chart.rhythm.short", lang)
    if not stands_out(_pair(cells[day, hour]), map(_pair, cells.values())):
        return say("chart.rhythm.level", lang)
    return say(
        "chart.rhythm.peak", lang, weekday=dates.WEEKDAYS_ON[lang][day - 1], hours=dates.hours(hour, lang)
    )


def stands_out(busiest: tuple[int, int], cells: Iterable[tuple[int, int]]) -> bool:
    """Tell whether an hour of the week has more comments than chance would give any of them.

    Each is its comments and how often it was. Comments that fall evenly give one hour as many, by Poisson's
    law, with less than `CHANCE`, shared by all hours there are.
    """
    every = [*cells]
    comments, hours = (sum(each) for each in zip(*every, strict=True))
    expected = comments / hours * busiest[1] if hours else 0.0
    return busiest[0] > 1 and _as_many(busiest[0], expected) * len(every) < CHANCE


def _as_many(n: int, expected: float) -> float:
    """Return how probable `n` or more are where `expected` are, by Poisson's law."""
    if expected <= 0:
        return 0.0
    terms = (math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(n))
    return max(0.0, 1 - math.fsum(terms))


def _pair(cell: Cell) -> tuple[int, int]:
    return cell.comments, cell.hours


def _busier(one: Sequence[Cell], other: Sequence[Cell]) -> float:
    """Return how many times as busy the one is as the other, 0 where chance may have made it so."""
    rates = _rate(one), _rate(other)
    numbers = [sum(cell.comments for cell in each) for each in (one, other)]
    if not all(numbers):
        return 0.0
    ratio = rates[0] / rates[1]
    return ratio if ratio > math.exp(1.96 * math.sqrt(sum(1 / each for each in numbers))) else 0.0


def _rate(cells: Iterable[Cell]) -> float:
    part = list(cells)
    hours = sum(cell.hours for cell in part)
    return sum(cell.comments for cell in part) / hours if hours else 0.0


def _times(ratio: float, lang: Lang) -> str:
    if ratio >= 10:
        return number(round(ratio), lang)
    return number(ratio, lang, 1)

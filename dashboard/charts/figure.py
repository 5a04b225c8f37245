"""What a chart is: a finding as its title, a caption that says n, period and zone, and a Plotly figure.

Colours are written as names (`@main`); the board replaces them by the palette of the reader's theme, so one
figure serves light and dark and can be cached for both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.query import Query
from core.wording import Lang, count, dates, number, say
from core.wording.amounts import NBSP

PALETTES: dict[str, dict[str, str]] = {
    "light": {
        "@ink": "#1b2430",
        "@muted": "#576474",
        "@grid": "#e4e9ef",
        "@main": "#15599f",
        "@bar": "#4a8ac6",
        "@second": "#5594d0",
        "@pale": "#c3cedb",
        "@paler": "#e1e7ee",
        "@pick": "#b8500a",
        "@surface": "#ffffff",
        "@group0": "#15599f",
        "@group1": "#b8500a",
        "@group2": "#7a1fd0",
        "@group3": "#4a93da",
        "@group4": "#461b05",
        "@rest": "#7d8894",
        "@seq0": "#f2f5f9",
        "@seq1": "#cfe1f2",
        "@seq2": "#8fbde6",
        "@seq3": "#4489c8",
        "@seq4": "#15599f",
        "@seq5": "#0a305c",
    },
    "dark": {
        "@ink": "#e4eaf1",
        "@muted": "#9fabba",
        "@grid": "#28323e",
        "@main": "#6fb3f0",
        "@bar": "#3d7ab3",
        "@second": "#3c73a3",
        "@pale": "#445262",
        "@paler": "#2c3743",
        "@pick": "#f5a55a",
        "@surface": "#171e27",
        "@group0": "#6fb3f0",
        "@group1": "#f5a55a",
        "@group2": "#a04bec",
        "@group3": "#f4f0b4",
        "@group4": "#c0503c",
        "@rest": "#8792a0",
        "@seq0": "#1c242e",
        "@seq1": "#213f5b",
        "@seq2": "#2a5c89",
        "@seq3": "#4089c6",
        "@seq4": "#6fb3f0",
        "@seq5": "#cbe5fb",
    },
}
"""Blues for amounts, orange for what is chosen: told apart by every kind of colour vision.

Groups have no order: each has a hue and a lightness of its own, and those without one share a grey.
Texts stand out from the surface by 4.5:1, whatever holds an amount by 3:1; pale is only what is not chosen.
"""

FEW = 5
"""Lines across a chart of counts."""
STEPS = (1.0, 2.0, 5.0, 10.0)
"""What lines across a chart are apart, in powers of ten."""
SEQUENCE = [[step / 5, f"@seq{step}"] for step in range(6)]


@dataclass(frozen=True, slots=True)
class Scene:
    """What every chart of a page shares: the language, the query, and the days its comments cover."""

    lang: Lang
    query: Query
    first: date | None
    last: date | None
    at: datetime

    def caption(self, comments: int, chosen: int | None = None) -> str:
        """Say how many comments a chart shows, of which days, in which zone; how many of them are selected.

        The title beside it is about the same comments: all that the chart shows, whatever is selected.
        """
        n = count(comments, "comments", self.lang)
        key = "chart.caption" if self.period else "chart.caption.undated"
        said = say(key, self.lang, comments=n, period=self.period, zone=self.zone)
        if chosen is None:
            return said
        return f"{said} · {say('chart.chosen', self.lang, n=count(chosen, 'comments', self.lang))}"

    @property
    def period(self) -> str:
        """Return the days of the page's comments in words; nothing where they have no dates."""
        if self.first is None or self.last is None:
            return ""
        return dates.period(self.first, self.last, self.lang)

    @property
    def zone(self) -> str:
        """Return the time zone of the query in words."""
        return dates.zone(self.query.tz, self.lang, self.at)


Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart: columns as the reader calls them, rows as long; days and moments are ISO."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How the nodes of a network are drawn in a room of at least this width; sizes are in pixels.

    `unit` is how many pixels a step of the axes is: the axes reach as far as the room does.
    """

    width: int
    height: int
    unit: float
    size: Sequence[float]
    text: Sequence[str]
    textposition: Sequence[str]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart, ready for the board; `empty` replaces the figure when there is nothing to draw.

    `frames` are the same chart for rooms of other widths, the widest first: see `Frame`.
    `height` is in pixels, `span` the sixths of a wide board's width that it takes; a chart that `grows` fills
    the height of a taller neighbour.
    `click` and `brush` tell which events it sends; `meta` comes back with them. `has_selection` shows the
    button that lets the selection go; `chosen` are the places of what is selected among the points that the
    keyboard goes through: those of the trace with hints, a heat map's row after row.
    `period` (in words) and the title name the files of the chart; `table` is what it can be checked by.
    """

    name: str
    title: str
    caption: str = ""
    about: str = ""
    alt: str = ""
    data: Sequence[Mapping[str, Any]] = ()
    layout: Mapping[str, Any] = field(default_factory=dict)
    legend: Sequence[tuple[str, str]] = ()
    height: int = 260
    span: int = 3
    grows: bool = True
    click: bool = False
    brush: bool = False
    has_selection: bool = False
    chosen: Sequence[int] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    frames: Sequence[Frame] = ()
    table: Table | None = None
    empty: str = ""


def layout(**more: Any) -> dict[str, Any]:
    """Return the template of every figure, with its own parts added."""
    whole: dict[str, Any] = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "inherit", "size": 12, "color": "@muted"},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "bargap": 0.12,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": "@surface",
            "bordercolor": "@pale",
            "font": {"family": "inherit", "size": 12, "color": "@ink"},
            "align": "left",
        },
    }
    return {**whole, **more}


def axis(**more: Any) -> dict[str, Any]:
    """Return a quiet axis: no line, no zoom, labels that make their own room, numbers in full."""
    quiet = {
        "fixedrange": True,
        "automargin": True,
        "ticks": "",
        "zeroline": False,
        "showline": False,
        "exponentformat": "none",
        "separatethousands": True,
        "gridcolor": "@grid",
        "color": "@muted",
        "tickfont": {"size": 11, "color": "@muted"},
    }
    return {**quiet, **more}


def amounts(top: int) -> dict[str, Any]:
    """Return the axis of counts up to `top`: whole numbers, few lines, none of them twice."""
    steps: dict[str, Any] = {"dtick": 1} if top < FEW else {"nticks": FEW}
    return axis(tickformat=",d", rangemode="tozero", **steps)


def shares(values: Iterable[float], lang: Lang, *, is_points: bool = False, **more: Any) -> dict[str, Any]:
    """Return the axis of shares (0 to 1) that reaches over `values`, in per cent as the language writes it.

    Plotly writes "10%" in every language, so the labels are written here; differences are points without it.
    """
    places = ticks(values)
    step = places[1] - places[0] if len(places) > 1 else 0.0
    digits = 0 if not step or step >= 0.01 else min(3, math.ceil(-math.log10(step * 100)))
    sign = "" if is_points else "%" if lang == "en" else f"{NBSP}%"
    written = [f"{number(place * 100, lang, digits)}{sign}" for place in places]
    return axis(tickvals=places, ticktext=written, **more)


def ticks(values: Iterable[float]) -> list[float]:
    """Return up to `FEW` + 1 round places among `values`; at least one."""
    known = [float(value) for value in values]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if high <= low:
        return [low]
    exact = (high - low) / FEW
    power = 10.0 ** math.floor(math.log10(exact))
    step = next(power * each for each in STEPS if power * each >= exact * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(place * step, 12) for place in range(first, last + 1)]


def plain(text: str) -> str:
    """Return a text that Plotly shows as it is: its own small markup is escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def locale(lang: Lang) -> dict[str, Any]:
    """Return Plotly's locale table: months and days by name, separators of the language.

    Plotly has two lists of months: here the first is for a month alone (май), the second for a day's (5 мая).
    """
    short = [name.rstrip(".") for _, name in dates.MONTHS[lang]]
    return {
        "dictionary": {},
        "format": {
            "months": list(dates.MONTHS_ALONE_SHORT[lang]),
            "shortMonths": short,
            "days": [dates.WEEKDAYS[lang][-1], *dates.WEEKDAYS[lang][:-1]],
            "shortDays": [dates.WEEKDAYS_SHORT[lang][-1], *dates.WEEKDAYS_SHORT[lang][:-1]],
            "date": "%d.%m.%Y" if lang == "ru" else "%d/%m/%Y",
            "year": "%Y",
            "month": "%B %Y",
            "dayMonth": "%-d %b",
            "dayMonthYear": "%-d %b %Y",
            "decimal": "," if lang == "ru" else ".",
            "thousands": "\u00a0" if lang == "ru" else ",",
        },
    }

"""The axes of analyses: each says what it is of, its numbers are those of the reader's language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any, Final

from core.wording import Lang, duration, say
from dashboard.charts.drawings import Drawing, Row, Told
from dashboard.charts.figure import axis, plain, shares, ticks

IN_HOURS: Final[dict[Lang, str]] = {"en": ", hours", "ru": ", ч"}
"""How the names of hours say their unit."""


def places(drawing: Drawing, rows: Sequence[Row], told: Told, field: Mapping[str, str]) -> dict[str, Any]:
    """Return the axis along a line: time needs no name, anything else has its own."""
    if drawing.kind == "time":
        return axis(type="date", showgrid=False, nticks=8)
    title = _named(say(drawing.along, told.lang) if drawing.along else field.get(drawing.x, ""))
    if drawing.x != "hours":
        return shares([float(row[drawing.x]) for row in rows], told.lang, title=title, showgrid=False)
    return axis(type="linear", nticks=8, title=title, showgrid=False)


def amounts(
    drawing: Drawing,
    rows: Sequence[Row],
    told: Told,
    field: Mapping[str, str],
    *,
    is_from_zero: bool = False,
) -> dict[str, Any]:
    """Return the axis of the drawn value: its name or its scale, shares in per cent."""
    name = say(drawing.scale, told.lang) if drawing.scale else field.get(drawing.value, "")
    if drawing.is_share:
        reach = [*_reach(drawing, rows), *([0.0] if is_from_zero else [])]
        return shares(reach, told.lang, is_points=drawing.is_points, title=_named(name))
    if drawing.value.endswith("hours") and is_short(float(row[drawing.value]) for row in rows):
        return _minutes([*_reach(drawing, rows), 0.0], told.lang, title=_named(unitless(name, told.lang)))
    return axis(title=_named(name), nticks=6)


def is_short(hours: Iterable[float]) -> bool:
    """Tell whether most of these are below an hour: a reader takes them in as minutes."""
    known = [each for each in hours if not math.isnan(each)]
    return bool(known) and median(known) < 1


def unitless(name: str, lang: Lang) -> str:
    """Return what hours are called where each number has a unit of its own beside it."""
    return name.replace(IN_HOURS[lang], "")


def _minutes(hours: Iterable[float], lang: Lang, **more: Any) -> dict[str, Any]:
    """Return the axis of hours that are mostly below one: each label is a length of time."""
    places = [place / 60 for place in ticks(each * 60 for each in hours)]
    written = [duration(place * 3600, lang) if place else "0" for place in places]
    return axis(tickvals=places, ticktext=written, **more)


def _reach(drawing: Drawing, rows: Sequence[Row]) -> Iterator[float]:
    """Yield all that is drawn along the axis of values: they themselves and the ends of their intervals."""
    for row in rows:
        for name in (drawing.value, drawing.low, drawing.high):
            if name and row.get(name) is not None:
                yield float(row[name])


def _named(name: str) -> dict[str, Any]:
    return {"text": plain(name), "font": {"size": 11, "color": "@muted"}}

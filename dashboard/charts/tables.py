"""The numbers behind a chart of an analysis: what is drawn, column by column, each under its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.wording import dates
from core.wording.described import CODED, values_named
from dashboard.charts.drawings import Drawing, Row, Told
from dashboard.charts.figure import Cell, Table


def table(drawing: Drawing, rows: Sequence[Row], told: Told, field: Mapping[str, str]) -> Table:
    """Return the fields that a drawing is of; `field` says what they are called, a share is 0 to 1.

    A network's places are left out: they say where there was room, nothing else.
    """
    names = list(_names(drawing, rows))
    return Table(
        tuple(field.get(name, name) for name in names),
        tuple(tuple(_cell(drawing, name, row.get(name), told) for name in names) for row in rows),
    )


def _names(drawing: Drawing, rows: Sequence[Row]) -> Iterator[str]:
    """Give the fields in reading order, each once: what names a row, then its amount with the interval."""
    if drawing.kind == "network":
        named = (*drawing.label, "community")
    else:
        named = (drawing.split, *drawing.label, drawing.x, drawing.y)
    known = {name for row in rows[:1] for name in row}
    for name in dict.fromkeys((*named, drawing.value, drawing.low, drawing.high)):
        if name in known:
            yield name


def _cell(drawing: Drawing, name: str, value: Any, told: Told) -> Cell:
    if isinstance(value, str) and name in CODED:
        return values_named(value, told.lang, told.name.partition(".")[0]) or value
    if name == drawing.y == "weekday" and isinstance(value, int):
        return dates.WEEKDAYS[told.lang][value - 1]
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, bool)):
        return value
    return str(value)

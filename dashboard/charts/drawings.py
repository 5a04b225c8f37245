"""How the rows of an analysis are drawn: which field is what, and how its amounts are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from core.wording import Lang, number, percent, say
from core.wording.described import CODED, values_named

Row = Mapping[str, Any]
Kind = Literal["time", "bars", "curve", "heat", "network"]

MOST_BARS: Final = 20
LINES: Final = ("@main", "@pick", "@second", "@muted")


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the rows of an analysis are drawn: which field is what.

    `label` are the fields that name a row; `low` and `high` belong to `value`; `only` keeps the rows whose
    fields have these values, `among` those whose field ends so; `split` draws a line for each value of that
    field; `unless` names a field whose presence calls for another drawing; one that `is_optional` is left
    out where no row has its value; `blank` is the phrase for a row without a name.
    """

    kind: Kind
    value: str
    label: tuple[str, ...] = ()
    x: str = ""
    y: str = ""
    low: str = ""
    high: str = ""
    split: str = ""
    is_share: bool = False
    only: tuple[tuple[str, Any], ...] = ()
    unless: str = ""
    is_optional: bool = False
    among: tuple[str, str] | None = None
    blank: str = ""

    def fits(self, rows: Sequence[Row]) -> bool:
        """Tell whether rows have what this drawing is of: a place on its axis, and nothing better to draw."""
        has_place = not self.x or any(row.get(self.x) is not None for row in rows)
        if self.is_optional and not any(row.get(self.value) is not None for row in rows):
            return False
        return has_place and not (self.unless and any(row.get(self.unless) is not None for row in rows))


@dataclass(frozen=True, slots=True)
class Told:
    """What stands around a chart: its title, its caption, and what it shows, for who cannot see it."""

    name: str
    title: str
    caption: str
    alt: str
    lang: Lang


def label(drawing: Drawing, row: Row, told: Told) -> str:
    """Return what a row is called, in the reader's words and numbers."""
    found = [_said(name, row[name], told) for name in drawing.label if row.get(name) not in (None, "")]
    return " · ".join(found) or blank(drawing, told.lang)


def blank(drawing: Drawing, lang: Lang) -> str:
    """Return what a row without a name is called."""
    return say(drawing.blank, lang) if drawing.blank else ""


def _said(name: str, value: Any, told: Told) -> str:
    if isinstance(value, str):
        word = values_named(value, told.lang, told.name.partition(".")[0]) if name in CODED else None
        return word or value
    if isinstance(value, float):
        return number(value, told.lang, 0 if value.is_integer() else 2)
    return str(value)


def hint(drawing: Drawing, row: Row, lang: Lang) -> str:
    """Return an amount with its interval, as a reader writes it."""
    said = amount(row[drawing.value], lang, is_share=drawing.is_share)
    low, high = row.get(drawing.low), row.get(drawing.high)
    if low is None or high is None:
        return said
    ends = (amount(low, lang, is_share=drawing.is_share), amount(high, lang, is_share=drawing.is_share))
    return say("analyses.interval", lang, value=said, low=ends[0], high=ends[1])


def amount(value: Any, lang: Lang, *, is_share: bool = False) -> str:
    """Write a number as the language does: a share in per cent, a small number with its decimals."""
    if is_share:
        return percent(float(value), lang)
    if isinstance(value, int) or float(value).is_integer():
        return number(float(value), lang)
    return number(float(value), lang, 2 if abs(float(value)) >= 1 else 4)

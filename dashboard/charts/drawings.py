"""How the rows of an analysis are drawn: which field is what, and how its amounts are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Final, Literal

from core.query import Query
from core.wording import Lang, dates, number, percent, say
from core.wording.amounts import duration, trimmed
from core.wording.described import CODED, values_named
from core.wording.filters import shortened
from dashboard.charts import picks
from dashboard.charts.groups import filled
from dashboard.charts.picks import Pick

Row = Mapping[str, Any]
Kind = Literal["time", "bars", "curve", "heat", "network"]

MOST_BARS: Final = 20
HOURS: Final = 24
TIMES: Final = frozenset({"starts", "ends", "period", "first_at", "last_at"})
"""Fields of rows that are local moments."""
END: Final = "∎"
"""Stands where a path of words ends with its comment."""
RATIO: Final = "ratio"
"""How many times as much: nobody needs its second decimal; next to nothing, a larger number says no more."""
MOST_TIMES: Final = 100
LINES: Final = ("@main", "@pick", "@group2", "@group4")


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the rows of an analysis are drawn: which field is what.

    `label` are the fields that name a row: the first that says anything, or all where `is_joined`. `low` and
    `high` belong to `value`; `only` keeps the rows whose fields have these values, `among` those whose field
    ends so; `split` draws a line for each value of that field. `unless` names a field whose presence calls
    for another drawing, `unless_all` fields that do where a row has all of them; one that `is_optional` is
    left out where no row has its value. `blank` is the phrase for a row without a name; where bars are
    `of_whole`, such a row is the whole that they are parts of or its rest, not drawn. Bars that are
    `is_sorted` stand by value, one without a name last; the others as the answer has them. `scale` is the
    phrase that says of what the axis of values is and between which ends, `along` that of the other axis;
    `curve` and `equal` name a curve and the diagonal it is seen against. `is_points` are differences of
    shares, in percentage points; `joint` stands between labels. `by` is the parameter that names the drawn
    field, so that bars stand in the order of what they show. At most `most` bars are drawn.
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
    unless_all: tuple[str, ...] = ()
    is_optional: bool = False
    among: tuple[str, str] | None = None
    blank: str = ""
    of_whole: bool = False
    is_joined: bool = False
    is_sorted: bool = False
    is_points: bool = False
    scale: str = ""
    along: str = ""
    curve: str = ""
    equal: str = ""
    joint: str = " · "
    by: str = ""
    most: int = MOST_BARS

    def kept(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows that are drawn, in their order."""
        kept = [row for row in rows if all(row.get(name) == value for name, value in self.only)]
        if self.among:
            name, end = self.among
            kept = [row for row in kept if str(row.get(name)).endswith(end)]
        if self.kind in {"time", "curve", "heat"}:
            # What is too few to say is a gap, not a straight line across it, or an empty cell.
            kept = [row for row in kept if row.get(self.x) is not None]
            if self.kind == "time" and self.split:
                kept = filled(kept, self.split, self.x, self.value, (self.low, self.high))
            return kept
        kept = [row for row in kept if row.get(self.value) is not None]
        if self.of_whole:
            kept = [row for row in kept if not self.is_blank(row)]
        if not self.is_sorted:
            return kept
        return sorted(kept, key=lambda row: (self.is_blank(row), -float(row[self.value])))

    def is_blank(self, row: Row) -> bool:
        """Tell whether a row has no name of its own: what belongs to no group stands after the groups."""
        return bool(self.blank) and all(row.get(name) in (None, "") for name in self.label)

    def shown(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows that there is room for: the first bars, but a day with all its hours."""
        is_day = all(row.get("hour") is not None for row in rows)
        return [*rows[: HOURS if is_day else self.most]] if self.kind == "bars" else [*rows]

    def fits(self, rows: Sequence[Row]) -> bool:
        """Tell whether rows have what this drawing is of: a place on its axis, and nothing better to draw."""
        axes = [each for each in (self.x, self.y) if each]
        has_place = not axes or any(_has_all(row, axes) for row in rows)
        if self.unless_all and any(_has_all(row, self.unless_all) for row in rows):
            return False
        if self.is_optional and not any(row.get(self.value) is not None for row in self.kept(rows)):
            return False
        return has_place and not (self.unless and any(row.get(self.unless) is not None for row in rows))


def _has_all(row: Row, names: Sequence[str]) -> bool:
    return all(row.get(name) is not None for name in names)


@dataclass(frozen=True, slots=True)
class Told:
    """What stands around a chart: its title, its caption, and what it shows, for who cannot see it.

    `pick` is what a click on one of its rows does to `query`, the reader's. `params` are those of the
    analysis, `summary` and `notes` (their codes) what it says of the whole, `rows` all it has, drawn or not;
    `subject` is the row that the title is about.
    """

    name: str
    title: str
    caption: str
    alt: str
    lang: Lang
    query: Query = field(default_factory=Query)
    pick: Pick | None = None
    about: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)
    notes: frozenset[str] = frozenset()
    rows: Sequence[Row] = ()
    subject: Row | None = None

    @property
    def events(self) -> dict[str, Any]:
        """Return what a chart of rows that can be chosen says of itself."""
        if self.pick is None:
            return {}
        told = {"click": True, "meta": {"field": self.pick.field, "unit": self.pick.unit}}
        is_time = self.pick.field == picks.TIME
        return {**told, "brush": is_time, "has_selection": self.has_selection}

    @property
    def has_selection(self) -> bool:
        """Tell whether the query holds anything that these rows set."""
        return self.pick is not None and bool({*self.pick.fields} & {*self.query.active()})

    def key(self, row: Row) -> str:
        """Return what a click on a row sends back."""
        return self.pick.key(row) if self.pick else ""

    def chosen(self, rows: Sequence[Row]) -> list[int]:
        """Return the places of the rows that the query holds."""
        held, pick = picks.chosen(self.query, self.pick), self.pick
        if pick is None:
            return []
        return [place for place, row in enumerate(rows) if picks.is_chosen(pick, pick.key(row), held)]

    def colours(self, rows: Sequence[Row], colour: str) -> list[str] | str:
        """Return the colour of each row's mark: the chosen ones stand out, the others step back."""
        held = picks.chosen(self.query, self.pick)
        if self.pick is None or not held:
            return colour
        pick = self.pick
        return ["@pick" if picks.is_chosen(pick, pick.key(row), held) else "@pale" for row in rows]


def label(drawing: Drawing, row: Row, told: Told, *, longest: int = 0) -> str:
    """Return what a row is called, in the reader's words; where it is cut, each part is and none is lost."""
    found = [_said(name, row[name], told) for name in drawing.label if row.get(name) not in (None, "")]
    if drawing.is_joined and drawing.blank and row.get(drawing.label[-1]) in (None, ""):
        found.append(blank(drawing, told.lang))
    parts = found if drawing.is_joined else found[:1]
    if longest:
        parts = _fitted(parts, longest - len(drawing.joint) * (len(parts) - 1))
    return drawing.joint.join(parts) or blank(drawing, told.lang)


def _fitted(parts: Sequence[str], room: int) -> list[str]:
    """Return parts that fit together: the short ones whole, the long ones sharing what is left."""
    fitted = [*parts]
    for left, at in enumerate(sorted(range(len(parts)), key=lambda each: len(parts[each]))):
        fair = max(1, room // (len(parts) - left))
        fitted[at] = shortened(parts[at], fair)
        room -= len(fitted[at])
    return fitted


def blank(drawing: Drawing, lang: Lang) -> str:
    """Return what a row without a name is called."""
    return say(drawing.blank, lang) if drawing.blank else ""


def _said(name: str, value: Any, told: Told) -> str:
    if isinstance(value, str):
        if name == "path" and value.endswith(END):
            return value.removesuffix(END) + say("analyses.end", told.lang)
        word = values_named(value, told.lang, told.name.partition(".")[0]) if name in CODED else None
        return word or (_local(value, told.lang) if name in TIMES else value)
    if name == "weekday":
        return dates.WEEKDAYS[told.lang][int(value) - 1]
    if name == "hour":
        return dates.hours(int(value), told.lang)
    if isinstance(value, float):
        return number(value, told.lang, 0 if value.is_integer() else 2)
    return str(value)


def _local(text: str, lang: Lang) -> str:
    """Say a local moment as the language does; its time of day only where it has one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = dates.day(moment.date(), lang, short=True)
    return day if moment.time() == time() else f"{day}, {moment:%H:%M}"


def hint(drawing: Drawing, row: Row, lang: Lang) -> str:
    """Return an amount with its interval, as a reader writes it; of a comparison also both its values."""
    said = worth(drawing, row[drawing.value], lang)
    low, high = row.get(drawing.low), row.get(drawing.high)
    if low is not None and high is not None:
        ends = (worth(drawing, low, lang), worth(drawing, high, lang))
        said = say("analyses.interval", lang, value=said, low=ends[0], high=ends[1])
    return "<br>".join((said, *(_of_set(row, each, lang) for each in "ab" if drawing.is_points)))


def _of_set(row: Row, name: str, lang: Lang) -> str:
    """Say the share of one of two sets, and of how many it is."""
    value, n = row[f"value_{name}"], number(int(row[f"n_{name}"]), lang)
    return say("analyses.of_set", lang, name=name.upper(), value=percent(float(value), lang), n=n)


def place(drawing: Drawing, row: Row, told: Told) -> str:
    """Say where on its axis a row stands: its period, its hours since, its part of the whole."""
    value = row[drawing.x]
    if drawing.kind == "time":
        return when(value, told)
    return duration(float(value) * 3600, told.lang) if drawing.x == "hours" else percent(value, told.lang)


def when(value: Any, told: Told) -> str:
    """Say when a period was: its month, its week or its day, and the hour of one."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return _moment(moment, told.pick.unit if told.pick else "", told.lang)


def _moment(moment: datetime, unit: str, lang: Lang) -> str:
    if unit == "hour":
        return f"{dates.day(moment.date(), lang)}, {dates.hours(moment.hour, lang)}"
    if unit == "month":
        return dates.month(moment.date(), lang)
    if unit == "week":
        return say("finding.week", lang, day=dates.day(moment.date(), lang))
    return dates.day(moment.date(), lang)


def worth(drawing: Drawing, value: Any, lang: Lang) -> str:
    """Write a drawn value: hours as a length of time, shares in per cent, no digits nobody needs."""
    if drawing.value.endswith("hours"):
        return duration(float(value) * 3600, lang)
    if drawing.value == RATIO:
        digits = 0 if float(value) >= 10 else 1
        return f">{MOST_TIMES}" if float(value) > MOST_TIMES else number(value, lang, digits)
    if drawing.scale and not drawing.is_share:
        return number(float(value), lang, 2)
    if drawing.is_points:
        return say("analyses.points", lang, value=signed(float(value) * 100, lang))
    return amount(value, lang, is_share=drawing.is_share)


def signed(value: float, lang: Lang) -> str:
    """Write a difference with its sign: +1.5, −0.4, 0."""
    written = number(value, lang, 1)
    return number(0.0, lang) if abs(round(value, 1)) == 0 else f"+{written}" if value > 0 else written


def amount(value: Any, lang: Lang, *, is_share: bool = False) -> str:
    """Write a number as the language does: a share in per cent, a small number with its decimals."""
    if is_share:
        return percent(float(value), lang)
    if isinstance(value, int) or float(value).is_integer():
        return number(float(value), lang)
    if abs(float(value)) >= 1:
        return number(float(value), lang, 2)
    return trimmed(float(value), lang, 4)

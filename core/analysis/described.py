"""What an analysis says of itself: name, parameters, result, method, and how its input is read.

The formula is a pure function of values; `read` alone asks the database, so that a formula may run in another
process and be tested without any.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal, TypeVar

import numpy as np
import pandas as pd

from core.compute import Compute
from core.errors import QueryError
from core.query import Query
from core.query.values import read_zone
from core.storage.reads import Figures
from core.storage.store import Store
from core.templates import Unfit

Answer = TypeVar("Answer")
Value = int | float | str
Cell = int | float | str | bool | None
Params = Mapping[str, Any]
Columns = pd.DataFrame | Mapping[str, np.ndarray[Any, Any]]
FieldType = Literal["integer", "number", "text", "time", "boolean"]

MAX_DIGITS: Final = 15
_DECIMAL: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A parameter that is a whole number from `low` to `high`."""

    name: str
    default: int
    low: int
    high: int
    meaning: str

    def read(self, given: object) -> int:
        """Return the value that was given, from JSON or as text; raises QueryError."""
        is_text = isinstance(given, str) and given.removeprefix("-").isdecimal() and given.isascii()
        if isinstance(given, str) and is_text and len(given) <= MAX_DIGITS:
            given = int(given)
        if not isinstance(given, int) or isinstance(given, bool) or not self.low <= given <= self.high:
            raise refused(
                self.name,
                given,
                "A whole number from {low} to {high} is expected.",
                low=self.low,
                high=self.high,
            )
        return given


@dataclass(frozen=True, slots=True)
class Choice:
    """A parameter that is one of some words."""

    name: str
    default: str
    choices: tuple[str, ...]
    meaning: str

    def read(self, given: object) -> str:
        """Return the word that was given; raises QueryError."""
        if given not in self.choices:
            raise refused(self.name, given, "It is one of: {allowed}.", allowed=", ".join(self.choices))
        return str(given)


@dataclass(frozen=True, slots=True)
class Decimal:
    """A parameter that is a number from `low` to `high`."""

    name: str
    default: float
    low: float
    high: float
    meaning: str

    def read(self, given: object) -> float:
        """Return the value that was given, from JSON or as text; raises QueryError."""
        if isinstance(given, str) and len(given) <= MAX_DIGITS and _DECIMAL.fullmatch(given):
            given = float(given)
        is_number = isinstance(given, int | float) and not isinstance(given, bool)
        if not is_number or not self.low <= float(given) <= self.high:  # type: ignore[arg-type]  # a number
            raise refused(
                self.name, given, "A number from {low} to {high} is expected.", low=self.low, high=self.high
            )
        return float(given)  # type: ignore[arg-type]  # a number


@dataclass(frozen=True, slots=True)
class Words:
    """A parameter that is a text; an empty one only where the default is empty too."""

    name: str
    default: str
    meaning: str
    longest: int = 200

    def read(self, given: object) -> str:
        """Return the text that was given, trimmed; raises QueryError."""
        if not isinstance(given, str) or len(given) > self.longest or (self.default and not given.strip()):
            raise refused(
                self.name, given, "A text of 1 to {most} characters is expected.", most=self.longest
            )
        return given.strip()


@dataclass(frozen=True, slots=True)
class Zone:
    """A parameter that is a time zone, such as Europe/Moscow."""

    name: str
    default: str
    meaning: str
    longest: int = 60

    def read(self, given: object) -> str:
        """Return the zone's key; raises QueryError."""
        try:
            return read_zone(str(given)[: self.longest])
        except Unfit as error:
            raise refused(self.name, given, error.template) from None


Parameter = WholeNumber | Decimal | Choice | Words | Zone


@dataclass(frozen=True, slots=True)
class ResultField:
    """A column of the result; every cell may be missing (null)."""

    name: str
    type: FieldType
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know beside the figures: `note.<code>` says it, with these values."""

    code: str
    values: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What came out beside columns: figures of the whole, notes, the model that was used."""

    columns: Columns
    summary: Mapping[str, Cell] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    model: str | None = None


def nobody(_done: float, _note: str) -> None:
    """Tell nobody how far the work is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an analysis is asked about; a reading ends with TaskCancelled once `cancel` is set.

    `other` is the second set of a comparison, None for "all the rest of the dataset". `report` takes how far
    the work is (0 to 1) and the key of the phrase that says what is being done.
    """

    store: Store
    query: Query
    params: Params
    figures: Figures
    cancel: threading.Event
    compute: Compute
    other: Query | None = None
    report: Callable[[float, str], None] = nobody

    def computed(self, function: Callable[..., Answer], *values: Any) -> Answer:
        """Return what a function gives for values, worked out in a process of its own."""
        return self.compute.run(function, *values, cancel=self.cancel)

    def refuse_long(self, step: timedelta, limit: int, key: str) -> None:
        """Raise QueryError when the time covered has more steps than an answer should have."""
        first, last = self.figures.first_at, self.figures.last_at
        if first is not None and last is not None and (last - first) / step > limit:
            raise QueryError(
                "The comments span {days} days: too long a time for this analysis.",
                hint="Narrow the dates, or choose longer periods.",
                key=key,
                value=str(self.params.get(key, "")),
                days=(last - first).days,
            )


def _nothing(asked: Asked) -> tuple[Any, ...]:
    """Read nothing: the analysis does its work in steps."""
    del asked
    return ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis: `compute(*read(asked))` gives the columns of its result, or those with more in `Found`.

    One that has several steps, or keeps what it found, is `work(asked)` instead. `compares` says that it
    takes two sets itself; others are asked twice. `reads_texts` says that it knows only comments whose texts
    were read, so that the answer tells how many were not, `keeps_one` that the database keeps what it found
    last, so that it is asked about one set at a time. A change of what comes out raises `version`. A
    heavy one is computed in a process of its own: `compute` is then a function of a module that imports
    little, and what `read` returns is cheap to send. `method` names the formula and its source; `model` the
    model it uses, if it uses one.
    """

    name: str
    version: int
    parameters: tuple[Parameter, ...]
    fields: tuple[ResultField, ...]
    method: str
    read: Callable[[Asked], tuple[Any, ...]] = _nothing
    compute: Callable[..., Columns | Found] = Found
    is_heavy: bool = False
    model: str | None = None
    group: str = "activity"
    work: Callable[[Asked], Found] | None = None
    compares: bool = False
    reads_texts: bool = False
    keeps_one: bool = False

    def found(self, asked: Asked) -> Found:
        """Read and work out the answer, in a process of its own when it is heavy."""
        if self.work is not None:
            return self.work(asked)
        values = self.read(asked)
        answer = asked.computed(self.compute, *values) if self.is_heavy else self.compute(*values)
        return answer if isinstance(answer, Found) else Found(answer)

    def checked(self, given: Mapping[str, object]) -> dict[str, Value]:
        """Return every parameter with its value, the default where none was given; raises QueryError."""
        known = {each.name: each for each in self.parameters}
        for key, value in given.items():
            if key not in known:
                raise refused(
                    key,
                    value,
                    "There is no such parameter; known: {known}.",
                    known=", ".join(sorted(known)) or "—",
                )
        return {
            name: each.default if given.get(name) is None else each.read(given[name])
            for name, each in known.items()
        }

    def rows(self, columns: Columns) -> list[dict[str, object]]:
        """Return a result as JSON-ready rows: finite numbers or null, times as ISO 8601 in UTC."""
        cells = [
            [_cell(each.type, value) for value in pd.Series(columns[each.name]).astype(object)]
            for each in self.fields
        ]
        names = [each.name for each in self.fields]
        return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def refused(key: str, value: object, hint: str, **params: object) -> QueryError:
    """Return the error that names a parameter and its value."""
    return QueryError(
        "The parameter '{key}' cannot be '{value}'.", hint=hint, key=key, value=str(value)[:200], **params
    )


def _cell(kind: FieldType, value: Any) -> object:
    if value is None or pd.isna(value):
        return None
    match kind:
        case "integer":
            return int(value)
        case "number":
            return float(value) if math.isfinite(value) else None
        case "boolean":
            return bool(value)
        case "time":
            return f"{pd.Timestamp(value).isoformat()}Z"
    return str(value)

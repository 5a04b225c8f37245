"""What an analysis says of itself: name, parameters, result, method, and how its input is read.

The formula is a pure function of values; `read` alone asks the database, so that a formula may run in another
process and be tested without any.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from core.errors import QueryError
from core.query import Query
from core.storage.reads import Figures
from core.storage.store import Store

Value = int | float | str
Params = Mapping[str, Any]
Columns = pd.DataFrame | Mapping[str, np.ndarray[Any, Any]]
FieldType = Literal["integer", "number", "text", "time", "boolean"]

MAX_DIGITS: Final = 15


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


Parameter = WholeNumber | Choice


@dataclass(frozen=True, slots=True)
class ResultField:
    """A column of the result; every cell may be missing (null)."""

    name: str
    type: FieldType
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an analysis is asked about; a reading ends with TaskCancelled once `cancel` is set."""

    store: Store
    query: Query
    params: Params
    figures: Figures
    cancel: threading.Event

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


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis: `compute(*read(asked))` gives the columns of its result.

    A change of what comes out raises `version`. A heavy one is computed in a process of its own: `compute` is
    then a function of a module that imports little, and what `read` returns is cheap to send. `method` names
    the formula and its source; `model` the model it uses, if it uses one.
    """

    name: str
    version: int
    parameters: tuple[Parameter, ...]
    fields: tuple[ResultField, ...]
    method: str
    read: Callable[[Asked], tuple[Any, ...]]
    compute: Callable[..., Columns]
    is_heavy: bool = False
    model: str | None = None

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

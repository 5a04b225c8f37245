"""Numbers in the table of an answer: as the reader's language writes them, a column of them alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import pandas as pd

from core.analysis.described import Analysis, ResultField
from core.wording import Lang, amounts, dates, number, say
from core.wording.amounts import NBSP, duration, expected, trimmed
from dashboard.charts import scales
from dashboard.charts.drawings import signed

CHANCES: Final = frozenset({"p", "p_adjusted", "q", "alpha"})
"""Columns of probabilities that are read as numbers, not in per cent."""
CLOCK: Final = frozenset({"weekday", "hour"})
"""Columns of numbers that a reader calls by name."""
AGE: Final = "age_hours"
GINI: Final = "gini"
"""A measure from 0 to 1 that is no share: nothing of it are per cent."""
MIXED: Final = frozenset({"measure", "finding"})
"""Columns that say what a row measures: its numbers are not of one kind."""
EXPECTED: Final = "expected"
"""What the names of numbers of things begin with that are expected by chance."""
TIME: Final = "time"
"""How hours are written that are mostly below one: as so many minutes."""
ENDS: Final = ("low", "high")
"""What the ends of an interval are called, alone or after the name of what it is of."""
COUNT: Final = "count"
"""How whole numbers of things are written: whatever a row measures, so many it stands on."""
SHARES: Final = ("_share", "_none")
"""What the names of shares end with among them."""
LEAST_CHANCE: Final = 0.001
DIGITS: Final = ((1000, 0), (10, 1), (1, 2))
"""From which number on so many decimals are enough."""
MOST_DIGITS: Final = 3


def written_here(analysis: Analysis, frame: pd.DataFrame) -> dict[str, str]:
    """Return the columns whose numbers are written here, with their format: all that are no keys.

    A browser writes them as its own language does, not as that of the page; its minus is a hyphen, and it
    leaves out last digits that are zeros.
    """
    found, short = {}, short_hours(analysis, frame)
    for each in analysis.fields:
        if each.name in (*CLOCK, AGE):
            found[each.name] = each.name
            continue
        written = format_of(each, frame) if each.type in {"number", "integer"} else None
        if written is None or not frame[each.name].notna().any():
            continue
        if each.name in CHANCES:
            found[each.name] = "chance"
        elif each.name.startswith(EXPECTED):
            found[each.name] = EXPECTED
        elif each.type == "integer":
            found[each.name] = COUNT
        elif each.unit == "hours":
            found[each.name] = TIME if each.name in short else "hours"
        else:
            found[each.name] = written
    return found


def short_hours(analysis: Analysis, frame: pd.DataFrame) -> frozenset[str]:
    """Return the columns of hours that are mostly below one; the ends of an interval are as what it is of."""
    found, is_short = set(), False
    for each in (each for each in analysis.fields if each.unit == "hours" and each.type == "number"):
        if each.name not in ENDS and not each.name.endswith(tuple(f"_{end}" for end in ENDS)):
            is_short = scales.is_short(pd.to_numeric(frame[each.name], errors="coerce"))
        if is_short:
            found.add(each.name)
    return frozenset(found)


def _coefficients(frame: pd.DataFrame) -> pd.Series:
    """Tell which rows are no share but a coefficient."""
    return frame["measure"].eq(GINI) if "measure" in frame else pd.Series(data=False, index=frame.index)


def _shares(frame: pd.DataFrame) -> pd.Series:
    """Tell which rows are shares among rows that measure different things."""
    for name in MIXED & {*frame.columns}:
        return frame[name].astype(str).str.endswith(SHARES)
    return pd.Series(data=False, index=frame.index)


def numbered(worded: pd.DataFrame, frame: pd.DataFrame, written: Mapping[str, str], lang: Lang) -> Any:
    """Return a table whose numbers read as their language writes them, and sort as numbers."""
    if not written:
        return worded
    writers: dict[Any, str | Callable[[object], str] | None] = {
        name: partial(_write, form=form, lang=lang, digits=digits_of(frame, name, form))
        for name, form in written.items()
    }
    styled = worded.style.format(writers, na_rep="")
    if (is_one := _coefficients(frame)).any():
        styled.format(
            partial(_write, form="coefficient", lang=lang),
            na_rep="",
            subset=pd.IndexSlice[is_one, [name for name, form in written.items() if form != COUNT]],
        )
    if (is_share := _shares(frame)).any():
        for name in (name for name, form in written.items() if form == "localized"):
            form = "points" if name.startswith("difference") else "percent"
            styled.format(
                partial(_write, form=form, lang=lang), na_rep="", subset=pd.IndexSlice[is_share, [name]]
            )
    return styled


def digits_of(frame: pd.DataFrame, name: str, form: str) -> int | None:
    """Return how many decimals all numbers of a column have; None where its rows measure different things.

    They are so many that neither the largest has needless ones nor the smallest becomes nothing.
    """
    if MIXED & {*frame.columns} or form not in {"percent", "localized"}:
        return None
    sizes = pd.to_numeric(frame[name], errors="coerce").abs() * (100 if form == "percent" else 1)
    sizes = sizes[sizes > 0]
    if sizes.empty or (form == "localized" and (sizes % 1 == 0).all()):
        return 0
    digits = next((digits for least, digits in DIGITS if sizes.max() >= least), MOST_DIGITS)
    while digits < MOST_DIGITS and sizes.min() < 0.5 * 10**-digits:
        digits += 1
    return digits


def _write(value: float, form: str, lang: Lang, digits: int | None = None) -> str:
    """Write a number with the decimals of its column, else without needless zeros; its minus is one."""
    if form in _OWN:
        return _OWN[form](value, lang)
    if form != "percent":
        return trimmed(value, lang, 3) if digits is None else number(value, lang, digits)
    said = trimmed(value * 100, lang, 2) if digits is None else number(value * 100, lang, digits)
    return f"{said}{'%' if lang == 'en' else NBSP + '%'}"


def _chance(value: float, lang: Lang) -> str:
    """Write a probability: of a tiny one no more is said than that it is."""
    if value < LEAST_CHANCE:
        return f"<{NBSP}{trimmed(LEAST_CHANCE, lang, 3)}"
    return trimmed(value, lang, 3)


def format_of(field: ResultField, frame: pd.DataFrame) -> str | None:
    """Return how a column's numbers are written; whole ones without a unit are numbers of things."""
    if field.type == "integer":
        is_amount = field.name == "n" or (field.unit and not field.name.endswith("id"))
        return "localized" if is_amount else None
    if field.name in CHANCES:
        return "%.3g"
    is_share = field.unit.startswith(("share", "0 to 1"))
    values = pd.to_numeric(frame[field.name], errors="coerce")
    return "percent" if is_share and values.max() <= 1 and values.min() >= -1 else "localized"


_OWN: Final[dict[str, Callable[[float, Lang], str]]] = {
    COUNT: number,
    EXPECTED: expected,
    TIME: lambda value, lang: duration(value * 3600, lang),
    AGE: amounts.age,
    "weekday": lambda value, lang: dates.WEEKDAYS[lang][int(value) - 1],
    "hour": lambda value, lang: dates.hours(int(value), lang),
    "chance": _chance,
    "points": lambda value, lang: say("analyses.points", lang, value=signed(value * 100, lang)),
    "coefficient": lambda value, lang: number(value, lang, 2),
}
"""Forms that are more than a number with so many decimals."""

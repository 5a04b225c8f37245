"""What an analysis answered: for one set of comments, or for two that are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from core.analysis.described import Note
from core.wording import Lang, dates, number, say
from core.wording.amounts import trimmed
from core.wording.described import meaning

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for one set of comments; `period` is (first, last) as ISO 8601 in UTC, None undated."""

    n: int
    period: tuple[str, str] | None
    tz: str
    rows: list[dict[str, Any]]
    summary: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    model: str | None = None

    def as_dict(self, lang: Lang = "en") -> dict[str, Any]:
        """Return it JSON-ready, its notes in a language."""
        period = None if self.period is None else {"first": self.period[0], "last": self.period[1]}
        notes = [
            {"code": each.code, "text": said(each, lang), "values": dict(each.values)} for each in self.notes
        ]
        return {
            "n": self.n,
            "period": period,
            "tz": self.tz,
            "summary": dict(self.summary),
            "notes": notes,
            "model": self.model,
            "rows": self.rows,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Measured:
        """Read what `as_dict` gave; another shape raises KeyError, TypeError or ValueError."""
        period = kept["period"]
        return cls(
            int(kept["n"]),
            (period["first"], period["last"]) if period else None,
            str(kept["tz"]),
            [dict(row) for row in kept["rows"]],
            dict(kept["summary"]),
            tuple(Note(each["code"], dict(each["values"])) for each in kept["notes"]),
            kept["model"],
        )


def said(note: Note, lang: Lang) -> str:
    """Say a note in a language, numbers, days and time zones as its readers write them."""
    told = {key: _value(key, each, lang) for key, each in note.values.items()}
    return say(f"note.{note.code}", lang, **told)


def _value(key: str, value: object, lang: Lang) -> object:
    if key == "zone":
        return dates.city(str(value), lang)
    if isinstance(value, str) and _DAY.fullmatch(value):
        return dates.day(date.fromisoformat(value), lang)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if isinstance(value, int):
        return number(value, lang)
    return trimmed(value, lang, 3)


@dataclass(frozen=True, slots=True)
class Answer:
    """An analysis of one set of comments; `b` is the second set of a comparison."""

    name: str
    version: int
    params: Mapping[str, Any]
    method: str
    model: str | None
    a: Measured
    b: Measured | None = None

    def as_dict(self, lang: Lang = "en") -> dict[str, Any]:
        """Return the answer in the contract's form, JSON-ready, its sentences in a language."""
        first = self.a.as_dict(lang)
        return {
            "name": self.name,
            "version": self.version,
            "params": dict(self.params),
            "method": meaning(self.method, lang),
            **first,
            "model": first["model"] or self.model,
            "b": self.b.as_dict(lang) if self.b else None,
        }

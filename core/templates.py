"""Sentences with {named} places, and the values that go there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

_PLACE: Final = re.compile(r"\{(\w+)(:,)?\}")


def filled(template: str, params: Mapping[str, object], *, comma: str = ",") -> str:
    """Return a template with its values in; never raises.

    `{count:,}` parts the thousands, with `comma`. A value is put in as it is, so braces of its own mean
    nothing; a place without a value, and braces that are no place, stay as they are written.
    """

    def value_at(place: re.Match[str]) -> str:
        name, parted = place[1], place[2]
        return _plain(params[name], comma if parted else "") if name in params else place[0]

    return _PLACE.sub(value_at, template)


def places(template: str) -> frozenset[str]:
    """Return the names of the places of a template."""
    return frozenset(place[1] for place in _PLACE.finditer(template))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is, kept until somebody reads it in their language; `str()` is English.

    A template with its values; what an older version stored is a finished English sentence without any.
    """

    template: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return filled(self.template, self.params)

    @classmethod
    def kept(cls, template: str, params: Mapping[str, Any] | None = None) -> Reason | None:
        """Read what was kept; None for an empty text."""
        return cls(template, params or {}) if template else None

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {"template": self.template, "params": dict(self.params)}


class Unfit(ValueError):
    """A text that cannot be read as the value it should be; a template and its values say why."""

    def __init__(self, template: str, /, **params: object) -> None:
        super().__init__(filled(template, params))
        self.template = template
        self.params = params


def _plain(value: object, comma: str) -> str:
    """Write a value so that it reads the same in every language, and after a way through JSON."""
    if isinstance(value, list | tuple):
        return ", ".join(_plain(each, comma) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return f"{value:,}".replace(",", comma) if comma and isinstance(value, int) else str(value)

"""What a file's columns mean: the fields a comment can have, and which column holds which.

Everything a person may overrule stands here too: the encoding, the delimiter, whether there is a header.
"""

from __future__ import annotations

import collections.abc
from dataclasses import dataclass, replace
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import ImportRefused

FIELDS: Final = (
    "text",
    "published_at",
    "author_id",
    "author_name",
    "likes",
    "replies",
    "comment_id",
    "parent_id",
    "root_id",
    "attachments",
    "source",
)
"""What a column can be. `source` only narrows where the three ids are looked up."""

ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866")
DELIMITERS: Final = (",", ";", "\t", "|", "")
"""The empty one stands for "one column: each line is a text"."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Pairs of (column in the file, field), and how to read the file; None means "as guessed".

    `tz` is the zone of dates that name none; `guarded` undoes the apostrophes of our CSV for Excel.
    """

    columns: tuple[tuple[str, str], ...] = ()
    tz: str | None = None
    guarded: bool | None = None
    has_header: bool | None = None
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None

    def column(self, field: str) -> str | None:
        """Return the column that holds the field."""
        return next((column for column, held in self.columns if held == field), None)

    def with_columns(self, columns: collections.abc.Mapping[str, str]) -> Mapping:
        """Return this mapping with other columns (column in the file to field)."""
        return replace(self, columns=tuple(columns.items()))

    def as_dict(self) -> dict[str, Any]:
        """Return the mapping as JSON values, as `from_params` reads them."""
        return {
            "columns": dict(self.columns),
            "tz": self.tz,
            "guarded": self.guarded,
            "has_header": self.has_header,
            "delimiter": self.delimiter,
            "encoding": self.encoding,
            "sheet": self.sheet,
        }


_MEANINGS: Final = "A column can be: {known}."
_TYPES: Final = {str: "It is text.", bool: "It is true or false."}
_OPTIONS: Final = {
    "tz": str,
    "guarded": bool,
    "has_header": bool,
    "delimiter": str,
    "encoding": str,
    "sheet": str,
}


def from_params(params: collections.abc.Mapping[str, Any]) -> Mapping:
    """Read a mapping from JSON values; raises ImportRefused that names what is wrong.

    `{"columns": {"body": "text"}, "tz": "UTC"}`; a pair may also be written the other way round.
    """
    columns = params.get("columns", {})
    if not isinstance(columns, collections.abc.Mapping):
        raise _refused("columns", columns, 'It is an object such as {"body": "text"}.')
    unknown = set(params) - set(_OPTIONS) - {"columns"}
    if unknown:
        name = min(unknown)
        raise _refused(name, params[name], "Known: {known}.", known=("columns", *_OPTIONS))
    options = {name: params[name] for name in _OPTIONS if params.get(name) is not None}
    for name, value in options.items():
        if not isinstance(value, _OPTIONS[name]):
            raise _refused(name, value, _TYPES[_OPTIONS[name]])
    return checked(Mapping(tuple(_pair(*pair) for pair in columns.items() if pair[1]), **options))


def checked(mapping: Mapping) -> Mapping:
    """Return the mapping when it can be used; raises ImportRefused."""
    fields = [field for _, field in mapping.columns]
    for field in fields:
        if field not in FIELDS:
            raise _refused("columns", field, _MEANINGS, known=tuple(FIELDS))
        if fields.count(field) > 1:
            raise _refused("columns", field, "Only one column can be that.")
    if mapping.encoding not in (None, *ENCODINGS):
        raise _refused("encoding", mapping.encoding, "Known: {known}.", known=tuple(ENCODINGS))
    if mapping.delimiter not in (None, *DELIMITERS):
        raise _refused("delimiter", mapping.delimiter, "Known: , ; tab | or nothing for one column.")
    try:
        ZoneInfo(mapping.tz or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _refused("tz", mapping.tz, "A time zone looks like Europe/Moscow.") from None
    return mapping


def _pair(first: str, second: object) -> tuple[str, str]:
    if second in FIELDS:
        return first, str(second)
    if first in FIELDS and isinstance(second, str):
        return second, first
    raise _refused("columns", second, _MEANINGS, known=tuple(FIELDS))


def _refused(key: str, value: object, hint: str, **values: object) -> ImportRefused:
    return ImportRefused(
        "The mapping's '{key}' cannot be '{value}'.",
        hint=hint,
        key=key,
        value=str(value),
        reason="mapping",
        **values,
    )

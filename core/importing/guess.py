"""Guess what each column holds, from its name first and then from what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from core.importing.mapping import Mapping
from core.importing.names import NAMES, is_ours, plain_name, zone_in
from core.importing.upload import Cell, Opened, Row
from core.importing.values import day_order, is_blank, moment_of, text_of, whole_of
from core.query import DEFAULT_TZ

_FOUR_CAT: Final = {"thread id", "body", "timestamp"}
_UTC: Final = ZoneInfo("UTC")
_NEEDS_NUMBERS: Final = ("likes", "replies")


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    plain: str
    cells: tuple[Cell, ...]

    def share(self, kind: str) -> float:
        """Return the share of filled cells that are moments, numbers or words; 1 for an empty column."""
        if not self.cells:
            return 1.0
        order = day_order(list(self.cells))
        checks = {
            "moment": lambda cell: moment_of(cell, _UTC, order) is not None,
            "number": lambda cell: whole_of(cell) is not None,
            "words": lambda cell: any(each.isalpha() for each in text_of(cell) or ""),
        }
        return sum(map(checks[kind], self.cells)) / len(self.cells)


def guess_mapping(opened: Opened, sample: Sequence[Row], given: Mapping) -> Mapping:
    """Return the likeliest mapping; what `given` says stays."""
    columns = [_column(name, sample) for name in opened.columns]
    taken: dict[str, str] = {}
    for field in NAMES:
        name = _by_name(field, [column for column in columns if column.name not in taken])
        if name is not None:
            taken[name] = field
    if "text" not in taken.values():
        name = _by_content([column for column in columns if column.name not in taken])
        if name is not None:
            taken[name] = "text"
    ours = is_ours(opened.columns)
    if ours:
        taken.update({column.name: "source" for column in columns if column.plain in {"source", "источник"}})
    ordered = tuple((column.name, taken[column.name]) for column in columns if column.name in taken)
    is_guarded = ours and opened.delimiter == ";" and opened.has_mark
    return replace(
        given,
        columns=given.columns or ordered,
        tz=given.tz or _zone(columns),
        guarded=is_guarded if given.guarded is None else given.guarded,
    )


def _column(name: str, sample: Sequence[Row]) -> _Column:
    cells = tuple(row.cells.get(name) for row in sample)
    return _Column(name, plain_name(name), tuple(cell for cell in cells if not is_blank(cell)))


def _by_name(field: str, columns: Sequence[_Column]) -> str | None:
    for wanted in NAMES[field]:
        for column in columns:
            if column.plain == wanted and _can_be(field, column):
                return column.name
    return None


def _can_be(field: str, column: _Column) -> bool:
    if field == "text":
        return not column.cells or column.share("words") > 0.2
    if field == "published_at":
        return column.share("moment") >= 0.5
    if field in _NEEDS_NUMBERS:
        return column.share("number") >= 0.5
    if field == "author_name":
        return not column.cells or column.share("words") > 0.2
    return True


def _by_content(columns: Sequence[_Column]) -> str | None:
    """Return the column with the longest words that are neither dates nor links."""
    best, best_length = None, 0.0
    for column in columns:
        texts = [text_of(cell) or "" for cell in column.cells]
        if not texts or column.share("words") < 0.5 or column.share("moment") > 0.5:
            continue
        if sum(text.startswith(("http://", "https://")) for text in texts) > 0.5 * len(texts):
            continue
        length = sum(map(len, texts)) / len(texts)
        if length > best_length and (length >= 15 or len(columns) == 1):
            best, best_length = column.name, length
    return best


def _zone(columns: Sequence[_Column]) -> str:
    named = next((zone for column in columns if (zone := zone_in(column.name))), None)
    if named is not None:
        return named
    return "UTC" if {column.plain for column in columns} >= _FOUR_CAT else DEFAULT_TZ

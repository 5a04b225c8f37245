"""Find out from its first rows how a delimited text is laid out: the delimiter, and if it has a header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.importing.names import KNOWN, plain_name

SAMPLE_ROWS: Final = 200
ONE_COLUMN: Final = "\ufdd0"
"""A character that is in no text stands for "no delimiter"."""

_CANDIDATES: Final = (",", ";", "\t", "|")
_LONE_CR: Final = re.compile("\r(?!\n)")
_CR_MARK: Final = "\ufdd1"
_HINT: Final = re.compile(r"\A\ufeff?sep=(.)\r?\n")
_NUMBER_OR_DATE: Final = re.compile(r"\s*[-+]?\d[\d\s.,:/T+Z-]*\Z")


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read the text; `has_hint` means that its first line only names the delimiter."""

    delimiter: str
    has_header: bool
    has_hint: bool = False
    keeps_cr: bool = True


def guess_layout(
    sample: str, *, is_cut: bool, delimiter: str | None = None, has_header: bool | None = None
) -> Layout:
    """Guess what is not given; `is_cut` says that the text goes on after the sample."""
    hint = _HINT.match(sample)
    body = sample[hint.end() :] if hint else sample
    keeps_cr = ends_with_lf(body)
    if keeps_cr:
        body = hide_cr(body)
    if delimiter == "":
        delimiter = ONE_COLUMN
    chosen = delimiter or (hint[1] if hint else None) or _best(body, is_cut=is_cut)
    rows = sample_rows(body, chosen, is_cut=is_cut)
    if has_header is None:
        has_header = _looks_like_header(rows)
    return Layout(chosen, has_header, has_hint=hint is not None, keeps_cr=keeps_cr)


def sample_rows(sample: str, delimiter: str, *, is_cut: bool) -> list[list[str]]:
    """Return the first rows, without the last one when the sample may have cut it."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) > SAMPLE_ROWS:
                return rows
    except csv.Error:
        return rows
    return rows[:-1] if is_cut and len(rows) > 1 else rows


def ends_with_lf(text: str) -> bool:
    """Tell whether lines end with LF or CRLF, so that a CR alone belongs to a text."""
    first = re.search("[\r\n]", text)
    return first is None or first[0] == "\n" or text[first.start() : first.start() + 2] == "\r\n"


def hide_cr(line: str) -> str:
    """Put a mark for each lone CR, which `csv` would take for a line end; many programs do not quote it."""
    return _LONE_CR.sub(_CR_MARK, line)


def show_cr(cells: list[str]) -> list[str]:
    """Undo `hide_cr`."""
    return [cell.replace(_CR_MARK, "\r") for cell in cells]


def unique_names(header: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Return names no two of which are equal, and how many had to be changed."""
    names: list[str] = []
    changed = 0
    for index, name in enumerate(header):
        wanted = name if name.strip() else f"column {index + 1}"
        given, attempt = wanted, 2
        while given in names:
            given, attempt = f"{wanted} ({attempt})", attempt + 1
        changed += given != name
        names.append(given)
    return tuple(names), changed


def _best(sample: str, *, is_cut: bool) -> str:
    scored = [(_score(sample_rows(sample, each, is_cut=is_cut)), each) for each in _CANDIDATES]
    best_score = max(score for score, _ in scored)
    if best_score <= (0, 0.0, 0):
        return ONE_COLUMN
    return next(each for score, each in scored if score == best_score)


def _score(rows: Sequence[Sequence[str]]) -> tuple[int, float, int]:
    """Rate a delimiter: known names in the first row, share of rows as wide as it, its width."""
    if not rows or len(rows[0]) < 2:
        return (0, 0.0, 0)
    width = len(rows[0])
    known = sum(plain_name(cell) in KNOWN for cell in rows[0])
    if not known and _is_prose(rows):
        return (0, 0.0, 0)
    even = sum(len(row) == width for row in rows) / len(rows)
    return (known, even, width) if known or even > 0.8 else (0, 0.0, 0)


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the delimiter is followed by a space nearly everywhere, as a comma in a sentence is."""
    after = [cell for row in rows for cell in row[1:]]
    return sum(cell.startswith(" ") for cell in after) > 0.8 * len(after)


def _looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    if not rows:
        return True
    first = rows[0]
    if any(plain_name(cell) in KNOWN for cell in first):
        return True
    if len(first) == 1:
        return False
    return all(cell.strip() and len(cell) <= 60 and not _NUMBER_OR_DATE.match(cell) for cell in first)

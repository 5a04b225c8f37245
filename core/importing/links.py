"""Links out of an uploaded table or text: which column holds them, and what that column says.

Any file that can be imported can be read for its links; a text file that is no table is taken as the text
it is. Only what is unmistakably a link decides about a column, because any word may be somebody's name.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Final

from core.errors import ImportRefused
from core.importing.encoding import detect
from core.importing.mapping import Mapping, checked
from core.importing.names import plain_name
from core.importing.preview import opened_upload
from core.importing.sheets import looks_like_workbook
from core.importing.upload import Opened, Upload
from core.importing.values import text_of
from core.links import recognise
from core.models import TargetKind

MAX_BYTES: Final = 50 * 2**20
MAX_ROWS: Final = 100_000
MAX_TEXT: Final = 20_000_000
_MAYBE: Final = re.compile(
    r"vk|-\d+_\d|(?:wall|topic|photo|video|clip|product|market|album|albums|board|club|public|event|id)-?\d",
    re.ASCII | re.IGNORECASE,
)
_NAMED: Final = ("link", "url", "href", "domain", "screen name", "ссылк", "адрес", "сообществ", "паблик")
_RELATIONS: Final = re.compile(r"xl/worksheets/_rels/[^/]+\.rels")
_TARGET: Final = re.compile(r'Target="(https?://[^"<>]{1,2000})"')
_MOST_RELATIONS: Final = 50 * 2**20
_NO_TABLE: Final = frozenset({"quotes", "ragged"})
_BARE: Final = frozenset({TargetKind.NAME, TargetKind.USER})


@dataclass(frozen=True, slots=True)
class LinkColumn:
    """A column and how many of its cells hold links."""

    name: str
    links: int


@dataclass(frozen=True, slots=True)
class FileLinks:
    """The text of the column that was taken, for `recognise`, and every column that could be instead.

    `columns` has the one with most links first; it is empty, and `column` too, for a text without columns and
    for a workbook whose links lie behind other words.
    """

    filename: str
    text: str
    rows: int
    column: str = ""
    columns: tuple[LinkColumn, ...] = ()


def links_in(
    content: bytes | Path, filename: str, *, column: str | None = None, mapping: Mapping | None = None
) -> FileLinks:
    """Read the links of a file; raises ImportRefused. `column` is the one to take, None the likeliest.

    `mapping` overrules how the file is read: its encoding, delimiter, header and sheet.
    """
    upload, given = Upload(content, filename), checked(mapping or Mapping())
    if upload.size > MAX_BYTES:
        raise ImportRefused(
            "The file is larger than {most} MiB.",
            hint="Keep only the column with the links.",
            reason="too_large",
            most=MAX_BYTES // 2**20,
        )
    try:
        columns, rows = _table(opened_upload(upload, given))
    except ImportRefused as refusal:
        if refusal.params.get("reason") not in _NO_TABLE:
            raise
        return _as_text(upload, given)
    if len(columns) == 1 and column is None and not looks_like_workbook(upload):
        return _as_text(upload, given)
    behind = _behind(upload) if column is None and not any(any(map(_links, cells)) for cells in rows) else ""
    if behind:
        return FileLinks(filename, behind, len(rows[0]) if rows else 0)
    return _of_column(filename, columns, rows, column)


def _table(opened: Opened) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns and their cells as text; a header that is a link is a row as well."""
    columns = list(opened.columns)
    cells: list[list[str]] = [[] for _ in columns]
    with closing(opened.rows) as rows:
        taken = list(islice(rows, MAX_ROWS + 1))
    if len(taken) > MAX_ROWS:
        raise ImportRefused(
            "The file has more than {most:,} rows.",
            hint="Split it into several files.",
            reason="too_large",
            most=MAX_ROWS,
        )
    if opened.has_header and any(map(_links, columns)):
        for place, name in enumerate(columns):
            cells[place].append(name)
        columns = [f"column {place + 1}" for place in range(len(columns))]
    for row in taken:
        for place, name in enumerate(opened.columns):
            cells[place].append(text_of(row.cells.get(name)) or "")
    return columns, cells


def _of_column(
    filename: str, columns: Sequence[str], cells: Sequence[Sequence[str]], wanted: str | None
) -> FileLinks:
    found = [
        LinkColumn(name, sum(map(_links, rows)) or _names(name, rows))
        for name, rows in zip(columns, cells, strict=True)
    ]
    able = tuple(sorted((each for each in found if each.links), key=lambda each: -each.links))
    if wanted is not None and wanted not in columns:
        raise ImportRefused(
            "The file has no column '{column}'.",
            hint="It has: {columns}.",
            reason="no_column",
            column=wanted[:100],
            columns=", ".join(columns)[:500],
        )
    if wanted is None and not able:
        raise ImportRefused(
            "No column of the file holds links to VK.",
            hint="Links look like https://vk.com/wall-1_2; or name the column that holds them.",
            reason="no_links",
            columns=", ".join(columns)[:500],
        )
    column = wanted if wanted is not None else able[0].name
    rows = cells[columns.index(column)]
    return FileLinks(filename, _joined(rows), len(rows), column, able)


def _behind(upload: Upload) -> str:
    """Return the addresses behind the cells of a workbook, which show other words; empty for other files."""
    if not looks_like_workbook(upload):
        return ""
    found: dict[str, None] = {}
    with upload.open() as file, zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if _RELATIONS.fullmatch(name):
                with package.open(name) as part:
                    text = part.read(_MOST_RELATIONS).decode("utf-8", "replace")
                found.update(dict.fromkeys(map(unescape, _TARGET.findall(text))))
    return "\n".join(each for each in found if _links(each))


def _links(cell: str) -> bool:
    """Tell whether a cell holds what can only be a link, or VK's own notation of one."""
    if not _MAYBE.search(cell):
        return False
    found = recognise(cell[:10_000]).targets
    return any(each.kind not in _BARE or not each.input.isalnum() for each in found)


def _names(column: str, cells: Sequence[str]) -> int:
    """Count names and ids in a column that is called like one of links."""
    called = plain_name(column)
    if not any(word in called for word in _NAMED):
        return 0
    return sum(bool(cell.strip()) and bool(recognise(cell[:1_000]).targets) for cell in cells)


def _as_text(upload: Upload, mapping: Mapping) -> FileLinks:
    """Take the whole file as text."""
    encoding = mapping.encoding or detect(upload)
    try:
        text = upload.head(upload.size).decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused(
            "The file is not {encoding} text.",
            hint="Choose another encoding.",
            reason="encoding",
            encoding=encoding,
        ) from error
    if not any(map(_links, _lines(text))) and not recognise(text[:100_000]).targets:
        raise ImportRefused(
            "The file holds no links to VK.",
            hint="Links look like https://vk.com/wall-1_2, one or more in a line.",
            reason="no_links",
        )
    return FileLinks(upload.filename, _joined([text]), text.count("\n") + 1)


def _lines(text: str) -> Iterator[str]:
    yield from text.splitlines()


def _joined(cells: Sequence[str]) -> str:
    text = "\n".join(cell for cell in cells if cell.strip())
    if len(text) > MAX_TEXT:
        raise ImportRefused(
            "The column holds more text than links need.",
            hint="Keep only the links.",
            reason="too_large",
        )
    return text

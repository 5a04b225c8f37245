"""Workbooks are read in another process, and hostile ones harm nobody."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, datetime

import pytest
import xlsxwriter

from core.errors import ImportRefused
from core.importing import Mapping, peek, read

TEXTS = ("=1+1", "  пробелы ", "две\nстроки", "007", "NA", "👍" * 1000, "<b>&</b>", "_x000D_")
SPARSE = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>
</sheetData></worksheet>"""


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """Make a workbook from rows of cells."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for index, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                form = date if isinstance(cell, datetime) else None
                sheet.write(index, column, cell, form)
    book.close()
    return target.getvalue()


def repacked(book: bytes, sheet: bytes) -> bytes:
    """Return the workbook with another first sheet."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return target.getvalue()


def test_texts_numbers_and_dates_come_in() -> None:
    """Texts are exact, whole numbers are whole, dates are wall-clock times of the chosen zone."""
    moment = datetime.fromisoformat("2026-03-01T12:30:00")
    rows = [["Текст", "Лайки", "Дата"], *([text, 5, moment] for text in TEXTS)]
    imported = read(workbook(("Лист1", rows)), "a.xlsx", Mapping(tz="Asia/Omsk"))
    assert imported.rows["text"].to_pylist() == list(TEXTS)
    assert imported.rows["likes"].to_pylist() == [5] * len(TEXTS)
    stored = imported.rows["published_at"].to_pylist()[0]
    assert stored.replace(tzinfo=UTC).isoformat() == "2026-03-01T06:30:00+00:00"


def test_a_preview_names_sheets_and_counts_rows() -> None:
    """Before importing one sees which sheets there are and how long the chosen one is."""
    content = workbook(("Пусто", []), ("Данные", [["text"], *([str(n)] for n in range(300))]))
    found = peek(content, "a.xlsx")
    assert (found.sheets, found.sheet, found.total_rows) == (("Пусто", "Данные"), "Данные", 300)
    assert len(found.rows) == 20


def test_another_sheet_can_be_chosen() -> None:
    """The sheet somebody names is the one that is read; an unknown one is refused."""
    content = workbook(("A", [["text"], ["а"]]), ("B", [["text"], ["б"]]))
    assert read(content, "a.xlsx", Mapping(sheet="B")).rows["text"].to_pylist() == ["б"]
    with pytest.raises(ImportRefused) as refused:
        read(content, "a.xlsx", Mapping(sheet="C"))
    assert refused.value.params["reason"] == "no_sheet"


def test_rows_that_go_on_in_numbered_sheets_are_read_on() -> None:
    """A sheet continued as `Comments 2` with the same header is one table; another header is not."""
    header: list[list[object]] = [["id", "text"]]
    content = workbook(
        ("Comments", [*header, [1, "а"]]), ("Comments 2", [*header, [2, "б"]]), ("Comments 3", [["x"], [3]])
    )
    assert read(content, "a.xlsx").rows["text"].to_pylist() == ["а", "б"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a process's memory")
def test_a_sheet_that_asks_for_hundreds_of_gigabytes_is_refused() -> None:
    """Two cells in opposite corners end the reading process, not this one."""
    with pytest.raises(ImportRefused) as refused:
        read(repacked(workbook(("A", [["text"]])), SPARSE.encode()), "a.xlsx")
    assert refused.value.params["reason"] == "memory"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A package that would grow a hundredfold beyond all bounds is not opened."""
    with pytest.raises(ImportRefused) as refused:
        peek(repacked(workbook(("A", [["text"]])), b" " * (60 * 2**20)), "a.xlsx")
    assert refused.value.params["reason"] == "too_large"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"PK\x03\x04 and no more", "broken"), (repacked(workbook(("A", [["text"]])), b"<broken"), "broken")],
)
def test_a_broken_workbook_is_refused(content: bytes, reason: str) -> None:
    """What the reader cannot read is a refusal with advice, never a crash."""
    with pytest.raises(ImportRefused) as refused:
        read(content, "a.xlsx")
    assert refused.value.params["reason"] == reason


def test_another_archive_is_refused() -> None:
    """A zip that is no workbook is named as such."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("comments.csv", "text\nа\n")
    with pytest.raises(ImportRefused, match="not an Excel workbook"):
        peek(target.getvalue(), "a.zip")

"""A workbook holds what the database holds, says what it could not hold, and nothing in it is a formula."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import openpyxl.utils.escape
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from core.export import xlsx
from core.export.job import Headers, Job, Written
from core.export.sheet_rows import MAX_UNITS, cut_units
from core.export.xlsx import Limits
from core.query import Query
from core.storage.columns import COLUMNS
from tests.core.export.rows import CONTROL, LONG, LONG_ENOUGH, NASTY, job, row, table, texts

TEXT = COLUMNS.index("text")
ZONE = ZoneInfo("Europe/Moscow")


def written(
    path: Path, rows: pa.Table, how: Job | None = None, limits: Limits = xlsx.LIMITS, batch_rows: int = 7
) -> Written:
    """Write a table as a workbook, in several batches."""
    return xlsx.write(rows.schema, iter(rows.to_batches(batch_rows)), path, how or job(), limits)


def seen_by_calamine(path: Path, sheet: str = "Comments") -> list[list[Any]]:
    """Return all cells of a sheet as calamine reads them."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()


def seen_by_openpyxl(path: Path, sheet: str = "Comments") -> list[list[Any]]:
    """Return all cells of a sheet as openpyxl reads them; it leaves `_x005F_` and empty ends to us."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [[_unescaped(cell) for cell in cells] for cells in book[sheet].iter_rows(values_only=True)]
    book.close()
    width = max(map(len, rows), default=0)
    return [[*row, *[None] * (width - len(row))] for row in rows]


def _unescaped(cell: Any) -> Any:
    return openpyxl.utils.escape.unescape(cell) if isinstance(cell, str) else cell


READERS = pytest.mark.parametrize("seen", [seen_by_calamine, seen_by_openpyxl])


def expected(value: Any) -> Any:
    """Return what a cell must show for a stored value."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).astimezone(ZONE).replace(tzinfo=None)
    if isinstance(value, list):
        return ",".join(value)
    return value


def same(cell: Any, value: Any) -> bool:
    """Tell whether a cell shows a value: an empty cell no value, a date the same millisecond."""
    if value is None or value == "":
        return cell in ("", None)
    if isinstance(value, datetime):
        return isinstance(cell, datetime) and abs(cell - value) < timedelta(milliseconds=1)
    return type(cell) in (type(value), float) and bool(cell == value)


@READERS
def test_every_cell_equals_the_database(tmp_path: Path, seen: Any) -> None:
    """All cells of all columns come out as stored: numbers, booleans, local dates, lists, absent values."""
    rows = texts(*NASTY, *LONG_ENOUGH, None)
    written(tmp_path / "a.xlsx", rows)
    cells = seen(tmp_path / "a.xlsx")
    assert cells[0] == list(COLUMNS)
    wrong = [
        (name, cell, value)
        for shown, stored in zip(cells[1:], rows.to_pylist(), strict=True)
        for name, cell, value in zip(COLUMNS, shown, map(expected, stored.values()), strict=True)
        if not same(cell, value)
    ]
    assert wrong == []


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """Text that looks like a formula is a string cell, and the file holds no formula anywhere."""
    written(tmp_path / "a.xlsx", texts(*NASTY, *CONTROL))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Comments"]
    assert {cell.data_type for cell in sheet[chr(65 + TEXT)] if cell.value is not None} <= {"s", "inlineStr"}
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert not [name for name in package.namelist() if b"<f>" in package.read(name)]


@READERS
def test_control_characters_are_replaced_and_counted(tmp_path: Path, seen: Any) -> None:
    """XML cannot hold control characters: each becomes U+FFFD, and the file says where."""
    note = written(tmp_path / "a.xlsx", texts("чисто", *CONTROL))
    shown = [cells[TEXT] for cells in seen(tmp_path / "a.xlsx")[2:]]
    assert shown == ["\ufffd", "a\ufffdb", "\ufffd" * 5, "звонок\ufffd", "\ufffd и \ufffd"]
    assert note.replaced.cells == {"text": len(CONTROL)}
    assert note.replaced.keys == tuple(f"wall:-1_2:{number}" for number in range(2, 7))
    about = {str(cells[0]).strip(): cells[1] for cells in seen(tmp_path / "a.xlsx", "About")}
    assert about["Cells with control characters replaced by U+FFFD"] == len(CONTROL)
    assert about["in the column text"] == len(CONTROL)
    assert about["the first such comments"] == "wall:-1_2:6"


@READERS
def test_long_texts_are_cut_where_a_cell_ends_and_counted(tmp_path: Path, seen: Any) -> None:
    """A cell holds 32,767 UTF-16 units; what is longer is cut between characters and counted."""
    note = written(tmp_path / "a.xlsx", texts(*LONG, *LONG_ENOUGH))
    shown = [cells[TEXT] for cells in seen(tmp_path / "a.xlsx")[1:]]
    assert shown == ["я" * 32_767, "👍" * 16_383, "а" * 32_766, *LONG_ENOUGH]
    assert (note.cut.total, note.cut.keys) == (3, ("wall:-1_2:1", "wall:-1_2:2", "wall:-1_2:3"))


def test_only_the_first_hundred_keys_are_named(tmp_path: Path) -> None:
    """A file with many such cells counts them all and names the first hundred."""
    note = written(tmp_path / "a.xlsx", texts(*["\x01"] * 150))
    assert (note.replaced.total, len(note.replaced.keys)) == (150, 100)
    assert note.replaced.keys[-1] == "wall:-1_2:100"


@READERS
def test_numbers_excel_would_round_are_text(tmp_path: Path, seen: Any) -> None:
    """Ids beyond 15 digits stand as text, all their digits kept; shorter ones are numbers."""
    ids = (999_999_999_999_999, 1_000_000_000_000_000, -1_234_567_890_123_456_789, None)
    written(tmp_path / "a.xlsx", table([row(n, "а", author_id=each) for n, each in enumerate(ids)]))
    shown = [cells[COLUMNS.index("author_id")] for cells in seen(tmp_path / "a.xlsx")[1:]]
    assert shown[:3] == [999_999_999_999_999, "1000000000000000", "-1234567890123456789"]
    assert shown[3] in ("", None)


@READERS
def test_dates_excel_does_not_have_are_text(tmp_path: Path, seen: Any) -> None:
    """Before March 1900 Excel's calendar is wrong, so such a moment stands as ISO text."""
    moments = ("1900-02-28T21:00:01", "1900-02-28T20:00:00", "1850-06-01T12:00:00", "2026-03-01T00:00:00")
    stored = [row(n, "а", published_at=datetime.fromisoformat(each)) for n, each in enumerate(moments)]
    written(tmp_path / "a.xlsx", table(stored), job(query=Query(tz="Etc/GMT-3")))
    shown = [cells[COLUMNS.index("published_at")] for cells in seen(tmp_path / "a.xlsx")[1:]]
    assert shown == [
        datetime.fromisoformat("1900-03-01T00:00:01"),
        "1900-02-28 23:00:00",
        "1850-06-01 15:00:00",
        datetime.fromisoformat("2026-03-01T03:00:00"),
    ]


def test_rows_go_on_in_the_next_sheet(tmp_path: Path) -> None:
    """A full sheet, by rows or by size, is followed by another with the same header; no row is lost."""
    for limits in (Limits(rows=10), Limits(xml_bytes=1)):
        note = written(tmp_path / "a.xlsx", texts(*map(str, range(35))), limits=limits, batch_rows=10)
        names = ["Comments", "Comments 2", "Comments 3", "Comments 4"]
        sheets = [seen_by_calamine(tmp_path / "a.xlsx", name) for name in names]
        assert note.sheets == 4
        assert [cells[0] for cells in sheets] == [list(COLUMNS)] * 4
        assert [cells[TEXT] for sheet in sheets for cells in sheet[1:]] == [str(n) for n in range(35)]


def test_sheets_are_frozen_filtered_and_only_the_first_is_selected(tmp_path: Path) -> None:
    """The header stays in sight, the filter spans the sheet's own rows, and typing changes one sheet only."""
    written(tmp_path / "a.xlsx", texts(*map(str, range(15))), limits=Limits(rows=10))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    first, second = book["Comments"], book["Comments 2"]
    assert (first.freeze_panes, second.freeze_panes) == ("A2", "A2")
    assert (first.auto_filter.ref, second.auto_filter.ref) == ("A1:AE11", "A1:AE6")
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [True, False, False, False, False]
    assert first.column_dimensions[chr(65 + TEXT)].width > first.column_dimensions["A"].width


def test_the_package_is_one_that_excel_opens(tmp_path: Path) -> None:
    """No ZIP64, no data descriptors, sound checksums, and references on every row and cell."""
    written(tmp_path / "a.xlsx", texts(*NASTY))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert package.testzip() is None
        assert {
            (entry.extract_version, entry.flag_bits & 8, entry.extra) for entry in package.infolist()
        } == {(20, 0, b"")}
        assert len(package.namelist()) == len(set(package.namelist()))
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<row r=") == sheet.count(b"<row ") == len(NASTY) + 1
    assert sheet.count(b"<c r=") == sheet.count(b"<c ")


@READERS
@pytest.mark.parametrize("headers", ["en", "ru"])
def test_no_rows_are_a_valid_workbook(tmp_path: Path, seen: Any, headers: Headers) -> None:
    """An empty result is a header row and the sheets that explain it."""
    written(tmp_path / "a.xlsx", texts(), job(headers=headers))
    names = {
        "en": ("Comments", "Balance", "About", "Columns"),
        "ru": ("Комментарии", "Баланс", "О файле", "Столбцы"),
    }[headers]
    assert tuple(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames) == names
    assert len(seen(tmp_path / "a.xlsx", names[0])) == 1
    assert len(seen(tmp_path / "a.xlsx", names[3])) == len(COLUMNS) + 1


@READERS
def test_the_file_says_what_it_holds(tmp_path: Path, seen: Any) -> None:
    """The filter in words and as in the address, the number of rows, when, which version, which zone."""
    query = Query(text="=1+1", likes_min=3, tz="Asia/Omsk")
    written(tmp_path / "a.xlsx", texts("а", "б"), job(query=query))
    lines = [(str(cells[0]), str(cells[1])) for cells in seen(tmp_path / "a.xlsx", "About")]
    about = dict(lines)
    assert about["Filter as in the address"] == "text==1+1&likes_min=3&tz=Asia/Omsk"
    assert [name for name, _ in lines].count("Filter") == 2
    assert any("=1+1" in value for name, value in lines if name == "Filter")
    assert float(about["Comments"]) == 2
    assert float(about["Dataset version"]) == 7
    assert about["Made at"] == "2026-11-23 18:00:00+06:00"
    assert about["Time zone of the times"] == "Asia/Omsk"


@READERS
def test_russian_headers_name_the_zone_of_times(tmp_path: Path, seen: Any) -> None:
    """A reader of the Russian file sees in the header whose clock the times are on."""
    written(tmp_path / "a.xlsx", texts("а"), job(headers="ru"))
    header = seen(tmp_path / "a.xlsx", "Комментарии")[0]
    assert header[TEXT] == "Текст"
    assert header[COLUMNS.index("published_at")] == "Дата публикации (Europe/Moscow)"


@pytest.mark.parametrize("text", [*LONG, "а" * 40_000 + "👍"])
def test_a_cut_text_is_as_long_as_a_cell_allows(text: str) -> None:
    """A cut loses no more than it must: at most half of the last pair of units."""
    units = len(cut_units(text).encode("utf-16-le")) // 2
    assert MAX_UNITS - 1 <= units <= MAX_UNITS

"""What exports and imports cost: processor seconds, and how they compare within one run."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter

from core.export.formats import BATCH_ROWS, FORMATS, write_batches
from core.importing import peek, read
from tests.core.export.rows import NASTY, START, job, row, table

ROWS = 100_000
XLSXWRITER_ROWS = 20_000
WORDS = "привет как дела это очень смешно но грустно 😀 спасибо нет вот работа город дом люди вода".split()  # noqa: SIM905


@pytest.fixture(scope="module")
def comments() -> pa.Table:
    """Make comments with texts of about 85 letters, every hundredth of them difficult."""
    chance = random.Random(7)  # noqa: S311 - made comments
    return table(
        [
            row(
                number,
                NASTY[number // 100 % len(NASTY)]
                if number % 100 == 0
                else " ".join(chance.choices(WORDS, k=16)),
                published_at=START + timedelta(seconds=chance.randrange(10_000_000)),
                author_id=chance.randrange(1, 900_000_000),
            )
            for number in range(ROWS)
        ]
    )


def cpu_seconds(work: Callable[[], Any]) -> float:
    """Return the processor time one piece of work takes, of all this process's threads."""
    began = time.process_time()
    work()
    return time.process_time() - began


def written(name: str, rows: pa.Table, target: Path, dialect: Any = "data") -> float:
    """Write a table and return the processor seconds."""
    batches = iter(rows.to_batches(BATCH_ROWS))
    return cpu_seconds(lambda: write_batches(FORMATS[name], rows.schema, batches, target, job(dialect)))


def xlsxwriter_alone(rows: pa.Table, target: Path) -> None:
    """Write the rows cell by cell, as XlsxWriter's manual shows it."""
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    date = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    times = [pa.types.is_timestamp(column.type) for column in rows.schema]
    for number, values in enumerate(zip(*[column.to_pylist() for column in rows.columns], strict=True)):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif isinstance(value, list):
                sheet.write_string(number, column, ",".join(value))
            elif times[column] and value is not None:
                sheet.write_datetime(number, column, value, date)
            elif value is not None:
                sheet.write(number, column, value)
    book.close()


@pytest.mark.bench
def test_what_each_format_costs(
    comments: pa.Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A workbook costs at most six times what the CSV costs, and a fifth of what XlsxWriter alone takes."""
    csv_s = written("csv", comments, tmp_path / "a.csv")
    costs = {
        "csv data": csv_s,
        "csv excel": written("csv", comments, tmp_path / "b.csv", "excel"),
        "jsonl": written("jsonl", comments, tmp_path / "a.jsonl"),
        "parquet": written("parquet", comments, tmp_path / "a.parquet"),
        "xlsx": written("xlsx", comments, tmp_path / "a.xlsx"),
    }
    some = comments.slice(0, XLSXWRITER_ROWS)
    ours = written("xlsx", some, tmp_path / "c.xlsx")
    theirs = cpu_seconds(lambda: xlsxwriter_alone(some, tmp_path / "d.xlsx"))
    with capsys.disabled():
        print(f"\n{ROWS:,} comments x {comments.num_columns} columns, processor seconds")  # noqa: T201
        for name, seconds in costs.items():
            print(f"  {name:10} {seconds:6.2f}")  # noqa: T201
        print(f"{XLSXWRITER_ROWS:,} comments: ours {ours:.2f}, XlsxWriter alone {theirs:.2f}")  # noqa: T201
    assert costs["xlsx"] <= 6 * csv_s
    assert ours <= theirs / 5


@pytest.mark.bench
def test_what_importing_costs(comments: pa.Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A preview of a large CSV takes less than half of what reading it takes."""
    written("csv", comments, tmp_path / "a.csv")
    written("jsonl", comments, tmp_path / "a.jsonl")
    written("xlsx", comments, tmp_path / "a.xlsx")
    with capsys.disabled():
        for name in ("a.csv", "a.jsonl", "a.xlsx"):
            began = time.perf_counter()
            peek(tmp_path / name, name)
            looked = time.perf_counter() - began
            read(tmp_path / name, name)
            took = time.perf_counter() - began - looked
            print(f"\n{name:8} {ROWS:,} rows: preview {looked:.2f} s, reading {took:.2f} s", end="")  # noqa: T201
            assert name != "a.csv" or looked < took / 2
        print()  # noqa: T201

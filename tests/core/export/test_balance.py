"""Every workbook says how complete its data is: per source, in all, and what is missing by name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from core.balances import SourceBalance
from core.export import write
from core.export.balance import NAMED
from core.models import SourceState
from core.query import Query
from core.storage import writes
from core.storage.store import Store
from core.templates import Reason
from core.wording.balance_columns import BALANCE_WORDS
from tests import builders

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAMES = [words.name for words in BALANCE_WORDS]
Rows = list[list[Any]]
Seen = Callable[[Path, str], Rows]


def seen_by_calamine(path: Path, sheet: str) -> Rows:
    """Return all cells of a sheet as calamine reads them."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()


def seen_by_openpyxl(path: Path, sheet: str) -> Rows:
    """Return all cells of a sheet as openpyxl reads them, empty ones as calamine gives them."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [["" if cell is None else cell for cell in row] for row in rows]


READERS = pytest.mark.parametrize("seen", [seen_by_calamine, seen_by_openpyxl])


@pytest.fixture
def store() -> Iterator[Store]:
    """Give a database with a complete post."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: NOW)
    put(opened, "wall:-1_2", "Пост о погоде", SourceState.COMPLETE, declared=2, collected=2, roots=2)
    yield opened
    opened.close()


def put(store: Store, key: str, title: str, state: SourceState, **numbers: Any) -> None:
    """Store a source, its comments and its balance."""
    writes.write_sources(store, "run", [builders.source(key, title)], builders.at())
    comments = [builders.comment(n, source=key) for n in range(1, numbers.get("collected", 0) + 1)]
    writes.write_pages(store, "run", [builders.page(*comments, source=key)], builders.at())
    balance = SourceBalance(builders.ref(key), title, state, **numbers)
    writes.write_balances(store, "run", [balance], builders.at())


def put_troubles(store: Store) -> None:
    """Store one source of each trouble."""
    put(
        store, "wall:-1_5", "=1+1", SourceState.PARTIAL,
        declared=9, declared_level=4, collected=5, roots=3, replies=2, tombstones=1, placeholders=1,
        missing_roots=1, missing_threads=((2, 3), (7, 1)), calls=4, retries=1, bytes=2048,
    )  # fmt: skip
    put(
        store, "wall:-1_9", "\x07Закрыто", SourceState.REFUSED,
        refused_code=15, error_code="access_denied", reason=Reason("Access denied"),
    )  # fmt: skip


def sheet(store: Store, folder: Path, seen: Seen, query: Query | None = None, headers: str = "en") -> Rows:
    """Export a query and return the sheet of the balance."""
    write("xlsx", store, query or Query(), folder / "a.xlsx", headers=headers, clock=lambda: NOW)  # type: ignore[arg-type]
    rows = seen(folder / "a.xlsx", "Баланс" if headers == "ru" else "Balance")
    return [[cell.replace("\xa0", " ") if isinstance(cell, str) else cell for cell in row] for row in rows]


def by_source(rows: Rows) -> dict[str, dict[str, Any]]:
    """Return the rows below the header by their source."""
    return {str(row[0]): dict(zip(NAMES, row, strict=False)) for row in rows[3:]}


@READERS
def test_a_whole_dataset_is_called_complete(store: Store, tmp_path: Path, seen: Seen) -> None:
    """The verdict stands on top, then the header, a row for the source, and the total."""
    rows = sheet(store, tmp_path, seen)
    assert rows[0][0] == "Complete: 1 source, each with everything that VK declares."
    assert rows[2] == NAMES
    found = by_source(rows)
    assert list(found) == ["wall:-1_2", "Total"]
    assert (found["wall:-1_2"]["state"], found["wall:-1_2"]["declared"]) == ("complete", 2)
    assert found["wall:-1_2"]["updated_at"] == "2026-03-02 15:00:00"


@READERS
def test_what_is_missing_is_named(store: Store, tmp_path: Path, seen: Seen) -> None:
    """One source that lacks something takes the seal from all; its row says what, why and where."""
    put_troubles(store)
    rows = sheet(store, tmp_path, seen)
    assert rows[0][0] == "Not complete: in part: 1; refused: 1."
    found = by_source(rows)
    lacking = found["wall:-1_5"]
    assert lacking["missing_threads"] == (
        "https://vk.com/wall-1_5?reply=2 (3 replies)\nhttps://vk.com/wall-1_5?reply=7 (1 reply)"
    )
    numbers = ("declared", "declared_roots", "collected", "roots", "replies", "missing_roots", "bytes")
    assert [lacking[name] for name in numbers] == [9, 4, 5, 3, 2, 1, 2048]
    refused = found["wall:-1_9"]
    assert (refused["state"], refused["refused_code"]) == ("refused", 15)
    assert refused["reason"] == "Access denied"
    total = found["Total"]
    assert (total["title"], total["declared"], total["collected"], total["missing_roots"]) == (
        "3 sources",
        11,
        7,
        1,
    )


@READERS
def test_titles_are_texts(store: Store, tmp_path: Path, seen: Seen) -> None:
    """A title that looks like a formula is shown as it is; a control character becomes U+FFFD."""
    put_troubles(store)
    found = by_source(sheet(store, tmp_path, seen))
    assert (found["wall:-1_5"]["title"], found["wall:-1_9"]["title"]) == ("=1+1", "\ufffdЗакрыто")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert not [name for name in package.namelist() if b"<f>" in package.read(name)]


@READERS
def test_the_balance_is_that_of_the_query(store: Store, tmp_path: Path, seen: Seen) -> None:
    """A file of one source has the balance of that source, whatever else is incomplete."""
    put_troubles(store)
    rows = sheet(store, tmp_path, seen, Query(source=("wall:-1_2",)))
    assert rows[0][0].startswith("Complete")
    assert list(by_source(rows)) == ["wall:-1_2", "Total"]


@READERS
def test_the_balance_speaks_russian(store: Store, tmp_path: Path, seen: Seen) -> None:
    """With Russian headers the sheet, its verdict and the states are Russian."""
    put_troubles(store)
    rows = sheet(store, tmp_path, seen, headers="ru")
    assert rows[0][0] == "Собрано не всё: частично: 1; отказано: 1."
    assert rows[2] == [
        *(words.ru for words in BALANCE_WORDS[:-1]),
        f"{BALANCE_WORDS[-1].ru} (Europe/Moscow)",
    ]
    assert by_source(rows)["wall:-1_9"]["reason"] == "ВК не даёт доступа к источнику. (Access denied)"


def test_very_many_missing_threads_are_counted(store: Store, tmp_path: Path) -> None:
    """A cell holds what Excel allows: the first threads by name, the rest as a number."""
    threads = tuple((root, 1) for root in range(1, 2_001))
    put(store, "wall:-1_7", "Пост", SourceState.PARTIAL, declared=1, missing_threads=threads)
    cell = by_source(sheet(store, tmp_path, seen_by_calamine))["wall:-1_7"]["missing_threads"]
    assert len(cell) < 32_767
    assert cell.splitlines()[-1] == f"and {2_000 - NAMED:,} more"


def test_an_empty_dataset_has_an_empty_balance(tmp_path: Path) -> None:
    """Nothing is not complete."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: NOW)
    rows = sheet(opened, tmp_path, seen_by_openpyxl)
    opened.close()
    assert rows[0][0] == "There are no sources here."

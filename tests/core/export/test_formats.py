"""Whatever the format, an export holds the query's rows in its order, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from core.errors import ExportError, StorageError, TaskCancelled
from core.export import FORMATS, stream, unguard, write
from core.importing import read
from core.models import Progress, Source, SourceKind, SourceRef
from core.query import Query
from core.storage import reads
from core.storage.columns import COLUMNS
from core.storage.store import Store
from core.storage.writes import write_import
from core.wording.columns import COLUMN_WORDS
from tests.core.export.rows import CONTROL, LONG, NASTY
from tests.core.storage.blocked import full_disk

EXACT = (*NASTY, *CONTROL, *LONG)
TABLES = [name for name, form in FORMATS.items() if form.graph is None]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    """Give an empty database in memory."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a database into which a file of difficult texts was imported."""
    content = "\n".join(json.dumps({"id": n, "text": text}) for n, text in enumerate(EXACT)).encode()
    imported = read(content, "comments.jsonl")
    write_import(store, imported.source, imported.rows)
    return store


def csv_texts(path: Path, delimiter: str = ",") -> list[str]:
    """Return the texts of a CSV file."""
    content = path.read_bytes().decode("utf-8-sig")
    return [each["text"] for each in csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)]


def jsonl_texts(path: Path) -> list[str]:
    """Return the texts of a JSON Lines file."""
    return [orjson.loads(line)["text"] for line in path.read_bytes().split(b"\n")[:-1]]


def parquet_texts(path: Path) -> list[str]:
    """Return the texts of a Parquet file."""
    texts: list[str] = pq.read_table(path)["text"].to_pylist()
    return texts


@pytest.mark.parametrize(
    ("name", "texts"), [("csv", csv_texts), ("jsonl", jsonl_texts), ("parquet", parquet_texts)]
)
def test_a_text_leaves_exactly_as_it_came(
    filled: Store, tmp_path: Path, name: str, texts: Callable[[Path], list[str]]
) -> None:
    """What was imported comes out of CSV, JSON Lines and Parquet byte for byte."""
    write(name, filled, Query(), tmp_path / "a")
    assert texts(tmp_path / "a") == list(EXACT)


def test_a_text_leaves_the_excel_dialect_reversibly(filled: Store, tmp_path: Path) -> None:
    """Dropping one apostrophe from each text of the CSV for Excel restores what was imported."""
    write("csv", filled, Query(), tmp_path / "a.csv", dialect="excel")
    assert [unguard(text) for text in csv_texts(tmp_path / "a.csv", ";")] == list(EXACT)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("csv", {}),
        ("csv", {"dialect": "excel"}),
        ("csv", {"dialect": "excel", "headers": "ru"}),
        ("jsonl", {}),
    ],
)
def test_an_export_comes_in_again_as_it_was(filled: Store, name: str, options: dict[str, Any]) -> None:
    """A file of ours is imported with every text exact, guards and headers included."""
    content = b"".join(stream(name, filled, Query(), **options))
    assert read(content, f"a.{name}").rows["text"].to_pylist() == list(EXACT)


def test_a_workbook_says_what_it_could_not_hold(filled: Store, tmp_path: Path) -> None:
    """The note counts the cells with control characters and those cut, each by column."""
    note = write("xlsx", filled, Query(), tmp_path / "a.xlsx")
    assert (note.rows, note.sheets) == (len(EXACT), 1)
    assert (note.replaced_cells, note.cut_cells) == (len(CONTROL), len(LONG))
    assert note.replaced.cells == {"text": len(CONTROL)}


@pytest.mark.parametrize("name", TABLES)
def test_the_rows_are_those_of_the_query_in_its_order(store: Store, tmp_path: Path, name: str) -> None:
    """A filter and an order of the page are the filter and the order of the file."""
    likes = [5, 9, 1, 7, 3]
    rows = pa.table({"text": [str(each) for each in likes], "likes": pa.array(likes, pa.int64())})
    write_import(store, Source(SourceRef(SourceKind.IMPORT, import_id="a" * 12)), rows)
    note = write(name, store, Query(likes_min=3, sort="-likes"), tmp_path / "a")
    texts = {
        "csv": csv_texts,
        "jsonl": jsonl_texts,
        "parquet": parquet_texts,
        "xlsx": lambda path: [
            cells[COLUMNS.index("text")]
            for cells in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]
        ],
    }[name]
    assert texts(tmp_path / "a") == ["9", "7", "5", "3"]
    assert note.rows == 4


@pytest.mark.parametrize("name", FORMATS)
def test_no_rows_are_a_valid_file(store: Store, tmp_path: Path, name: str) -> None:
    """An empty result is a file like any other."""
    note = write(name, store, Query(), tmp_path / "a")
    assert note.rows == 0
    assert (tmp_path / "a").is_file()


@pytest.mark.parametrize("name", TABLES)
def test_the_note_describes_the_file(filled: Store, tmp_path: Path, name: str) -> None:
    """Rows, size and SHA-256 are those of the file that lies there."""
    note = write(name, filled, Query(), tmp_path / "a")
    content = (tmp_path / "a").read_bytes()
    assert (note.format, note.rows, note.bytes) == (name, len(EXACT), len(content))
    assert note.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", FORMATS)
def test_a_stream_is_the_same_file(filled: Store, tmp_path: Path, name: str) -> None:
    """Streamed over HTTP or written to disk, the bytes are the same, and nothing is left behind."""
    write(name, filled, Query(), tmp_path / "a", clock=lambda: NOW)
    folder = tmp_path / "streams"
    folder.mkdir()
    pieces = list(stream(name, filled, Query(), clock=lambda: NOW, folder=folder))
    assert b"".join(pieces) == (tmp_path / "a").read_bytes()
    assert list(folder.iterdir()) == []


def test_a_stream_that_is_left_gives_its_reader_back(filled: Store) -> None:
    """A browser that goes away in the middle does not keep the database's cursor."""
    for _ in range(50):
        pieces = stream("csv", filled, Query())
        next(iter(pieces))
        pieces.close()  # type: ignore[attr-defined]
    assert reads.count(filled, Query()) == len(EXACT)


@pytest.mark.parametrize("name", FORMATS)
def test_a_cancelled_export_leaves_nothing(filled: Store, tmp_path: Path, name: str) -> None:
    """No half file lies under the name or beside it, and an older file of that name stays."""
    (tmp_path / "a").write_bytes(b"older")
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(TaskCancelled):
        write(name, filled, Query(), tmp_path / "a", cancel=cancel)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"older"


def test_an_export_says_how_far_it_is(filled: Store, tmp_path: Path) -> None:
    """Progress counts comments and ends at the total."""
    seen: list[Progress] = []
    write("csv", filled, Query(), tmp_path / "a", report=seen.append)
    assert (seen[-1].done, seen[-1].total, seen[-1].unit) == (len(EXACT), len(EXACT), "comments")


def test_an_unknown_format_is_refused_with_the_known_ones(store: Store, tmp_path: Path) -> None:
    """The error lists the formats there are."""
    with pytest.raises(ExportError, match="csv, jsonl, parquet, xlsx"):
        write("ods", store, Query(), tmp_path / "a")
    with pytest.raises(ExportError, match="csv, jsonl, parquet, xlsx"):
        stream("ods", store, Query())


def test_a_wrong_option_is_refused_before_the_first_byte(store: Store) -> None:
    """A stream that cannot be made fails while the answer can still say so."""
    with pytest.raises(ExportError, match="data, excel"):
        stream("csv", store, Query(), dialect="french")  # type: ignore[arg-type]
    with pytest.raises(ExportError, match="en, ru"):
        stream("csv", store, Query(), headers="fr")  # type: ignore[arg-type]


def test_a_folder_that_is_not_there_is_an_export_error(store: Store, tmp_path: Path) -> None:
    """A file that cannot be written is said in our words."""
    with pytest.raises(ExportError, match="cannot be written"):
        write("csv", store, Query(), tmp_path / "nowhere" / "a.csv")


def test_every_column_has_its_words() -> None:
    """Each column of the contract has a name and a meaning in both languages, in the contract's order."""
    assert tuple(words.name for words in COLUMN_WORDS) == COLUMNS
    assert all(words.ru and words.en and words.about_ru and words.about_en for words in COLUMN_WORDS)
    assert len({words.ru for words in COLUMN_WORDS}) == len(COLUMNS)


@pytest.mark.parametrize("name", ["xlsx", "parquet"])
def test_a_download_that_finds_no_room_says_so(filled: Store, name: str, tmp_path: Path) -> None:
    """A file made aside for a download ends in a sentence, not as a defect, and nothing of it stays."""
    (tmp_path / "empty").touch()
    folder = tmp_path / "aside"
    folder.mkdir()
    with full_disk(tmp_path / "empty"), pytest.raises(StorageError, match="cannot be written") as raised:
        b"".join(stream(name, filled, Query(), folder=folder))
    assert "free space" in raised.value.hint
    assert list(folder.iterdir()) == []
    with pytest.raises(StorageError, match="cannot be written"):
        b"".join(stream(name, filled, Query(), folder=tmp_path / "nowhere"))

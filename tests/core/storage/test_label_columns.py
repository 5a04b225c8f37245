"""Labels as columns of comments, in every answer and every file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import orjson
import pyarrow.parquet as pq
import pytest

from core import export
from core.query import Query
from core.storage import reads, writes, writes_coding
from core.storage.columns import COLUMNS
from core.storage.store import Store
from tests.builders import at, comment, page
from tests.core.coded import label

EVERY = [*COLUMNS, 'label.a"b', "label.тема"]
KEY = "wall:-1_2:1"


@pytest.fixture
def labelled(store: Store) -> Store:
    """Fill a database with two comments, one of them labelled by two coders who differ."""
    writes.write_pages(store, "run", [page(comment(1, replies=1), comment(2, root_id=1))], at())
    given = [
        label(KEY, "тема", "зло", "Анна"),
        label(KEY, "тема", "быт", "Борис"),
        label(KEY, 'a"b', "да", "Анна"),
        label(KEY, 'a"b', "да", "Борис"),
    ]
    writes_coding.write_labels(store, given)
    return store


def test_each_answer_has_a_column_per_name(labelled: Store) -> None:
    """After the features come labels by name; values of coders who differ are joined, absent ones null."""
    answers = [
        reads.comments(labelled, Query(), 10).rows,
        reads.comments(labelled, Query(), 1).rows,
        reads.window(labelled, Query(), 0, 10),
        reads.thread(labelled, KEY),
        reads.comment(labelled, KEY),
    ]
    for rows in answers:
        assert rows.column_names == EVERY
        assert [row["label.тема"] for row in rows.to_pylist()] == ["быт, зло", None][: rows.num_rows]
        assert rows['label.a"b'][0].as_py() == "да"


def test_without_labels_there_are_no_columns(store: Store) -> None:
    """Whoever labels nothing sees nothing of it."""
    writes.write_pages(store, "run", [page(comment(1))], at())
    assert reads.window(store, Query(), 0, 10).column_names == list(COLUMNS)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_every_file_of_rows_has_the_columns(labelled: Store, tmp_path: Path, form: str) -> None:
    """Each tabular format holds the labels, in the same columns."""
    path = tmp_path / f"file.{form}"
    export.write(form, labelled, Query(), path)
    names, values = _table(form, path.read_bytes())
    assert names == EVERY
    assert [value or None for value in values] == ["быт, зло", None]


def _table(form: str, content: bytes) -> tuple[list[str], list[object]]:
    """Return the columns of a file and the values of the last one."""
    if form == "parquet":
        rows = pq.read_table(io.BytesIO(content))
        return rows.column_names, rows["label.тема"].to_pylist()
    if form == "jsonl":
        objects = [orjson.loads(line) for line in content.splitlines()]
        return list(objects[0]), [each["label.тема"] for each in objects]
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        header, *cells = sheet.iter_rows(values_only=True)
        return [str(each) for each in header], [row[-1] for row in cells]

    header, *lines = csv.reader(io.StringIO(content.decode()))
    return header, [line[-1] for line in lines]

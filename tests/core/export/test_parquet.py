"""Parquet keeps types, and carries in its metadata what the rows are."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from core.export import columnar
from core.query import Query
from core.storage.columns import COLUMNS
from tests.core.export.rows import CONTROL, LONG, NASTY, job, texts


def written(path: Path, rows: pa.Table, query: Query | None = None) -> Any:
    """Write a table as Parquet, in several batches, and open it."""
    columnar.write(rows.schema, iter(rows.to_batches(7)), path, job(query=query))
    return pq.ParquetFile(path)


def test_every_value_keeps_its_type_and_content(tmp_path: Path) -> None:
    """Texts are exact, lists are lists, and times are instants in UTC."""
    rows = texts(*NASTY, *CONTROL, *LONG, None)
    read = written(tmp_path / "a.parquet", rows).read()
    assert read.schema.field("published_at").type == pa.timestamp("us", "UTC")
    assert read.schema.field("attachments").type.value_type == pa.string()
    stored = [{**each, "published_at": each["published_at"].replace(tzinfo=UTC)} for each in rows.to_pylist()]
    shown = read.to_pylist()
    for name in ("text", "attachments", "published_at", "likes", "author_is_community", "root_id"):
        assert [each[name] for each in shown] == [each[name] for each in stored]


def test_the_metadata_says_what_the_rows_are(tmp_path: Path) -> None:
    """The query, the dataset version and the number of rows travel with the file."""
    file = written(tmp_path / "a.parquet", texts("а", "б"), Query(text="мир"))
    held = {key.decode(): value.decode() for key, value in file.metadata.metadata.items()}
    assert held["title"] == "VK comments"
    assert held["query"] == "text=мир"
    assert held["dataset_version"] == "7"
    assert held["rows"] == "2"
    assert held["exported_at"] == "2026-11-23T12:00:00Z"
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_no_rows_are_a_valid_file(tmp_path: Path) -> None:
    """An empty result still has its columns and their types."""
    read = written(tmp_path / "a.parquet", texts()).read()
    assert (read.num_rows, read.column_names) == (0, list(COLUMNS))

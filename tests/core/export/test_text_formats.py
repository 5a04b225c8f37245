"""CSV and JSON Lines keep every text exactly, and nothing is confused with something."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.csv

from core.export import delimited, lines
from core.export.guard import unguard
from core.export.job import Job
from core.query import Query
from core.storage.columns import COLUMNS
from tests.core.export.rows import CONTROL, LONG, NASTY, job, row, table, texts

ALL = (*NASTY, *CONTROL, *LONG, None)


def csv_bytes(rows: pa.Table, how: Job, batch_rows: int = 7) -> bytes:
    """Render a table as CSV, in several batches."""
    return b"".join(delimited.render(rows.schema, iter(rows.to_batches(batch_rows)), how))


def jsonl_bytes(rows: pa.Table, batch_rows: int = 7) -> bytes:
    """Render a table as JSON Lines, in several batches."""
    return b"".join(lines.render(rows.schema, iter(rows.to_batches(batch_rows)), job()))


def read_csv(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """Read CSV with another reader than ours."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_data_csv_keeps_every_text_byte_for_byte() -> None:
    """Line breaks, quotes, control characters and formulas come out as they went in."""
    assert [each["text"] for each in read_csv(csv_bytes(texts(*ALL), job()))] == [text or "" for text in ALL]


def test_data_csv_tells_an_empty_text_from_an_absent_one() -> None:
    """Nothing between the commas is an absent value, two quotes are an empty text."""
    content = csv_bytes(texts("", None, "есть"), job())
    read = pyarrow.csv.read_csv(
        io.BytesIO(content),
        convert_options=pyarrow.csv.ConvertOptions(
            strings_can_be_null=True, quoted_strings_can_be_null=False, include_columns=["text"]
        ),
    )
    assert read["text"].to_pylist() == ["", None, "есть"]


def test_data_csv_is_plain_utf8_with_contract_columns() -> None:
    """A program finds the contract's names in the contract's order, without a byte order mark."""
    first = csv_bytes(texts("а"), job()).split(b"\n")[0]
    assert first.decode() == ",".join(COLUMNS)


def test_data_csv_writes_times_in_utc_and_lists_with_commas() -> None:
    """Times are ISO 8601 with Z, with a fraction only where there is one; numbers and booleans are bare."""
    read = read_csv(csv_bytes(texts("а"), job()))[0]
    assert read["published_at"] == "2026-03-01T09:01:05Z"
    assert read["last_seen_at"] == "2026-03-01T09:00:05.123000Z"
    assert (read["attachments"], read["author_is_community"], read["owner_id"]) == (
        "photo,sticker",
        "false",
        "-1",
    )


def test_excel_csv_is_made_for_russian_excel() -> None:
    """It begins with the byte order mark, separates with semicolons and ends rows with CRLF."""
    content = csv_bytes(texts("а"), job("excel"))
    assert content.startswith(b"\xef\xbb\xbfcomment_key;source;")
    assert content.count(b"\r\n") == 2
    assert content.endswith(b"\r\n")


def test_excel_csv_guards_every_formula_reversibly() -> None:
    """No text cell begins like a formula, and dropping the apostrophe restores the exact text."""
    read = [each["text"] for each in read_csv(csv_bytes(texts(*ALL), job("excel")), ";")]
    assert not [
        text for text in read if text.lstrip(" \t\r\n\x00\u00a0\u200b")[:1] in set("=+-@＝＋－＠") - {""}
    ]
    assert [unguard(text) for text in read] == [text or "" for text in ALL]


def test_excel_csv_leaves_numbers_numbers() -> None:
    """A negative id is a number, not a formula, so it gets no apostrophe."""
    assert read_csv(csv_bytes(texts("а"), job("excel")), ";")[0]["owner_id"] == "-1"


def test_excel_csv_writes_fractions_with_a_comma() -> None:
    """Russian Excel takes `0.5` for a date or a text, `0,5` for a number."""
    scored = texts("а").append_column("toxicity", pa.array([0.5]))
    assert read_csv(csv_bytes(scored, job("excel")), ";")[0]["toxicity"] == "0,5"
    assert read_csv(csv_bytes(scored, job()))[0]["toxicity"] == "0.5"


def test_excel_csv_times_are_local_and_the_russian_header_names_the_zone() -> None:
    """A spreadsheet shows the wall clock of the query's zone, and says which zone it is."""
    how = job("excel", "ru", Query(tz="Asia/Yekaterinburg"))
    read = read_csv(csv_bytes(texts("а"), how), ";")[0]
    assert read["Дата публикации (Asia/Yekaterinburg)"] == "2026-03-01 14:01:05"


def test_local_times_follow_the_zone_through_its_changes() -> None:
    """Offsets are right on both sides of a change of clocks, within the hour it happens."""
    zone = ZoneInfo("Europe/Berlin")
    moments = [datetime.fromisoformat(f"2026-{day}T0{n}:30") for day in ("03-29", "10-25") for n in range(4)]
    made = table([row(index, "а", published_at=each) for index, each in enumerate(moments)])
    read = read_csv(csv_bytes(made, job("excel", query=Query(tz=zone.key))), ";")
    expected = [each.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone) for each in moments]
    assert [each["published_at"] for each in read] == [f"{each:%Y-%m-%d %H:%M:%S}" for each in expected]


def test_jsonl_holds_each_comment_exactly() -> None:
    """Every line is one object whose values equal the stored ones: texts, numbers, nulls, lists, times."""
    rows = texts(*ALL)
    read = [json.loads(line) for line in jsonl_bytes(rows).decode().split("\n")[:-1]]
    assert read == [{name: as_json(value) for name, value in each.items()} for each in rows.to_pylist()]


def as_json(value: Any) -> Any:
    """Return a stored value as JSON should show it."""
    return f"{value.isoformat()}Z" if isinstance(value, datetime) else value


def test_jsonl_keeps_lists_apart_when_batches_are_slices() -> None:
    """A batch cut out of a larger one renders its own lists, absent and empty ones too."""
    rows = table(
        [row(n, "а", attachments=kinds) for n, kinds in enumerate((["a"], None, [], ["b", "c"], ["d"]))]
    )
    read = [json.loads(line)["attachments"] for line in jsonl_bytes(rows.slice(1, 4), 2).splitlines()]
    assert read == [None, [], ["b", "c"], ["d"]]


def test_no_rows_are_a_valid_file() -> None:
    """An empty result is a header in CSV and an empty JSONL file."""
    none = texts()
    assert csv_bytes(none, job()) == (",".join(COLUMNS) + "\n").encode()
    assert jsonl_bytes(none) == b""

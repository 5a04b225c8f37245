"""JSON comes in exactly: lines, arrays, and the wrappings of APIs."""

from __future__ import annotations

import json

import pytest

from core.errors import ImportRefused
from core.importing import peek, read
from tests.core.export.rows import CONTROL, LONG, NASTY

EXACT = (*NASTY, *CONTROL, *LONG, None)
OBJECTS = [{"id": number, "text": text} for number, text in enumerate(EXACT, 1)]


@pytest.mark.parametrize("ascii_only", [True, False])
def test_every_text_of_jsonl_comes_in_byte_for_byte(ascii_only: bool) -> None:
    """Escaped or not, with line separators inside, absent or empty, each text is what it was."""
    content = "\n".join(json.dumps(each, ensure_ascii=ascii_only) for each in OBJECTS).encode()
    assert read(content, "a.jsonl").rows["text"].to_pylist() == list(EXACT)


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"items": x}, lambda x: {"response": {"items": x}}])
def test_an_array_is_read_like_lines(indent: int | None, wrap: object) -> None:
    """One JSON value holding the objects, bare or as an API wraps it, gives the same rows."""
    assert callable(wrap)
    content = json.dumps(wrap(OBJECTS), indent=indent).encode()
    assert read(content, "a.json").rows["text"].to_pylist() == list(EXACT)


def test_inner_objects_are_columns_with_a_dot() -> None:
    """VK's own comments map at once: author, date, likes, thread, answers and attachments."""
    comments = [
        {"id": 10, "from_id": 5, "date": 1_770_000_000, "text": "да", "likes": {"count": 3},
         "thread": {"count": 1}, "attachments": [{"type": "photo", "photo": {"id": 1}}]},
        {"id": 11, "from_id": -7, "date": 1_770_000_060, "text": "", "likes": {"count": 0},
         "reply_to_comment": 10, "attachments": [{"type": "sticker"}]},
    ]  # fmt: skip
    rows = read("\n".join(map(json.dumps, comments)).encode(), "a.jsonl").rows
    first, second = rows.to_pylist()
    assert (first["author_id"], first["likes"], first["replies"], first["attachments"]) == (
        5,
        3,
        1,
        ["photo"],
    )
    assert first["published_at"].isoformat() == "2026-02-02T02:40:00"
    assert (second["author_id"], second["text"], second["parent_id"], second["root_id"]) == (-7, "", 1, 1)


def test_the_raw_row_is_the_line_as_it_came() -> None:
    """Whatever is not mapped stays in the raw row, numbers and order of keys untouched."""
    line = b'{"z": 1.50, "text": "\\u0434\\u0430", "big": 123456789012345678901234567890}'
    assert read(line, "a.jsonl").rows["raw"].to_pylist() == [line]


def test_half_characters_are_replaced_and_counted() -> None:
    """A lone surrogate cannot be stored, so it becomes U+FFFD and the import says so."""
    imported = read(b'{"text": "a\\ud83db"}\n{"text": "ok"}', "a.jsonl")
    assert imported.rows["text"].to_pylist() == ["a\ufffdb", "ok"]
    assert [(note.code, note.count) for note in imported.notes] == [("lone_surrogates", 1)]


def test_columns_that_begin_later_are_seen() -> None:
    """The columns of JSON are those of all the first objects, not of the very first."""
    assert peek(b'{"a": 1}\n{"text": "b"}', "a.jsonl").columns == ("a", "text")


@pytest.mark.parametrize(
    "content", [b'{"text": "a"}\n{"text": ', b'{"text": "a"}\n[1]', b'[{"text": "a"}, 3]', b"[{]"]
)
def test_broken_json_is_refused(content: bytes) -> None:
    """A broken or foreign line ends the import; nothing is guessed."""
    with pytest.raises(ImportRefused) as refused:
        read(content, "a.jsonl")
    assert refused.value.params["reason"] == "json"


def test_a_csv_that_begins_with_a_bracket_is_not_json() -> None:
    """A mention in brackets at the start of a list of comments is text."""
    content = "[MENTION], да\n[id1|Иван], нет\n".encode()
    assert read(content, "a.csv").rows["text"].to_pylist() == ["[MENTION], да", "[id1|Иван], нет"]

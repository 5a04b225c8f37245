"""A file becomes a source of its own: the same file the same source, each row a comment, answers linked."""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import datetime

import pytest

from core.errors import TaskCancelled
from core.importing import Imported, Mapping, read
from core.models import Progress

PLAIN = "text,toxicity\nпривет,0\nпривет,1\n".encode()


def notes(imported: Imported) -> dict[str, int]:
    """Return how often each thing had to be put right."""
    return {note.code: note.count for note in imported.notes}


def test_the_key_is_made_from_the_bytes() -> None:
    """The same bytes are the same source under any name; one more byte is another."""
    first, second, other = read(PLAIN, "a.csv"), read(PLAIN, "b.csv"), read(PLAIN + b"\n", "a.csv")
    assert str(first.source.ref) == f"import:{hashlib.sha256(PLAIN).hexdigest()[:12]}"
    assert second.source.ref == first.source.ref
    assert other.source.ref != first.source.ref
    assert (first.source.title, first.source.declared_comments) == ("a.csv", 2)


def test_equal_texts_stay_two_rows_numbered_from_one() -> None:
    """A comment's id is its row number, so nothing is merged."""
    rows = read(PLAIN, "a.csv").rows
    assert rows.select(["comment_id", "text"]).to_pylist() == [
        {"comment_id": 1, "text": "привет"},
        {"comment_id": 2, "text": "привет"},
    ]


def test_columns_without_a_meaning_stay_in_the_raw_row() -> None:
    """Nothing of the file is thrown away: the whole row is kept as JSON."""
    assert [json.loads(raw) for raw in read(PLAIN, "a.csv").rows["raw"].to_pylist()] == [
        {"text": "привет", "toxicity": "0"},
        {"text": "привет", "toxicity": "1"},
    ]


def test_missing_and_unreadable_dates_are_null_and_counted() -> None:
    """No date is invented; those that were there and could not be read are reported with an example."""
    content = "text,date\nа,01.03.2026 12:00\nб,\nв,вчера\nг,02.03.2026 00:30\n".encode()
    imported = read(content, "a.csv", Mapping((("text", "text"), ("date", "published_at")), tz="Asia/Omsk"))
    assert imported.rows["published_at"].to_pylist() == [
        datetime.fromisoformat("2026-03-01T06:00:00"),
        None,
        None,
        datetime.fromisoformat("2026-03-01T18:30:00"),
    ]
    assert [(note.code, note.count, note.example) for note in imported.notes] == [("bad_dates", 1, "вчера")]
    assert str(imported.notes[0]) == "1 dates could not be read and stay empty (first: вчера)"


def test_answers_are_linked_by_row_number() -> None:
    """The file's own ids lead from an answer to its parent and to the comment that opened the thread."""
    content = b"id,parent_id,text\nx1,,root\nx2,x1,reply\nx3,x2,deeper\nx4,gone,lost\nx5,x5,self\n"
    imported = read(content, "a.csv")
    assert imported.rows["parent_id"].to_pylist() == [None, 1, 2, None, None]
    assert imported.rows["root_id"].to_pylist() == [None, 1, 1, None, None]
    assert imported.rows["replies"].to_pylist() == [2, 0, 0, 0, 0]
    assert notes(imported) == {"unknown_parents": 1}


def test_a_thread_can_be_named_by_its_first_comment() -> None:
    """4CAT names a thread by the id of its opening post, which then is not an answer to itself."""
    rows = read(b"id,thread_id,text\n7,7,first\n8,7,second\n", "a.csv").rows
    assert rows["root_id"].to_pylist() == [None, 1]
    assert rows["parent_id"].to_pylist() == [None, 1]


def test_a_circle_of_answers_has_no_root() -> None:
    """Two comments that answer each other end no import and open no thread."""
    rows = read(b"id,parent_id,text\n1,2,one\n2,1,two\n", "a.csv").rows
    assert rows["root_id"].to_pylist() == [None, None]


def test_the_same_id_under_another_source_is_another_comment() -> None:
    """In an export of ours ids repeat between sources, and answers stay within their own."""
    lines = [
        {"source": source, "comment_id": number, "parent_id": parent, "text": text, "comment_key": "k"}
        for source, number, parent, text in [
            ("wall:-1_1", 1, None, "a"),
            ("wall:-1_2", 1, None, "b"),
            ("wall:-1_2", 2, 1, "c"),
        ]
    ]
    columns = (
        ("source", "source"),
        ("comment_id", "comment_id"),
        ("parent_id", "parent_id"),
        ("text", "text"),
    )
    imported = read("\n".join(map(json.dumps, lines)).encode(), "a.jsonl", Mapping(columns))
    assert imported.rows["parent_id"].to_pylist() == [None, None, 2]
    assert notes(imported) == {}


def test_author_ids_that_are_no_numbers_become_names() -> None:
    """A channel's id stands for the author's name where there is none, and is counted."""
    imported = read(b"text,author_id,likes\nfirst words,UCabc,x\nmore words,5,2\n", "a.csv",
                    Mapping((("text", "text"), ("author_id", "author_id"), ("likes", "likes"))))  # fmt: skip
    assert imported.rows["author_id"].to_pylist() == [None, 5]
    assert imported.rows["author_name"].to_pylist() == ["UCabc", None]
    assert notes(imported) == {"bad_author_ids": 1, "bad_numbers": 1}


def test_an_import_can_be_cancelled() -> None:
    """A cancelled import ends before the next batch."""
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(TaskCancelled):
        read(PLAIN, "a.csv", cancel=cancel)


def test_an_import_says_how_far_it_is() -> None:
    """Progress is reported in rows after each batch."""
    seen: list[Progress] = []
    read(b"text\n" + b"word\n" * 10_001, "a.csv", report=seen.append)
    assert [each.done for each in seen] == [10_000, 10_001]

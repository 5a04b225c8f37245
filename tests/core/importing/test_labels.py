"""Files of labels: what is written comes back, what does not fit is named by its line."""

from __future__ import annotations

import pytest

from core.export.labels import label_file
from core.importing.labels import LabelFile, RefusedLine, read_labels, reason_against
from core.query import Query
from core.storage import reads_labelled, writes, writes_coding
from core.storage.reads_labels import Label
from core.storage.store import Store
from tests.builders import at, comment, page


@pytest.fixture
def store() -> Store:
    """Open a database with two comments."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    writes.write_pages(opened, "run", [page(comment(1), comment(2))], at())
    return opened


LABELS = (
    Label("wall:-1_2", 1, "тема", '=1+1; "да"', "Анна", "первая\nвторая"),
    Label("wall:-1_2", 2, "тема", "'быт", "", ""),
)


def test_a_written_file_is_read_back(store: Store) -> None:
    """Formulas are kept from spreadsheets, and every text comes back as it was."""
    writes_coding.write_labels(store, LABELS)
    content = label_file(reads_labelled.every_label(store, Query()))
    assert content.startswith("\ufeffcomment_key;name".encode())
    assert b"'=1+1" in content
    assert read_labels(store, content) == LabelFile(LABELS, ())


def test_a_bare_file_is_read(store: Store) -> None:
    """Commas do as well, and coder and note may be left out."""
    content = b"name,comment_key,value\nsentiment,wall:-1_2:1,negative\n"
    assert read_labels(store, content).labels == (Label("wall:-1_2", 1, "sentiment", "negative", "", ""),)


def test_lines_that_do_not_fit_are_named(store: Store) -> None:
    """Each refused line has its number and a reason; the others are kept."""
    lines = [
        "comment_key,name,value,coder,note",
        "wall:-1_2:1,тема,быт,Анна,",
        "wall:-1_2,тема,быт,Анна,",
        "wall:-1_2:1,те:ма,быт,Анна,",
        "wall:-1_2:1,тема,,Анна,",
        "wall:-1_2:1,sentiment,супер,Анна,",
        f"wall:-1_2:1,тема,быт,{'А' * 101},",
        f"wall:-1_2:1,тема,быт,Анна,{'а' * 1001}",
        "wall:-1_2:9,тема,быт,Анна,",
    ]
    found = read_labels(store, "\n".join(lines).encode())
    assert [(each.line, each.reason) for each in found.refused] == [
        (3, "key"),
        (4, "name"),
        (5, "value"),
        (6, "answer"),
        (7, "coder"),
        (8, "note"),
        (9, "unknown"),
    ]
    assert len(found.labels) == 1
    assert found.refused[3].value == "супер"


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", "комментарий;имя\n".encode()])
def test_another_file_says_what_it_lacks(store: Store, content: bytes) -> None:
    """A file without the columns is refused as a whole, by the names of the columns."""
    lacking = RefusedLine(1, "columns", "comment_key, name, value")
    assert read_labels(store, content) == LabelFile((), (lacking,))


def test_the_models_own_questions_take_their_own_answers() -> None:
    """What teaches a model is one of its answers, or unsure."""
    assert reason_against("toxicity", "yes") is None
    assert reason_against("toxicity", "unsure") is None
    assert reason_against("toxicity", "да") == "answer"
    assert reason_against("тема", "да") is None

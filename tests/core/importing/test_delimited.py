"""Delimited text comes in exactly, whatever its encoding and delimiter, or is refused with a reason."""

from __future__ import annotations

import csv
import io

import pytest

from core.errors import ImportRefused
from core.importing import Mapping, peek, read
from tests.core.export.rows import CONTROL, LONG, NASTY

EXACT = (*NASTY, *CONTROL, *LONG)
RUSSIAN = "Мне нравится эта погода, а тебе?"


def as_csv(texts: list[str], delimiter: str = ",", line_end: str = "\r\n") -> str:
    """Write texts as CSV with a header, as another program would."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(["id", "text", "likes"])
    writer.writerows([number, text, 0] for number, text in enumerate(texts, 1))
    return out.getvalue()


def texts_of(content: bytes, mapping: Mapping | None = None, name: str = "a.csv") -> list[str | None]:
    """Return the texts of an imported file."""
    texts: list[str | None] = read(content, name, mapping).rows["text"].to_pylist()
    return texts


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_text_comes_in_byte_for_byte(delimiter: str, line_end: str) -> None:
    """Nothing is trimmed, no line break changed, no word such as NA turned into nothing."""
    content = as_csv(list(EXACT), delimiter, line_end).encode()
    assert peek(content, "a.csv").delimiter == delimiter
    assert texts_of(content) == list(EXACT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_the_encoding_is_recognised(encoding: str) -> None:
    """Russian text in each common encoding is read as itself, with a mark in front or without."""
    content = as_csv([RUSSIAN, "Да\r\nнет", "Ёж и ещё"], ";").encode(encoding)
    assert texts_of(content) == [RUSSIAN, "Да\r\nнет", "Ёж и ещё"]
    assert (peek(content, "a.csv").encoding or "").startswith(encoding[:6])


def test_another_encoding_can_be_chosen() -> None:
    """What cannot be told apart by looking, such as KOI8-R, is read when somebody says so."""
    content = as_csv([RUSSIAN]).encode("koi8-r")
    assert texts_of(content, Mapping(encoding="koi8-r")) == [RUSSIAN]


def test_a_damaged_utf8_file_is_refused_rather_than_read_as_something_else() -> None:
    """One broken byte must not turn a whole file into gibberish; the refusal names the byte."""
    content = as_csv([RUSSIAN] * 50).encode()
    broken = content[:400] + b"\xff" + content[400:]
    with pytest.raises(ImportRefused) as refused:
        read(broken, "a.csv")
    assert refused.value.params["reason"] == "damaged"
    assert refused.value.params["byte"] in (400, 401)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"text\r\n", "empty"),
        (b"%PDF-1.7 ...", "foreign"),
        (b"\x89PNG\r\n\x1a\n", "foreign"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "foreign"),
        (bytes(range(32)) * 100, "binary"),
        (b"id;likes\n1;2\n3;4\n", "no_text"),
        ("text,likes\nпривет, мир,3\nда,4,5,6\n".encode(), "ragged"),
        ('text,likes\n"не закрыта,3\nда,4\nа,б,в\n'.encode(), "quotes"),
        ("Élève,Garçon\nçà,é\nÀ ñ\n".encode("latin-1") * 20, "encoding"),
    ],
)
def test_what_is_not_a_table_of_comments_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    """Each refusal has its own code and says what to do."""
    with pytest.raises(ImportRefused) as refused:
        read(content, "a.csv")
    assert refused.value.params["reason"] == reason
    assert refused.value.hint


def test_a_refusal_names_the_line() -> None:
    """A row that is too wide is named by its line in the file, line breaks in cells counted."""
    content = 'text,likes\n"две\nстроки",1\nа,б,в\n'.encode()
    with pytest.raises(ImportRefused, match="line 4"):
        read(content, "a.csv")


def test_short_rows_are_filled_up_and_counted() -> None:
    """Trailing empty cells that a program left out are empty, and the import says how many rows."""
    imported = read("text,likes,url\nа,1\nб,2,x\n".encode(), "a.csv")
    assert imported.rows["text"].to_pylist() == ["а", "б"]
    assert [(note.code, note.count, note.example) for note in imported.notes] == [("short_rows", 1, "2")]


def test_equal_and_empty_headers_get_names_of_their_own() -> None:
    """Two columns of one name stay two columns, and a nameless one can be chosen too."""
    found = peek("text,text,\nа,б,в\n".encode(), "a.csv")
    assert found.columns == ("text", "text (2)", "column 3")
    chosen = Mapping((("column 3", "text"),))
    assert texts_of("text,text,\nа,б,в\n".encode(), chosen) == ["в"]


def test_a_file_without_a_header_loses_no_row() -> None:
    """A list of comments, one per line, commas and all, is imported from its first line."""
    content = "Согласен, так и есть\nА я нет\n\nНу и зря, зря, зря\n".encode()
    assert not peek(content, "a.txt").has_header
    assert texts_of(content, name="a.txt") == ["Согласен, так и есть", "А я нет", "Ну и зря, зря, зря"]


def test_whether_there_is_a_header_can_be_said() -> None:
    """A wrong guess about the header can be overruled both ways."""
    content = b"alpha,beta\ngamma words here,delta\n"
    chosen = (("column 1", "text"),)
    assert texts_of(content, Mapping(chosen, has_header=False)) == ["alpha", "gamma words here"]
    assert texts_of(content, Mapping((("alpha", "text"),), has_header=True)) == ["gamma words here"]


def test_the_delimiter_can_be_said() -> None:
    """A delimiter somebody chose is used even where another looks likelier."""
    content = b"text,a|b\nx,y|z\n"
    assert texts_of(content, Mapping((("text,a", "text"),), delimiter="|")) == ["x,y"]


def test_the_hint_excel_writes_in_front_is_not_a_row() -> None:
    """`sep=;` names the delimiter and is not data."""
    assert texts_of("sep=;\r\ntext;likes\r\nа, б;1\r\n".encode()) == ["а, б"]


def test_a_file_without_quoting_keeps_its_quotes() -> None:
    """Where quotes are plain characters and every row is even, they stay in the text."""
    content = 'text\tlikes\n"Да" сказал он\t1\n"\t2\n'.encode()
    assert texts_of(content) == ['"Да" сказал он', '"']


def test_a_long_text_is_read_whole() -> None:
    """A text far over csv's usual limit of 131,072 characters is no reason to refuse."""
    assert texts_of(as_csv(["я" * 300_000]).encode()) == ["я" * 300_000]


def test_a_column_that_is_not_there_is_refused_by_name() -> None:
    """A mapping made for another file says which column is missing, and which there are."""
    with pytest.raises(ImportRefused, match=r"no column 'body'.*It has: id, text, likes"):
        read(as_csv(["а"]).encode(), "a.csv", Mapping((("body", "text"),)))

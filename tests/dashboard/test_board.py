"""The board: the library as it is served, what it says by itself, what its charts are taken away as."""

import csv
import io
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core.wording import LANGS
from dashboard.board import assets, component
from dashboard.board.files import LONGEST, csv_text, file_name
from dashboard.charts.figure import Cell, Chart, Table


def _client() -> TestClient:
    return TestClient(Starlette(routes=assets.routes()))


def test_the_library_is_compressed_and_kept_for_good() -> None:
    """The largest file of the page travels small, and once."""
    answer = _client().get(assets.plotly_path(), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert int(answer.headers["content-length"]) < len(answer.content) / 2


def test_the_library_is_the_installed_one() -> None:
    """A client without gzip gets the same bytes."""
    plain = _client().get(assets.plotly_path(), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert b"plotly.js v" in plain.content[:200]


def test_the_address_holds_under_a_base_path() -> None:
    """An app behind a prefix asks for the library behind that prefix."""
    assert assets.plotly_url("") == assets.plotly_path()
    assert assets.plotly_url("/base/") == f"/base{assets.plotly_path()}"


def test_the_parts_of_the_script_are_one_module() -> None:
    """Every part is sent, only the last one exports, and no name is taken twice."""
    assert {path.name for path in component.HERE.glob("*.js")} == set(component.SCRIPTS)
    script = component.script()
    assert len(re.findall(r"^export ", script, re.MULTILINE)) == 1
    names = re.findall(r"^(?:async )?(?:function|const|let) (\w+)", script, re.MULTILINE)
    assert len(names) == len(set(names))


def test_every_word_of_the_board_is_sent() -> None:
    """What the script says is in the catalogue in both languages; nothing is sent that it does not say."""
    script = component.script()
    menu = re.search(r"const ITEMS = \[(.*?)\]", script)
    assert menu
    said = {*re.findall(r"\bwords\.(\w+)", script), *re.findall(r'"(\w+)"', menu[1])}
    sent = [component.words(lang, "/library.js") for lang in LANGS]
    assert [set(words) for words in sent] == [said, said]
    assert all("/library.js" in words["failed"] for words in sent)
    assert not set(sent[0].values()) & set(sent[1].values())


def _read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_file_of_numbers_is_read_as_it_was_written() -> None:
    """Quotes, commas, line breaks and letters survive; Excel knows the encoding by the mark."""
    rows: tuple[tuple[Cell, ...], ...] = (('он сказал: "да",\nи ушёл', -3, 0.25), ("", None, float("nan")))
    text = csv_text(Table(("Слова, фразы", "n", "доля"), rows))
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == 3
    assert _read(text) == [
        ["Слова, фразы", "n", "доля"],
        ['он сказал: "да",\nи ушёл', "-3", "0.25"],
        ["", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+7", "-1", "@name", "\tx", "\rx"])
def test_a_text_is_never_a_formula(text: str) -> None:
    """Titles and names are other people's texts: a spreadsheet must not run them; numbers stay numbers."""
    assert _read(csv_text(Table((text,), ((text,), (-1,))))) == [[f"'{text}"], [f"'{text}"], ["-1"]]


@pytest.mark.parametrize(
    ("title", "period", "name"),
    [
        ("Busiest on 2\u00a0March: 9", "1–3\u00a0March", "Busiest on 2 March – 9, 1–3 March"),
        ("Вечером пишут больше", "", "Вечером пишут больше"),
        ('a/b\\c:d*e?f"g<h>i|j\n', "", "a b c d e f g h i j"),
        ("...", "", "chart"),
        ("con", "", "_con"),
        ("Console", "", "Console"),
        ("пи\u202eси", "", "пи си"),
    ],
)
def test_a_name_of_a_file_suits_every_system(title: str, period: str, name: str) -> None:
    """Title and period are kept as far as Windows, macOS and Linux can store them."""
    assert file_name(Chart("a", title, period=period)) == name


def test_a_long_title_makes_no_long_name() -> None:
    """Cyrillic letters are two bytes each; a name has room for its ending and a number."""
    assert len(file_name(Chart("a", "щ" * 500))) == LONGEST
    assert len(f"{'щ' * LONGEST} (10).csv".encode()) <= 255

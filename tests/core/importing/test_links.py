"""Links out of files: the right column without being told, thousands of rows, and files that are none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from core.errors import ImportRefused
from core.importing import links_in
from core.importing.links import LinkColumn
from core.links import recognise

HEADER = "id;Заголовок;Ссылка;Лайки"
ROWS = [f"{n};Пост номер {n};https://vk.com/wall-1_{n};{n * 3}" for n in range(1, 4)]


def posts(text: str) -> list[int | None]:
    """Return the items of the targets in a text."""
    return [each.item_id for each in recognise(text).targets]


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Make an xlsx file of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_column_of_links_is_found(encoding: str, delimiter: str) -> None:
    """Whatever Excel saved, the column with most links is taken and named."""
    content = "\r\n".join([HEADER, *ROWS]).replace(";", delimiter).encode(encoding)
    found = links_in(content, "posts.csv")
    assert (found.column, found.rows) == ("Ссылка", 3)
    assert posts(found.text) == [1, 2, 3]


def test_a_workbook_gives_its_links() -> None:
    """An xlsx is read like a CSV, a hyperlink formula and numbers beside it included."""
    content = workbook(
        ("post", "author", "n"), ("https://vk.com/wall-1_2", "club9", 1), ("vk.com/topic-3_4", None, 2)
    )
    found = links_in(content, "posts.xlsx")
    assert found.columns == (LinkColumn("post", 2), LinkColumn("author", 1))
    assert posts(found.text) == [2, 4]


def test_links_behind_words_are_found() -> None:
    """A workbook may show titles and keep the addresses behind them."""
    book = openpyxl.Workbook()
    book.active.append(("Пост", "Лайки"))
    for number in (2, 3):
        book.active.append((f"Название {number}", 1))
        cell = book.active.cell(number, 1)
        cell.hyperlink = f"https://vk.com/wall-1_{number}?reply=3&thread=4"
    target = io.BytesIO()
    book.save(target)
    found = links_in(target.getvalue(), "posts.xlsx")
    assert [(each.item_id, each.comment_id) for each in recognise(found.text).targets] == [(2, 3), (3, 3)]
    assert (found.column, found.columns, found.rows) == ("", (), 2)


def test_another_column_can_be_chosen() -> None:
    """The page offers every column with links; the one that is named is taken."""
    content = b"post,wall\nvk.com/wall-1_2,vk.com/club5\nvk.com/wall-1_3,\n"
    found = links_in(content, "a.csv", column="wall")
    assert [each.name for each in found.columns] == ["post", "wall"]
    assert (found.column, found.text) == ("wall", "vk.com/club5")


def test_a_column_that_is_not_there_is_named() -> None:
    """A wrong column is refused with those there are."""
    with pytest.raises(ImportRefused, match=r"no column 'x'.*post, wall"):
        links_in(b"post,wall\nvk.com/wall-1_2,1\n", "a.csv", column="x")


@pytest.mark.parametrize(
    "text",
    [
        "https://vk.com/wall-1_2\nhttps://vk.com/wall-1_3\n",
        "Смотрите, вот: https://vk.com/wall-1_2, и ещё\n\nhttps://vk.com/wall-1_3; всё",
        'Он сказал "да: https://vk.com/wall-1_2\nи "нет, https://vk.com/wall-1_3',
    ],
)
def test_a_text_is_taken_as_it_is(text: str) -> None:
    """A list without a header, and prose with links in it, lose nothing."""
    found = links_in(text.encode(), "links.txt")
    assert posts(found.text) == [2, 3]


def test_a_table_without_a_header_keeps_its_first_row() -> None:
    """A first row that holds a link is a row."""
    found = links_in(b"vk.com/wall-1_2,one\nvk.com/wall-1_3,two\n", "a.csv")
    assert posts(found.text) == [2, 3]
    assert links_in(workbook(("vk.com/wall-1_2", "a"), ("vk.com/wall-1_3", "b")), "a.xlsx").rows == 2


def test_names_count_where_the_header_says_so() -> None:
    """A column of bare names is one of links only when it is called like one."""
    found = links_in("domain,город\ndurov,Москва\nteam,Пермь\n".encode(), "a.csv")
    assert found.column == "domain"
    assert [each.name for each in recognise(found.text).targets] == ["durov", "team"]


def test_our_own_export_can_be_read_for_its_posts() -> None:
    """The address or the key of each comment leads back to its source."""
    content = b"comment_key,source,url\nwall:-1_2:3,wall:-1_2,https://vk.com/wall-1_2?reply=3\n"
    assert posts(links_in(content, "comments.csv").text) == [2]
    assert posts(links_in(content, "comments.csv", column="source").text) == [2]


def test_thousands_of_rows_are_read(tmp_path: Path) -> None:
    """6,000 rows of a file on disk give 6,000 targets."""
    path = tmp_path / "a.csv"
    path.write_text("n,url\n" + "".join(f"{n},https://vk.com/wall-1_{n}\n" for n in range(1, 6001)))
    found = links_in(path, "a.csv")
    assert len(recognise(found.text).targets) == 6_000


def bomb() -> bytes:
    """Make a workbook that would unpack to far more than its size."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * (60 * 2**20))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 https://vk.com/wall-1_2", "PDF"),
        (b"\x00\x01\x02\x03" * 100, "not text"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"a,b\n1,2\n", "No column"),
        ("просто слова и ещё слова\n".encode(), "no links"),
    ],
)
def test_a_file_without_links_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    """What cannot be read, and what holds no link, says so and what to do."""
    with pytest.raises(ImportRefused, match=said) as refused:
        links_in(content, "a.csv")
    assert refused.value.hint


def test_a_bomb_is_refused() -> None:
    """A workbook that unpacks to far more than its size is not unpacked."""
    with pytest.raises(ImportRefused, match="unpack"):
        links_in(bomb(), "a.xlsx")

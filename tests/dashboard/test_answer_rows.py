"""Rows of an answer on the page: times by the reader's clock, posts by title, comments as VK shows them."""

from __future__ import annotations

import pytest

from core.analysis.catalogue import ANALYSES
from core.tasks.answers import Measured
from dashboard.components.answer_rows import shown


def test_rows_are_told_as_a_reader_sees_them() -> None:
    """Times are local, a day has no midnight; a post without a title is called as elsewhere on the page."""
    analysis = ANALYSES["questions"]
    row: dict[str, object] = dict.fromkeys(each.name for each in analysis.fields)
    row |= {
        "source": "wall:-1_2",
        "title": "",
        "asked_at": "2026-03-01T21:00:00Z",
        "text": "[id7|Анна], где?",
    }
    measured = Measured(1, None, "Europe/Moscow", [row])
    (told,) = shown(measured, analysis, {"wall:-1_2": "Пост о погоде"}, {}).rows
    assert (told["title"], told["asked_at"], told["text"]) == ("Пост о погоде", "2026-03-02", "Анна, где?")
    assert told["age_hours"] is None


@pytest.mark.parametrize(
    ("name", "author", "shown_as"),
    [("Анна", 7, "Анна"), ("", 7, "id7"), (None, -7, "club7"), ("", None, "")],
)
def test_authors_without_a_name_are_called_by_their_address(
    name: str | None, author: int | None, shown_as: str
) -> None:
    """Whoever has no name is called by the address at VK, in the table as in charts and filters."""
    analysis = ANALYSES["author_activity"]
    row: dict[str, object] = dict.fromkeys(each.name for each in analysis.fields)
    measured = Measured(1, None, "Europe/Moscow", [{**row, "author_name": name, "author_id": author}])
    (told,) = shown(measured, analysis, {}, {}).rows
    assert told["author_name"] == shown_as


def test_both_ends_of_a_link_are_called_alike() -> None:
    """Where the id stands for a name, it is written as an address; a name that was said stays."""
    analysis = ANALYSES["reply_links"]
    row: dict[str, object] = dict.fromkeys(each.name for each in analysis.fields)
    row |= {"source": "7", "source_name": "7", "target": "name:Анна", "target_name": "Анна"}
    (told,) = shown(Measured(1, None, "Europe/Moscow", [row]), analysis, {}, {}).rows
    assert (told["source_name"], told["target_name"]) == ("id7", "Анна")


def test_groups_that_are_posts_are_called_by_title() -> None:
    """Where rows are posts, the reader sees their titles, and choosing one still knows its key."""
    analysis = ANALYSES["mood"]
    row: dict[str, object] = dict.fromkeys(each.name for each in analysis.fields)
    measured = Measured(1, None, "Europe/Moscow", [{**row, "group": "wall:-1_2"}])
    titles = {"wall:-1_2": "Пост о погоде"}
    (told,) = shown(measured, analysis, titles, {"over": "source"}).rows
    assert (told["group"], told["key"]) == ("Пост о погоде", "wall:-1_2")
    (told,) = shown(measured, analysis, titles, {"over": "language"}).rows
    assert told["group"] == "wall:-1_2"


def test_what_stands_around_a_word_is_told_as_a_reader_sees_it() -> None:
    """A mention beside the word sought is a name, also where the window has cut it."""
    analysis = ANALYSES["concordance"]
    row: dict[str, object] = dict.fromkeys(each.name for each in analysis.fields)
    row |= {"left": "4|Назар], где [id7|Анна] и", "hit": "вода", "right": "[club5|Город], скажите"}
    (told,) = shown(Measured(1, None, "Europe/Moscow", [row]), analysis, {}, {}).rows
    assert (told["left"], told["hit"], told["right"]) == ("Назар, где Анна и", "вода", "Город, скажите")


def test_the_name_of_a_model_stays_whole() -> None:
    """A line never ends inside the version of a model."""
    told = shown(Measured(0, None, "Europe/Moscow", [], model="1.moods-2"), ANALYSES["mood"], {}, {})
    assert told.model == "1.moods\u20112"


@pytest.mark.parametrize("name", ["reply_network", "coword"])
def test_groups_of_a_network_are_counted_from_one(name: str) -> None:
    """The largest group is the first for a reader; what has no group gets no number."""
    row: dict[str, object] = dict.fromkeys(each.name for each in ANALYSES[name].fields)
    rows = [{**row, "community": 0}, row]
    told = shown(Measured(2, None, "Europe/Moscow", rows), ANALYSES[name], {}, {}).rows
    assert [each["community"] for each in told] == [1, None]


def test_communities_are_called_from_one_and_keep_their_numbers() -> None:
    """The page names the largest community 1, while the number that programs know it by stays."""
    analysis = ANALYSES["reply_communities"]
    row: dict[str, object] = dict.fromkeys(each.name for each in analysis.fields)
    row |= {"source": 0, "source_title": "0: Анна", "target": -1, "target_title": "…"}
    (told,) = shown(Measured(1, None, "Europe/Moscow", [row]), analysis, {}, {}).rows
    assert (told["source_title"], told["target_title"]) == ("1: Анна", "…")
    assert (told["source"], told["target"]) == (0, -1)

"""Rows of an answer on the page: times by the reader's clock, posts by title, comments as VK shows them."""

from __future__ import annotations

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

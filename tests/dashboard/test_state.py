"""A view and its address say the same."""

from datetime import date

import pytest

from core.models import CommentState
from core.query import Query
from dashboard.view import View, read_view

FULL = View(
    query=Query(
        dataset="demo",
        source=("wall:-1_2", "topic:-1_3"),
        since=date(2026, 3, 1),
        until=date(2026, 3, 31),
        hour=(9, 20),
        weekday=(1,),
        author=(7, -1),
        level="reply",
        text='цена "нет тепла" -реклама',
        likes_min=3,
        has_attachments=False,
        state=(CommentState.DELETED,),
        tz="Asia/Omsk",
        sort="-likes",
    ),
    ui="ru",
    page=12,
    size=100,
    read="table",
    comment="wall:-1_2:3",
    tab="keyness",
    since="30",
    change="deleted",
    asked=(("mood.over", "week"), ("words.by", "authors")),
    second=(("source", "wall:-1_9"), ("from", "2026-02-01")),
)


def test_an_address_carries_the_whole_view() -> None:
    """Whoever opens a copied link sees the same: filters, order, page, open conversation, language."""
    assert read_view(FULL.params(), "en-US") == FULL


def test_the_language_is_always_in_the_address() -> None:
    """A link reads the same in a browser of another language."""
    assert View(ui="ru").params() == {"ui": ["ru"]}
    assert read_view({"ui": ["ru"]}, "en-US").ui == "ru"
    assert read_view({}, "ru-RU").ui == "ru"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("page", "0"),
        ("page", "x"),
        ("ui", "fr"),
        ("sel.rows", "7"),
        ("from", "soon"),
        ("nonsense", "1"),
        ("sel.tab", "a b"),
        ("sel.since", "soon"),
        ("sel.since", "0"),
        ("sel.change", "moved"),
        ("sel.p.mood.over", "century"),
        ("sel.p.nothing.over", "day"),
        ("sel.p.over", "day"),
        ("sel.b.from", "soon"),
        ("sel.read", "aloud"),
    ],
)
def test_a_bad_value_is_reported_and_not_used(key: str, value: str) -> None:
    """A shared view is never widened in silence."""
    view = read_view({key: [value]}, "en")
    assert [(fault.key, fault.value) for fault in view.problems] == [(key, value)]
    assert view == View(ui="en", problems=view.problems)

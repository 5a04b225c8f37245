"""Views saved by name: unique, bounded, read leniently, and no data."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.errors import QueryError
from core.storage import reads_views, writes_views
from core.storage.store import Store
from core.storage.writes_views import MOST, delete_view, save_view

PARAMS = {"level": ["reply"], "sentiment": ["negative", "unsure"], "ui": ["ru"]}


def test_a_view_comes_back_without_its_language(store: Store) -> None:
    """A name, a page and parameters are kept as they were given; whoever opens it keeps their language."""
    saved = save_view(store, "  Злые \n ответы ", "comments", PARAMS)

    assert saved.outcome == "made"
    (view,) = reads_views.views(store)
    assert view == saved.view
    assert (view.name, view.page) == ("Злые ответы", "comments")
    assert view.params == {"level": ("reply",), "sentiment": ("negative", "unsure")}
    assert view.saved_at == store.now()


def test_saving_is_no_new_data(store: Store) -> None:
    """The dataset version, and with it every kept answer, stays when views come and go."""
    saved = save_view(store, "A", "overview", {})
    assert saved.view is not None
    delete_view(store, saved.view.id)

    assert store.version() == 0


def test_an_equal_name_is_taken_until_it_is_to_be_replaced(store: Store) -> None:
    """Case does not tell names apart; a view that is replaced keeps its id; the same again is nothing new."""
    first = save_view(store, "Злые ответы", "comments", PARAMS)
    assert save_view(store, "Злые ответы", "comments", PARAMS).outcome == "same"

    taken = save_view(store, "ЗЛЫЕ ответы", "overview", {})
    assert (taken.outcome, taken.is_kept, taken.view) == ("taken", False, first.view)
    assert reads_views.views(store) == [first.view]

    replaced = save_view(store, "ЗЛЫЕ ответы", "overview", {}, replace=True)
    assert (replaced.outcome, replaced.is_kept) == ("replaced", True)
    (view,) = reads_views.views(store)
    assert first.view is not None
    assert (view.id, view.name, view.page, view.params) == (first.view.id, "ЗЛЫЕ ответы", "overview", {})


def test_of_two_who_take_a_name_at_once_one_gets_it(store: Store) -> None:
    """The name is looked up and written in one transaction."""
    with ThreadPoolExecutor(4) as pool:
        saved = list(pool.map(lambda page: save_view(store, "A", page, {}), "abcdefgh"))

    assert sorted(each.outcome for each in saved) == ["made", *["taken"] * 7]
    assert len(reads_views.views(store)) == 1


def test_a_deleted_view_is_given_back_for_whoever_regrets_it(store: Store) -> None:
    """What is deleted is returned once, and an unknown id deletes nothing."""
    kept, gone = save_view(store, "A", "overview", {}).view, save_view(store, "B", "comments", {}).view
    assert kept is not None
    assert gone is not None

    assert delete_view(store, gone.id) == gone
    assert delete_view(store, gone.id) is None
    assert reads_views.views(store) == [kept]


@pytest.mark.parametrize("name", ["", "  \n", "x" * 81])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    """Empty and endless names are refused, and nothing is kept."""
    with pytest.raises(QueryError):
        save_view(store, name, "overview", {})
    assert reads_views.views(store) == []


def test_what_no_address_can_hold_is_refused(store: Store) -> None:
    """A view that could not be opened is not saved."""
    with pytest.raises(QueryError):
        save_view(store, "A", "overview", {"text": ["x" * 40_000]})
    assert reads_views.views(store) == []


def test_there_are_only_so_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the list is full a new name is refused, while one that is there may still be replaced."""
    assert 100 <= MOST < 1000
    monkeypatch.setattr(writes_views, "MOST", 2)
    save_view(store, "A", "overview", {})
    save_view(store, "B", "overview", {})

    full = save_view(store, "C", "overview", {})
    assert (full.outcome, full.view) == ("full", None)
    assert save_view(store, "b", "comments", {}, replace=True).outcome == "replaced"
    assert {each.name for each in reads_views.views(store)} == {"A", "b"}


@pytest.mark.parametrize("body", ["", "[1]", '{"level": "reply"}', '{"likes_min": [5]'])
def test_parameters_that_cannot_be_read_lose_no_view(store: Store, body: str) -> None:
    """A row that another version of the program left is a view without those parameters."""
    with store.noting() as cursor:
        values = {"id": "1", "name": "A", "page": "gone", "params": body, "saved_at": store.now()}
        cursor.execute(writes_views.KEEP_VIEW, values)

    assert [(each.name, each.params) for each in reads_views.views(store)] == [("A", {})]

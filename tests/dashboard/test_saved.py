"""Saved views on the page: saved by name, replaced on demand, opened as links, deleted and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.storage import reads_views, writes_views
from core.storage.store import Store
from dashboard import services
from dashboard.components import saved

pytestmark = pytest.mark.slow

PAGE = Path(__file__).with_name("saved_page.py")
LIMIT_S = 30


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Give the page a database, and a token so that no synthetic VK starts."""
    monkeypatch.setenv("VK_TOKEN", "token-for-tests")
    monkeypatch.setenv("VK_API_URL", "http://127.0.0.1:9/method/")
    services.current.clear()
    st.cache_data.clear()
    yield services.current().workspace("own").store
    services.current.clear()
    st.cache_data.clear()


def _open(**params: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=LIMIT_S)
    for key, value in params.items():
        app.query_params[key] = value
    app.session_state[saved.OPEN] = True
    return _run(app)


def _run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def _save(app: AppTest, name: str) -> AppTest:
    app.text_input(saved.NAME).set_value(name)
    app.button("FormSubmitter:saved.form-Save").click()
    return _run(app)


def _texts(app: AppTest) -> str:
    return "\n".join(each.value for kind in (app.markdown, app.caption, app.warning) for each in kind)


def test_what_is_seen_is_saved_under_a_name(store: Store) -> None:
    """The view keeps its page and filters, its name stands in the list, and the field is empty again."""
    app = _save(_open(ui="en", level="reply", likes_min="5"), "Liked replies")

    (view,) = reads_views.views(store)
    assert (view.name, view.page) == ("Liked replies", "overview")
    assert view.params == {"level": ("reply",), "likes_min": ("5",)}
    assert "Saved: **Liked replies**." in _texts(app)
    assert app.text_input(saved.NAME).value == ""
    assert [each.label for each in app.get("page_link")] == ["Liked replies"]


def test_a_view_opens_its_page_and_filters_in_the_reader_s_language(store: Store) -> None:
    """A link carries what was saved and nothing of the view it is clicked in but the language."""
    writes_views.save_view(store, "A *view*", "comments", {"sentiment": ["negative", "unsure"], "ui": ["en"]})

    (link,) = _open(ui="ru", level="reply").get("page_link")

    assert link.proto.page == "comments"
    assert link.proto.query_string == "ui=ru&sentiment=negative&sentiment=unsure"
    assert link.label == "A \\*view\\*"


def test_a_view_of_a_page_that_is_gone_still_opens(store: Store) -> None:
    """After an update a view may name a page that is no more: its filters open on the first page."""
    writes_views.save_view(store, "Old", "gone", {"colour": ["red"]})

    (link,) = _open(ui="en").get("page_link")

    assert (link.proto.page, link.proto.query_string) == ("overview", "ui=en&colour=red")


def test_a_name_that_is_taken_is_told_and_replaced_on_demand(store: Store) -> None:
    """Nothing is overwritten by a slip; one click more does it."""
    writes_views.save_view(store, "Replies", "comments", {})

    app = _save(_open(ui="en", level="reply"), "REPLIES")
    assert "a view with the name **Replies** already" in _texts(app)
    assert reads_views.views(store)[0].page == "comments"

    app.button("saved.replace").click()
    app = _run(app)
    (view,) = reads_views.views(store)
    assert (view.page, view.params) == ("overview", {"level": ("reply",)})
    assert "Replaced: **Replies**" in _texts(app)


def test_a_view_that_is_saved_so_already_is_told(store: Store) -> None:
    """Nobody thinks that something was overwritten where nothing has changed."""
    app = _save(_save(_open(ui="en", level="reply"), "Replies"), "Replies")

    assert "Saved already, nothing has changed: **Replies**." in _texts(app)
    assert len(reads_views.views(store)) == 1


@pytest.mark.parametrize("name", ["", "  ", "x" * 200])
def test_a_name_that_is_none_is_told(store: Store, name: str) -> None:
    """An empty or endless name is a sentence beside the field, and nothing is saved."""
    app = _save(_open(ui="en"), name)

    assert "A name has 1 to 80 characters." in app.error[0].value
    assert reads_views.views(store) == []


@pytest.mark.parametrize("name", ["  ", "x" * 200])
def test_a_name_that_is_none_is_told_after_a_good_one(store: Store, name: str) -> None:
    """What the save before came to does not stand for this one."""
    app = _save(_save(_open(ui="en"), "Replies"), name)

    assert "A name has 1 to 80 characters." in app.error[0].value
    assert len(reads_views.views(store)) == 1


def test_the_field_takes_a_name_of_any_length() -> None:
    """A browser drops without a word what is longer than a limit of the field; ours is told instead."""
    assert _open(ui="en").text_input(saved.NAME).proto.max_chars == 0


def test_a_deleted_view_can_be_brought_back(store: Store) -> None:
    """A click deletes, another one undoes it."""
    view = writes_views.save_view(store, "Replies", "comments", {"level": ["reply"]}).view
    assert view is not None
    app = _open(ui="en")

    app.button(f"saved.delete.{view.id}").click()
    app = _run(app)
    assert "Deleted: **Replies**." in _texts(app)
    assert reads_views.views(store) == []

    app.button("saved.undo").click()
    _run(app)
    (back,) = reads_views.views(store)
    assert (back.name, back.page, back.params) == (view.name, view.page, view.params)


def test_the_list_closes_once_it_has_led_somewhere(store: Store) -> None:
    """Whoever opens a view sees it, not the list in front of it."""
    app = _open(ui="en")
    assert app.text_input

    app.query_params["level"] = "reply"
    assert not _run(app).text_input


def test_the_list_opens_full_whatever_has_changed_while_it_was_closed(store: Store) -> None:
    """Steps in the reader change the view without a run of this part: opening the list is then no way."""
    writes_views.save_view(store, "Replies", "comments", {})
    app = _open(ui="en")
    app.session_state[saved.OPEN] = False
    assert not _run(app).text_input

    app.query_params["sel.comment"] = "wall:-1_2:3"
    app.session_state[saved.OPEN] = True
    assert [each.label for each in _run(app).get("page_link")] == ["Replies"]


def test_what_saving_came_to_is_told_though_the_view_has_moved_on(store: Store) -> None:
    """A click in the list keeps it open, also after a step in the reader since it was drawn."""
    app = _open(ui="en", level="reply")
    app.query_params["sel.comment"] = "wall:-1_2:3"
    app = _save(app, "Replies")

    assert "Saved: **Replies**." in _texts(app)
    assert [each.label for each in app.get("page_link")] == ["Replies"]
    assert len(reads_views.views(store)) == 1

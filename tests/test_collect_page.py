"""The Collect page through the real app: tokens, options, what waits for a person, what is complete."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.config import read_settings
from core.models import Pause, PauseReason
from core.storage import writes, writes_notes
from core.storage.store import Store
from core.tasks.records import Task, TaskKind, TaskState
from core.tasks.stored import body_of
from dashboard import services
from tests.builders import at, comment, page, source

pytestmark = pytest.mark.slow

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
LIMIT_S = 30
TOKEN = "token-for-tests-of-this-page"
FAR = datetime(2100, 1, 1, 9, 30, tzinfo=UTC)
Left = Callable[..., None]


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> Iterator[Left]:
    """Give the app a token and a database, and let a test leave tasks there as a former process would."""
    monkeypatch.setenv("VK_TOKEN", TOKEN)
    monkeypatch.setenv("VK_API_URL", "http://127.0.0.1:9/method/")
    services.current.clear()
    st.cache_data.clear()

    def leave(state: TaskState, **fields: Any) -> None:
        with_store = Store.open(read_settings().database_url, clock=services.now)
        params = {"targets": ["https://vk.com/wall-1_2"], "refresh": "new"}
        task = Task("t1", TaskKind.COLLECT, params, at(), state=state, place="own", **fields)
        writes_notes.write_tasks(with_store, [(task.id, body_of(task))])
        with_store.close()

    yield leave
    services.current.clear()
    st.cache_data.clear()


def _open(ui: str = "en") -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=LIMIT_S)
    app.query_params["ui"] = ui
    app.run()
    app.switch_page("../pages/collect.py").run()
    assert not app.exception
    assert not app.error
    return app


def _texts(app: AppTest) -> str:
    return "\n".join(each.value for kind in (app.markdown, app.caption, app.warning) for each in kind)


@pytest.mark.usefixtures("left")
@pytest.mark.parametrize("ui", ["ru", "en"])
def test_a_token_is_described_and_never_shown(ui: str) -> None:
    """What a token may do is said; the token itself is nowhere in what the page sends."""
    app = _open(ui)
    assert ("Token 1" if ui == "en" else "Токен 1") in _texts(app)
    assert TOKEN not in str(app._tree)


@pytest.mark.usefixtures("left")
def test_a_token_that_is_none_is_refused_and_not_kept_in_the_field() -> None:
    """A slip is said beside the field, and the field is empty again."""
    app = _open()
    app.text_input("token.given").set_value("тут кириллица")
    app.button("FormSubmitter:token.add-Check and add").click().run()
    assert app.error[0].value.startswith("That is no VK token.")
    assert app.text_input("token.given").value == ""


@pytest.mark.usefixtures("left")
def test_words_without_a_link_are_no_mistyped_link() -> None:
    """Text does no harm: the page only says that no link is in it, and what to paste."""
    app = _open()
    app.text_area("collect.links").set_value("hello this is no link").run()
    assert "No link in this text. Paste the address of a post" in _texts(app)
    assert "Broken off or mistyped" not in _texts(app)
    assert app.button("collect.start").disabled


@pytest.mark.usefixtures("left")
def test_words_are_asked_for_walls_only() -> None:
    """A single post is collected whatever its text says; a wall can be narrowed by words."""
    app = _open()
    app.text_area("collect.links").set_value("https://vk.com/wall-1_2").run()
    assert "collect.words" not in [each.key for each in app.text_input]
    app.text_area("collect.links").set_value("https://vk.com/club1").run()
    assert "collect.words" in [each.key for each in app.text_input]


@pytest.mark.usefixtures("left")
def test_a_period_without_a_day_is_not_the_whole_wall() -> None:
    """Nobody reads ten years of a wall for having left a date empty; a first day alone means until today."""
    app = _open()
    app.text_area("collect.links").set_value("https://vk.com/club5").run()
    app.button_group("collect.walls").set_value("dates").run()
    assert app.button("collect.start").disabled
    assert "Choose the first day" in _texts(app)
    app.date_input("collect.period").set_value([date(2026, 9, 1)]).run()
    assert not app.button("collect.start").disabled
    app.button("collect.start").click().run()
    params = services.current().tasks.list()[0].params
    assert (params["since"], params["until"]) == ("2026-09-01", None)


@pytest.mark.usefixtures("left")
def test_what_to_read_again_is_asked_once_there_is_something() -> None:
    """The choice appears with the first stored source, begins with what is new, and explains itself."""
    app = _open()
    app.text_area("collect.links").set_value("https://vk.com/wall-1_2").run()
    assert "collect.refresh" not in [each.key for each in app.button_group]
    store = services.current().workspace("own").store
    writes.write_sources(store, "run", [source()], at())
    writes.write_pages(store, "run", [page(comment(1))], at())
    st.cache_data.clear()
    app.run()
    assert app.button_group("collect.refresh").value == "new"
    app.button_group("collect.refresh").set_value("changed").run()
    assert "it cannot see an edit" in _texts(app)


def test_a_captcha_asks_for_its_answer_and_forgets_it(left: Left) -> None:
    """The pause says what VK wants and takes the answer; what was typed does not stay in the session."""
    left(TaskState.PAUSED, pause=Pause(PauseReason.CAPTCHA, link="https://id.vk.com/captcha", token="aa"))
    app = _open()
    assert "a person is behind the token" in _texts(app)
    app.text_input("answer.t1").set_value("https://id.vk.com/x#success_token=solved")
    app.button("FormSubmitter:pause.t1-Send and go on").click().run()
    assert not app.exception
    assert "solved" not in str(app.session_state)


def test_a_captcha_that_is_asked_again_says_so(left: Left) -> None:
    """After an answer that VK did not take, the same question does not look as if nothing had been sent."""
    left(TaskState.PAUSED, pause=Pause(PauseReason.CAPTCHA, link="https://id.vk.com/captcha", token="aa"))
    app = _open()
    assert "asks again" not in _texts(app)
    app.session_state["answer.t1.given"] = True
    assert "asks again" in _texts(app.run())


def test_an_expired_token_is_replaced_where_it_is_missed(left: Left) -> None:
    """The field for a new token hides what is typed."""
    left(TaskState.PAUSED, pause=Pause(PauseReason.TOKEN, token="aa"))
    app = _open("ru")
    assert app.text_input("answer.t1").proto.type == app.text_input("answer.t1").proto.PASSWORD


def test_a_daily_limit_says_until_when_and_can_be_forced(left: Left) -> None:
    """Nobody has to do anything, and nobody is kept from trying."""
    left(TaskState.PAUSED, pause=Pause(PauseReason.DAILY_LIMIT, until=FAR, token="aa"))
    app = _open()
    assert re.search("Waits until 1\u00a0Jan\u00a02100, 12:30 and goes on by itself", _texts(app))
    assert app.button("resume.t1").label == "Try now"


def test_a_complete_collection_carries_the_seal(left: Left) -> None:
    """Both numbers stand in one sentence, also after the program was started anew."""
    balanced = {"source": "wall:-1_2", "title": "Пост", "state": "complete", "declared": 9, "collected": 9}
    left(
        TaskState.SUCCEEDED,
        finished_at=services.now(),
        result={"state": "succeeded", "sources": [balanced], "requests": 2},
    )
    assert "Complete: VK declares 9\u00a0comments, here are 9" in _texts(_open())


def test_what_is_missing_is_named_and_can_be_fetched(left: Left) -> None:
    """No seal, the thread by name, and a button that goes for it."""
    short = {
        "source": "wall:-1_2",
        "title": "Пост",
        "state": "partial",
        "declared": 9,
        "collected": 8,
        "missing_threads": [{"comment_key": "wall:-1_2:5", "missing": 1}],
    }
    left(TaskState.PARTIAL, finished_at=services.now(), result={"state": "partial", "sources": [short]})
    app = _open()
    assert "Complete" not in _texts(app)
    assert "[thread 5](https://vk.com/wall-1_2?reply=5)" in _texts(app)
    assert app.button("retry.t1").label == "Fetch what is missing"

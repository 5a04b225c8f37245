"""An empty app through its real pages: two ways to begin, how to get a key, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.config import read_settings
from core.models import Pause, PauseReason
from core.sandbox import process as sandbox
from core.sandbox.process import SandboxProcess
from core.sandbox.stories import TOKENS
from core.storage import writes, writes_notes
from core.storage.store import Store
from core.tasks.records import Task, TaskKind, TaskState
from core.tasks.stored import body_of
from dashboard import services
from tests.builders import at, comment, page, source

pytestmark = pytest.mark.slow

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
LIMIT_S = 30
REAL = "https://vk.com/wall-22822305_1286374"
DEMO = "https://vk.com/gorod_lipovsk"
Configured = Callable[..., None]


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configured]:
    """Let a test set settings; the services that the app then builds are closed at the end."""

    def with_settings(**settings: str) -> None:
        for name, value in {"DEMO_COMMENTS": "300", **settings}.items():
            monkeypatch.setenv(name, value)

    services.current.clear()
    st.cache_data.clear()
    yield with_settings
    services.current.clear()
    st.cache_data.clear()


@pytest.fixture(scope="module")
def vk() -> Iterator[SandboxProcess]:
    """Start a synthetic VK that knows tokens of every kind."""
    with sandbox.start(comments=300, rate=0) as process:
        yield process


def _open(name: str, ui: str = "en", **params: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=LIMIT_S)
    for key, value in {"ui": ui, **params}.items():
        app.query_params[key] = value
    app.run()
    return _run(app.switch_page(f"../pages/{name}.py"))


def _run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def _headers(app: AppTest) -> list[str]:
    return [each.value for each in app.header]


def _texts(app: AppTest) -> str:
    return "\n".join(each.value for kind in (app.markdown, app.caption, app.success) for each in kind)


@pytest.mark.parametrize("ui", ["ru", "en"])
def test_an_empty_app_has_two_ways_to_begin(configured: Configured, ui: str) -> None:
    """Nothing but the demo and the field for links asks for a newcomer's attention."""
    configured()

    app = _open("collect", ui)

    expected = {
        "ru": ["Посмотрите за минуту, как это работает", "Или соберите своё"],
        "en": ["See it work in a minute", "Or collect your own"],
    }
    assert _headers(app) == expected[ui]
    assert [each.key for each in app.button if not each.disabled and each.key == "demo.open"] == ["demo.open"]


def test_a_link_to_the_real_vk_opens_the_way_to_a_key(configured: Configured) -> None:
    """Who pastes what only a key can read sees five sentences, and cannot start in vain."""
    configured()
    app = _open("collect")
    assert not next(each for each in app.expander if each.label.startswith("Access to VK")).proto.expanded

    app.text_area("collect.links").set_value(REAL)
    app = _run(app)

    fold = next(each for each in app.expander if each.label.startswith("Access to VK"))
    assert fold.proto.expanded
    (steps,) = [each.value for each in fold.markdown if each.value.startswith("1. ")]
    assert [line[:2] for line in steps.splitlines()] == ["1.", "2.", "3.", "4.", "5."]
    assert app.button("collect.start").disabled

    app.text_area("collect.links").set_value(f"{REAL} {DEMO}")
    assert not _run(app).button("collect.start").disabled


def test_a_key_is_checked_and_told_what_it_reads(configured: Configured, vk: SandboxProcess) -> None:
    """One button asks VK, says what the key reads, and what to do next."""
    configured(VK_TOKEN=TOKENS.USER, VK_API_URL=vk.url)
    app = _open("collect")

    app.text_input("token.given").set_value(TOKENS.SERVICE)
    app.button("FormSubmitter:token.add-Check and add").click()
    app = _run(app)

    (told,) = [each.value for each in app.success]
    assert told.startswith("VK takes the token. Reads walls and discussions.")
    assert "paste a link above" in told
    assert TOKENS.SERVICE not in str(app._tree)


def test_a_key_that_vk_refuses_is_told_as_vk_says_it(configured: Configured, vk: SandboxProcess) -> None:
    """A wrong key is a sentence with a remedy beside the field, and is not kept."""
    configured(VK_TOKEN=TOKENS.USER, VK_API_URL=vk.url)
    app = _open("collect")

    app.text_input("token.given").set_value("vk1.a.nobody-knows-this-one")
    app.button("FormSubmitter:token.add-Check and add").click()
    app = _run(app)

    assert not app.success
    assert app.error[0].value.endswith("Copy it again, or give another one.")
    assert len(services.current().tokens()) == 1


@pytest.mark.parametrize(("token", "offered"), [("", True), ("token-for-tests", False)])
def test_an_empty_page_offers_only_what_there_is(configured: Configured, token: str, offered: bool) -> None:
    """Where a token is set there is no demo, so no word of it."""
    configured(VK_TOKEN=token, VK_API_URL="http://127.0.0.1:9/method/" if token else "")

    app = _open("overview")

    assert _headers(app) == ["There are no comments here yet"]
    assert ("demo.open" in {each.key for each in app.button}) is offered
    assert any("Open the demo" in each.value for each in app.markdown) is offered
    assert "Paste a link" in [each.label for each in app.get("page_link")]


def test_who_has_begun_is_not_told_to_begin(configured: Configured) -> None:
    """While the first comments are being fetched, an empty page says that they come, and where to look."""
    configured(VK_TOKEN="token-for-tests", VK_API_URL="http://127.0.0.1:9/method/")
    store = Store.open(read_settings().database_url, clock=services.now)
    pause = Pause(PauseReason.CAPTCHA, "https://vk.com/captcha")
    params = {"targets": ["https://vk.com/wall-1_2"], "refresh": "new"}
    task = Task("t1", TaskKind.COLLECT, params, at(), state=TaskState.PAUSED, place="own", pause=pause)
    writes_notes.write_tasks(store, [(task.id, body_of(task))])
    store.close()

    app = _open("overview")

    assert _headers(app) == ["The first comments are on their way"]
    assert "Show progress" in [each.label for each in app.get("page_link")]


def test_too_little_to_say_offers_to_let_the_filters_go(configured: Configured) -> None:
    """An analysis without an answer has the button that helps; without a filter there is none to let go."""
    configured(VK_TOKEN="token-for-tests", VK_API_URL="http://127.0.0.1:9/method/")
    store = services.current().workspace("own").store
    writes.write_sources(store, "run", [source()], at())
    writes.write_pages(store, "run", [page(comment(1, "Да"), comment(2, "Нет", likes=3))], at())
    writes.fold(store)

    plain = _open("analyses", **{"sel.analysis": "bursts"})
    assert "analysis.reset" not in {each.key for each in plain.button}
    app = _open("analyses", **{"sel.analysis": "bursts", "likes_min": "1"})
    app.button("analysis.reset").click()
    assert "likes_min" not in _run(app).query_params

"""The page of tasks in a real browser, over a synthetic VK that is slow enough to watch."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from core.sandbox.stories import COMMUNITIES
from tests.running import RunningApp, running_app

pytestmark = [pytest.mark.browser, pytest.mark.soak]

LIMIT_MS = 60_000
WALL = f"https://vk.com/wall{COMMUNITIES[0].owner_id}"
POST = f"{WALL}_5204007"
CANCELLED_WITHIN_S = 5.0
"""It takes about one; the rest is for a machine that is busy with something else."""


@pytest.fixture(scope="module")
def app() -> Iterator[RunningApp]:
    """Start the product without a token: a demo that takes a minute to collect."""
    settings = {"DEMO_COMMENTS": "30000", "VK_REQUESTS_PER_SECOND": "0.5", "TASK_WORKERS": "2"}
    with running_app(settings) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a test a fresh English-speaking browser profile."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(LIMIT_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def task(app: RunningApp) -> Iterator[str]:
    """Start a long collection by the API, and end it after the test."""
    yield (started := _submit(app, "collect", targets=[WALL]))
    app.api.post(f"/tasks/{started}/cancel")
    app.wait_for_task(started)


def _submit(app: RunningApp, kind: str, **params: Any) -> str:
    answer = app.api.post("/tasks", json={"kind": kind, "params": params})
    task_id: str = answer.raise_for_status().json()["id"]
    return task_id


def _row(page: Page, task_id: str) -> Any:
    return page.locator(f".st-key-job-{task_id}")


def _state(app: RunningApp, task_id: str) -> str:
    state: str = app.api.get(f"/tasks/{task_id}").json()["state"]
    return state


def _done(text: str) -> int:
    found = re.search(r"([\d,]+) (?:of|comments? so far)", text)
    return int(found[1].replace(",", "")) if found else 0


def test_a_task_appears_and_moves_without_reloading(app: RunningApp, page: Page) -> None:
    """Work that somebody else starts shows up by itself, and its figures grow under the reader's eyes."""
    page.goto(f"{app.url}/tasks?ui=en")
    page.get_by_role("heading", level=1).wait_for()
    page.evaluate("window.notReloaded = true")
    started = _submit(app, "collect", targets=[WALL])
    row = _row(page, started)
    expect(row.get_by_text("running", exact=True)).to_be_visible(timeout=LIMIT_MS)
    expect(row.get_by_text(re.compile(r"[1-9][\d,]* (of|comments? so far)"))).to_be_visible(timeout=LIMIT_MS)
    before = _done(row.inner_text())
    expect(row.get_by_text(f"{before:,} of")).to_have_count(0, timeout=LIMIT_MS)
    assert _done(row.inner_text()) > before
    waiting = _submit(app, "collect", targets=[POST])
    expect(_row(page, waiting).get_by_text("another collection that reads this source")).to_be_visible()
    expect(_row(page, waiting).get_by_text("no. 1 in the queue")).to_be_visible()
    assert page.evaluate("window.notReloaded") is True
    for each in (waiting, started):
        app.api.post(f"/tasks/{each}/cancel")
        app.wait_for_task(each)
    expect(row.get_by_text("cancelled", exact=True)).to_be_visible()


def test_cancel_ends_it_and_go_on_starts_it_again(app: RunningApp, page: Page, task: str) -> None:
    """One click ends a running task in about a second and keeps what arrived; another lets it go on."""
    page.goto(f"{app.url}/tasks?ui=en")
    row = _row(page, task)
    expect(row.get_by_text(re.compile(r"[1-9][\d,]* (of|comments? so far)"))).to_be_visible(timeout=LIMIT_MS)
    clicked = time.monotonic()
    row.get_by_role("button", name="Cancel").click()
    expect(row.get_by_text("cancelled", exact=True)).to_be_visible()
    assert time.monotonic() - clicked < CANCELLED_WITHIN_S
    assert _state(app, task) == "cancelled"
    assert app.api.get("/comments", params={"dataset": "demo", "limit": 1}).json()["items"]
    row.get_by_role("button", name="Go on").click()
    expect(row.get_by_text("running", exact=True)).to_be_visible()
    expect(row.get_by_text("attempt 2")).to_be_visible()
    assert _state(app, task) == "running"


@pytest.mark.soak
def test_back_closes_what_a_click_opened(app: RunningApp, page: Page, task: str) -> None:
    """The address follows each click in the list, Back undoes one of them, and the keyboard stays at work."""
    page.goto(f"{app.url}/tasks?ui=en")
    details = _row(page, task).get_by_role("button", name="Details")
    details.focus()
    page.keyboard.press("Enter")
    hide = _row(page, task).get_by_role("button", name="Hide")
    expect(hide).to_be_focused()
    page.wait_for_url(f"**sel.task={task}**")
    page.go_back()
    expect(details).to_be_visible()
    expect(hide).to_have_count(0)
    page.get_by_label("State").click()
    page.get_by_role("option", name="running").click()
    page.wait_for_url("**sel.state=running**")
    page.reload()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Running · 1"])
    page.go_back()
    page.wait_for_url(lambda url: "sel.state" not in url)
    expect(_row(page, task)).to_be_visible()


@pytest.mark.soak
def test_the_log_of_a_task_is_shown_and_linked(
    app: RunningApp, page: Page, task: str, browser: Browser
) -> None:
    """Details open the log while the task runs; the address opens the same for somebody else."""
    page.goto(f"{app.url}/tasks?ui=en")
    _row(page, task).get_by_role("button", name="Details").click()
    log = _row(page, task).get_by_role("list")
    expect(log.get_by_text("Started, attempt 1")).to_be_visible()
    expect(log.get_by_text(re.compile("comments declared by VK"))).to_be_visible(timeout=LIMIT_MS)
    page.wait_for_url(f"**sel.task={task}**")
    stranger = browser.new_context(locale="ru-RU").new_page()
    stranger.goto(page.url.replace("ui=en", "ui=ru"))
    expect(_row(stranger, task).get_by_text("Начато, попытка 1")).to_be_visible(timeout=LIMIT_MS)
    stranger.context.close()
    page.set_viewport_size({"width": 390, "height": 800})
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

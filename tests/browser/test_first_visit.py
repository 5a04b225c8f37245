"""What the browser itself remembers and does: the tour, the copied link, a saved view and Back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.sandbox.stories import COMMUNITIES
from tests.running import RunningApp, running_app

pytestmark = [pytest.mark.browser, pytest.mark.soak]

LIMIT_MS = 60_000


@pytest.fixture(scope="module")
def app() -> Iterator[RunningApp]:
    """Start the product without a token and collect one community of the demo."""
    with running_app({"DEMO_COMMENTS": "600", "VK_REQUESTS_PER_SECOND": "0"}) as running:
        link = f"https://vk.com/{COMMUNITIES[0].screen_name}"
        task = running.api.post("/tasks", json={"kind": "collect", "params": {"targets": [link]}}).json()
        running.wait_for_task(task["id"])
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a test a fresh English-speaking browser profile that may use the clipboard."""
    made = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 1000})
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    made.set_default_timeout(LIMIT_MS)
    yield made
    made.close()


def _opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Short tour").wait_for()
    return page


def test_the_tour_is_shown_once_and_again_on_demand(app: RunningApp, context: BrowserContext) -> None:
    """A newcomer at the bare address sees four steps, closes them for good, and finds them again."""
    page = _opened(context, f"{app.url}/")
    tour = page.get_by_role("region", name="Four things to know")
    expect(tour.get_by_role("listitem")).to_have_count(4)
    page.get_by_role("button", name="Got it").click()
    expect(tour).to_be_hidden()
    expect(page.get_by_role("button", name="Short tour")).to_be_focused()

    again = _opened(context, f"{app.url}/")
    tour = again.get_by_role("region", name="Four things to know")
    expect(tour).to_be_hidden()
    again.get_by_role("button", name="Short tour").click()
    expect(tour).to_be_visible()
    again.get_by_role("button", name="Got it").press("Escape")
    expect(tour).to_be_hidden()


def test_the_tour_never_stands_before_a_shared_link(app: RunningApp, context: BrowserContext) -> None:
    """Whoever opens a link came for what it leads to."""
    page = _opened(context, f"{app.url}/?level=reply&ui=en")
    expect(page.get_by_role("region", name="Four things to know")).to_be_hidden()


def test_the_copied_link_is_the_address_of_what_is_seen(app: RunningApp, context: BrowserContext) -> None:
    """One click puts the whole view into the clipboard and says so."""
    page = _opened(context, f"{app.url}/export?ui=en&level=reply")
    page.wait_for_url("**dataset=demo**")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_without_a_clipboard_the_link_stands_selected(app: RunningApp, context: BrowserContext) -> None:
    """Over plain http there is no clipboard: then a field holds the address, selected and ready to copy."""
    context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "Document.prototype.execCommand = () => false;"
    )
    page = _opened(context, f"{app.url}/export?ui=en&level=reply")
    page.wait_for_url("**dataset=demo**")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Press Ctrl+C")).to_be_visible()
    assert page.evaluate("getSelection().toString() || document.activeElement.value") == page.url


def test_a_view_is_saved_by_enter_opened_by_a_click_and_left_by_back(
    app: RunningApp, context: BrowserContext
) -> None:
    """A name and Enter keep the view; from another page a click opens it, and Back leaves it again."""
    page = _opened(context, f"{app.url}/export?ui=en&level=reply&dataset=demo")
    page.get_by_role("button", name="Views").click()
    page.get_by_label("Name of this view").fill("Replies")
    page.get_by_label("Name of this view").press("Enter")
    page.get_by_text("Saved: Replies").wait_for()
    assert [each["name"] for each in app.api.get("/views").json()["items"]] == ["Replies"]

    other = _opened(context, f"{app.url}/tasks?ui=en&dataset=demo")
    other.get_by_role("button", name="Views").click()
    other.get_by_role("link", name="Replies").click()
    other.wait_for_url("**/export?**")
    assert parse_qs(urlsplit(other.url).query) == {"ui": ["en"], "level": ["reply"], "dataset": ["demo"]}
    expect(other.get_by_label("Name of this view")).to_be_hidden()
    other.go_back()
    other.wait_for_url("**/tasks?**")
    assert "level" not in parse_qs(urlsplit(other.url).query)

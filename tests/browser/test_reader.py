"""Reading in a real browser: hit after hit by key, through pages, into whole threads, and by link."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from core.sandbox.stories import COMMUNITIES
from tests.running import RunningApp, running_app

pytestmark = [pytest.mark.browser, pytest.mark.soak]

LIMIT_MS = 60_000
SETTINGS = {"DEMO_COMMENTS": "3000", "VK_REQUESTS_PER_SECOND": "0"}


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningApp]:
    """Start the product and fill its demo."""
    with running_app(SETTINGS) as running:
        links = [f"https://vk.com/{each.screen_name}" for each in COMMUNITIES if each.access == "open"]
        asked = {"kind": "collect", "params": {"targets": links}}
        running.wait_for_task(running.api.post("/tasks", json=asked).json()["id"])
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a test a fresh English-speaking browser profile."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(LIMIT_MS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def two_pages(demo: RunningApp) -> tuple[str, int]:
    """Return a filter that leaves more than one page of hits and less than three, and how many it leaves."""
    for least in range(1, 200):
        found = len(demo.rows({"likes_min": str(least), "dataset": "demo"}))
        if 50 < found <= 100:
            return f"likes_min={least}&dataset=demo", found
    raise AssertionError


def open_reader(page: Page, demo: RunningApp, query: str) -> None:
    """Open the reader and wait until hits are drawn."""
    page.goto(f"{demo.url}/comments?{query}")
    page.locator(".rd-current").wait_for()


def looked_at(page: Page) -> str:
    """Return the key of the hit that is looked at."""
    return page.locator(".rd-current").get_attribute("data-key") or ""


def address(page: Page) -> dict[str, list[str]]:
    """Return the parameters of the page's address."""
    return parse_qs(urlsplit(page.url).query)


def test_keys_go_from_hit_to_hit(demo: RunningApp, page: Page, two_pages: tuple[str, int]) -> None:
    """J goes on, K goes back; the number, the focus and the address follow, and the link opens the same."""
    query, total = two_pages
    open_reader(page, demo, query)
    expect(page.locator(".rd-place")).to_have_text(f"hit 1 of {total}")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".rd-place")).to_have_text(f"hit 2 of {total}")
    expect(page.locator(".rd-current")).to_be_focused()
    page.wait_for_url("**sel.comment=**")
    assert address(page)["sel.comment"] == [looked_at(page)]
    seen = looked_at(page)
    open_reader(page, demo, urlsplit(page.url).query)
    assert looked_at(page) == seen
    expect(page.locator(".rd-current")).to_be_in_viewport()


def test_the_step_after_the_last_hit_turns_the_page(
    demo: RunningApp, page: Page, two_pages: tuple[str, int]
) -> None:
    """Hit 50 is followed by hit 51 on the next page, and back."""
    query, total = two_pages
    open_reader(page, demo, query)
    for _ in range(49):
        page.keyboard.press("j")
    expect(page.locator(".rd-place")).to_have_text(f"hit 50 of {total}")
    last = looked_at(page)
    page.keyboard.press("j")
    expect(page.locator(".rd-place")).to_have_text(f"hit 51 of {total}")
    expect(page.locator(".rd-current")).to_be_focused()
    page.wait_for_url("**page=2**")
    page.get_by_role("button", name="Previous hit").click()
    expect(page.locator(".rd-place")).to_have_text(f"hit 50 of {total}")
    assert looked_at(page) == last


def test_a_link_finds_the_page_of_its_comment(
    demo: RunningApp, page: Page, two_pages: tuple[str, int]
) -> None:
    """A comment of page two is shown where it stands, also when the link names no page."""
    query, total = two_pages
    key = demo.rows(dict(part.split("=") for part in query.split("&")))[-1]["comment_key"]
    open_reader(page, demo, f"{query}&sel.comment={key}")
    assert looked_at(page) == key
    shown = page.locator(".rd-place").inner_text()
    assert 50 < int(shown.split()[1]) <= total


def test_enter_opens_the_whole_thread_and_escape_folds_it(demo: RunningApp, page: Page) -> None:
    """The hit stays looked at and focused while its thread opens around it."""
    busy = max(demo.rows({"level": "root", "dataset": "demo"}), key=lambda row: row["replies"])
    open_reader(page, demo, f"dataset=demo&level=root&sel.comment={busy['comment_key']}")
    thread = page.locator(f'[data-thread="{busy["comment_key"]}"]')
    expect(thread.locator(".rd-item")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(thread.locator('[data-act="close"]')).to_be_visible()
    whole = len(demo.rows({"root": busy["comment_key"], "dataset": "demo"}))
    expect(thread.locator(".rd-item")).to_have_count(whole)
    assert looked_at(page) == busy["comment_key"]
    page.keyboard.press("Escape")
    expect(thread.locator(".rd-item")).to_have_count(1)
    thread.get_by_role("button", name="only this thread").click()
    page.wait_for_url("**root=**")
    expect(page.locator(".rd-thread")).to_have_count(1)


def test_texts_stay_texts(demo: RunningApp, page: Page) -> None:
    """Nothing in a comment becomes markup; matched words are marked."""
    open_reader(page, demo, "dataset=demo&text=спасибо")
    assert page.locator(".rd-text :is(b, script, a, img)").count() == 0
    assert page.locator(".rd-hit mark").first.inner_text().lower() == "спасибо"


def test_letters_typed_into_a_field_move_nothing(demo: RunningApp, page: Page) -> None:
    """Keys belong to the field that has the focus."""
    open_reader(page, demo, "dataset=demo&level=root")
    seen = looked_at(page)
    field = page.get_by_role("searchbox", name="Search in the text")
    field.press_sequentially("jjk")
    expect(field).to_have_value("jjk")
    assert looked_at(page) == seen


def test_keys_work_wherever_nothing_is_typed(demo: RunningApp, page: Page) -> None:
    """After a click on empty space, on a heading or on a button J still goes on."""
    open_reader(page, demo, "dataset=demo&level=root")
    expect(page.locator(".rd-place")).to_contain_text("hit 1 of")
    box = page.get_by_test_id("stMain").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 30, box["y"] + 500)
    page.keyboard.press("j")
    expect(page.locator(".rd-place")).to_contain_text("hit 2 of")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("j")
    expect(page.locator(".rd-place")).to_contain_text("hit 3 of")
    page.get_by_role("button", name="Copy link").focus()
    page.keyboard.press("k")
    expect(page.locator(".rd-place")).to_contain_text("hit 2 of")


def test_keys_label_what_is_looked_at(demo: RunningApp, page: Page) -> None:
    """L gives the label in hand, X the mark of having looked, to the hit on the screen; X again takes it."""
    open_reader(page, demo, "dataset=demo&level=root")
    page.get_by_text("Label comments").click()
    for field, text in (("coder", "Anna"), ("name", "topic"), ("value", "roads")):
        box = page.locator(f".st-key-labels-{field} input")
        box.fill(text)
        box.press("Enter")
    page.get_by_role("button", name="Label: topic: roads").wait_for()
    page.locator(".rd-current .rd-text").click()
    page.keyboard.press("j")
    second = looked_at(page)
    page.keyboard.press("l")
    expect(page.locator(".rd-current .rd-label")).to_have_text("topic: roads · Anna")
    page.keyboard.press("x")
    expect(page.locator(".rd-current .rd-label")).to_have_text(["✓ Checked · Anna", "topic: roads · Anna"])
    page.keyboard.press("x")
    expect(page.locator(".rd-current .rd-label")).to_have_count(1)
    assert [each["comment_key"] for each in demo.rows({"label": "topic:roads", "dataset": "demo"})] == [
        second
    ]
    expect(page.locator(".rd-current")).to_be_focused()


def test_other_filters_begin_at_the_first_hit(demo: RunningApp, page: Page) -> None:
    """What was looked at among other hits does not follow into a new search, nor into its address."""
    open_reader(page, demo, "dataset=demo")
    page.keyboard.press("j")
    page.wait_for_url("**sel.comment=**")
    field = page.get_by_role("searchbox", name="Search in the text")
    field.fill("спасибо")
    field.press("Enter")
    page.wait_for_url(lambda url: "text=" in url and "sel.comment" not in url)
    expect(page.locator(".rd-place")).to_contain_text("hit 1 of")
    expect(page.locator(".rd-hit mark").first).to_be_visible()

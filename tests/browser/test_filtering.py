"""Everything filters everything: what is clicked on a page becomes a filter of every page, and of the API."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.sandbox.stories import COMMUNITIES
from tests.browser.standing import settled
from tests.running import RunningApp, running_app

pytestmark = [pytest.mark.browser, pytest.mark.soak]

LIMIT_MS = 60_000
expect.set_options(timeout=LIMIT_MS)
CLICKS = (
    ("activity", "bursts", "bursts.0", "from"),
    ("posts", "posts", "sources", "source"),
    ("authors", "ranking", "author_activity.0", "author"),
    ("words", "words", "words.0", "lemma"),
    ("topics", "topics", "topics.0", "topic"),
)
"""Page, part, chart and the key of the address that a click on the chart's first bar sets."""
PAGE_KEYS = {"ui", "page", "dataset"}


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningApp]:
    """Start the product with a small demo in it, whose texts have been read."""
    with running_app({"DEMO_COMMENTS": "3000", "VK_REQUESTS_PER_SECOND": "0"}) as app:
        targets = [f"https://vk.com/{each.screen_name}" for each in COMMUNITIES if each.access == "open"]
        task = app.api.post("/tasks", json={"kind": "collect", "params": {"targets": targets}}).json()
        app.wait_for_task(task["id"])
        for each in app.api.get("/tasks", params={"kind": "enrich"}).json()["items"]:
            app.wait_for_task(each["id"])
        yield app


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give one English browser profile: each test opens a page of its own."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 1100})
    context.set_default_timeout(LIMIT_MS)
    yield context
    context.close()


def query_of(page: Page) -> dict[str, list[str]]:
    """Return the parameters of the address."""
    return parse_qs(urlsplit(page.url).query)


def click_first_bar(page: Page, chart: str) -> None:
    """Click the first bar of a chart."""
    settled(page)
    bar = page.locator(f"[data-chart='{chart}'] .barlayer .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + min(12, box["width"] / 2), box["y"] + box["height"] / 2)


@pytest.mark.parametrize("place", CLICKS)
def test_a_bar_is_a_filter_of_everything(
    demo: RunningApp, context: BrowserContext, place: tuple[str, str, str, str]
) -> None:
    """A click stands in the address and on a chip; the Overview and the API count the same comments."""
    name, part, chart, key = place
    page = context.new_page()
    page.goto(f"{demo.url}/{name}?sel.tab={part}")
    click_first_bar(page, chart)
    page.wait_for_url(f"**{key}=**")
    expect(page.locator("[class*='st-key-chip-']").first).to_be_visible()
    asked = {each: values for each, values in query_of(page).items() if not each.startswith("sel.")}
    page.get_by_role("link", name="Overview").first.click()
    page.wait_for_url("**/overview**")
    total = page.get_by_test_id("stMetricValue").first
    told = demo.api.get("/analyses/likes", params={k: v for k, v in asked.items() if k != "ui"}).json()["n"]
    expect(total).to_have_text(f"{told:,}")
    assert 0 < told < 3000
    page.close()


def test_choices_faster_than_the_page_are_all_kept(demo: RunningApp, context: BrowserContext) -> None:
    """Three posts picked while the first choice is still being drawn are three filters, in their order."""
    page = context.new_page()
    page.goto(f"{demo.url}/overview?dataset=demo")
    settled(page)
    expect(page.locator("#cb-points-sources [role=option]").first).to_be_attached()
    page.locator("#cb-points-sources").focus()
    for key in ("Enter", "ArrowDown", "Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(lambda url: url.count("source=") == 3)
    top = demo.api.get("/analyses/sources", params={"dataset": "demo"}).json()["rows"][:3]
    assert query_of(page)["source"] == [each["source"] for each in top]
    page.close()


def test_a_typed_day_is_taken_by_enter(demo: RunningApp, context: BrowserContext) -> None:
    """Who types the first day and presses Enter has it as a filter."""
    page = context.new_page()
    page.goto(f"{demo.url}/overview?ui=en")
    settled(page)
    page.locator(".st-key-days-en [data-type=day]").first.click()
    page.keyboard.type("05032026")
    expect(page.locator(".st-key-days-en [data-type=year]").first).to_have_text("2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=2026-03-05**")
    page.close()


def test_undo_takes_the_last_choice_back(demo: RunningApp, context: BrowserContext) -> None:
    """After two clicks the first still holds, after two undos none."""
    page = context.new_page()
    page.goto(f"{demo.url}/words?sel.tab=words&level=root")
    click_first_bar(page, "words.0")
    page.wait_for_url("**lemma=**")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(lambda url: "lemma=" not in url)
    assert query_of(page)["level"] == ["root"]
    page.close()


def test_a_line_of_a_table_opens_its_comment(demo: RunningApp, context: BrowserContext) -> None:
    """A question is opened in its conversation, the address says so; closing leaves the page as it was."""
    page = context.new_page()
    page.goto(f"{demo.url}/questions?sel.tab=inbox")
    table = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert table is not None
    page.mouse.click(table["x"] + 15, table["y"] + 35 + 17)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_url("**sel.comment=**")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_url(lambda url: "sel.comment" not in url)
    page.close()


def test_a_link_shows_what_the_sender_saw(
    demo: RunningApp, context: BrowserContext, browser: Browser
) -> None:
    """In a fresh profile of another language the same part, parameters, selection and language stand."""
    page = context.new_page()
    page.goto(f"{demo.url}/words?ui=en&sel.tab=words&sel.p.words.by=authors")
    click_first_bar(page, "words.0")
    page.wait_for_url("**lemma=**")
    word = query_of(page)["lemma"][0]
    titles = page.locator(".cb-title").all_inner_texts()
    other = browser.new_context(locale="ru-RU", viewport={"width": 1440, "height": 1100})
    fresh = other.new_page()
    fresh.goto(page.url)
    expect(fresh.get_by_role("button", name=f"Word in any form: {word}")).to_be_visible()
    expect(fresh.locator(".cb-title").first).to_have_text(titles[0])
    assert fresh.locator(".cb-title").all_inner_texts() == titles
    assert sorted(parse_qsl(urlsplit(fresh.url).query)) == sorted(parse_qsl(urlsplit(page.url).query))
    other.close()
    page.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_no_part_fails_or_scrolls_sideways(demo: RunningApp, browser: Browser, width: int) -> None:
    """Each part of each page draws without an error, as wide as the screen."""
    from dashboard.components.book import BOOK

    context = browser.new_context(locale="ru-RU", viewport={"width": width, "height": 1000})
    context.set_default_timeout(LIMIT_MS)
    page = context.new_page()
    for name, parts in BOOK.items():
        for each in parts:
            asked = urlencode({"sel.tab": each.name, "ui": "ru", "sel.p.concordance.word": "вода"})
            page.goto(f"{demo.url}/{name}?{asked}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            page.locator("[data-test-script-state='notRunning']").wait_for()
            assert page.get_by_test_id("stException").count() == 0, (name, each.name)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, each.name)
    context.close()


def test_a_line_whose_comment_was_closed_opens_it_again(demo: RunningApp, context: BrowserContext) -> None:
    """Each click on a line that is a comment opens it, also the one that takes its tick away."""
    page = context.new_page()
    page.goto(f"{demo.url}/questions?sel.tab=inbox")
    for _ in range(3):
        settled(page)
        table = page.get_by_test_id("stDataFrame").first.bounding_box()
        assert table is not None
        page.mouse.click(table["x"] + 15, table["y"] + 35 + 17)
        expect(page.get_by_role("dialog")).to_be_visible()
        page.wait_for_url("**sel.comment=**")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.wait_for_url(lambda url: "sel.comment" not in url)
    page.close()

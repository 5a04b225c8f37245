"""A newcomer's way through the real app in a real browser: demo, charts, filters, a shared link, a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.standing import settled
from tests.running import RunningApp, running_app

pytestmark = pytest.mark.browser

COMMENTS = "1500"
LIMIT_MS = 60_000


@pytest.fixture(scope="module")
def app() -> Iterator[RunningApp]:
    """Start the product without a token: a small demo at full speed."""
    with running_app({"DEMO_COMMENTS": COMMENTS, "VK_REQUESTS_PER_SECOND": "0"}) as running:
        yield running


@pytest.fixture(scope="module")
def demo(app: RunningApp, browser: Browser) -> RunningApp:
    """Open the demo as a newcomer does: two clicks, watching it arrive in between."""
    context = _context(browser, "en-US")
    page = context.new_page()
    page.goto(app.url)
    page.get_by_role("button", name="Open the demo").click()
    page.get_by_text("You may close this tab").wait_for()
    page.get_by_role("link", name="Show the comments").click()
    _drawn(page)
    assert urlsplit(page.url).path == "/overview"
    context.close()
    return app


def _context(browser: Browser, locale: str, width: int = 1440) -> BrowserContext:
    context = browser.new_context(locale=locale, viewport={"width": width, "height": 1000})
    context.set_default_timeout(LIMIT_MS)
    return context


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a test a fresh English-speaking browser profile."""
    context = _context(browser, "en-US")
    yield context.new_page()
    context.close()


def _drawn(page: Page, more_than: int = 0) -> int:
    """Wait until the charts are drawn once more; return how often they have been."""
    page.wait_for_function(f"Number(document.querySelector('.cb-board')?.dataset.drawn ?? 0) > {more_than}")
    return int(page.locator(".cb-board").get_attribute("data-drawn") or 0)


def _totals(page: Page) -> list[str]:
    expect(page.get_by_test_id("stMetricValue")).to_have_count(6)
    return page.get_by_test_id("stMetricValue").all_inner_texts()


def _query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def _click_first_source(page: Page) -> None:
    settled(page)
    drawn = _drawn(page)
    page.locator("[data-chart=sources] .cb-plot .barlayer .trace").first.locator("path").first.click(
        force=True
    )
    _drawn(page, drawn)


def test_the_demo_is_called_a_demo(demo: RunningApp, page: Page) -> None:
    """Synthetic data is never taken for real data."""
    page.goto(f"{demo.url}/overview")
    _drawn(page)
    expect(page.get_by_text("Demo data: synthetic")).to_be_visible()


def test_a_click_on_a_bar_filters_everything_and_the_link_shares_it(
    demo: RunningApp, page: Page, browser: Browser
) -> None:
    """A bar becomes a chip and a part of the address; the address gives a stranger the same figures."""
    page.goto(f"{demo.url}/overview")
    _drawn(page)
    everything = _totals(page)
    _click_first_source(page)
    expect(page.locator("[class*=st-key-chip-source]").get_by_role("button")).to_have_count(1)
    page.wait_for_url("**source=**")
    narrowed = _totals(page)
    assert narrowed != everything
    assert demo.api.get("/comments", params={"source": _query(page)["source"][0], "dataset": "demo"}).json()[
        "items"
    ]

    stranger = _context(browser, "ru-RU").new_page()
    stranger.goto(page.url)
    _drawn(stranger)
    assert _totals(stranger) == narrowed
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Overview")
    stranger.context.close()


def test_a_chain_of_clicks_keeps_every_filter(demo: RunningApp, page: Page) -> None:
    """Each click adds its filter; the counts that change beside chosen values never become values."""
    page.goto(f"{demo.url}/overview?level=root")
    for number, key in ((0, "source"), (1, "author"), (2, "source")):
        settled(page)
        drawn = _drawn(page)
        chart = "authors" if key == "author" else "sources"
        bars = page.locator(f"[data-chart={chart}] .cb-plot .barlayer .trace").first.locator("path")
        bars.nth(number if key == "source" else 0).click(force=True)
        _drawn(page, drawn)
        page.wait_for_url(f"**{key}=**")
    settled(page)
    query = _query(page)
    assert {"level", "source", "author"} <= query.keys()
    asked = {each: values for each, values in query.items() if each != "ui"}
    told = demo.api.get("/analyses/likes", params=asked)
    assert told.status_code == 200
    assert _totals(page)[0] == f"{told.json()['n']:,}"


def test_another_language_changes_nothing_else(demo: RunningApp, page: Page) -> None:
    """After a switch of the language a click sets its own filter; former words set nothing."""
    page.goto(f"{demo.url}/comments?ui=en&sort=-likes&sel.read=table")
    settled(page)
    page.get_by_text("Русский").first.click()
    page.wait_for_url("**ui=ru**")
    settled(page)
    page.locator("[class*=st-key-f-level]").get_by_text("Ответы").first.click()
    page.wait_for_url("**level=reply**")
    settled(page)
    expected = {"ui": ["ru"], "level": ["reply"], "sort": ["-likes"], "sel.read": ["table"]}
    assert _query(page) == {**expected, "dataset": ["demo"]}


def test_back_undoes_and_forward_repeats(demo: RunningApp, page: Page) -> None:
    """Every change of a filter is a step that the browser's buttons know."""
    page.goto(f"{demo.url}/overview")
    _drawn(page)
    everything = _totals(page)
    _click_first_source(page)
    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(everything[0])
    page.wait_for_url("**source=**")
    page.go_back()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(everything[0])
    page.go_forward()
    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(everything[0])


def test_a_new_drawing_leaves_the_focus_where_it_is(demo: RunningApp, page: Page) -> None:
    """Whoever reads a chart by keyboard is not thrown out of it when figures change."""
    page.goto(f"{demo.url}/overview")
    _drawn(page)
    _click_first_source(page)
    page.wait_for_url("**source=**")
    drawn = _drawn(page)
    about = page.locator("[data-chart=likes] summary")
    about.focus()
    page.go_back()
    _drawn(page, drawn)
    expect(about).to_be_focused()


def test_a_brush_keeps_its_days(demo: RunningApp, page: Page) -> None:
    """Dragging across time leaves that time, once, with the rest as context."""
    page.goto(f"{demo.url}/overview")
    drawn = _drawn(page)
    plot = page.locator("[data-chart=activity] .cb-plot").bounding_box()
    assert plot is not None
    height = plot["y"] + plot["height"] / 2
    page.mouse.move(plot["x"] + plot["width"] * 0.5, height)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] * 0.7, height, steps=5)
    page.mouse.move(plot["x"] + plot["width"] * 0.95, height, steps=5)
    page.mouse.up()
    _drawn(page, drawn)
    page.wait_for_url("**from=**")
    assert set(_query(page)) >= {"from", "to"}
    expect(page.locator("[data-chart=activity] .cb-clear")).to_be_visible()


def test_a_cell_of_the_heat_map_is_a_filter_and_its_button_clears_it(demo: RunningApp, page: Page) -> None:
    """An hour of a weekday is chosen by a click and let go by the chart's own button."""
    page.goto(f"{demo.url}/overview")
    drawn = _drawn(page)
    plot = page.locator("[data-chart=rhythm] .cb-plot").bounding_box()
    assert plot is not None
    page.mouse.click(plot["x"] + plot["width"] * 0.86, plot["y"] + plot["height"] * 0.3)
    drawn = _drawn(page, drawn)
    page.wait_for_url("**weekday=**")
    assert "hour" in _query(page)
    page.locator("[data-chart=rhythm] .cb-clear").click()
    _drawn(page, drawn)
    page.wait_for_url(lambda url: "weekday" not in url)


def test_the_menu_keeps_the_filters_and_the_language(demo: RunningApp, page: Page) -> None:
    """Whoever changes the page takes the view along."""
    page.goto(f"{demo.url}/overview?ui=ru&level=reply")
    _drawn(page)
    page.get_by_role("link", name="Данные").click()
    page.get_by_role("link", name="Выгрузка").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Выгрузка")
    assert _query(page)["level"] == ["reply"]
    assert _query(page)["ui"] == ["ru"]


def test_a_heavy_analysis_appears_by_itself(demo: RunningApp, page: Page) -> None:
    """One click works it out: the answer takes the button's place without a reload."""
    page.goto(f"{demo.url}/analyses?ui=en&sel.analysis=concentration")
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Work it out")).to_have_count(0)


def test_a_row_opens_its_conversation_as_plain_text(demo: RunningApp, page: Page) -> None:
    """A selected comment is shown among its neighbours; nothing in their texts becomes markup."""
    page.goto(f"{demo.url}/comments?sort=-replies&sel.read=table")
    table = page.get_by_test_id("stDataFrame").bounding_box()
    assert table is not None
    page.mouse.click(table["x"] + 15, table["y"] + 35 + 17)
    expect(page.locator(".cv-hit")).to_be_visible()
    page.wait_for_url("**sel.comment=**")
    assert page.locator(".cv-text b, .cv-text script, .cv-text a, .cv-text img").count() == 0
    assert page.locator(".cv-item").count() > 1


def test_two_pages_of_rows_are_both_offered(demo: RunningApp, page: Page) -> None:
    """A reader sees that there is a second page, and reaches it by its number."""
    likes = next(
        least
        for least in range(1, 200)
        if 50 < len(demo.rows({"likes_min": str(least), "dataset": "demo"})) <= 100
    )
    page.goto(f"{demo.url}/comments?likes_min={likes}")
    page.get_by_role("button", name="Page 2").click()
    page.wait_for_url("**page=2**")


def test_the_excel_file_holds_the_rows_of_the_view(demo: RunningApp, page: Page, tmp_path: Path) -> None:
    """What the button gives equals what the API gives for the same filter, in the same order."""
    page.goto(f"{demo.url}/export?level=reply")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download Excel").click()
    path = tmp_path / "comments.xlsx"
    started.value.save_as(path)
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    keys = [row[header.index("comment_key")] for row in rows]
    expected = [row["comment_key"] for row in demo.rows({"level": "reply", "dataset": "demo"})]
    assert keys == expected
    assert keys


def test_a_phone_shows_no_sideways_scroll(demo: RunningApp, browser: Browser) -> None:
    """At 390 pixels each page is as wide as the screen."""
    context = _context(browser, "ru-RU", width=390)
    page = context.new_page()
    for name in ("overview", "comments", "words", "mood", "compare", "collect", "export"):
        page.goto(f"{demo.url}/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_nothing_is_fetched_from_elsewhere(demo: RunningApp, page: Page) -> None:
    """The app works without a network and tells nobody who uses it."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    for name in ("overview", "comments", "collect", "export"):
        page.goto(f"{demo.url}/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert asked - {""} == {urlsplit(demo.url).netloc}

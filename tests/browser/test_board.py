"""The tools of a chart and the keyboard's way through it, in a real browser."""

from __future__ import annotations

import csv
import struct
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from core.sandbox.stories import COMMUNITIES
from tests.browser.standing import settled
from tests.running import RunningApp, running_app

pytestmark = [pytest.mark.browser, pytest.mark.soak]

LIMIT_MS = 60_000
PNG_WIDTH, SVG_WIDTH = 2400, 1200


@pytest.fixture(scope="module")
def app() -> Iterator[RunningApp]:
    """Start the product with a demo of one wall."""
    with running_app({"DEMO_COMMENTS": "1500", "VK_REQUESTS_PER_SECOND": "0"}) as running:
        params = {"targets": [f"https://vk.com/wall{COMMUNITIES[0].owner_id}"]}
        task = running.api.post("/tasks", json={"kind": "collect", "params": params})
        running.wait_for_task(task.raise_for_status().json()["id"])
        yield running


def _context(browser: Browser, **more: Any) -> BrowserContext:
    context = browser.new_context(**{"locale": "en-US", "viewport": {"width": 1440, "height": 1000}, **more})
    context.set_default_timeout(LIMIT_MS)
    return context


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Keep one English-speaking profile, so that the libraries load once."""
    context = _context(browser)
    yield context
    context.close()


@pytest.fixture
def page(app: RunningApp, reader: BrowserContext) -> Iterator[Page]:
    """Give a test the Overview in a tab of its own."""
    page = reader.new_page()
    page.goto(f"{app.url}/overview?ui=en")
    _drawn(page)
    yield page
    page.close()


def _drawn(page: Page, more_than: int = 0) -> int:
    page.wait_for_function(f"Number(document.querySelector('.cb-board')?.dataset.drawn ?? 0) > {more_than}")
    return int(page.locator(".cb-board").get_attribute("data-drawn") or 0)


def _card(page: Page, chart: str) -> Locator:
    return page.locator(f"[data-chart={chart}]")


def _take(page: Page, chart: str, item: str, folder: Path) -> Path:
    """Save what an item of a chart's menu gives, under the name it comes with."""
    _card(page, chart).get_by_role("button", name="Save and share").click()
    with page.expect_download() as started:
        _card(page, chart).get_by_role("menuitem", name=item).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def _query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_menu_is_driven_by_keyboard(page: Page) -> None:
    """Arrows go round, Escape leaves it with the focus where it was, and so does a click elsewhere."""
    card = _card(page, "activity")
    button, menu = card.get_by_role("button", name="Save and share"), card.locator(".cb-menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(card.get_by_role("menuitem")).to_have_text(
        ["Picture (PNG)", "Picture (SVG)", "Data (CSV)", "Copy link"]
    )
    expect(card.get_by_role("menuitem", name="PNG")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(card.get_by_role("menuitem", name="Copy link")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(card.get_by_role("menuitem", name="SVG")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(card.get_by_role("menuitem", name="Copy link")).to_be_focused()
    page.mouse.click(400, 5)
    expect(menu).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_the_data_are_the_numbers_that_are_drawn(app: RunningApp, page: Page, tmp_path: Path) -> None:
    """The file has a row for each bar with its amounts, and together all comments of the view."""
    path = _take(page, "activity", "Data (CSV)", tmp_path)
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    header, *rows = csv.reader(text.removeprefix("\ufeff").splitlines())
    assert header[1:] == ["Comments", "Threads", "Replies"]
    plot = _card(page, "activity").locator(".cb-plot")
    roots, replies = plot.evaluate("plot => plot.data.map((trace) => Array.from(trace.y))")
    assert [[int(each) for each in row[2:]] for row in rows] == [
        list(bar) for bar in zip(roots, replies, strict=True)
    ]
    assert sum(int(row[1]) for row in rows) == len(app.rows({"dataset": "demo"}))
    assert path.name.startswith("Busiest ")
    assert path.suffix == ".csv"


def test_a_picture_is_light_sharp_and_says_what_it_shows(
    app: RunningApp, browser: Browser, tmp_path: Path
) -> None:
    """A reader of the dark page gets a white picture of the stated width, with title, caption and legend."""
    context = _context(browser, color_scheme="dark", locale="ru-RU")
    page = context.new_page()
    page.goto(f"{app.url}/overview?ui=ru")
    _drawn(page)
    card = _card(page, "activity")
    title = card.locator(".cb-title").inner_text()
    caption = card.locator(".cb-caption").inner_text()
    button = card.get_by_role("button", name="Сохранить и поделиться")
    saved = {}
    for kind in ("PNG", "SVG"):
        button.click()
        with page.expect_download() as started:
            card.get_by_role("menuitem", name=kind).click()
        saved[kind] = tmp_path / started.value.suggested_filename
        started.value.save_as(saved[kind])
    context.close()

    data = saved["PNG"].read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">I", data[16:20]) == (PNG_WIDTH,)
    assert saved["PNG"].name.startswith("Больше всего писали")
    root = ET.fromstring(saved["SVG"].read_text(encoding="utf-8"))  # noqa: S314 - we made it
    assert root.get("width") == str(SVG_WIDTH)
    said = " ".join(" ".join(root.itertext()).split())
    for told in (title, caption, "Начала веток", "Ответы"):
        assert " ".join(told.split()) in said
    grounds = [each.get("style", "") for each in root if each.tag.endswith("rect")]
    assert "rgb(255, 255, 255)" in grounds[0]


@pytest.mark.parametrize("is_safe", [True, False], ids=["https", "http"])
def test_a_copied_link_leads_to_the_chart(
    app: RunningApp, page: Page, browser: Browser, is_safe: bool
) -> None:
    """The link keeps the view; who opens it stands before that chart; it is copied without https as well."""
    if not is_safe:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    _card(page, "replies").get_by_role("button", name="Save and share").click()
    _card(page, "replies").get_by_role("menuitem", name="Copy link").click()
    expect(_card(page, "replies").get_by_text("Copied")).to_be_visible()
    context = _context(browser, permissions=["clipboard-read"], viewport={"width": 1000, "height": 500})
    stranger = context.new_page()
    stranger.goto(f"{app.url}/overview?ui=en")
    _drawn(stranger)
    expect(_card(stranger, "replies")).not_to_be_in_viewport()
    link = stranger.evaluate("navigator.clipboard.readText()")
    assert urlsplit(link).fragment == "chart=replies"
    assert parse_qs(urlsplit(link).query) == _query(page)
    stranger.goto("about:blank")
    stranger.goto(link)
    _drawn(stranger)
    expect(_card(stranger, "replies")).to_be_in_viewport()
    expect(_card(stranger, "replies")).to_be_focused()
    context.close()


def test_enter_on_a_bar_filters_as_a_click_does(page: Page) -> None:
    """Arrows go over the bars with their hover text, Enter keeps one, Enter again lets it go."""
    points = _card(page, "sources").get_by_role("listbox")
    keys = _card(page, "sources").locator(".cb-plot").evaluate("p => p.data[0].customdata.map((d) => d[0])")
    expect(points.get_by_role("option")).to_have_count(len(keys))
    points.focus()
    page.keyboard.press("ArrowDown")
    active = page.locator(f"#{points.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("id") == "cb-points-sources-1"
    expect(_card(page, "sources").locator(".hovertext")).to_have_count(1)
    expect(active).to_have_attribute("aria-selected", "false")
    drawn = _drawn(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**source=**")
    drawn = _drawn(page, drawn)
    assert _query(page)["source"] == [keys[1]]
    expect(points).to_be_focused()
    expect(active).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("status").filter(has_text="Chosen: ")).to_have_count(1)
    page.keyboard.press("Space")
    page.wait_for_url(lambda url: "source=" not in url)
    _drawn(page, drawn)
    expect(active).to_have_attribute("aria-selected", "false")


@pytest.mark.parametrize(
    ("chart", "keys", "filters"),
    [
        ("activity", ("End",), {"from", "to"}),
        ("rhythm", ("Home", "ArrowDown", "ArrowRight"), {"weekday", "hour"}),
        ("likes", ("ArrowRight",), {"likes_min"}),
    ],
)
def test_every_kind_of_chart_can_be_picked_from_by_keyboard(
    page: Page, chart: str, keys: tuple[str, ...], filters: set[str]
) -> None:
    """Time, cells and buckets send what a click on them sends."""
    drawn = _drawn(page)
    _card(page, chart).get_by_role("listbox").focus()
    for key in keys:
        page.keyboard.press(key)
    expect(_card(page, chart).locator(".hovertext")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: filters <= set(parse_qs(urlsplit(url).query)))
    _drawn(page, drawn)
    if chart == "rhythm":
        assert (_query(page)["weekday"], _query(page)["hour"]) == (["2"], ["1"])
    expect(_card(page, chart).locator(".cb-clear")).to_be_visible()


def test_a_chart_that_sends_nothing_is_no_stop(page: Page) -> None:
    """Where nothing can be picked, the keyboard is not held up."""
    expect(_card(page, "replies").locator(".cb-plot")).to_have_role("img")
    expect(_card(page, "replies").get_by_role("listbox")).to_have_count(0)


NAMES = """
(card) => {
    const plot = card.querySelector(".cb-plot");
    const frame = plot.getBoundingClientRect();
    const names = [...plot.querySelectorAll(".scatterlayer text")].filter((each) => each.textContent);
    return { frame, names: names.map((each) => each.getBoundingClientRect()) };
}
"""


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_names_of_a_network_stay_in_its_picture(app: RunningApp, browser: Browser, width: int) -> None:
    """On a phone as on a desk no name is cut by the edge of the picture, and none lies on another."""
    context = _context(browser, viewport={"width": width, "height": 1000})
    page = context.new_page()
    page.goto(f"{app.url}/network?ui=ru")
    card = page.locator("[data-chart='reply_network.0']")
    card.locator(".scatterlayer text").first.wait_for()
    settled(page)
    found = card.evaluate(NAMES)
    assert found["names"]
    for name in found["names"]:
        assert found["frame"]["left"] <= name["left"]
        assert name["right"] <= found["frame"]["right"]
        assert found["frame"]["top"] <= name["top"]
        assert name["bottom"] <= found["frame"]["bottom"]
    for one, other in combinations(found["names"], 2):
        beside = one["right"] <= other["left"] or other["right"] <= one["left"]
        # Boxes of letters are higher than the letters: two lines of text may touch.
        above = one["bottom"] <= other["top"] + 3 or other["bottom"] <= one["top"] + 3
        assert beside or above
    assert card.locator(".cb-key").count() >= 2
    context.close()

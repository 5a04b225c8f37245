"""What a visitor waits for in a real browser over a million comments: links, clicks, pages, many sessions.

Run with `make bench`. The times are taken inside the browser, from the hand's event to the last drawing; the
server is the product as it is started, with nothing of the tables in its caches at first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from core.sandbox.stories import COMMUNITIES
from tests.benchmarks.comments_in_bulk import address_in
from tests.benchmarks.test_page_bench import MILLION, filled, say
from tests.browser.conftest import FLAGS
from tests.running import ROOT, RunningApp, running_app

pytestmark = pytest.mark.bench

LIMIT_MS = 60_000
WATCHERS = Path(__file__).with_name("watching_client.py")
CLICKS = 20
SESSIONS = 50
LINKS = (
    "overview",
    "overview?level=reply",
    "overview?from=2026-06-01&to=2026-06-30",
    "overview?hour=18&hour=19&hour=20&hour=21",
    "overview?source=wall%3A-2_1",
)
PAGES = ("comments", "words", "authors", "collect")
"""Pages that stand in the menu wherever one is: the first of their groups; the Overview may be the home."""
BARS = ("sources", "authors")
"""The bars of the Overview that are clicked in turn, each time another one."""

# Remembers when a hand last did something, and when each board was last drawn.
WATCH = """
() => {
    window.hand = 0;
    window.drawn = 0;
    for (const kind of ["pointerup", "keydown"])
        window.addEventListener(kind, () => (window.hand = performance.now()), true);
    const seen = new MutationObserver((changes) => {
        if (changes.some((each) => each.target.classList?.contains("cb-board")))
            window.drawn = performance.now();
    });
    seen.observe(document, { subtree: true, attributes: true, attributeFilter: ["data-drawn"] });
}
"""
REDRAWN = """
() => window.drawn > window.hand
    && document.querySelector("[data-test-script-state=notRunning]")
    && !document.querySelector("[data-stale=true]")
    && window.drawn - window.hand
"""
READABLE = """
() => {
    const figures = [...document.querySelectorAll("[data-testid=stMetricValue]")];
    return figures.some((each) => each.textContent.trim()) && performance.now();
}
"""
COMPLETE = """
() => {
    const boards = [...document.querySelectorAll(".cb-board")];
    return boards.length > 0 && boards.every((board) => Number(board.dataset.drawn) > 0)
        && document.querySelector("[data-test-script-state=notRunning]")
        && !document.querySelector("[data-stale=true]")
        && performance.now();
}
"""
HERE = """
(name) => location.pathname.endsWith(name)
    && document.querySelector("h1")
    && !document.querySelector("[data-stale=true]")
    && performance.now() - window.hand
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """Start the product over a million comments whose texts have been read, or over those of BENCH_FOLDER."""
    if given := os.environ.get("BENCH_FOLDER"):
        address = address_in(Path(given))
    else:
        folder = tmp_path_factory.mktemp("clicked")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
            address = processes.submit(filled, folder, MILLION).result()
    with running_app({"DATABASE_URL": address, "DEMO_COMMENTS": "2000"}) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """Start a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_path), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def visited(browser: Browser) -> Iterator[Page]:
    """Open a page in a fresh profile that watches itself."""
    context = browser.new_context(locale="ru-RU", viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(LIMIT_MS)
    context.add_init_script(f"({WATCH})()")
    yield context.new_page()
    context.close()


def asked(page: Page, question: str, arg: object = None) -> float:
    """Return in seconds what a question of the page answers once it is true."""
    return float(page.wait_for_function(question, arg=arg, polling="raf").json_value()) / 1000


def told(what: str, times: Sequence[float], target: str = "") -> None:
    """Print the distribution of some times."""
    p50, p95 = np.percentile(times, (50, 95))
    say(f"{what:<44} n {len(times):>3}  p50 {p50:6.3f}  p95 {p95:6.3f}  most {max(times):6.3f} s   {target}")


def opened(page: Page, app: RunningApp, path: str) -> tuple[float, float]:
    """Open a link; return after how many seconds figures stood, and all charts."""
    page.goto(f"{app.url}/{path}", wait_until="commit")
    return asked(page, READABLE), asked(page, COMPLETE)


def test_cold_links(app: RunningApp, browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    """A link opened in a fresh profile shows figures, then charts; the server has not been asked before."""
    readable, complete = [], []
    with capsys.disabled():
        say(f"\nIn the browser over {MILLION:,} comments, load {os.getloadavg()[0]:.1f}")
        for link in LINKS:
            with visited(browser) as page:
                first, all_s = opened(page, app, link)
            say(f"  {link:<46} figures {first:6.3f}  charts {all_s:6.3f} s")
            readable.append(first)
            complete.append(all_s)
        told("cold link, figures", readable, "target 2.5")
        told("cold link, charts", complete, "target 4")
    assert max(complete) < 4 * 5


def clicked(page: Page, chart: str, number: int) -> float | None:
    """Click a bar of a chart; return the seconds until all charts stand, None without such a bar."""
    bars = page.locator(f"[data-chart='{chart}'] .barlayer .point path")
    if bars.count() <= number:
        return None
    bars.nth(number).scroll_into_view_if_needed()
    box = bars.nth(number).bounding_box()
    if box is None or min(box["width"], box["height"]) < 1:
        return None
    page.wait_for_timeout(700)
    page.mouse.click(box["x"] + min(6, box["width"] / 2), box["y"] + box["height"] / 2)
    return asked(page, REDRAWN)


def walk(page: Page, app: RunningApp) -> list[float]:
    """Click bars one after another, each in an unfiltered view; return how long each took."""
    times: list[float] = []
    for turn in range(CLICKS * 2):
        if len(times) == CLICKS:
            break
        chart, number = BARS[turn % len(BARS)], turn // len(BARS)
        if (took := clicked(page, chart, number)) is not None:
            times.append(took)
            page.locator(f"[data-chart='{chart}'] .cb-clear").click()
            asked(page, REDRAWN)
    return times


def test_clicks(app: RunningApp, browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty bars clicked: everything is worked out the first time, kept the second."""
    with visited(browser) as page:
        opened(page, app, "overview")
        first, again = walk(page, app), walk(page, app)
    with capsys.disabled():
        told("click to all charts, worked out", first, "target p50 0.55")
        told("click to all charts, kept", again, "target p50 0.35, p95 0.5")
    assert len(first) == len(again) == CLICKS
    assert float(np.median(again)) < 0.35 * 5


def test_pages(app: RunningApp, browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages that were looked at before open again from the menu."""
    times = []
    with visited(browser) as page:
        for turn in range(3):
            opened(page, app, "overview")
            for name in PAGES:
                page.wait_for_timeout(700)
                took = switched(page, name)
                times += [took] if turn else []
    with capsys.disabled():
        told("warm page switch", times, "target 0.3")
    assert float(np.median(times)) < 0.3 * 5


def switched(page: Page, name: str) -> float:
    """Follow the menu to a page; return the seconds until it stands."""
    page.locator(f"[data-testid=stSidebar] a[href^='{name}']").first.click()
    return asked(page, HERE, name)


@contextmanager
def watchers(app: RunningApp, count: int) -> Iterator[None]:
    """Let so many visitors watch the tasks; they cost the server what browsers would."""
    command = [sys.executable, str(WATCHERS), str(urlsplit(app.url).port), str(count), "tasks", "ui=ru"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield
        process.communicate()


def test_many_sessions(app: RunningApp, browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    """While fifty visitors watch a collection, the page of one more is hardly slower than without them."""
    targets = [f"https://vk.com/{each.screen_name}" for each in COMMUNITIES if each.access == "open"]
    with visited(browser) as page:
        opened(page, app, "overview")
        walk(page, app)
        alone = walk(page, app)
        app.api.post("/tasks", json={"kind": "collect", "params": {"targets": targets}}).raise_for_status()
        with watchers(app, SESSIONS):
            beside = walk(page, app)
            states = sorted(task["state"] for task in app.api.get("/tasks").json()["items"])
    with capsys.disabled():
        told("click, kept, alone", alone)
        told(f"click, kept, beside {SESSIONS} sessions", beside, f"tasks: {', '.join(states)}")
    assert float(np.median(beside)) < 0.35 * 10

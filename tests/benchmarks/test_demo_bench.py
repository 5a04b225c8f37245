"""What a newcomer waits for: the first page, and the whole demo collected, stored and charted."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.running import running_app

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
RATES = {"as VK allows": "3", "without a limit": "0"}
LIMIT_MS = 120_000


def _charts_say(page: Page, comments: str) -> None:
    """Wait until the charts of Overview are drawn for so many comments."""
    page.wait_for_function("Number(document.querySelector('.cb-board')?.dataset.drawn ?? 0) > 0")
    page.get_by_test_id("stMetricValue").first.get_by_text(comments, exact=True).wait_for()


@pytest.mark.bench
@pytest.mark.parametrize("rate", RATES)
def test_the_demo_from_start_to_charts(
    rate: str, chromium_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every comment that VK declares for the demo is stored and counted by the charts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_path), args=FLAGS)
        page = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 1000}).new_page()
        page.set_default_timeout(LIMIT_MS)
        began = time.perf_counter()
        with running_app({"VK_REQUESTS_PER_SECOND": RATES[rate]}) as app:
            page.goto(app.url)
            button = page.get_by_role("button", name="Open the demo")
            button.wait_for()
            shown = time.perf_counter()
            button.click()
            page.get_by_role("link", name="Show the comments").click()
            task = app.api.get("/tasks").json()["items"][0]
            _charts_say(page, f"{task['result']['collected']:,}")
            charted = time.perf_counter()
        browser.close()
    collected = task["result"]["collected"]
    with capsys.disabled():
        print(f"\n{rate}: first page {shown - began:.1f} s after the start,", end=" ")  # noqa: T201
        print(f"{collected:,} comments collected, stored and charted {charted - shown:.1f} s later")  # noqa: T201
    assert collected == task["result"]["declared"]

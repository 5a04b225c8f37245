"""What only a person can do for a collection, done in a real browser against a VK that asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from core.sandbox import process as sandbox
from core.sandbox.process import SandboxProcess
from core.sandbox.stories import COMMUNITIES, TOKENS
from tests.running import RunningApp, running_app

pytestmark = [pytest.mark.browser, pytest.mark.soak]

LIMIT_MS = 60_000
SHOP = COMMUNITIES[1]
PLACE = f"{SHOP.owner_id}_{SHOP.hero_post_id}"
POST, SOURCE = f"https://vk.com/wall{PLACE}", f"wall:{PLACE}"


@pytest.fixture
def vk() -> Iterator[SandboxProcess]:
    """Start a synthetic VK that tests can give orders to."""
    with sandbox.start(comments=3000, rate=0) as process:
        yield process


@pytest.fixture
def app(vk: SandboxProcess) -> Iterator[RunningApp]:
    """Start the product with a token of that VK."""
    settings = {"VK_TOKEN": TOKENS.USER, "VK_API_URL": vk.url, "VK_REQUESTS_PER_SECOND": "0"}
    with running_app(settings) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a test a fresh English-speaking browser profile."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(LIMIT_MS)
    yield context.new_page()
    context.close()


def _order(vk: SandboxProcess, **order: Any) -> None:
    httpx.post(f"{vk.admin_url}world", json=order, timeout=10).raise_for_status()


def _collect(page: Page, app: RunningApp, link: str) -> None:
    page.goto(f"{app.url}/collect?ui=en")
    page.get_by_label("Links", exact=True).fill(link)
    page.get_by_label("Links", exact=True).press("Control+Enter")
    page.get_by_role("button", name="Start collecting").click()


def test_a_captcha_is_answered_and_the_collection_is_complete(
    vk: SandboxProcess, app: RunningApp, page: Page
) -> None:
    """A pause shows VK's link, takes the address its check ends at, and goes on to a balanced end."""
    _order(vk, captcha=True)
    _collect(page, app, POST)
    expect(page.locator("[class*=st-key-task-]").get_by_text("a person is behind the token")).to_be_visible()
    check = page.get_by_role("link", name="Open VK's check").get_attribute("href") or ""
    assert check.startswith(vk.admin_url)
    page.get_by_label("Address or success_token").fill(f"{check}#success_token=sandbox-solved")
    page.get_by_role("button", name="Send and go on").click()
    expect(page.get_by_text("Complete: VK declares")).to_be_visible()
    (task,) = app.api.get("/tasks?kind=collect").json()["items"]
    assert task["state"] == "succeeded"
    truth = httpx.get(f"{vk.admin_url}truth", params={"source": SOURCE}, timeout=10).json()
    assert sorted(row["comment_id"] for row in app.rows()) == truth["ids"]

"""Every page through axe-core in a real browser: nothing serious stands in the way of anybody.

One app and one browser for all pages: first empty, then with the demo open, in two clothes each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from core.sandbox.stories import COMMUNITIES
from dashboard.components import menu
from tests.browser.standing import settled
from tests.running import RunningApp, running_app

pytestmark = [pytest.mark.browser, pytest.mark.soak]

LIMIT_MS = 30_000
GRAVE = ("serious", "critical")
EMPTY = ("overview", "tasks", "collect")
OTHER_LINKS = "https://vk.com/wall-22822305_1286374 https://youtu.be/x"
RUN = """
() => axe.run(
    // What a chart draws is an image with a text of its own; its labels cannot be judged and take seconds.
    { exclude: [[".cb-plot .main-svg"]] },
    { resultTypes: ["violations"], preload: false },
)
"""


@dataclass(frozen=True, slots=True)
class Clothes:
    """How a visitor sees the pages."""

    locale: str
    scheme: Literal["light", "dark"]
    width: int

    def __str__(self) -> str:
        return f"{self.locale}-{self.scheme}-{self.width}"


IN_BOTH = ("overview", "comments", "collect")
"""The other pages are made of the same parts, so each is examined in one of the two only."""
CLOTHES = (Clothes("ru-RU", "light", 1440), Clothes("en-US", "dark", 390))


@pytest.fixture(scope="module")
def app() -> Iterator[RunningApp]:
    """Start the product without a token and without any data."""
    with running_app({"DEMO_COMMENTS": "600", "VK_REQUESTS_PER_SECOND": "0"}) as running:
        yield running


@pytest.fixture(scope="module")
def demo(app: RunningApp) -> RunningApp:
    """Open the demo; tests of the empty app stand above those that ask for it."""
    links = [f"https://vk.com/{each.screen_name}" for each in COMMUNITIES if each.access == "open"]
    task = app.api.post("/tasks", json={"kind": "collect", "params": {"targets": links}}).json()
    app.wait_for_task(task["id"])
    assert app.rows({"dataset": "demo"})
    return app


@pytest.fixture(params=CLOTHES, ids=str)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Give a visitor."""
    worn: Clothes = request.param
    context = browser.new_context(
        locale=worn.locale, color_scheme=worn.scheme, viewport={"width": worn.width, "height": 1000}
    )
    context.set_default_timeout(LIMIT_MS)
    context.add_init_script(AXE_SCRIPT)
    yield context.new_page()
    context.close()


def _open(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=LIMIT_MS)
    settled(page)


def _grave(page: Page) -> list[str]:
    """Return what axe finds serious or critical: the rule, and where."""
    found: dict[str, Any] = page.evaluate(RUN)
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:200]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def test_what_is_wrong_is_found(app: RunningApp, page: Page) -> None:
    """The examination sees a button without a name and pale text: one that finds nothing proves nothing."""
    _open(page, f"{app.url}/tasks")
    page.evaluate(
        """document.querySelector("h1").insertAdjacentHTML(
            "afterend", "<button></button><p style='color: #999; background: #fff'>pale</p>")"""
    )
    assert {each.partition(" ")[0] for each in _grave(page)} == {"button-name", "color-contrast"}


def test_an_empty_app_hinders_nobody(app: RunningApp, page: Page) -> None:
    """Before there is any data each kind of empty page can be read and used, and so can the way to a key."""
    found = {}
    for name in EMPTY:
        _open(page, f"{app.url}/{name}")
        found[name] = _grave(page)
    field = page.locator("textarea")
    field.fill(OTHER_LINKS)
    field.press("Control+Enter")
    page.get_by_test_id("stDataFrame").wait_for()
    settled(page)
    found["links"] = _grave(page)
    assert found == {name: [] for name in (*EMPTY, "links")}


def test_no_page_hinders_anybody(demo: RunningApp, page: Page) -> None:
    """With data every page can be read and used: names, contrast, order, keyboard."""
    others = [name for name in menu.NAMES if name not in IN_BOTH]
    is_narrow = page.viewport_size is not None and page.viewport_size["width"] < 500
    names = (*IN_BOTH, *others[is_narrow::2])
    found = {}
    for name in names:
        _open(page, f"{demo.url}/{name}?dataset=demo")
        found[name] = _grave(page)
    assert found == {name: [] for name in names}


def test_nothing_that_links_lead_to_hinders_anybody(demo: RunningApp, page: Page) -> None:
    """No match, a link that is partly broken, an answer and a conversation can be read and used."""
    reply = demo.rows({"dataset": "demo", "level": "reply"})[0]["comment_key"]
    addresses = (
        "overview?text=zzzz",
        "comments?hour=99",
        "analyses?sel.analysis=volume",
        f"comments?sel.comment={reply}",
    )
    found = {}
    for address in addresses:
        _open(page, f"{demo.url}/{address}&dataset=demo")
        found[address] = _grave(page)
    assert found == {address: [] for address in addresses}

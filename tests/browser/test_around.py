"""What stands around every page: the language, addresses without a page, saved views, a phone's width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from core.sandbox.stories import COMMUNITIES
from tests.browser.standing import settled
from tests.running import RunningApp, running_app

pytestmark = [pytest.mark.browser, pytest.mark.soak]

LIMIT_MS = 60_000
COVERED = """
(buttons) => {
    const over = buttons.getBoundingClientRect();
    return [...document.querySelectorAll(".stMainBlockContainer :is(h1, h2, h3, p, label, input)")]
        .filter((each) => each.checkVisibility() && !each.closest(".stDataFrame"))
        .filter((each) => {
            const under = each.getBoundingClientRect();
            return under.width > 1 && under.top < over.bottom && over.top < under.bottom;
        })
        .map((each) => each.textContent);
}
"""
"""What stands at the height of some buttons."""
OPEN = [f"https://vk.com/{each.screen_name}" for each in COMMUNITIES if each.access == "open"]


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningApp]:
    """Start the product with a small demo in it."""
    with running_app({"DEMO_COMMENTS": "1500", "VK_REQUESTS_PER_SECOND": "0"}) as app:
        task = app.api.post("/tasks", json={"kind": "collect", "params": {"targets": OPEN}}).json()
        app.wait_for_task(task["id"])
        while not (readings := app.api.get("/tasks", params={"kind": "enrich"}).json()["items"]):
            pass
        for each in readings:
            app.wait_for_task(each["id"])
        yield app


def _context(browser: Browser, locale: str, width: int) -> BrowserContext:
    context = browser.new_context(locale=locale, viewport={"width": width, "height": 1000})
    context.set_default_timeout(LIMIT_MS)
    return context


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a test a fresh English-speaking browser profile."""
    context = _context(browser, "en-US", 1440)
    yield context.new_page()
    context.close()


def choices(page: Page, key: str) -> Locator:
    """Return what a widget offers side by side."""
    return page.locator(f".st-key-{key} [role=radio]")


def chosen(page: Page, key: str) -> Locator:
    """Return what is chosen of what a widget offers."""
    return page.locator(f".st-key-{key} [role=radio][aria-checked=true]")


def speak(page: Page, language: str) -> None:
    """Switch the language."""
    choices(page, "language").get_by_text(language).click()
    page.wait_for_url(f"**ui={'ru' if language == 'Русский' else 'en'}**")
    settled(page)


def test_the_page_says_which_language_it_speaks(demo: RunningApp, page: Page) -> None:
    """Who has it read aloud hears it in its own language; days that are not chosen are spelled in it, too."""
    page.goto(f"{demo.url}/overview?ui=en")
    expect(page.locator("html[lang=en]")).to_be_attached()
    speak(page, "Русский")
    expect(page.locator("html[lang=ru]")).to_be_attached()
    day = page.locator(".st-key-days-ru [data-type=day]").first
    assert day.evaluate("each => getComputedStyle(each, '::after').content") == '"дд"'


def test_another_language_keeps_the_choices_for_a_file(demo: RunningApp, page: Page) -> None:
    """Format, kind of CSV and headers stay chosen through two switches and a choice after them."""
    page.goto(f"{demo.url}/export?ui=en")
    settled(page)
    choices(page, "export-format").get_by_text("CSV").click()
    choices(page, "export-dialect").nth(1).click()
    settled(page)
    words = chosen(page, "export-dialect").inner_text()
    speak(page, "Русский")
    choices(page, "export-headers").get_by_text("по-русски").click()
    settled(page)
    expect(chosen(page, "export-format")).to_have_text("CSV")
    expect(choices(page, "export-dialect").nth(1)).to_have_attribute("aria-checked", "true")
    expect(chosen(page, "export-dialect")).not_to_have_text(words)
    speak(page, "English")
    choices(page, "f-mode").nth(1).click()
    settled(page)
    expect(chosen(page, "export-dialect")).to_have_text(words)
    expect(chosen(page, "export-headers")).to_have_text("по-русски")


def test_another_language_keeps_what_a_collection_is_told(demo: RunningApp, page: Page) -> None:
    """Which posts of a wall and what to read again stay chosen, in the words of the new language."""
    page.goto(f"{demo.url}/collect?ui=en")
    settled(page)
    field = page.locator("textarea")
    field.fill(OPEN[0])
    field.press("Control+Enter")
    choices(page, "collect-walls").nth(2).click()
    settled(page)
    walls = chosen(page, "collect-walls").inner_text()
    speak(page, "Русский")
    expect(chosen(page, "collect-walls")).not_to_have_text(walls)
    choices(page, "collect-refresh").nth(1).click()
    settled(page)
    for key, place in (("collect-walls", 2), ("collect-refresh", 1)):
        expect(choices(page, key).nth(place)).to_have_attribute("aria-checked", "true")
    speak(page, "English")
    expect(chosen(page, "collect-walls")).to_have_text(walls)
    expect(choices(page, "collect-refresh").nth(1)).to_have_attribute("aria-checked", "true")


def test_another_language_keeps_the_sample_that_is_judged(demo: RunningApp, page: Page) -> None:
    """The sample that was chosen stays, called by the words of the new language, whatever is touched next."""
    for size in (120, 130):
        asked = {"query": {"dataset": "demo"}, "size": size}
        assert demo.api.post("/coding/samples", json=asked).status_code == 201
    page.goto(f"{demo.url}/coding?ui=en")
    settled(page)
    box = page.locator(".st-key-coding-sample")
    box.get_by_role("combobox").click()
    page.get_by_role("option").nth(1).click()
    settled(page)
    english = box.get_by_role("combobox").input_value()
    assert "120" in english
    speak(page, "Русский")
    choices(page, "f-mode").nth(1).click()
    settled(page)
    russian = box.get_by_role("combobox").input_value()
    assert "120" in russian
    assert russian != english
    speak(page, "English")
    choices(page, "f-mode").nth(0).click()
    settled(page)
    assert box.get_by_role("combobox").input_value() == english


@pytest.mark.parametrize(
    ("ui", "said"), [("en", "There is no page “nosuchpage”"), ("ru", "Страницы «nosuchpage»")]
)
def test_an_address_without_a_page_says_so(demo: RunningApp, page: Page, ui: str, said: str) -> None:
    """The first page stands in, a sentence in the reader's language says so, and the menu leads on."""
    page.goto(f"{demo.url}/nosuchpage?ui={ui}&level=root")
    expect(page.get_by_text(said)).to_be_visible()
    settled(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("[class*=st-key-chip-level] button").first.click()
    page.wait_for_url(lambda url: "level=" not in url)
    expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("link", name="Активность" if ui == "ru" else "Activity").click()
    page.wait_for_url("**/activity**")
    expect(page.get_by_text(said)).to_have_count(0)


def test_what_is_typed_is_taken_before_a_link_is_followed(demo: RunningApp, page: Page) -> None:
    """A word typed without Enter holds on the page that is opened next, and stands in its field."""
    page.goto(f"{demo.url}/overview?ui=en")
    settled(page)
    page.locator(".st-key-f-text input").click()
    page.keyboard.type("вода")
    page.locator("[data-testid=stSidebar] a", has_text="Activity").click()
    page.wait_for_url("**/activity?**text=**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Activity")
    expect(page.locator(".st-key-f-text input")).to_have_value("вода")


def test_what_is_typed_is_taken_when_a_chart_is_clicked(demo: RunningApp, page: Page) -> None:
    """A word that stands in the field after a click on a bar is a filter, as the bar is."""
    page.goto(f"{demo.url}/overview?ui=en")
    settled(page)
    page.locator(".st-key-f-text input").click()
    page.keyboard.type("вода")
    bar = page.locator("[data-chart=sources] .barlayer .point path").first.bounding_box()
    assert bar is not None
    page.mouse.click(bar["x"] + 8, bar["y"] + bar["height"] / 2)
    page.wait_for_url(lambda url: "text=" in url and "source=" in url)


def test_steps_faster_than_pages_end_where_they_lead(demo: RunningApp, page: Page) -> None:
    """Back and Forward pressed in a burst end at their place of the history, and lose none of it."""
    page.goto(f"{demo.url}/overview?ui=en&dataset=demo")
    settled(page)
    places = [page.url]
    for name in ("Activity", "Posts", "Compare"):
        page.locator("[data-testid=stSidebar] a", has_text=name).click()
        page.wait_for_url(f"**/{name.lower()}?**")
        settled(page)
        places.append(page.url)
    length = page.evaluate("history.length")
    page.evaluate(
        "history.back(); setTimeout(() => history.back(), 60); setTimeout(() => history.back(), 120)"
    )
    page.evaluate("setTimeout(() => history.forward(), 180); setTimeout(() => history.forward(), 240)")
    page.wait_for_url(places[0])
    page.wait_for_url(places[2])
    expect(page.get_by_role("heading", level=1)).to_have_text("Posts")
    settled(page)
    assert (page.url, page.evaluate("history.length")) == (places[2], length)
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")


def test_the_list_of_views_is_full_after_steps_in_the_reader(demo: RunningApp, page: Page) -> None:
    """A step to another hit is a change of the view that this part did not see; the list opens and tells."""
    page.goto(f"{demo.url}/comments?ui=en&level=root")
    page.locator(".rd-current").wait_for()
    settled(page)
    page.keyboard.press("j")
    page.wait_for_url("**sel.comment=**")
    settled(page)
    page.get_by_role("button", name="Views").click()
    name = page.get_by_label("Name of this view")
    name.fill("Threads")
    name.press("Enter")
    expect(page.get_by_text("Saved: Threads.")).to_be_visible()
    expect(page.locator("[class*='st-key-saved-']").get_by_role("link", name="Threads")).to_be_visible()


@pytest.mark.parametrize("locale", ["ru-RU", "en-US"])
def test_a_phone_shows_all_choices(demo: RunningApp, browser: Browser, locale: str) -> None:
    """What is done with the view stands in one line, and no choice runs out of the screen."""
    context = _context(browser, locale, 390)
    page = context.new_page()
    for name in ("changes", "export", "comments", "compare?level=root"):
        page.goto(f"{demo.url}/{name}")
        page.get_by_role("heading", level=1).wait_for()
        settled(page)
        tops = [
            page.locator(f".st-key-look {each}").bounding_box()
            for each in ("[data-testid=stPopoverButton]", ".cl-copy", ".tr-toggle")
        ]
        assert (
            {round(each["y"] / 10) for each in tops if each} == {round(tops[0]["y"] / 10)}
            if tops[0]
            else False
        )
        edges = [
            each.bounding_box() for each in page.locator("[data-testid=stMain] .stButtonGroup button").all()
        ]
        assert [each for each in edges if each and each["x"] + each["width"] > 390] == []
        wide = page.locator("[data-testid=stTable]").all()
        assert all(each.evaluate("each => each.scrollWidth <= each.clientWidth") for each in wide)
    context.close()


@pytest.mark.parametrize("locale", ["ru-RU", "en-US"])
def test_the_buttons_of_a_table_cover_nothing_on_a_phone(
    demo: RunningApp, browser: Browser, locale: str
) -> None:
    """What is written above a table can be read while its own buttons are shown."""
    context = browser.new_context(
        locale=locale, viewport={"width": 390, "height": 1000}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(LIMIT_MS)
    page = context.new_page()
    for name in ("authors?sel.tab=concentration", "questions", "comments?sel.read=table"):
        page.goto(f"{demo.url}/{name}")
        table = page.locator(".stDataFrame").first
        table.wait_for()
        settled(page)
        table.tap()
        buttons = table.locator("[data-testid=stElementToolbarButtonContainer]")
        expect(buttons).to_be_visible()
        assert buttons.evaluate(COVERED) == []
    context.close()


def test_the_days_of_a_comparison_stand_below_its_shares(demo: RunningApp, page: Page) -> None:
    """In the corner of the axes the lowest share and the first day keep apart."""
    page.goto(f"{demo.url}/compare?level=reply")
    settled(page)
    chart = page.locator("[data-chart=side]")
    shares, days = (
        [each.bounding_box() for each in chart.locator(f".{axis}tick text").all()] for axis in "yx"
    )
    lowest = max(each["y"] + each["height"] for each in shares if each)
    assert days
    assert all(each and each["y"] >= lowest for each in days)


def test_what_is_pasted_at_any_length_is_answered(demo: RunningApp, page: Page) -> None:
    """A browser drops nothing without a word: the search and the name of a view say what is too long."""
    page.goto(f"{demo.url}/overview?ui=en")
    settled(page)
    words = page.locator(".st-key-f-text input")
    words.fill("word " * 600)
    words.press("Enter")
    expect(page.get_by_text("longer than 1,000 characters")).to_be_visible()
    page.get_by_role("button", name="Views").click()
    name = page.get_by_label("Name of this view")
    name.fill("x" * 200)
    name.press("Enter")
    expect(page.get_by_text("A name has 1 to 80 characters.")).to_be_visible()

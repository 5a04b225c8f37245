"""What a search marks, as a real browser reads the expressions."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from core.query import Query
from dashboard.components.marked import marks

pytestmark = [pytest.mark.browser, pytest.mark.soak]

FIND = """
([marks, text]) => marks.flatMap(({source, flags}) =>
    [...text.matchAll(new RegExp(source, flags))].map((found) => found[0]))
"""
FORMS = {"lemma_0": ["кошками", "кошка"], "lemma_1": ["дом"]}
CASES = (
    (Query(text="ёлк скидк*"), "Елка, ЁЛКА, скидками, нескидка", ["скидками", "Елк", "ЁЛК"]),
    (Query(text='"цена * рублей"'), "Цена 100 рублей", ["Цена 100 рублей"]),
    (Query(text="мой"), "мои\u0306 МОЙ", ["мои\u0306", "МОЙ"]),
    (Query(text=r"a-b/c \.+?^${}()|[] №1"), r"a-b/c №1 \.+?^${}()|[]", [r"\.+?^${}()|[]", "a-b/c", "№1"]),
    (Query(lemma='"кошка дом"'), "Кошками, дом; кошка", ["Кошками, дом"]),
    (Query(lemma="нача*"), "Начало и почать", ["Начало"]),
    (Query(regex=r"(?i)\bab\b|[а-яё\-]{2,}/\d+\s"), "AB ма-ма/12 ", ["AB", "ма-ма/12 "]),
    (Query(regex=r"К.*?т"), "Кот кот", ["Кот"]),
)


def test_a_browser_finds_what_is_to_be_marked(browser: Browser) -> None:
    """Every kind of search gives expressions that a browser can run, and they find what was searched for."""
    page = browser.new_page()
    for query, text, marked in CASES:
        found = page.evaluate(FIND, [[each.page() for each in marks(query, FORMS)], text])
        assert (query.params(), sorted(found)) == (query.params(), sorted(marked))
    page.close()

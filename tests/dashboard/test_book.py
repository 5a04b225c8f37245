"""What stands on the pages: every part has its words, every parameter offered is one of its analysis."""

from __future__ import annotations

import pytest

from core.analysis.catalogue import ANALYSES
from core.wording import has
from dashboard.charts import picks
from dashboard.components import menu
from dashboard.components.book import BOOK, Panel, part
from dashboard.components.drawings import DRAWINGS
from dashboard.components.overview import CHARTS
from dashboard.view import View, read_view

PANELS = [(page, panel) for page, parts in BOOK.items() for each in parts for panel in each.panels]


@pytest.mark.parametrize("name", menu.NAMES)
def test_every_page_is_called_something(name: str) -> None:
    """A page has a title and a place in the menu, in words."""
    assert has(f"menu.{name}")
    assert has(f"menu.group.{menu.group_of(name)}")


@pytest.mark.parametrize("page", list(BOOK))
def test_every_part_is_called_something(page: str) -> None:
    """Parts have names of their own, words, and stand in addresses."""
    names = [each.name for each in BOOK[page]]
    assert len(names) == len(set(names))
    assert all(has(f"part.{page}.{name}") for name in names)
    for name in names:
        assert read_view({"sel.tab": [name], "ui": ["en"]}, None) == View(tab=name)
    assert part(page, "nonsense") is BOOK[page][0]


@pytest.mark.parametrize(("page", "panel"), PANELS)
def test_a_panel_is_of_what_there_is(page: str, panel: Panel) -> None:
    """It names an analysis or a chart that exists, and offers parameters that it has."""
    assert bool(panel.analysis) is not bool(panel.chart), page
    if panel.chart:
        assert panel.chart in {*CHARTS, "side"}
        return
    known = {each.name for each in ANALYSES[panel.analysis].parameters}
    assert {*panel.asks, panel.unit} - {""} <= known
    assert panel.has_table or panel.analysis in DRAWINGS


def test_every_kind_of_pick_has_its_words() -> None:
    """What a click does is told beside each chart and table."""
    fields = {each.field for each in picks.PICKS.values()} | {picks.TIME}
    assert all(has(f"pick.{field}") and has(f"pick.{field}.row") for field in fields)


def test_every_analysis_is_on_a_page() -> None:
    """The page of all analyses aside, each analysis has a place where its question is asked."""
    placed = {panel.analysis for _, panel in PANELS}
    drawn_as_charts = {"volume", "rhythm", "sources", "authors", "likes", "replies"}
    assert {*ANALYSES} - placed == drawn_as_charts

"""Two sets side by side over time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from core.query import Query
from dashboard.charts.figure import Scene
from dashboard.charts.side import side

SCENE = Scene("en", Query(), date(2026, 3, 1), date(2026, 3, 3), datetime(2026, 3, 3, tzinfo=UTC))


def days(*comments: int) -> pd.DataFrame:
    """Return so many comments on the first days of March."""
    begins = pd.date_range("2026-03-01", periods=len(comments), freq="D")
    return pd.DataFrame({"period": begins, "comments": comments})


def test_each_set_is_drawn_as_shares_of_its_own() -> None:
    """A set ten times as large with the same shape is the same line."""
    chart = side([days(1, 3), days(10, 30, 0)], SCENE, "day")
    first, second = chart.data
    assert first["y"] == pytest.approx([0.25, 0.75])
    assert second["y"] == pytest.approx([0.25, 0.75, 0])
    assert "4\N{NO-BREAK SPACE}comments" in chart.caption
    assert "40\N{NO-BREAK SPACE}comments" in chart.caption


def test_the_title_says_when_each_is_busiest() -> None:
    """One sentence where the days are the same, both days where they are not."""
    assert "2\N{NO-BREAK SPACE}March" in side([days(1, 3), days(1, 2)], SCENE, "day").title
    apart = side([days(1, 3), days(3, 1)], SCENE, "day").title
    assert "2\N{NO-BREAK SPACE}March" in apart
    assert "1\N{NO-BREAK SPACE}March" in apart


def test_its_numbers_are_both_sets_by_day() -> None:
    """A day that one set does not reach counts as none."""
    table = side([days(1, 3), days(10, 30, 5)], SCENE, "day").table
    assert table is not None
    assert table.rows[1:] == (("2026-03-02T00:00:00", 3, 30), ("2026-03-03T00:00:00", 0, 5))


def test_without_dates_there_is_nothing_to_compare() -> None:
    """A set that is empty over time says so instead of a line at nothing."""
    assert side([days(1), days(0)], SCENE, "day").empty


def test_a_caption_says_what_both_sets_are() -> None:
    """What is said of each set, the zone; without it both numbers and the days. The axis is in per cent."""
    chart = side([days(1, 3), days(10, 30)], SCENE, "day", ("A: под «Постом», 4", "B: остальные, 40"))
    assert chart.caption == ("A: под «Постом», 4 · B: остальные, 40 · Moscow (UTC+3)")
    bare = side([days(1, 3), days(10, 30)], SCENE, "day").caption
    assert bare.endswith(": 40\u00a0comments · 1–3\u00a0March\u00a02026 · Moscow (UTC+3)")
    assert chart.layout["yaxis"]["ticktext"][:2] == ["0%", "20%"]

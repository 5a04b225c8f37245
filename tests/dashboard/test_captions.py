"""The caption of an answer says n, period and zone, and of two sets what each of them is."""

from __future__ import annotations

import pytest

from core.analysis.catalogue import ANALYSES
from core.query import Query
from core.tasks.analyze import Answer
from core.tasks.answers import Measured
from dashboard.components import answer_charts
from dashboard.components.answers import Asking, Shown
from dashboard.components.drawings import DRAWINGS

PERIOD = ("2026-03-01T09:00:00+00:00", "2026-03-03T09:00:00+00:00")


def shown(name: str, *, sets: tuple[str, ...] = (), period: tuple[str, str] | None = PERIOD) -> Shown:
    """Return an answer with one row that has a number wherever a number may stand."""
    analysis = ANALYSES[name]
    row = {each.name: 0.5 if each.type in {"number", "integer"} else "1" for each in analysis.fields}
    row |= {each: 1 for each in ("weekday", "hour", "community") if each in row}
    row |= {each.name: "2026-03-01" for each in analysis.fields if each.type == "time"}
    drawing = DRAWINGS[name][0]
    row |= dict(drawing.only)
    measured = Measured(1234, period, "Europe/Moscow", [row])
    answer = Answer(name, 1, {}, "", None, measured)
    asking = Asking(analysis, analysis.checked({}))
    return Shown(asking, answer, measured, Query(), Query(), "ru", sets)


@pytest.mark.parametrize("name", list(DRAWINGS))
def test_every_chart_says_n_period_and_zone(name: str) -> None:
    """No chart of an analysis leaves out how many comments it is of, of which days, by which clock."""
    charts = answer_charts.charts(shown(name))
    assert charts
    for chart in charts:
        assert "1\u00a0234\u00a0комментария" in chart.caption
        assert "1–3\u00a0марта\u00a02026" in chart.caption
        assert "Москва (UTC+3)" in chart.caption


def test_comments_without_dates_are_said_to_have_none() -> None:
    """A period that is not known is not passed over in silence."""
    assert "без дат" in shown("words", period=None).caption


def test_of_two_sets_each_is_told() -> None:
    """What A and B are, how many comments each has and of which days stands before the zone, once."""
    caption = shown(
        "compare", sets=("A: под «Постом», 12 комментариев", "B: остальные, 40 комментариев")
    ).caption
    assert "1–3" not in caption
    assert "тональность по модели" in caption
    assert caption.startswith("A: под «Постом», 12 комментариев · B: остальные, 40 комментариев · Москва")


def test_a_click_on_likes_is_told_in_the_caption() -> None:
    """The page of all analyses says, too, that a bar keeps all to its right."""
    (chart,) = answer_charts.charts(shown("likes"))
    assert chart.caption.endswith("щелчок оставит столбик и все правее")

"""The caption of an answer says n, period and zone, and of two sets what each of them is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.analysis.catalogue import ANALYSES
from core.query import Query
from core.tasks.analyze import Answer
from core.tasks.answers import Measured
from dashboard.components import answer_charts, answer_figures
from dashboard.components.answers import Asking, Shown
from dashboard.components.drawings import DRAWINGS

PERIOD = ("2026-03-01T09:00:00+00:00", "2026-03-03T09:00:00+00:00")


def shown(
    name: str,
    *,
    sets: tuple[str, ...] = (),
    period: tuple[str, str] | None = PERIOD,
    query: Query | None = None,
) -> Shown:
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
    return Shown(asking, answer, measured, query or Query(), Query(), "ru", sets)


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


@pytest.mark.parametrize(
    ("finding", "is_of_model"),
    [
        ("negative_share", True),
        ("mood_balance", True),
        ("author_gini", False),
        ("questions_answered_share", False),
    ],
)
def test_only_what_a_model_judged_is_said_to_be_by_it(finding: str, is_of_model: bool) -> None:
    """A chart of authors or of answers owes nothing to the model of sentiment that stands beside it."""
    found = shown("robustness")
    rows = [{**found.measured.rows[0], "finding": finding}]
    found = replace(found, measured=replace(found.measured, rows=rows))
    (chart,) = answer_charts.charts(found)
    assert ("тональность по модели" in chart.caption) is is_of_model


def test_a_click_on_likes_is_told_in_the_caption() -> None:
    """The page of all analyses says, too, that a bar keeps all to its right."""
    (chart,) = answer_charts.charts(shown("likes"))
    assert chart.caption.endswith("щелчок оставит столбик и все правее")


def test_a_selection_is_highlighted_only_where_it_is_drawn() -> None:
    """A chart that shows more than the selection says so, and whether the selection is in it at all."""
    (chart,) = answer_charts.charts(shown("author_activity", query=Query(author=(7,))))
    assert chart.caption.endswith(" · выбранного нет среди показанного")
    found = shown("author_activity", query=Query(author=(7,)))
    found.measured.rows[0]["author_id"] = 7
    (chart,) = answer_charts.charts(found)
    assert chart.caption.endswith(" · выделено выбранное")


def test_an_analysis_of_replies_counts_replies() -> None:
    """What a network is of are replies between authors, not all comments that were looked at."""
    found = shown("reply_pairs")
    found = replace(found, measured=replace(found.measured, summary={"replies": 21}))
    assert found.caption.startswith("21\u00a0ответ между авторами · ")


@pytest.mark.parametrize("name", ["concentration", "decay", "reply_communities"])
def test_a_chart_that_sets_no_filter_says_so(name: str) -> None:
    """Nobody clicks in vain: the help of a chart says what a click does, or that it does nothing."""
    for chart in answer_charts.charts(shown(name)):
        assert "Щелчок здесь фильтра не ставит." in chart.about
        assert not chart.click


def test_pairs_are_drawn_by_the_measure_that_orders_them() -> None:
    """Bars stand in the order of what they show: the measure that was asked for is drawn."""
    found = shown("collocations")
    by_size = replace(found, asking=replace(found.asking, params={**found.asking.params, "by": "npmi"}))
    titles = [answer_charts.charts(each)[0].layout["xaxis"]["title"]["text"] for each in (found, by_size)]
    assert titles == ["Критерий G2", "Мера NPMI"]


def test_a_figure_has_the_interval_that_is_its_own() -> None:
    """The ends of a share stand by the share, not by the number of comments that it is made of."""
    told = {"unassigned": 40, "unassigned_share": 0.4, "unassigned_low": 0.3, "unassigned_high": 0.5}
    found = shown("topics")
    assert answer_figures.interval("unassigned", told, found) is None
    assert answer_figures.interval("unassigned_share", told, found) == "30\u00a0% – 50\u00a0%"


def test_a_moment_is_a_day_where_the_reader_is() -> None:
    """What was found late in the evening by UTC was found the next day in Moscow."""
    found = shown("topics")
    assert answer_figures.figure("found_at", "2026-03-01T22:30:00Z", found) == "2\u00a0мар.\u00a02026"


def test_a_figure_with_a_unit_of_its_own_has_none_in_its_name() -> None:
    """A median of 29 minutes is not called hours; a small number has no needless zeros."""
    assert answer_figures.titled("median_hours", "ru", "first_comments") == "Медиана"
    assert answer_figures.titled("half_life_hours", "en", "decay") == "Half-life"
    assert answer_figures.titled("posts", "en", "decay") == "Posts"
    assert answer_figures.figure("rate", 0.05, shown("topics")) == "0,05"


@pytest.mark.parametrize(("value", "said"), [(175.61, "176"), (9.96, "10"), (9.44, "9,44"), (0.5, "0,5")])
def test_what_is_expected_has_no_needless_decimals(value: float, said: str) -> None:
    """Of ten comments or more, a part of one says nothing; of a few it does."""
    assert answer_figures.figure("expected_in_bursts", value, shown("bursts")) == said


@pytest.mark.parametrize(
    ("names", "opened", "folded"),
    [
        (["a", "seed"], ["a"], ["seed"]),
        ([*"abcdefgh"], [*"abcdefgh"], []),
        (["fit", *"abcdefghi"], [*"abcdef"], ["g", "h", "i", "fit"]),
    ],
)
def test_findings_lie_open(names: list[str], opened: list[str], folded: list[str]) -> None:
    """What was found lies open, up to two rows of it; how it was worked out, and a long rest, are folded."""
    assert answer_figures.laid(names) == (opened, folded)

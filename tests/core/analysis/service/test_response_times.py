"""The response clock: the curve of all questions and the times of groups of them."""

from __future__ import annotations

import pytest

from core.query import Query
from tests.core.analysis.service.shops import question, reply, wall
from tests.core.enriched import answer, enriched


def test_the_curve_rises_to_what_was_answered() -> None:
    """Half an hour after a question three quarters are answered, with n, who waits, and an interval."""
    found = answer(enriched(wall(40, 30)), "response_times", Query(tz="UTC"))
    by_hours = {row["hours"]: row for row in found.rows}
    assert by_hours[0.25]["answered_share"] == 0
    half = by_hours[0.5]
    assert (half["n"], half["waiting"], half["answered_share"]) == (40, 40, 0.75)
    assert half["answered_share_low"] < half["answered_share"] < half["answered_share_high"]
    assert 48.0 not in by_hours
    assert by_hours[24]["waiting"] == 10
    assert found.summary["answered"] == 30


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("day", {"2026-02-28T00:00:00Z": 4, "2026-03-01T00:00:00Z": 24, "2026-03-02T00:00:00Z": 12}),
        ("week", {"2026-02-23T00:00:00Z": 28, "2026-03-02T00:00:00Z": 12}),
        ("month", {"2026-02-01T00:00:00Z": 4, "2026-03-01T00:00:00Z": 36}),
    ],
)
def test_periods_begin_when_they_do(by: str, expected: dict[str, int]) -> None:
    """Questions are counted in the local day, week or month in which they were asked."""
    found = answer(enriched(wall(40, 30)), "response_times", Query(tz="UTC"), by=by)
    assert {row["period"]: row["n"] for row in found.rows} == expected


def test_hours_and_weekdays_are_local() -> None:
    """An hour after noon in UTC is the sixteenth hour in Moscow; Monday is 1."""
    store = enriched([question(1, 1), question(2, 25), reply(11, 1, 2)])
    hours = answer(store, "response_times", by="hour").rows
    days = answer(store, "response_times", by="weekday").rows
    both = answer(store, "response_times", by="hour_of_week").rows
    assert [(row["hour"], row["weekday"], row["n"], row["answered"]) for row in hours] == [(16, None, 2, 1)]
    assert [(row["weekday"], row["hour"], row["waiting"]) for row in days] == [(1, None, 0), (2, None, 1)]
    assert [(row["weekday"], row["hour"]) for row in both] == [(1, 16), (2, 16)]


def test_sources_are_those_with_most_questions() -> None:
    """Sources come with their figures, the busiest first, null where too few were asked."""
    other = [question(500 + n, n, source="wall:-1_9") for n in range(1, 4)]
    found = answer(enriched([*wall(40, 30), *other]), "response_times", by="source", top=2).rows
    assert [(row["source"], row["n"], row["title"]) for row in found] == [
        ("wall:-1_2", 40, ""),
        ("wall:-1_9", 3, ""),
    ]
    assert found[0]["median_hours"] == 0.5
    assert (found[1]["answered_share"], found[1]["median_hours"]) == (None, None)
    assert len(answer(enriched([*wall(3, 0), *other]), "response_times", by="source", top=1).rows) == 1


def test_nothing_asked_has_no_clock() -> None:
    """Without questions there are no rows, by whatever they are grouped."""
    store = enriched([])
    assert all(not answer(store, "response_times", by=by).rows for by in ("curve", "day", "source", "month"))

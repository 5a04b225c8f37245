"""What clicks and brushes mean."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.query import Query
from dashboard.components.selection import comment, meaning


def test_a_click_on_a_day_keeps_that_day_and_a_second_lets_it_go() -> None:
    """A click is a toggle."""
    click = {"chart": "activity", "kind": "click", "x": "2026-03-02 12:00", "meta": {"unit": "day"}}
    chosen = meaning(click, Query())
    assert chosen == {"since": date(2026, 3, 2), "until": date(2026, 3, 2)}
    assert meaning(click, Query(**chosen)) == {"since": None, "until": None}


def test_a_brush_keeps_its_days() -> None:
    """A brush is cut to whole days, whatever the milliseconds of its ends."""
    brush = {
        "chart": "activity",
        "kind": "brush",
        "low": "2026-03-05 08:07:18.0213",
        "high": "2026-03-02 17:00",
        "meta": {"unit": "day"},
    }
    assert meaning(brush, Query()) == {"since": date(2026, 3, 2), "until": date(2026, 3, 5)}


def test_a_cell_means_its_weekday_and_hour() -> None:
    """Another cell replaces the first, the same one clears it."""
    click = {"chart": "rhythm", "kind": "click", "x": 20, "y": 3}
    assert meaning(click, Query()) == {"weekday": (3,), "hour": (20,)}
    assert meaning(click, Query(weekday=(1,), hour=(4,))) == {"weekday": (3,), "hour": (20,)}
    assert meaning(click, Query(weekday=(3,), hour=(20,))) == {"weekday": (), "hour": ()}


def test_rows_of_a_ranking_add_up() -> None:
    """Several sources and authors can be kept at once."""
    click = {"chart": "sources", "kind": "click", "key": "wall:-1_3"}
    assert meaning(click, Query(source=("wall:-1_2",))) == {"source": ("wall:-1_2", "wall:-1_3")}
    assert meaning(click, Query(source=("wall:-1_3",))) == {"source": ()}
    assert meaning({"chart": "authors", "kind": "click", "key": "-7"}, Query()) == {"author": (-7,)}


def test_a_bar_of_likes_is_a_lower_bound() -> None:
    """No likes at all is no bound."""
    assert meaning({"chart": "likes", "kind": "click", "key": "5"}, Query()) == {"likes_min": 5}
    assert meaning({"chart": "likes", "kind": "click", "key": "5"}, Query(likes_min=5)) == {"likes_min": None}
    assert meaning({"chart": "likes", "kind": "click", "key": "0"}, Query(likes_min=5)) == {"likes_min": None}


def row(field: str, key: str, **more: str) -> dict[str, Any]:
    """Return a click on the row of an answer."""
    return {"chart": "x.0", "kind": "click", "key": key, "meta": {"field": field, **more}}


def test_a_row_of_an_answer_sets_its_field() -> None:
    """What a chart says it is about is what a click changes."""
    assert meaning(row("lemma", "вода"), Query()) == {"lemma": "вода"}
    assert meaning(row("topic", "3"), Query(topic=(3,))) == {"topic": ()}
    assert meaning(row("author", "7, 8"), Query()) == {"author": (7, 8)}
    assert meaning({**row("topic", ""), "kind": "clear"}, Query(topic=(3,))) == {"topic": ()}


def test_a_burst_is_the_time_it_took() -> None:
    """Its two local ends are instants, and the same burst again lets the time go."""
    burst = row("time", "2026-03-02 10:00:00/2026-03-02 12:00:00", unit="span")
    chosen = meaning(burst, Query())
    assert chosen == {
        "since": datetime(2026, 3, 2, 7, tzinfo=UTC),
        "until": datetime(2026, 3, 2, 8, 59, 59, tzinfo=UTC),
    }
    assert meaning(burst, Query(**chosen)) == {"since": None, "until": None}


def test_a_row_that_is_a_comment_opens_it() -> None:
    """It changes no filter, and no other event opens anything."""
    assert comment(row("open", "wall:-1_2:3")) == "wall:-1_2:3"
    assert meaning(row("open", "wall:-1_2:3"), Query()) == {}
    assert comment(row("lemma", "wall:-1_2:3")) == comment(row("open", "x" * 500)) == comment({}) == ""


def test_the_button_clears_the_chart_s_own_filters() -> None:
    """What a chart sets, its button takes back."""
    assert meaning({"chart": "rhythm", "kind": "clear"}, Query(hour=(1,))) == {"weekday": (), "hour": ()}


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"chart": "activity", "kind": "click", "x": "soon", "meta": {"unit": "day"}},
        {"chart": "activity", "kind": "click", "x": "2026-03-02", "meta": {"unit": "century"}},
        {"chart": "activity", "kind": "click", "x": "2026-03-02"},
        {"chart": "rhythm", "kind": "click", "x": 24, "y": 1},
        {"chart": "rhythm", "kind": "click", "x": [1], "y": {}},
        {"chart": "sources", "kind": "click", "key": "drop table"},
        {"chart": "authors", "kind": "click", "key": ""},
        {"chart": ["activity"], "kind": "clear"},
        {"chart": "replies", "kind": "click", "key": "1"},
        {"chart": "unknown", "kind": "clear"},
        {"chart": "x.0", "kind": "click", "key": "1", "meta": {"field": "tz"}},
        {"chart": "x.0", "kind": "click", "key": "1", "meta": {"field": "dataset"}},
        {"chart": "x.0", "kind": "click", "key": "1", "meta": ["field"]},
        {"chart": "x.0", "kind": "click", "key": "a/b", "meta": {"field": "time", "unit": "span"}},
        {"chart": "x.0", "kind": "click", "key": None, "meta": {"field": "author"}},
    ],
)
def test_an_event_that_makes_no_sense_changes_nothing(event: dict[str, Any]) -> None:
    """Events come from the browser and may be anything."""
    assert meaning(event, Query()) == {}

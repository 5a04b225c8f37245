"""Charts can be checked: their tables hold the numbers that are drawn."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Literal

import pandas as pd
import pytest

from core.query import Query
from core.wording import Lang
from dashboard.charts import activity, ranks, rhythm, spread
from dashboard.charts.answers import drawn
from dashboard.charts.drawings import Drawing, Told
from dashboard.charts.figure import Chart, Scene, Table
from dashboard.charts.picks import Pick

TOLD = Told("mood.0", "Title", "Caption", "Alt", "en")
FIELD = {"group": "Group", "share": "Share", "low": "From", "high": "To", "period": "Period", "n": "Comments"}


def _scene(lang: Lang = "en", **fields: Any) -> Scene:
    at = datetime(2026, 3, 3, tzinfo=UTC)
    return Scene(lang, Query(**fields), date(2026, 3, 1), date(2026, 3, 3), at)


def _table(chart: Chart) -> Table:
    assert chart.table is not None
    assert {len(row) for row in chart.table.rows} <= {len(chart.table.columns)}
    return chart.table


def _periods(*starts: str) -> pd.DataFrame:
    periods = pd.to_datetime(list(starts)).astype("datetime64[us]")
    return pd.DataFrame({"period": periods, "comments": 9, "replies": 4})


def test_time_has_its_days_as_days_and_its_zone_by_name() -> None:
    """A spreadsheet sorts ISO days by itself; the zone of a day is part of its column."""
    table = _table(activity.activity(_periods("2026-03-01", "2026-03-02"), _scene(), "day"))
    assert table.columns == ("Day, Moscow (UTC+3)", "Comments", "Threads", "Replies")
    assert table.rows == (("2026-03-01", 9, 5, 4), ("2026-03-02", 9, 5, 4))


def test_hours_are_moments() -> None:
    """An hour keeps its time of day."""
    table = _table(activity.activity(_periods("2026-03-01T21:00"), _scene("ru"), "hour"))
    assert table.columns[0] == "Час, Москва (UTC+3)"
    assert table.rows[0][0] == "2026-03-01 21:00"


def test_the_week_has_all_its_hours() -> None:
    """Each cell is a row: what is drawn, and what it was made of; an hour that never was has no rate."""
    frame = pd.DataFrame({"weekday": [1, 2], "hour": [9, 20], "comments": [6, 5], "hours": [2, 1]})
    chart = rhythm.rhythm(frame, _scene(weekday=(2,), hour=(20,)))
    rows = _table(chart).rows
    assert len(rows) == 7 * 24
    assert rows[9] == ("Monday", 9, 6, 2, 3.0)
    assert rows[10] == ("Monday", 10, 0, 0, None)
    assert [rows[place][:2] for place in chart.chosen] == [("Tuesday", 20)]


def test_a_source_has_its_key_and_its_day_where_the_reader_is() -> None:
    """What was published late in the evening by UTC was published the next day in Moscow."""
    frame = pd.DataFrame(
        {
            "source": ["wall:-1_1", "wall:-1_2"],
            "title": ["=1+1", ""],
            "comments": [7, 3],
            "authors": 2,
            "likes": 1,
            "published_at": [pd.Timestamp("2026-03-01T23:30"), pd.NaT],
        }
    )
    chart = ranks.sources(frame, _scene(source=("wall:-1_2",)), 10)
    assert _table(chart).columns == ("Title", "Source", "Published", "Comments", "Authors", "Likes")
    assert _table(chart).rows == (
        ("=1+1", "wall:-1_1", "2026-03-02", 7, 2, 1),
        ("", "wall:-1_2", None, 3, 2, 1),
    )
    assert chart.chosen == [1]
    assert "2\u00a0March\u00a02026" in chart.data[0]["customdata"][0][1]


def test_an_author_without_an_id_has_an_empty_cell() -> None:
    """A name is text, an id a number that is not there."""
    frame = pd.DataFrame(
        {
            "author_id": pd.array([None, 5], dtype="Int64"),
            "author_name": ["Анна", "Пётр"],
            "is_community": False,
            "comments": 4,
            "replies": 1,
            "likes": 2,
        }
    )
    assert _table(ranks.authors(frame, _scene(), 8)).rows == (("Анна", None, 4, 1, 2), ("Пётр", 5, 4, 1, 2))


def test_a_histogram_has_both_ends_of_its_bars() -> None:
    """The last bar is open; shares are of all that is drawn."""
    frame = pd.DataFrame({
        "bucket": ["0", "1", "2+"], "low": [0, 1, 2], "comments": [6, 2, 2],
        "high": pd.array([0, 1, None], dtype="Int64"),
    })  # fmt: skip
    chart = spread.likes(frame, _scene(likes_min=1))
    assert _table(chart).rows == ((0, 0, 6, 0.6), (1, 1, 2, 0.2), (2, None, 2, 0.2))
    assert chart.chosen == [1, 2]
    assert spread.replies(frame, _scene()).chosen == []


@pytest.mark.parametrize(
    ("drawing", "columns", "row"),
    [
        (
            Drawing("bars", "share", ("group",), low="low", high="high", is_share=True),
            ("Group", "Share", "From", "To"),
            ("2026", 0.5, 0.4, 0.6),
        ),
        (
            Drawing("time", "share", x="period", split="group"),
            ("Group", "Period", "Share"),
            ("2026", "2026-03-01", 0.5),
        ),
        (
            Drawing("heat", "n", x="period", y="group"),
            ("Period", "Group", "Comments"),
            ("2026-03-01", "2026", 3),
        ),
        (Drawing("network", "n", ("group",), x="n", y="n"), ("Group", "Comments"), ("2026", 3)),
    ],
)
def test_an_answer_has_the_fields_it_is_drawn_of(
    drawing: Drawing, columns: tuple[str, ...], row: tuple[Any, ...]
) -> None:
    """What names a row, its place, its amount and its interval, under the names the page gives them."""
    answer = {"group": "2026", "share": 0.5, "low": 0.4, "high": 0.6, "period": "2026-03-01", "n": 3}
    table = _table(drawn(drawing, [answer], TOLD, FIELD))
    assert table.columns == columns
    assert table.rows == (row,)


def test_words_of_ours_are_in_the_readers_language() -> None:
    """A weekday and a coded word are said as on the chart."""
    told = Told("rhythm.0", "Title", "Caption", "Alt", "ru")
    heat = drawn(Drawing("heat", "n", x="hour", y="weekday"), [{"hour": 9, "weekday": 1, "n": 3}], told, {})
    assert _table(heat).rows == ((9, "понедельник", 3),)
    bars = drawn(Drawing("bars", "n", ("sentiment",)), [{"sentiment": "negative", "n": 3}], told, {})
    assert _table(bars).rows[0][0] != "negative"


def test_a_chart_of_a_few_rows_gives_those() -> None:
    """A ranking that has no room for more than it draws gives what it draws."""
    rows = [{"group": str(place), "n": place} for place in range(50)]
    chart = drawn(Drawing("bars", "n", ("group",)), rows, TOLD, FIELD)
    assert [row[0] for row in _table(chart).rows] == [str(place) for place in range(20)]


@pytest.mark.parametrize("kind", ["bars", "network"])
def test_an_answer_tells_which_of_its_rows_are_chosen(kind: Literal["bars", "network"]) -> None:
    """The keyboard's list says it as the colours do."""
    rows = [{"author_id": 7, "n": 3, "x": 0, "y": 0}, {"author_id": 8, "n": 2, "x": 1, "y": 1}]
    told = replace(TOLD, query=Query(author=(8,)), pick=Pick("author", ("author_id",)))
    drawing = Drawing(kind, "n", ("author_id",), x="x", y="y")
    assert drawn(drawing, rows, told, FIELD).chosen == [1]
    assert drawn(drawing, rows, TOLD, FIELD).chosen == []

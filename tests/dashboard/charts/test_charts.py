"""Charts say what they found, and mark what is chosen."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from core.query import Query
from core.wording import Lang
from dashboard.charts import activity, ranks, rhythm, spread
from dashboard.charts.figure import PALETTES, Chart, Scene, axis, locale, plain, shares, ticks


def _scene(lang: Lang = "en", **fields: Any) -> Scene:
    at = datetime(2026, 3, 3, tzinfo=UTC)
    return Scene(lang, Query(**fields), date(2026, 3, 1), date(2026, 3, 3), at)


def _days(*comments: int) -> pd.DataFrame:
    periods = pd.date_range("2026-03-01", periods=len(comments)).astype("datetime64[us]")
    return pd.DataFrame({"period": periods, "comments": comments, "replies": [n // 2 for n in comments]})


def _sources(*comments: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source": [f"wall:-1_{place}" for place in range(len(comments))],
            "title": [f"Post <b>{place}</b>" for place in range(len(comments))],
            "comments": comments,
            "authors": 1,
            "likes": 0,
            "published_at": pd.NaT,
        }
    )


def _cells(*comments: int, hours: int = 1) -> pd.DataFrame:
    """Build the hours of the heat map: Monday 9 and Tuesday 20."""
    return pd.DataFrame({"weekday": [1, 2], "hour": [9, 20], "comments": comments, "hours": hours})


def _strings(value: object) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return set().union(*map(_strings, value.values()), set())
    if isinstance(value, list | tuple):
        return set().union(*map(_strings, value), set())
    return set()


def _all_charts() -> list[Chart]:
    buckets = pd.DataFrame({"bucket": ["0", "1"], "low": [0, 1], "high": [0, 1], "comments": [5, 2]})
    return [
        activity.activity(_days(4, 9, 2), _scene(), "day"),
        rhythm.rhythm(_cells(3, 9), _scene()),
        ranks.sources(_sources(5, 3), _scene(), 10),
        spread.likes(buckets, _scene()),
        spread.replies(buckets, _scene()),
    ]


def test_the_title_names_the_busiest_day() -> None:
    """A title is a finding."""
    assert (
        activity.activity(_days(4, 9, 2), _scene(), "day").title
        == "Busiest on 2\u00a0March\u00a02026: 9\u00a0comments"
    )


def test_title_and_caption_are_about_the_same_comments() -> None:
    """Both are about all that is drawn, whatever is selected; the caption counts what is selected of it."""
    scene = _scene(since=date(2026, 3, 3))
    chart = activity.activity(_days(4, 90, 2), scene, "day")
    assert chart.title == activity.activity(_days(4, 90, 2), _scene(), "day").title
    assert chart.caption.startswith("96\u00a0comments ·")
    assert chart.caption.endswith("· selected: 2\u00a0comments")
    hours = rhythm.rhythm(_cells(3, 9), _scene(weekday=(2,), hour=(20,)))
    assert hours.caption.endswith("· selected: 9\u00a0comments")
    posts = ranks.sources(_sources(5, 3), _scene(source=("wall:-1_1",)), 10)
    assert posts.caption.endswith("· selected: 3\u00a0comments")


def test_a_selection_that_a_chart_cannot_count_is_not_counted() -> None:
    """A time that ends within a week, a post that is not drawn: their bars would count something else."""
    weeks = _days(4, 9).assign(period=pd.to_datetime(["2026-02-23", "2026-03-02"]).astype("datetime64[us]"))
    assert "selected" not in activity.activity(weeks, _scene(since=date(2026, 2, 25)), "week").caption
    assert "selected" in activity.activity(weeks, _scene(since=date(2026, 3, 2)), "week").caption
    unseen = ranks.sources(_sources(5, 3), _scene(source=("wall:-1_9",)), 10).caption
    assert unseen.endswith("· the selection is not among these")
    both = ranks.sources(_sources(5, 3), _scene(source=("wall:-1_1", "wall:-1_9")), 10).caption
    assert "selected" not in both


def test_one_of_several_busiest_days_says_so() -> None:
    """Of two days with as many comments neither is the busiest alone; neither is one of two such posts."""
    assert activity.activity(_days(9, 9, 2), _scene(), "day").title.endswith("; others have as many")
    assert ranks.sources(_sources(5, 5), _scene(), 20).title.endswith("; others have as many")


def test_chosen_days_keep_their_colour_and_the_rest_pales() -> None:
    """The chart that was clicked keeps its context."""
    chart = activity.activity(_days(4, 9, 2), _scene(since=date(2026, 3, 2), until=date(2026, 3, 2)), "day")
    assert chart.data[0]["marker"]["color"] == ["@pale", "@main", "@pale"]
    assert chart.has_selection


def test_threads_and_replies_add_up() -> None:
    """The two parts of a bar are all comments of its period."""
    chart = activity.activity(_days(4, 9), _scene(), "day")
    assert [a + b for a, b in zip(chart.data[0]["y"], chart.data[1]["y"], strict=True)] == [4, 9]


def test_a_caption_tells_n_period_and_zone() -> None:
    """A chart can be cited without its page."""
    caption = activity.activity(_days(4, 9, 2), _scene("ru"), "day").caption
    assert caption == "15\u00a0комментариев · 1–3\u00a0марта\u00a02026 · Москва (UTC+3)"


def test_units_suit_the_period() -> None:
    """A day is shown by hours, a year by weeks."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    ends = [
        datetime(2026, 1, 2, tzinfo=UTC),
        datetime(2026, 3, 1, tzinfo=UTC),
        datetime(2026, 12, 1, tzinfo=UTC),
    ]
    assert [activity.unit_for(start, end) for end in ends] == ["hour", "day", "week"]
    assert activity.unit_for(datetime(2020, 1, 1, tzinfo=UTC), start) == "month"


def test_a_brush_takes_whole_periods() -> None:
    """A brush that begins in the middle of a week means the whole week, in either direction."""
    low, high = datetime.fromisoformat("2026-03-04T15:00"), datetime.fromisoformat("2026-03-10")
    assert activity.window(high, low, "week", "UTC") == (date(2026, 3, 2), date(2026, 3, 15))
    assert activity.window(low, low, "month", "UTC") == (date(2026, 3, 1), date(2026, 3, 31))
    assert activity.window(low, low, "hour", "Europe/Moscow") == (
        datetime(2026, 3, 4, 12, tzinfo=UTC),
        datetime(2026, 3, 4, 12, 59, 59, tzinfo=UTC),
    )


def test_the_heat_map_marks_the_chosen_cell() -> None:
    """The chosen hour of the chosen day is framed, the others keep their colour."""
    chart = rhythm.rhythm(_cells(3, 9), _scene(weekday=(2,), hour=(20,)))
    assert [(shape["x0"], shape["y0"]) for shape in chart.layout["shapes"]] == [(19.5, 1.5)]
    assert chart.data[0]["z"][1][20] == 9


def test_the_heat_map_shows_comments_per_such_hour() -> None:
    """Two Mondays against one Tuesday: the sums are equal, the hours of Tuesday are busier."""
    chart = rhythm.rhythm(_cells(24, 24).assign(hours=[12, 4]), _scene())
    assert chart.data[0]["z"][0][9] == 2
    assert chart.data[0]["z"][1][20] == 6
    assert chart.title == "Most is written on Tuesdays, 20:00–21:00"
    hint = chart.data[0]["customdata"][0][9]
    assert hint == "Monday, 09:00–10:00<br>24\u00a0comments<br>2.0 per hour on average; such hours: 12"


def test_an_hour_that_never_was_is_not_a_quiet_one() -> None:
    """A period of two days has no cell for the other five, rather than an empty one."""
    chart = rhythm.rhythm(_cells(6, 6), _scene())
    assert chart.data[0]["z"][6][0] is None
    assert "no such hour" in chart.data[0]["customdata"][6][0]


def test_many_ranges_take_two_lines_instead_of_tilting() -> None:
    """The labels of a long histogram stay level, on a phone too."""
    lows = [0, 1, 2, 5, 10, 20, 50]
    buckets = pd.DataFrame(
        {"bucket": [str(low) for low in lows[:2]] + [f"{low}–{low * 2}" for low in lows[2:]],
         "low": lows, "high": lows, "comments": 1}
    )  # fmt: skip
    shown = spread.likes(buckets, _scene()).layout["xaxis"]
    assert shown["tickangle"] == 0
    assert shown["ticktext"][:3] == ["0", "1", "2–4"]
    assert spread.likes(buckets[:3], _scene()).layout["xaxis"]["ticktext"][2] == "2–4"


def test_an_axis_of_few_comments_counts_in_ones() -> None:
    """No line of an axis is labelled twice because its number was rounded."""
    assert activity.activity(_days(2, 1), _scene(), "day").layout["yaxis"]["dtick"] == 1
    assert "dtick" not in activity.activity(_days(90, 1), _scene(), "day").layout["yaxis"]


def test_a_short_ranking_keeps_its_measure() -> None:
    """One row beside ten of a neighbour stays a row; it does not become a block."""
    chart = ranks.sources(_sources(5), _scene(), 10)
    assert not chart.grows
    assert chart.height < 2 * ranks.ROW


def test_few_comments_are_not_compared() -> None:
    """Nine comments against three may be chance: neither a ratio nor an hour is named."""
    assert rhythm.rhythm(_cells(3, 9, hours=4), _scene()).title == "No hour of the week stands out"
    peak = "Most is written on Tuesdays, 20:00–21:00"
    assert rhythm.rhythm(_cells(3, 30, hours=4), _scene()).title == peak
    assert rhythm.rhythm(_cells(22, 34, hours=4), _scene()).title == "No hour of the week stands out"
    # One evening full of comments is no habit.
    assert rhythm.rhythm(_cells(3, 30, hours=1), _scene()).title == "Too few weeks to call an hour usual"
    assert rhythm.rhythm(_cells(30, 90), _scene()).title == "The evening is 3.0 times as busy as the morning"


def test_titles_of_posts_are_text() -> None:
    """A title with markup is drawn letter by letter."""
    chart = ranks.sources(_sources(5), _scene(), 10)
    assert chart.data[2]["text"] == ["Post &lt;b&gt;0&lt;/b&gt;"]
    assert plain("a & b") == "a &amp; b"


def test_a_click_sends_the_key_of_the_row() -> None:
    """What a click sends back is the source's key, for the whole width of the row."""
    chart = ranks.sources(_sources(5, 3), _scene(source=("wall:-1_1",)), 10)
    assert [each[0] for each in chart.data[0]["customdata"]] == ["wall:-1_0", "wall:-1_1"]
    assert chart.data[1]["marker"]["color"] == ["@pale", "@pick"]


def test_an_author_without_an_id_can_be_drawn() -> None:
    """Imported authors may have only a name; a click on them has no key to send."""
    frame = pd.DataFrame(
        {
            "author_id": pd.array([None], dtype="Int64"),
            "author_name": ["Анна"],
            "is_community": False,
            "comments": 4,
            "replies": 1,
            "likes": 2,
        }
    )
    chart = ranks.authors(frame, _scene(), 40)
    assert chart.data[0]["customdata"][0][0] == ""
    assert chart.title == "One author wrote 10% of the comments"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["1\u00a0like or more", "2\u00a0likes or more"]),
        ("ru", ["1\u00a0лайк и больше", "2\u00a0лайка и больше"]),
    ],
)
def test_a_click_on_likes_counts_as_the_language_does(lang: Lang, said: list[str]) -> None:
    """One like is no likes: the noun beside a number has the form that goes with it."""
    frame = pd.DataFrame({"bucket": ["1", "2–4"], "low": [1, 2], "high": [1, 4], "comments": [6, 2]})
    hints = [each[1].rpartition(": ")[2] for each in spread.likes(frame, _scene(lang)).data[0]["customdata"]]
    assert hints == said


def test_empty_buckets_at_the_end_are_not_drawn() -> None:
    """A long tail of nothing leaves room for what there is."""
    frame = pd.DataFrame(
        {"bucket": ["0", "1", "2–4"], "low": [0, 1, 2], "high": [0, 1, 4], "comments": [6, 2, 0]}
    )
    chart = spread.likes(frame, _scene())
    assert chart.data[0]["x"] == ["0", "1"]
    assert chart.title == "75% of comments got no like"


def test_a_click_on_likes_says_before_it_that_it_keeps_more() -> None:
    """A bar stands for a number of likes, its click for that many or more: hint and caption say so."""
    frame = pd.DataFrame({"bucket": ["0", "5–9"], "low": [0, 5], "high": [0, 9], "comments": [6, 2]})
    chart = spread.likes(frame, _scene("ru"))
    hints = [each[1].rpartition("<br>")[2] for each in chart.data[0]["customdata"]]
    assert hints == ["Щелчок: сколько угодно лайков", "Щелчок: 5\u00a0лайков и больше"]
    assert chart.caption.endswith("щелчок оставит столбик и все правее")
    assert "щелчок" not in spread.replies(frame, _scene("ru")).caption


def test_nothing_is_said_in_words() -> None:
    """A chart without data is a sentence, not an empty frame."""
    empty = [
        activity.activity(_days(), _scene(), "day"),
        rhythm.rhythm(_cells(0, 0), _scene()),
        ranks.sources(_sources(), _scene(), 0),
        spread.likes(pd.DataFrame({"bucket": [], "low": [], "high": [], "comments": []}), _scene()),
    ]
    assert all(chart.empty for chart in empty)


def test_every_colour_has_a_value_in_both_themes() -> None:
    """A colour by name is in the light and in the dark palette, and no other colour is used."""
    used = {text for chart in _all_charts() for text in _strings(asdict(chart)) if text.startswith("@")}
    assert used
    assert used <= set(PALETTES["light"])
    assert set(PALETTES["light"]) == set(PALETTES["dark"])


def test_every_chart_can_be_heard() -> None:
    """A screen reader is told what a chart shows, and everybody how to read it."""
    for chart in _all_charts():
        assert chart.alt
        assert chart.about
        assert chart.caption


def test_russian_axes_have_russian_months() -> None:
    """Plotly gets names and separators of the language."""
    table = locale("ru")["format"]
    assert table["shortMonths"][1] == "фев"
    assert (table["decimal"], table["thousands"]) == (",", "\u00a0")
    assert table["days"][0] == "воскресенье"
    assert (table["dayMonth"], table["dayMonthYear"]) == ("%-d %b", "%-d %b %Y")


def test_axes_of_shares_are_written_in_the_language() -> None:
    """Per cent has its space in Russian and none in English, and a decimal comma where steps are small."""
    assert shares([0, 0.5], "ru")["ticktext"] == [f"{n}\u00a0%" for n in (0, 10, 20, 30, 40, 50)]
    assert shares([0, 0.5], "en")["ticktext"] == ["0%", "10%", "20%", "30%", "40%", "50%"]
    assert shares([0, 0.02], "ru")["ticktext"][1] == "0,5\u00a0%"
    assert shares([-0.1, 0.1], "ru", is_points=True)["ticktext"][0] == "\u221210"


def test_axes_have_round_places_within_what_is_drawn() -> None:
    """Lines stand at 1, 2 or 5, from the lowest to the highest value, however small or alike they are."""
    assert ticks([0.03, 0.97]) == [0.2, 0.4, 0.6, 0.8]
    assert ticks([0, 1e-5])[-1] == 1e-5
    assert ticks([0.4, 0.4]) == [0.4]
    assert ticks([]) == [0.0]


def test_thousands_are_not_shortened() -> None:
    """An axis of ten thousand says so, not "10k"."""
    assert axis()["exponentformat"] == "none"
    assert axis()["separatethousands"] is True


def test_a_month_alone_and_a_day_of_it_are_said_in_their_own_case() -> None:
    """Over a tick stands май 2026, beside a day 5 мая: Plotly has one list of names for each."""
    table = locale("ru")["format"]
    assert (table["months"][4], table["shortMonths"][4]) == ("май", "мая")
    # Of a month alone Plotly is told %B, of a day %b: at each level of ticks, its own and ours.
    assert (table["month"], table["dayMonth"]) == ("%B %Y", "%-d %b")
    levels = activity.activity(_days(1, 2), _scene("ru"), "day").layout["xaxis"]["tickformatstops"]
    assert [each["value"] for each in levels if "%b" in each["value"] and "%-d" not in each["value"]] == []
    assert [each["value"] for each in levels if "%B" in each["value"] and "%-d" in each["value"]] == []

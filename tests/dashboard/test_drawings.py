"""How analyses are drawn: every drawing is of fields that its analysis has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from core.analysis.catalogue import ANALYSES
from core.query import Query
from core.wording import Lang
from dashboard.charts import picks
from dashboard.charts.answers import drawn
from dashboard.charts.drawings import Drawing, Told, label
from dashboard.charts.findings import finding
from dashboard.charts.picks import TIME, Pick
from dashboard.components.answer_numbers import MIXED, format_of, numbered, written_here
from dashboard.components.drawings import DRAWINGS

TOLD = Told("n", "Title", "Caption", "Alt", "ru")


@pytest.mark.parametrize("name", list(DRAWINGS))
def test_a_drawing_is_of_fields_that_there_are(name: str) -> None:
    """Values, labels, axes and intervals are columns of the analysis."""
    known = {each.name for each in ANALYSES[name].fields}
    for each in DRAWINGS[name]:
        named = {each.value, *each.label, each.x, each.y, each.low, each.high, each.split, each.unless}
        assert named - {""} <= known


def test_what_is_too_few_to_say_has_no_mark() -> None:
    """Rows without a value are left out, and without any the chart says so."""
    drawing = Drawing("bars", "share", ("name",), low="low", high="high", is_share=True)
    rows = [{"name": "а", "share": None}, {"name": "б", "share": 0.5, "low": 0.4, "high": 0.6}]
    chart = drawn(drawing, rows, TOLD, {"share": "Доля"})
    (bars,) = chart.data
    assert bars["x"] == [0.5]
    assert (bars["error_x"]["array"], bars["error_x"]["arrayminus"]) == (
        [pytest.approx(0.1)],
        [pytest.approx(0.1)],
    )
    assert drawn(drawing, rows[:1], TOLD, {}).empty


def test_a_line_has_the_band_of_its_interval() -> None:
    """Over time the interval is a band around the line, left out where it is not known."""
    drawing = Drawing("time", "share", x="at", low="low", high="high")
    rows = [
        {"at": "2026-03-02", "share": 0.5, "low": 0.4, "high": 0.6},
        {"at": "2026-03-03", "share": 0.6, "low": 0.5, "high": 0.7},
        {"at": "2026-03-04", "share": 0.7, "low": None, "high": None},
    ]
    band, line = drawn(drawing, rows, TOLD, {}).data
    assert line["y"] == [0.5, 0.6, 0.7]
    assert band["x"] == ["2026-03-02", "2026-03-03", "2026-03-03", "2026-03-02"]
    assert band["y"] == [0.6, 0.7, 0.5, 0.4]


def test_what_is_too_few_to_say_is_a_gap() -> None:
    """No line and no band is drawn across a period that says nothing."""
    drawing = Drawing("time", "share", x="at", low="low", high="high")
    known = {"share": 0.5, "low": 0.4, "high": 0.6}
    gap = {"at": "3", "share": None, "low": None, "high": None}
    rows = [{"at": at, **known} for at in "12"] + [gap] + [{"at": at, **known} for at in "45"]
    band, line = drawn(drawing, rows, TOLD, {}).data
    assert line["y"] == [0.5, 0.5, None, 0.5, 0.5]
    assert band["x"] == ["1", "2", "2", "1", None, "4", "5", "5", "4"]
    assert band["y"] == [0.6, 0.6, 0.4, 0.4, None, 0.6, 0.6, 0.4, 0.4]


def test_each_split_is_a_line_with_its_name() -> None:
    """Lines of several groups are told apart by a legend, four at most."""
    drawing = Drawing("time", "share", x="at", split="name")
    rows = [{"at": "2026-03-02", "share": n / 10, "name": f"тема {n}"} for n in range(6)]
    chart = drawn(drawing, rows, TOLD, {})
    assert [label for _, label in chart.legend] == ["тема 0", "тема 1", "тема 2", "тема 3"]
    assert len(chart.data) == 4


def test_a_table_of_amounts_is_drawn_cell_by_cell() -> None:
    """A heat map has a cell for each pair, empty where there is no row."""
    drawing = Drawing("heat", "n", x="to", y="from")
    rows = [{"from": "а", "to": "б", "n": 3}, {"from": "б", "to": "а", "n": 1}]
    (cells,) = drawn(drawing, rows, TOLD, {"n": "Ответы"}).data
    assert (cells["x"], cells["y"], cells["z"]) == (["а", "б"], ["а", "б"], [[None, 3], [1, None]])


def test_what_answers_and_is_answered_stands_in_one_order() -> None:
    """Columns follow the lines of the same name, also where some have no line or no column."""
    pairs = [("1", "1"), ("1", "3"), ("1", "4"), ("2", "2"), ("3", "2")]
    rows = [{"from": one, "to": other, "n": 1} for one, other in pairs]
    (cells,) = drawn(Drawing("heat", "n", x="to", y="from"), rows, TOLD, {}).data
    assert (cells["x"], cells["y"]) == (["1", "2", "3", "4"], ["1", "2", "3"])


def test_a_drawing_knows_whether_it_fits() -> None:
    """Without a place on its axis, or where another drawing is better, there is none."""
    assert Drawing("time", "n", x="period").fits([{"period": None}, {"period": "2026"}])
    assert not Drawing("time", "n", x="period").fits([{"period": None}])
    assert Drawing("bars", "n", unless="period").fits([{"period": None}])
    assert not Drawing("bars", "n", is_optional=True).fits([{"n": None}])
    assert Drawing("bars", "n", is_optional=True).fits([{"n": 1}])
    assert not Drawing("bars", "n", unless="period").fits([{"period": "2026"}])


@pytest.mark.parametrize(
    ("analysis", "name", "cells", "written"),
    [
        ("keyness", "p_adjusted", [1e-9, 0.2], "%.3g"),
        ("compare", "q", [0.01], "%.3g"),
        ("words", "share", [0.1, 0.2], "percent"),
        ("words", "low", [0.1, 0.2], "percent"),
        ("robustness", "high", [0.4, 0.5], "localized"),
        ("bursts", "low", [0.4], "localized"),
        ("words", "comments", [1200], "localized"),
        ("topics", "topic", [3], None),
    ],
)
def test_numbers_are_written_by_what_they_are(
    analysis: str, name: str, cells: list[float], written: str | None
) -> None:
    """Shares are per cent, chances are numbers, and both ends of an interval look alike."""
    field = next(each for each in ANALYSES[analysis].fields if each.name == name)
    assert format_of(field, pd.DataFrame({name: cells})) == written


def test_a_row_without_a_name_is_called_something() -> None:
    """Hours are read as numbers of the language, coded values as words, and no bar stays nameless."""
    told = replace(TOLD, name="robustness.0")
    assert label(Drawing("bars", "n", ("hours",)), {"hours": 0.25}, told) == "0,25"
    assert label(Drawing("bars", "n", ("variant",)), {"variant": "baseline"}, told) == "Как есть"
    assert (
        label(Drawing("bars", "n", ("name",), blank="analyses.blank.topic"), {"name": ""}, told)
        == "(без темы)"
    )


def test_a_time_without_an_end_is_marked_as_far_as_the_rows_go() -> None:
    """A mark that reached beyond every calendar would leave the chart without an axis."""
    drawing = Drawing("time", "comments", x="period")
    told = replace(TOLD, query=Query(since=date(2026, 3, 2)), pick=Pick(TIME, ("period",), unit="day"))
    rows = [{"period": f"2026-03-0{day}", "comments": day} for day in (1, 2, 3)]
    (mark,) = drawn(drawing, rows, told, {}).layout["shapes"]
    assert (mark["x0"], mark["x1"]) == ("2026-03-02T00:00:00", "2026-03-03")


def test_a_title_is_about_what_its_caption_counts() -> None:
    """A chart shows what lies outside the selection too, its caption counts it, and its title is about it."""
    drawing = Drawing("time", "comments", x="period")
    told = replace(TOLD, name="volume.0", pick=Pick(TIME, ("period",), unit="day"))
    rows = [{"period": f"2026-03-0{day}", "comments": day * 10} for day in (1, 2, 3)]
    chosen = replace(told, query=Query(until=date(2026, 3, 2)))
    assert "30" in finding(drawing, rows, told).text
    assert finding(drawing, rows, chosen) == finding(drawing, rows, told)


def test_hints_are_written_in_the_language() -> None:
    """A point says its time in words and its share as the language writes it; nothing is left to Plotly."""
    drawing = Drawing("time", "share", x="period", is_share=True)
    told = replace(TOLD, pick=Pick(TIME, ("period",), unit="week"))
    (line,) = drawn(drawing, [{"period": "2026-03-02", "share": 0.25}], told, {}).data
    assert line["customdata"][0][1] == "неделя с 2\u00a0марта\u00a02026<br>25\u00a0%"
    heat = Drawing("heat", "n", x="hour", y="weekday")
    (cells,) = drawn(heat, [{"hour": 9, "weekday": 1, "n": 1234.5}], TOLD, {"n": "В час"}).data
    assert cells["customdata"][0][9][1] == "понедельник, 09:00–10:00<br>В час: 1\u00a0234,50"
    assert "%{x}" not in line["hovertemplate"]
    assert "%{z}" not in cells["hovertemplate"]


def test_a_curve_names_its_axis() -> None:
    """Hours since, or a part of those counted, with per cent as the language writes it."""
    decay = drawn(DRAWINGS["decay"][0], [{"hours": 6, "share": 0.5}], TOLD, {"hours": "Часы"})
    assert decay.layout["xaxis"]["title"]["text"] == "Часы"
    assert decay.data[-1]["customdata"][0][1] == "6\u00a0ч<br>50\u00a0%"
    rows = [{"measure": "lorenz", "at": at, "value": at**2} for at in (0.0, 0.5, 1.0)]
    *_, curve = drawn(DRAWINGS["concentration"][0], rows, TOLD, {"at": "Доля"}).data
    assert curve["customdata"][1][1] == "50\u00a0%<br>25\u00a0%"


def test_a_difference_of_shares_is_in_points() -> None:
    """Per cent of what would be a riddle: points, with their sign, and both shares with their n."""
    row = {
        "measure": "reply_share",
        "difference": -0.034,
        "difference_low": -0.05,
        "difference_high": 0.0,
        "value_a": 0.25,
        "value_b": 0.284,
        "n_a": 1200,
        "n_b": 90,
    }
    (bars,) = drawn(DRAWINGS["compare"][0], [row], replace(TOLD, name="compare.0"), {}).data
    assert bars["customdata"][0][1].split("<br>") == [
        "Доля ответов",
        "\u22123,4 п. п. (95 %: от \u22125,0 п. п. до 0 п. п.)",
        "A: 25\u00a0%, n = 1\u00a0200",
        "B: 28\u00a0%, n = 90",
    ]


@pytest.mark.parametrize("drawing", DRAWINGS["robustness"])
def test_each_measure_says_its_scale(drawing: Drawing) -> None:
    """The balance of sentiment goes from -1 to 1, a share to 100 %: the axis says between which ends."""
    rows = [{"finding": drawing.only[0][1], "variant": "baseline", "value": 0.2, "low": 0.1, "high": 0.3}]
    chart = drawn(drawing, rows, TOLD, {"value": "Значение"})
    said = chart.layout["xaxis"]["title"]["text"]
    ends = ("\u22121", "1") if drawing.only[0][1] == "mood_balance" else ("0", "1")
    assert all(f"{word} {end}" in said for word, end in zip(("от", "до"), ends, strict=True))


def test_measures_that_were_not_worked_out_have_no_chart() -> None:
    """An answer without questions has no chart of how many were answered."""
    rows = [
        {"finding": name, "value": value} for name, value in (("negative_share", 0.2), ("author_gini", None))
    ]
    fitting = [each.only[0][1] for each in DRAWINGS["robustness"] if each.fits(rows)]
    assert fitting == ["negative_share"]


def test_bars_that_have_no_room_are_counted() -> None:
    """A chart of some of its rows says of how many."""
    rows = [{"name": str(place), "n": place} for place in range(25)]
    drawing = Drawing("bars", "n", ("name",))
    assert drawn(drawing, rows, TOLD, {}).caption == "Caption · столбиков: 20 из 25"
    assert drawn(drawing, rows[:20], TOLD, {}).caption == "Caption"


@pytest.mark.parametrize(("name", "whole"), [("first_comments", "posts"), ("half_lives", "posts_measured")])
def test_a_title_about_all_posts_is_told_from_bars_of_some(name: str, whole: str) -> None:
    """Where a title is of all posts and bars of the most discussed, the caption says how many and which."""
    drawing = DRAWINGS[name][0]
    rows = [{"title": "пост", drawing.value: 0.2} for _ in range(20)]
    told = replace(TOLD, name=f"{name}.0", summary={whole: 1234})
    said = "Caption · столбиков: 20 из 1\u00a0234, самые обсуждаемые"
    assert drawn(drawing, rows, told, {}).caption == said
    assert drawn(drawing, rows, replace(told, summary={whole: 20}), {}).caption == "Caption"


def test_what_takes_less_than_an_hour_is_told_in_minutes() -> None:
    """Title, axis and hover say minutes alike where most of what is drawn is below an hour."""
    drawing, names = DRAWINGS["first_comments"][0], {"hours": "Wait, hours"}
    told = replace(TOLD, lang="en")
    rows = [{"title": "post", "hours": hours} for hours in (0.1, 0.16, 0.35)]
    scale = drawn(drawing, rows, told, names).layout["xaxis"]
    assert scale["title"]["text"] == "Wait"
    assert scale["ticktext"][:3] == ["0", "5\u00a0min", "10\u00a0min"]
    assert scale["tickvals"][1] == pytest.approx(5 / 60)
    long = [{"title": "post", "hours": hours} for hours in (0.5, 5.0, 30.0)]
    assert drawn(drawing, long, told, names).layout["xaxis"]["title"]["text"] == "Wait, hours"


def test_a_table_of_short_times_says_minutes() -> None:
    """Hours that are mostly below one are written as minutes, and the ends of their interval alike."""
    frame = pd.DataFrame({"half_life_hours": [0.1, 0.16, 1.5], "low": [0.05, 0.1, 1.0], "high": 2.0})
    cells = _cells("half_lives", frame, "en")
    assert cells["half_life_hours"] == ["6\u00a0min", "10\u00a0min", "1.5\u00a0h"]
    assert (cells["low"][0], cells["high"][0]) == ("3\u00a0min", "2\u00a0h")
    assert _cells("half_lives", frame.assign(half_life_hours=5.25), "en")["low"] == ["0.05", "0.1", "1"]


def test_a_lorenz_curve_is_seen_against_equality() -> None:
    """What the curve would be if all wrote the same is drawn, and both are named."""
    rows = [{"measure": "lorenz", "at": at, "value": at**2} for at in (0.0, 0.5, 1.0)]
    chart = drawn(DRAWINGS["concentration"][0], rows, TOLD, {})
    equal = chart.data[0]
    assert (equal["x"], equal["y"], equal["line"]["dash"]) == ([0, 1], [0, 1], "dash")
    assert [name for _, name in chart.legend] == ["Кривая Лоренца", "Линия равенства: у всех поровну"]


def test_a_point_between_gaps_has_its_interval() -> None:
    """A band of one point has no width: its interval is a line of its own, those of a run are not."""
    shares = [0.5, None, 0.2, 0.3]
    rows = [
        {
            "period": f"2026-03-{2 + 7 * place:02}",
            "share": share,
            "low": share and share - 0.1,
            "high": share and share + 0.1,
        }
        for place, share in enumerate(shares)
    ]
    drawing = Drawing("time", "share", x="period", low="low", high="high", is_share=True)
    _, alone, _ = drawn(drawing, rows, TOLD, {}).data
    assert alone["x"] == ["2026-03-02", "2026-03-02", None]
    assert alone["y"] == [0.4, 0.6, None]
    assert len(drawn(drawing, rows[2:], TOLD, {}).data) == 2


def test_topics_stand_by_size_without_what_has_none() -> None:
    """The largest topic is on top and in the title; what has no topic is a figure above and dwarfs none."""
    rows = [
        {"topic": number, "name": name, "share": share, "low": share - 0.01, "high": share + 0.01}
        for number, name, share in ((1, "вода", 0.1), (2, "курьер", 0.2), (0, None, 0.7))
    ]
    told = replace(TOLD, name="topics.0")
    chart = drawn(DRAWINGS["topics"][0], rows, told, {})
    assert chart.layout["yaxis"]["ticktext"] == ["курьер", "вода"]
    assert finding(DRAWINGS["topics"][0], rows, told).text == "Самая большая тема: «курьер», 20\u00a0%"


def test_a_day_has_all_its_hours() -> None:
    """Where bars are hours none of the twenty-four is left out, and each is said as a time."""
    rows = [
        {
            "weekday": None,
            "hour": hour,
            "answered_share": 0.1,
            "answered_share_low": 0.0,
            "answered_share_high": 0.3,
        }
        for hour in range(24)
    ]
    (bars,) = [each for each in DRAWINGS["response_times"] if each.fits(rows)]
    names = drawn(bars, rows, TOLD, {}).layout["yaxis"]["ticktext"]
    assert (names[0], names[-1], len(names)) == ("00:00–01:00", "23:00–00:00", 24)


def test_the_hours_of_a_week_are_a_week() -> None:
    """168 bars called by their weekday alone say nothing: they are a map, its cells filters."""
    rows = [
        {
            "weekday": day,
            "hour": hour,
            "answered_share": 0.2,
            "answered_share_low": 0.1,
            "answered_share_high": 0.3,
        }
        for day in range(1, 8)
        for hour in range(24)
    ]
    (week,) = [each for each in DRAWINGS["response_times"] if each.fits(rows)]
    pick = picks.of("response_times", {"by": "hour_of_week"})
    told = replace(TOLD, name="response_times.2", pick=pick, query=Query(weekday=(2,), hour=(9,)))
    chart = drawn(week, rows, told, {"answered_share": "Доля с ответом"})
    (cells,) = chart.data
    assert cells["customdata"][1][9] == [
        "2.9",
        "вторник, 09:00–10:00<br>Доля с ответом: 20\u00a0% (95 %: от 10\u00a0% до 30\u00a0%)",
    ]
    assert chart.layout["yaxis"]["ticktext"] == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
    assert chart.chosen == [24 + 9]
    assert (chart.layout["shapes"][0]["x0"], chart.layout["shapes"][0]["y0"]) == (8.5, 1.5)
    named = replace(told, params={"by": "hour_of_week"})
    assert finding(week, rows, named).text == "Доля вопросов с ответом: ни один час недели не выделяется"


def test_groups_side_by_side_are_called_by_their_number() -> None:
    """A community has its whole name beside its line; above its column only the number has room."""
    rows = [
        {"source_title": one, "target_title": other, "replies": 2}
        for one in ("0: Анна", "1: Борис", "…")
        for other in ("0: Анна", "1: Борис", "…")
    ]
    chart = drawn(DRAWINGS["reply_communities"][0], rows, TOLD, {})
    assert chart.layout["xaxis"]["ticktext"] == ["0", "1", "…"]
    assert chart.data[0]["y"][0] == "0: Анна"


def _cells(name: str, frame: pd.DataFrame, lang: Lang) -> dict[str, list[str]]:
    """Return what the cells of a table show that are not left to the browser."""
    whole = frame.reindex(columns=[each.name for each in ANALYSES[name].fields])
    written = written_here(ANALYSES[name], whole)
    if not written:
        return {}
    shown = numbered(whole, whole, written, lang)._translate(sparse_index=False, sparse_cols=False)
    columns = [each["value"] for each in shown["head"][0] if each["type"] == "th" and each["is_visible"]]
    rows = [[each["display_value"] for each in row if each["type"] == "td"] for row in shown["body"]]
    names = [each for each in columns if each in whole]
    return {each: [row[names.index(each)] for row in rows] for each in written}


def test_gini_is_a_coefficient_among_shares() -> None:
    """The column of unevenness holds shares and one number that is none: 0.63, not 63 %."""
    frame = pd.DataFrame(
        {"measure": ["gini", "top_share", "lorenz"], "value": [0.63, 0.4, 0.005], "low": [0.6, 0.3, None]}
    )
    cells = _cells("concentration", frame, "ru")
    assert cells["value"] == ["0,63", "40\u00a0%", "0,5\u00a0%"]
    assert cells["low"] == ["0,60", "30\u00a0%", ""]
    assert _cells("concentration", frame, "en")["value"][:2] == ["0.63", "40%"]


def test_a_minus_in_a_table_is_one() -> None:
    """A browser writes a hyphen for it; a difference of shares is in points, the shares are in per cent."""
    frame = pd.DataFrame({"measure": ["reply_share"] * 2, "difference": [-0.25, -0.0001], "value_a": 0.5})
    assert _cells("compare", frame, "ru") == {
        "difference": ["\u221225,0 п. п.", "0 п. п."],
        "value_a": ["50\u00a0%"] * 2,
    }
    rates = frame.assign(measure="comments_per_day")
    assert _cells("compare", rates, "ru") == {"difference": ["\u22120,25", "0"], "value_a": ["0,5"] * 2}
    assert _cells("compare", rates.assign(difference=0.25), "en")["difference"] == ["0.25"] * 2


def test_a_tiny_probability_is_no_zero() -> None:
    """What is below a thousandth is said to be so: a zero would be a certainty, a power of ten a riddle."""
    frame = pd.DataFrame({"p": [1.09e-9, 0.0009, 0.001, 0.0123, 0.0, None]})
    tiny = "<\u00a00,001"
    assert _cells("keyness", frame, "ru")["p"] == [tiny, tiny, "0,001", "0,012", tiny, ""]
    assert _cells("keyness", frame, "en")["p"][0] == "<\u00a00.001"


def _mixed() -> list[str]:
    """Return the analyses whose rows measure different things."""
    return [name for name, each in ANALYSES.items() if MIXED & {field.name for field in each.fields}]


@pytest.mark.parametrize("name", _mixed())
@pytest.mark.parametrize("measured", ["reply_share", "likes_none", "gini", "comments_per_day"])
def test_what_a_row_stands_on_is_a_number_whatever_it_measures(name: str, measured: str) -> None:
    """Beside a share in per cent, so many comments are so many, not a hundred times as many per cent."""
    counts = [each.name for each in ANALYSES[name].fields if each.type == "integer"]
    row = {"measure": measured, "finding": measured, "value": 0.5, **dict.fromkeys(counts, 18_520)}
    cells = _cells(name, pd.DataFrame([row]), "en")
    assert {each: cells[each] for each in counts} == {each: ["18,520"] for each in counts}


def test_weekdays_and_hours_of_a_table_have_names() -> None:
    """A weekday is not 1, an hour not 0: they are said as on the chart, and sort as the calendar does."""
    frame = pd.DataFrame({"weekday": [1, 7], "hour": [0, 23], "answered_share": [0.5, None]})
    assert _cells("response_times", frame, "ru") == {
        "weekday": ["понедельник", "воскресенье"],
        "hour": ["00:00–01:00", "23:00–00:00"],
        "answered_share": ["50,0\u00a0%", ""],
    }


def test_no_part_of_a_label_is_lost() -> None:
    """Where a post and a topic name a bar, both are cut a little rather than the topic wholly."""
    drawing = next(each for each in DRAWINGS["topics_over"] if each.kind == "bars")
    row = {
        "title": "Опрос недели: довольны ли вы отоплением в этом году?",
        "name": "курьер, трек",
        "share": 0.5,
    }
    (said,) = drawn(drawing, [row], replace(TOLD, name="topics_over.1"), {}).layout["yaxis"]["ticktext"]
    assert said.startswith("Опрос недели")
    assert said.endswith(" · курьер, трек")
    assert len(said) <= 44
    assert label(drawing, row, TOLD) == f"{row['title']} · {row['name']}"


def test_lines_are_the_largest_groups_and_zero_where_they_are_not() -> None:
    """Four of many topics are those with most comments; a week without one has none of it, and no bridge."""
    sizes = {"малая": 1, "а": 30, "б": 40, "в": 50, "г": 60, None: 500}
    rows = [
        {
            "period": period,
            "name": name,
            "comments": n,
            "n": 100,
            "share": n / 100,
            "low": n / 200,
            "high": n / 50,
        }
        for period in ("2026-03-02", "2026-03-09", "2026-03-16")
        for name, n in sizes.items()
        if (period, name) != ("2026-03-09", "а")
    ]
    drawing = DRAWINGS["topics_over"][0]
    chart = drawn(drawing, rows, replace(TOLD, name="topics_over.0"), {})
    assert [name for _, name in chart.legend] == ["г", "в", "б", "а"]
    assert chart.caption.endswith("линий: 4 из 5")
    band, line = chart.data[-2:]
    assert line["y"] == [0.3, 0, 0.3]
    assert line["customdata"][1][1].endswith(
        "(95\u00a0%: от 0\u00a0% до 3,7\u00a0%)".replace("95\u00a0%", "95 %")
    )
    assert None not in band["x"]

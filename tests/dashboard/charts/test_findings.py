"""Titles of analyses say what was found, and no more than the figures do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from core.query import Query
from core.wording import Lang, has
from core.wording.amounts import NBSP
from dashboard.charts import verdicts
from dashboard.charts.answers import drawn
from dashboard.charts.drawings import Drawing, Told, label
from dashboard.charts.findings import finding
from dashboard.charts.picks import TIME, Pick
from dashboard.components.drawings import DRAWINGS

Rows = Sequence[dict[str, Any]]


def title(name: str, rows: Rows, lang: Lang = "ru", place: int = 0, **more: Any) -> str:
    """Return the title of a drawing of an analysis."""
    told = Told(f"{name}.{place}", "Title", "Caption", "Alt", lang, rows=rows, **more)
    return finding(DRAWINGS[name][place], rows, told).text


@pytest.mark.parametrize("name", list(DRAWINGS))
def test_every_chart_has_words_for_what_it_found(name: str) -> None:
    """No chart is only called by its name: each drawing has a sentence, or somebody who makes one."""
    for drawing in DRAWINGS[name]:
        kind = "time" if drawing.kind == "time" else "row"
        value = drawing.value.replace("_corrected", "_share")
        sides = [f"finding.{name}.{only}.{kind}" for _, only in drawing.only]
        keys = [f"finding.{name}.{value}.{kind}", f"finding.{name}.{kind}", *sides]
        assert name in verdicts.OWN or any(map(has, keys)), drawing


def lorenz(*held: float) -> Rows:
    """Return a curve through equal steps of those counted."""
    steps = len(held) - 1
    points = [{"measure": "lorenz", "at": at / steps, "value": value} for at, value in enumerate(held)]
    return [{"measure": "top_share", "at": 0.1, "value": 1 - held[-2]}, *points]


def test_a_lorenz_curve_says_how_much_a_tenth_wrote() -> None:
    """Who wrote how much is said of the tenth that wrote most, of authors or of sources."""
    rows = lorenz(0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.26, 0.33, 0.4, 0.5, 1)
    said = f"10{NBSP}% самых активных авторов написали 50{NBSP}% комментариев"
    assert title("concentration", rows) == said
    assert title("concentration", rows, "en", params={"over": "source"}) == (
        "The 10% most discussed sources hold 50% of the comments"
    )


def test_a_tenth_of_a_few_authors_is_not_spoken_of() -> None:
    """Of five authors nobody can take a tenth: the title does not pretend to."""
    rows = [dict(row) for row in lorenz(0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.26, 0.33, 0.4, 0.5, 1)]
    rows[0]["value"] = 0.7
    assert title("concentration", rows) == ""


def differing(name: str, verdict: str, a: float, b: float, wide: float = 0.02) -> dict[str, Any]:
    """Return a measure of two sets; the interval reaches `wide` to both sides."""
    sizes = {"value_a": a, "value_b": b, "n_a": 100, "n_b": 200}
    ends = {"difference_low": a - b - wide, "difference_high": a - b + wide}
    return {"measure": name, "difference": a - b, "verdict": verdict, **sizes, **ends}


def test_a_comparison_names_the_share_that_differs_most() -> None:
    """A share that is far apart by chance alone is not named."""
    rows = [
        differing("reply_share", "differs", 0.5, 0.4),
        differing("question_share", "differs", 0.1, 0.3),
        differing("night_share", "no difference seen", 0.0, 0.9),
    ]
    assert title("compare", rows) == (
        f"Различаются доли (2), сильнее всего доля вопросов: 10{NBSP}% в A, 30{NBSP}% в B"
    )
    wide = [differing("question_share", "differs", 0.1, 0.3, 0.15), rows[0]]
    assert title("compare", wide) == (
        f"Различаются доли (2), в их числе доля вопросов: 10{NBSP}% в A, 30{NBSP}% в B"
    )
    assert title("compare", rows[:1]) == f"Различается доля ответов: 50{NBSP}% в A, 40{NBSP}% в B"


def test_a_comparison_without_a_difference_says_so() -> None:
    """No difference seen is the finding; where nothing could be judged there is none."""
    rows = [differing("reply_share", "no difference seen", 0.5, 0.4)]
    assert title("compare", rows) == "Различий в долях между A и B не видно"
    assert title("compare", [{**rows[0], "verdict": "too few to say"}]) == ""


def varied(variant: str, *, holds: bool | None, finding: str = "negative_share") -> dict[str, Any]:
    """Return a finding in a variant of the comments."""
    return {"finding": finding, "variant": variant, "holds": holds, "value": 0.2, "low": 0.1, "high": 0.3}


def test_a_finding_that_survives_and_one_that_does_not() -> None:
    """A title says in how many checks a finding changes, and in which."""
    base, held = varied("baseline", holds=None), varied("without_copies", holds=True)
    assert title("robustness", [base, held]) == (
        f"Доля негативных, 20{NBSP}%: вывод держится во всех проверках (1)"
    )
    changed = [varied("roots_only", holds=False), varied("other_zone", holds=None)]
    assert title("robustness", [base, held, *changed]) == (
        f"Доля негативных, 20{NBSP}%: вывод меняется, проверок 1 из 2 (только начала веток)"
    )
    assert title("robustness", [base, changed[1]]) == ""


def test_each_measure_of_robustness_has_a_title_of_its_own() -> None:
    """The balance of sentiment is not told in per cent, and takes nothing from other findings' rows."""
    rows = [varied("baseline", holds=None), varied("baseline", holds=None, finding="mood_balance")]
    rows.append(varied("roots_only", holds=True, finding="mood_balance"))
    assert title("robustness", rows, place=1) == (
        "Баланс тональности, 0,20: вывод держится во всех проверках (1)"
    )


def balance(variant: str, low: float, high: float) -> dict[str, Any]:
    """Return the balance of sentiment in a variant, between these ends."""
    row = varied(variant, holds=None if variant == "baseline" else True, finding="mood_balance")
    return {**row, "value": (low + high) / 2, "low": low, "high": high}


def test_a_balance_that_may_be_none_is_no_finding() -> None:
    """Where zero is in the interval, no side is said to prevail, nor that this holds as a finding does."""
    base, alike = balance("baseline", -0.2, 0.3), balance("without_copies", -0.1, 0.3)
    assert title("robustness", [base, alike], "en", place=1) == (
        "Balance of sentiment, 0.05: neither side is seen to prevail in any check (1)"
    )
    told = title("robustness", [base, alike, balance("roots_only", 0.1, 0.3)], "en", place=1)
    assert told.startswith("Balance of sentiment, 0.05: no side is seen to prevail but in 1 of 2 checks (")
    assert "вывод держится" in title("robustness", [balance("baseline", 0.1, 0.3), alike], place=1)


def test_decay_says_when_half_has_come() -> None:
    """The first time by which at least half of the comments came, with its share."""
    rows = [{"hours": hours, "share": share} for hours, share in ((1, 0.2), (6, 0.55), (24, 1.0))]
    assert title("decay", rows) == f"За 6{NBSP}ч после выхода записи приходит 55{NBSP}% комментариев"
    assert title("decay", rows[:1]) == ""


def test_half_lives_tell_the_usual_one_where_there_is_one() -> None:
    """The median of many posts is the finding; without it the first post is an example."""
    rows = [{"title": f"Пост {hours}", "source": "", "half_life_hours": hours} for hours in (2.0, 5.0)]
    usual = title("half_lives", rows, summary={"half_life_hours": 3.0})
    assert usual == f"Обычно половина комментариев к записи приходит за 3{NBSP}ч"
    assert "Пост 2" in title("half_lives", rows, summary={"half_life_hours": None})


def cells(*replies: tuple[int, int, int]) -> Rows:
    """Return replies between communities."""
    return [
        {"source": one, "target": other, "replies": n, "source_title": str(one), "target_title": str(other)}
        for one, other, n in replies
    ]


def test_communities_say_how_much_stays_within() -> None:
    """Replies to one's own community against all; those that are not told apart count as none."""
    rows = cells((0, 0, 60), (0, 1, 10), (1, 1, 30))
    assert title("reply_communities", rows) == f"90{NBSP}% ответов остаются внутри своего круга общения"
    rest = cells((0, 0, 60), (-1, -1, 40))
    assert title("reply_communities", rest) == (
        f"60{NBSP}% ответов остаются внутри названных здесь кругов общения"
    )


def test_a_share_of_a_few_replies_is_not_a_finding() -> None:
    """Fourteen replies fall into circles by themselves: their share within is nothing to say."""
    assert title("reply_communities", cells((0, 0, 8), (1, 1, 6))) == ""


def test_communities_that_chance_makes_are_not_a_finding() -> None:
    """Where the analysis warns of its communities, the title is the warning."""
    rows = cells((0, 0, 6), (0, 1, 1))
    by_chance = title("reply_communities", rows, notes=frozenset({"replies_by_chance"}))
    assert by_chance == "Круги общения выражены не сильнее, чем случайно"
    assert "неустойчивы" in title("reply_communities", rows, notes=frozenset({"replies_unsteady"}))


def group(name: str, low: float, high: float) -> dict[str, Any]:
    """Return the mood of a group."""
    return {"group": name, "negative_share": (low + high) / 2, "negative_low": low, "negative_high": high}


MOODS = {(each.kind, each.value): place for place, each in enumerate(DRAWINGS["mood"])}


def test_only_what_stands_clear_of_all_others_is_the_most() -> None:
    """An estimate is called the highest where its interval lies above every other one; else none is."""
    place = MOODS["bars", "negative_share"]
    apart = [group("а", 0.5, 0.6), group("б", 0.1, 0.2)]
    assert title("mood", apart, place=place) == f"Больше всего негатива: «а», 55{NBSP}%"
    # The lowest of three meets neither: that says nothing of the highest two.
    level = [group("а", 0.15, 0.6), group("б", 0.1, 0.2), group("в", 0.01, 0.02)]
    none = "Доля негативных: ни одна группа не выделяется"
    assert title("mood", level, place=place) == none
    by_post = title("mood", level, "en", place, params={"over": "source"})
    assert by_post == "Negative: no post stands out"
    unknown = [*apart, {**group("в", 0.1, 0.2), "negative_low": None, "negative_high": None}]
    assert title("mood", unknown, place=place) == none


def test_a_week_of_a_few_comments_is_not_the_most() -> None:
    """Three comments of thirty-three may all be negative: their interval says how little that tells."""
    rows = [
        {"period": f"2026-03-{day:02}", "negative_share": share, "negative_low": low, "negative_high": high}
        for day, share, low, high in ((2, 1.0, 0.44, 1.0), (9, 0.3, 0.16, 0.49))
    ]
    more: dict[str, Any] = {"place": MOODS["time", "negative_share"], "params": {"over": "week"}}
    assert title("mood", rows, **more) == "Доля негативных: ни одна неделя не выделяется"
    clear = [{**rows[0], "negative_low": 0.8}, rows[1]]
    assert title("mood", clear, pick=Pick(TIME, ("period",), unit="week"), **more) == (
        f"Больше всего негатива: неделя с 2{NBSP}марта{NBSP}2026, 100{NBSP}%"
    )


def test_what_is_above_the_usual_is_called_that() -> None:
    """Two groups may both be far above the rest: neither is the most, and one of them is named."""
    place = MOODS["bars", "negative_share"]
    usual = [group(f"пост {at}", 0.08, 0.12) for at in range(5)]
    both = [group("а", 0.5, 0.6), group("б", 0.5, 0.58), *usual]
    assert title("mood", both, place=place) == (f"Негатива больше обычного (10{NBSP}%): «а», 55{NBSP}%")
    # A wide one is passed over for a lower one that is surely above.
    wide = [group("широкая", 0.05, 1.2), *both[1:]]
    assert "«б»" in title("mood", wide, place=place)
    # Of very many weeks the highest lies above the usual by chance alone.
    chance = [group("а", 0.105, 0.195), *(group(f"пост {at}", 0.055, 0.145) for at in range(50))]
    assert title("mood", chance, place=place, params={"over": "source"}) == (
        "Доля негативных: ни одна запись не выделяется"
    )


def test_what_a_title_names_is_marked_in_the_chart() -> None:
    """The point that a title is about has a ring and its value, the bar a bold name; no other has."""
    weeks = [
        {"period": f"2026-03-{day:02}", "negative_share": share, "negative_low": low, "negative_high": high}
        for day, share, low, high in ((2, 0.3, 0.2, 0.4), (9, 0.9, 0.8, 0.95), (16, 0.25, 0.2, 0.35))
    ]
    traces = _drawn(DRAWINGS["mood"][MOODS["time", "negative_share"]], weeks)
    (ring,) = [each for each in traces if each.get("text")]
    assert (ring["x"], ring["y"], ring["text"]) == (["2026-03-09"], [0.9], [f"90{NBSP}%"])
    level = [{**row, "negative_low": 0.1, "negative_high": 0.95} for row in weeks]
    assert len(_drawn(DRAWINGS["mood"][MOODS["time", "negative_share"]], level)) == len(traces) - 1


def _drawn(drawing: Drawing, rows: Rows) -> Sequence[Any]:
    told = Told("mood.0", "Title", "Caption", "Alt", "ru", rows=rows, params={"over": "week"})
    found = finding(drawing, rows, told)
    return drawn(drawing, rows, replace(told, title=found.text, subject=found.row), {}).data


def test_a_bar_that_a_title_names_is_bold() -> None:
    """Among bars the one that the title is about is found by its name."""
    place = MOODS["bars", "negative_share"]
    rows = [group("а", 0.1, 0.2), group("б", 0.5, 0.6)]
    drawing = DRAWINGS["mood"][place]
    told = Told("mood.0", "Title", "Caption", "Alt", "ru", rows=rows)
    chart = drawn(drawing, rows, replace(told, subject=finding(drawing, rows, told).row), {})
    assert {*chart.layout["yaxis"]["ticktext"]} == {"а", "<b>б</b>"}


def test_one_group_alone_stands_out_from_nothing() -> None:
    """With a single group there is nobody to compare it with: the chart is called by what it is of."""
    assert title("mood", [group("а", 0.5, 0.6)], place=MOODS["bars", "negative_share"]) == ""


def test_words_that_are_as_frequent_as_others_are_among_the_most_frequent() -> None:
    """A word whose interval meets the next one's is not the most frequent word."""
    rows = [{"lemma": "вода", "share": 0.2, "low": 0.15, "high": 0.25}]
    rows.append({"lemma": "дом", "share": 0.1, "low": 0.06, "high": 0.14})
    assert title("words", rows) == f"Самое частое слово: «вода», в 20{NBSP}% комментариев"
    close = [rows[0], {**rows[1], "high": 0.16}]
    assert title("words", close) == f"Среди самых частых слов «вода»: в 20{NBSP}% комментариев"


def test_every_estimate_that_is_named_the_most_can_say_that_none_is() -> None:
    """Whoever has intervals and a sentence with a highest one has a sentence without it."""
    shown = [(name, each) for name, drawings in DRAWINGS.items() for each in drawings if each.low]
    named = [key for name, each in shown for key in _keys(name, each) if has(key)]
    without = {key for key in named if not has(f"{key}.same")}
    # This names a post as an example.
    assert without == {"finding.half_lives.row"}


def _keys(name: str, drawing: Drawing) -> list[str]:
    kind = "time" if drawing.kind == "time" else "row"
    sides = [f"finding.{name}.{only}.{kind}" for _, only in drawing.only]
    value = drawing.value.replace("_corrected", "_share")
    return [f"finding.{name}.{value}.{kind}", f"finding.{name}.{kind}", *sides]


def test_newcomers_are_told_as_of_late() -> None:
    """Where a dataset begins all are new, and fewer by themselves later: the title is of the latest share."""
    rows = [
        {"starts": f"2026-03-{day:02}", "new_share": share, "new_low": share - 0.05, "new_high": share}
        for day, share in ((2, 1.0), (9, 0.8), (16, 0.3))
    ]
    rows.append({"starts": "2026-03-23", "new_share": None})
    said = title("newcomers", rows, params={"per": "week"}, pick=Pick(TIME, ("starts",), unit="week"))
    assert said == f"Новых среди авторов в последнее время: неделя с 16{NBSP}марта{NBSP}2026, 30{NBSP}%"


def test_what_a_filter_sets_is_no_difference() -> None:
    """Among negative comments all are negative: such a measure is neither drawn nor named."""
    rows = [
        {
            "measure": name,
            "verdict": "differs",
            "difference": apart,
            "difference_low": apart - 0.01,
            "difference_high": apart + 0.01,
            "value_a": apart,
            "value_b": 0.0,
        }
        for name, apart in (("negative_share", 1.0), ("reply_share", 0.2))
    ]
    assert f"100{NBSP}%" in title("compare", rows)
    left = verdicts.open_to(Query(sentiment=("negative",)), rows)
    assert f"20{NBSP}%" in title("compare", left)  # type: ignore[arg-type]
    assert verdicts.open_to(Query(text="да"), rows) == rows


def test_a_burst_where_nothing_was_expected_has_no_ratio() -> None:
    """Over a hundred times next to nothing is as much as a number can say."""
    rows = [{"starts": "2026-03-02", "source_title": "", "ratio": 1599.0, "low": 1000.0, "high": 2200.0}]
    assert ">100" in title("bursts", rows)


def test_groups_in_their_own_order_are_told_by_the_highest() -> None:
    """Weekdays stand as in the calendar; who is answered most is not the first of them."""
    rows = [
        {"weekday": day, "answered_share": share, "answered_share_low": share, "answered_share_high": share}
        for day, share in ((1, 0.2), (3, 0.6))
    ]
    assert title("response_times", rows, place=1) == f"Отвечают чаще всего: среда, 60{NBSP}%"


def test_a_curve_of_answers_has_no_groups_to_name() -> None:
    """What is answered within a day is said of all questions."""
    rows = [
        {"hours": hours, "answered_share": share} for hours, share in ((1.0, 0.1), (24.0, 0.4), (72.0, 1))
    ]
    assert title("response_times", rows) == f"За 1{NBSP}дн. ответ получают 40{NBSP}% вопросов"


def test_a_word_is_telling_only_where_it_is_a_key_word() -> None:
    """The first word of a set that has none is not named."""
    rows = [{"lemma": "погода", "side": "a", "is_key": False, "log_odds": 0.1}]
    assert title("keyness", rows) == "Слов, которые отличали бы первый набор, не видно"
    rows.append({"lemma": "цена", "side": "a", "is_key": True, "log_odds": 0.2})
    assert title("keyness", rows) == "Сильнее всего первый набор отличает слово «цена»"


def test_numbers_and_nouns_agree() -> None:
    """Russian nouns have the case that their number asks for, broken numbers too."""
    burst = {"starts": "2026-03-01", "source_title": "", "low": None, "high": None}
    assert title("bursts", [{**burst, "ratio": 3.4}]).endswith("больше ожидаемого в 3,4 раза")
    assert title("bursts", [{**burst, "ratio": 15.2}]).endswith("больше ожидаемого в 15 раз")
    assert title("bursts", [{**burst, "ratio": 22.1}]).endswith("больше ожидаемого в 22 раза")


def test_a_corrected_share_says_so() -> None:
    """Both charts of a mood stand side by side: one can be told from the other by its title."""
    rows = [
        {"period": f"2026-03-0{day}", "negative_corrected": day / 10, "negative_share": day / 10}
        for day in (1, 2)
    ]
    pick = Pick(TIME, ("period",), unit="day")
    assert title("mood", rows, pick=pick).endswith("(с поправкой на ошибки модели)")


def test_topics_over_time_name_topic_and_time() -> None:
    """The topic that stands out most is said with its week; what belongs to no topic is not one."""
    rows = [
        {
            "period": period,
            "name": name,
            "share": share,
            "n": 200,
            "low": share - 0.01,
            "high": share + 0.01,
        }
        for period, name, share in (
            ("2026-03-02", "погода", 0.3),
            ("2026-03-02", None, 0.9),
            ("2026-03-02", "цены", 0.2),
            ("2026-03-09", "погода", 0.4),
        )
    ]
    said = title("topics_over", rows, pick=Pick(TIME, ("period",), unit="week"))
    assert said == f"Самый заметный пик, «погода»: неделя с 9{NBSP}марта{NBSP}2026, 40{NBSP}%"


def test_the_fullest_bar_and_the_busiest_hour_are_named() -> None:
    """Charts of the page of all analyses say what those of the Overview say."""
    bars = [
        {"bucket": bucket, "low": low, "high": low, "comments": n}
        for bucket, low, n in (("0", 0, 3), ("1", 1, 1))
    ]
    assert title("likes", bars) == f"75{NBSP}% комментариев остались без лайков"
    assert title("likes", [{**bars[1], "comments": 9}, bars[0]], "en") == (
        "Most often likes: 1, for 75% of comments"
    )
    hours = [
        {"hour": hour, "weekday": 2, "comments": n, "hours": 4, "per_hour": n / 4}
        for hour, n in ((9, 8), (20, 40))
    ]
    assert title("rhythm", hours) == "Чаще всего пишут по вторникам, 20:00–21:00"
    few = [{**hours[0], "comments": 1, "per_hour": 0.25}, {**hours[1], "comments": 3, "per_hour": 0.75}]
    assert title("rhythm", few) == "Ни один час недели не выделяется"


def test_who_answers_whom_most_has_a_direction() -> None:
    """An arrow tells who answers; a pair has arrows both ways, as its replies may go either."""
    row = {"source_name": "Анна", "target_name": "Облако · магазин", "replies": 4}
    assert title("reply_links", [row]) == "Больше всего ответов: Анна → Облако · магазин, 4"
    pair = {"author_name": "Анна", "other_name": "Борис", "replies": 4}
    assert title("reply_pairs", [pair]) == "Больше всего ответов в паре: Анна ↔ Борис, 4"


def test_one_of_several_equals_is_not_the_only_one() -> None:
    """Where others have as many, the title says so; a tie further down is none of the title's."""
    rows = [
        {"author_name": name, "author_id": 1, "comments": n}
        for name, n in (("Анна", 3), ("Борис", 3), ("Вера", 1))
    ]
    assert title("authors", rows) == "Больше всех комментариев у автора Анна: 3; столько же и у других"
    assert title("authors", [rows[0], rows[2], rows[2]]) == "Больше всех комментариев у автора Анна: 3"


def test_a_title_is_about_what_is_drawn() -> None:
    """The highest of a hundred groups is not named where the chart has no room for it."""
    drawing = Drawing("bars", "answered_share", ("title",))
    rows = [{"title": f"Пост {place}", "answered_share": place / 100} for place in range(50)]
    told = Told("response_times.1", "Title", "Caption", "Alt", "ru")
    assert "Пост 19" in finding(drawing, rows, told).text


def test_a_word_tree_names_a_word_that_stands_next() -> None:
    """Shares further out are of their branch: they do not compete; the end of a comment is no word."""
    rows = [
        {"path": path, "depth": depth, "share": share, "low": share - 0.02, "high": share + 0.02}
        for path, depth, share in (
            ("", 0, 1.0),
            ("∎", 1, 0.4),
            ("не", 1, 0.1),
            ("тут", 1, 0.2),
            ("не смешить", 2, 0.7),
        )
    ]
    assert title("word_tree", rows) == f"Рядом чаще всего: «тут», 20{NBSP}%"
    close = [*rows, {"path": "это", "depth": 1, "share": 0.19, "low": 0.17, "high": 0.21}]
    assert title("word_tree", close, "en") == "Among the words most often next to it: “тут”, 20%"
    told = Told("word_tree.0", "Title", "Caption", "Alt", "en")
    assert label(DRAWINGS["word_tree"][0], rows[1], told) == "(end)"
    assert [row["path"] for row in DRAWINGS["word_tree"][0].kept(rows)] == ["∎", "не", "тут", "не смешить"]

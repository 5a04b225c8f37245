"""What choosing a row of an answer does to the query."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core.analysis.catalogue import ANALYSES
from core.query import FIELDS, Moment, Query
from dashboard.charts import picks
from dashboard.charts.drawings import Told
from dashboard.charts.picks import TIME, Pick

FIELD_NAMES = {each.name for each in FIELDS}


@pytest.mark.parametrize(("analysis", "what"), list(picks.PICKS))
def test_a_pick_is_of_what_there_is(analysis: str, what: str) -> None:
    """Rows name their value by columns of the analysis, and set a field that the query has."""
    pick = picks.PICKS[analysis, what]
    assert {*pick.of} - {"key"} <= {each.name for each in ANALYSES[analysis].fields}
    assert {*pick.fields} <= FIELD_NAMES
    if what:
        parameter = next(
            each for each in ANALYSES[analysis].parameters if each.name == picks.UNIT_OF[analysis]
        )
        assert what in parameter.choices  # type: ignore[union-attr]  # a choice


@pytest.mark.parametrize("name", list(ANALYSES))
def test_every_analysis_says_what_its_rows_do(name: str) -> None:
    """With its defaults each analysis either sets a filter, opens a comment, or is known to do neither."""
    quiet = {"replies", "concentration", "decay", "engagement", "word_tree", "reply_communities"}
    quiet |= {"compare", "robustness", "response_times"}
    assert (picks.of(name, ANALYSES[name].checked({})) is None) is (name in quiet)


def test_a_row_is_added_and_let_go() -> None:
    """Choosing is a toggle, several rows add up."""
    pick = Pick("source", ("source",))
    assert picks.change(Query(), pick, "wall:-1_2") == {"source": ("wall:-1_2",)}
    assert picks.change(Query(source=("wall:-1_2",)), pick, "wall:-1_3") == {
        "source": ("wall:-1_2", "wall:-1_3")
    }
    assert picks.change(Query(source=("wall:-1_2",)), pick, "wall:-1_2") == {"source": ()}


def test_a_row_of_several_authors_is_chosen_as_a_whole() -> None:
    """A group of accounts is kept together and let go together."""
    pick = picks.PICKS["coordination", ""]
    assert picks.change(Query(author=(7,)), pick, "7, 8, -9") == {"author": (7, 8, -9)}
    assert picks.change(Query(author=(7, 8, -9)), pick, "-9, 8, 7") == {"author": ()}
    assert picks.change(Query(author=(7, 8, -9)), pick, "7, -9") == {"author": (7, -9)}


def test_a_phrase_of_words_is_a_search_for_them() -> None:
    """Words that stand in a row are looked for in a row, in any form."""
    pick = picks.PICKS["ngrams", ""]
    key = pick.key({"ngram": "горячий вода"})
    assert picks.change(Query(), pick, key) == {"lemma": '"горячий вода"'}
    assert picks.change(Query(lemma=key), pick, key) == {"lemma": None}


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("source", "drop table"),
        ("author", ""),
        ("author", "Анна"),
        ("hour", "24"),
        ("topic", "x"),
        ("lang", "xx"),
    ],
)
def test_what_no_filter_can_be_changes_nothing(field: str, key: str) -> None:
    """A key may come from a browser."""
    assert picks.change(Query(), Pick(field, ()), key) == {}


def test_rows_without_a_value_have_no_key() -> None:
    """An author whom nobody knows by number cannot be chosen."""
    pick = Pick("author", ("author_id",))
    assert pick.key({"author_id": None}) == pick.key({"author_id": float("nan")}) == pick.key({}) == ""
    assert pick.key({"author_id": 7.0}) == "7"


def test_what_is_measured_is_no_filter_of_itself() -> None:
    """Shares of moods are of all comments, not of the one mood that is chosen."""
    query = Query(sentiment=("negative",), toxicity_min=0.5, level="root")
    assert picks.measured(query, "mood") == Query(level="root")
    assert picks.measured(query, "words") == query


def test_a_typed_search_is_not_taken_for_a_choice() -> None:
    """An answer leaves out a search only when it says just what one of its rows says."""
    pick = Pick("lemma", ("lemma",))
    assert picks.is_own(Query(lemma="вода"), pick, ["вода", "дом"])
    assert not picks.is_own(Query(lemma="вода -дом"), pick, ["вода", "дом"])
    assert picks.is_own(Query(), pick, [])


def test_an_hour_of_the_week_is_a_weekday_and_an_hour() -> None:
    """A cell sets both filters and takes both back; what is no such hour changes nothing."""
    pick = picks.PICKS["rhythm", ""]
    key = pick.key({"weekday": 2, "hour": 9})
    assert picks.change(Query(), pick, key) == {"weekday": (2,), "hour": (9,)}
    assert picks.change(Query(weekday=(2,), hour=(9,)), pick, key) == {"weekday": (), "hour": ()}
    assert picks.chosen(Query(weekday=(2,), hour=(9,)), pick) == {key}
    assert len(picks.chosen(Query(hour=(9,)), pick)) == 7
    assert picks.chosen(Query(), pick) == frozenset()
    assert picks.seen(Query(weekday=(2,), hour=(9,), author=(7,)), pick) == Query(author=(7,))
    assert [picks.change(Query(), pick, bad) for bad in ("2.24", "8.9", "2", "x.y", "")] == [{}] * 5


def test_a_burst_that_is_chosen_is_known_by_both_its_ends() -> None:
    """The row of the chosen time is marked, in the reader's zone; other times and days mark none."""
    pick = picks.of("bursts", {"per": "hour"})
    assert pick is not None
    row = {"starts": "2026-03-01 22:00:00", "ends": "2026-03-02"}
    first, last = datetime(2026, 3, 1, 19, tzinfo=UTC), datetime(2026, 3, 1, 20, 59, 59, tzinfo=UTC)
    told = Told("bursts.0", "Title", "Caption", "Alt", "en", pick=pick)
    assert replace(told, query=Query(since=first, until=last)).chosen([row]) == [0]
    assert replace(told, query=Query(since=first, until=last, tz="UTC")).chosen([row]) == []
    assert replace(told, query=Query(since=first)).chosen([row]) == []
    assert replace(told, query=Query(since=date(2026, 3, 1), until=date(2026, 3, 1))).chosen([row]) == []


def test_a_pair_takes_the_place_of_another_that_shares_an_author() -> None:
    """Choosing a second pair or group leaves just its own authors; choosing it again leaves none."""
    pick = picks.of("reply_pairs", {})
    assert pick is not None
    first = Query(author=(1, 2))
    assert picks.change(first, pick, "2, 3") == {"author": (2, 3)}
    assert picks.change(Query(author=(2, 3)), pick, "2, 3") == {"author": ()}
    assert picks.is_chosen(pick, "2, 1", frozenset({"1", "2"}))
    assert not picks.is_chosen(pick, "1, 2", frozenset({"1", "2", "3"}))
    assert picks.change(first, Pick("author", ("author_id",)), "3") == {"author": (1, 2, 3)}


@pytest.mark.parametrize(
    ("unit", "since", "until", "row", "is_chosen"),
    [
        ("week", date(2026, 3, 2), date(2026, 3, 8), "2026-03-02", True),
        ("week", date(2026, 3, 2), date(2026, 3, 15), "2026-03-02", False),
        ("week", date(2026, 3, 2), None, "2026-03-02", False),
        ("month", date(2026, 3, 1), date(2026, 3, 31), "2026-03-01", True),
        ("day", date(2026, 3, 1), date(2026, 3, 1), "2026-03-01", True),
        ("day", date(2026, 3, 1), date(2026, 3, 1), "no day", False),
        ("day", date(2026, 3, 1), date(2026, 3, 1), "", False),
        ("hour", datetime(2026, 3, 1, 7, tzinfo=UTC), datetime(2026, 3, 1, 7, 59, 59, tzinfo=UTC),
         "2026-03-01 10:00:00", True),
    ],
)  # fmt: skip
def test_a_period_is_chosen_where_the_query_holds_just_it(
    unit: str, since: Moment, until: Moment | None, row: str, is_chosen: bool
) -> None:
    """A line of a week is marked where that week is chosen, not where a longer time is."""
    pick = Pick(TIME, ("period",), unit=unit)
    held = picks.chosen(Query(since=since, until=until), pick)
    assert picks.is_chosen(pick, row, held) is is_chosen

"""The catalogue: what each analysis says of itself, and that its rows are what it says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from core.analysis.catalogue import ANALYSES, named
from core.analysis.described import (
    Analysis,
    Asked,
    Choice,
    Decimal,
    Found,
    Note,
    ResultField,
    WholeNumber,
    Words,
    Zone,
)
from core.analysis.volume import volume
from core.errors import QueryError
from core.models import Comment
from core.query import FIELDS, Query
from core.storage import reads, writes
from core.storage.store import Store
from core.tasks import analyze
from core.wording import LANGS, has, say
from tests.builders import at, comment, page
from tests.core.enriched import read_texts
from tests.core.inline import Inline
from tests.core.storage import world

NEEDS_MORE = {"bursts", "copies", "near_copies"}
"""Analyses of what the small world has not: nothing is found there, and nothing need be said of it."""
OWN_KEYS = {"limit", "cursor", "dialect", "headers", "ticket", "ui", "page"}
Rows = list[dict[str, object]]


@pytest.fixture(scope="module")
def filled() -> Iterator[tuple[Store, list[Comment]]]:
    """Open a database with the small world in it, its texts read."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    comments = world.fill(opened, folded=True)
    read_texts(opened)
    yield opened, comments
    opened.close()


@pytest.fixture
def store() -> Iterator[Store]:
    """Open an empty database."""
    opened = Store.open("duckdb:///:memory:", clock=at)
    yield opened
    opened.close()


def rows_of(name: str, store: Store, query: Query = Query(), **params: object) -> Rows:  # noqa: B008 - frozen
    """Work an analysis out, here and now."""
    return found_of(name, store, query, **params)[0]


def found_of(
    name: str,
    store: Store,
    query: Query = Query(),  # noqa: B008 - frozen
    **params: object,
) -> tuple[Rows, Found]:
    """Work an analysis out, here and now; return its rows, and what came beside them."""
    analysis = named(name)
    figures, never = reads.figures(store, query), threading.Event()
    found = analysis.found(Asked(store, query, analysis.checked(params), figures, never, Inline(1)))
    return analysis.rows(found.columns), found


@pytest.mark.parametrize("analysis", ANALYSES.values(), ids=list(ANALYSES))
def test_an_analysis_describes_itself(analysis: Analysis) -> None:
    """Every analysis has titles in both languages, a method, fields, and parameters no filter is called."""
    key = f"analysis.{analysis.name}.title"
    assert has(key)
    assert len({say(key, lang) for lang in LANGS}) == 2
    assert analysis.version >= 1
    assert analysis.method.endswith(".")
    names = [each.name for each in analysis.parameters]
    assert not {*names} & ({each.key for each in FIELDS} | OWN_KEYS)
    assert len({each.name for each in analysis.fields}) == len(analysis.fields) > 1
    assert all(each.meaning.endswith(".") for each in (*analysis.parameters, *analysis.fields))
    assert analysis.checked({}) == {each.name: each.default for each in analysis.parameters}
    assert all(each.read(each.default) == each.default for each in analysis.parameters)


@pytest.mark.parametrize("name", list(ANALYSES))
def test_rows_are_json(name: str, filled: tuple[Store, list[Comment]]) -> None:
    """Of real data every analysis gives rows of exactly its fields, a summary and notes, as JSON has them."""
    rows, found = found_of(name, filled[0])
    assert rows or found.notes or name in NEEDS_MORE
    assert json.loads(json.dumps(dict(found.summary), allow_nan=False)) == dict(found.summary)
    for note in found.notes:
        assert {analyze.said(note, lang) for lang in LANGS}
    assert all(list(row) == [each.name for each in ANALYSES[name].fields] for row in rows)
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows


@pytest.mark.parametrize("name", list(ANALYSES))
def test_nothing_gives_no_comments(name: str, store: Store) -> None:
    """An empty dataset is no error: there are no rows, or rows that count nothing."""
    assert all(not row.get("comments") for row in rows_of(name, store))


def test_volume_counts_what_a_loop_counts(filled: tuple[Store, list[Comment]]) -> None:
    """Comments per month are those of the calendar in the zone; months without any are there as 0."""
    store, comments = filled
    rows = rows_of("volume", store, Query(tz="America/New_York"), per="month")
    expected: dict[str, int] = {}
    for each in comments:
        if each.published_at is not None:
            month = pd.Timestamp(each.published_at).tz_convert("America/New_York").strftime("%Y-%m")
            expected[month] = expected.get(month, 0) + 1
    found = {
        pd.Timestamp(str(row["period"])).tz_convert("America/New_York").strftime("%Y-%m"): row["comments"]
        for row in rows
    }
    assert {month: n for month, n in found.items() if n} == expected
    assert 0 in found.values()


def test_a_period_is_an_instant() -> None:
    """A local day begins at another instant before and after the clocks change."""
    frame = pd.DataFrame({"period": pd.to_datetime(["2026-03-07", "2026-03-09"]), "comments": [1, 2]})
    frame["period"] = frame["period"].astype("datetime64[us]")
    found = volume(frame, "day", "America/New_York")
    assert [str(each) for each in found["period"]] == [
        "2026-03-07 05:00:00",
        "2026-03-08 05:00:00",
        "2026-03-09 04:00:00",
    ]
    assert found["comments"].tolist() == [1, 0, 2]


def test_the_rhythm_is_per_hour_that_was(store: Store) -> None:
    """Two Mondays at noon with three comments are one and a half an hour; all 168 hours are there."""
    moments = [at(0), at(0), at(24 * 7)]
    pages = [page(*(comment(n, published_at=each) for n, each in enumerate(moments, 1)))]
    writes.write_pages(store, "run", pages, at(200))
    rows = rows_of("rhythm", store, Query(tz="UTC"))
    (noon,) = [row for row in rows if (row["weekday"], row["hour"]) == (1, 12)]
    assert len(rows) == 168
    assert (noon["comments"], noon["hours"], noon["per_hour"]) == (3, 2, 1.5)


@pytest.mark.parametrize(("name", "key"), [("volume", "per"), ("rhythm", "from")])
def test_a_time_that_is_too_long_is_refused(name: str, key: str, store: Store) -> None:
    """A date far in the future, as files have them, does not make millions of empty hours."""
    far = datetime(2990, 1, 1, tzinfo=UTC)
    pages = [page(comment(1), comment(2, published_at=far))]
    writes.write_pages(store, "run", pages, at(1))
    with pytest.raises(QueryError) as caught:
        rows_of(name, store, **({"per": "hour"} if name == "volume" else {}))
    assert caught.value.params["key"] == key


def test_shares_are_of_all_comments(filled: tuple[Store, list[Comment]]) -> None:
    """The first of a ranking holds its comments over all, whoever else is named; the sources sum to 1."""
    store, comments = filled
    rows = rows_of("sources", store)
    assert sum(float(str(row["share"])) for row in rows) == pytest.approx(1)
    (first,) = rows_of("sources", store, top=1)
    most = max(sum(str(each.source) == key for each in comments) for key in world.KEYS)
    assert (first["comments"], first["share"]) == (most, pytest.approx(most / len(comments)))
    assert len(rows_of("authors", store, top=2)) == 2


def test_concentration_counts_whom_it_says(filled: tuple[Store, list[Comment]]) -> None:
    """Over sources the counts are those of the sources, over authors of everybody who is known."""
    store, comments = filled
    for over, keys in (
        ("source", [str(each.source) for each in comments]),
        ("author", [each.author_id for each in comments if each.author_id is not None]),
    ):
        counts = np.unique(np.array(keys), return_counts=True)[1]
        gini = np.abs(counts[:, None] - counts[None, :]).sum() / (2 * len(counts) * counts.sum())
        assert rows_of("concentration", store, over=over)[0]["value"] == pytest.approx(gini)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"resamples": 10_001}, "resamples"),
        ({"resamples": -1}, "resamples"),
        ({"resamples": "-1"}, "resamples"),
        ({"resamples": "1" * 5000}, "resamples"),
        ({"resamples": "٣"}, "resamples"),
        ({"resamples": "1.5"}, "resamples"),
        ({"resamples": 1.5}, "resamples"),
        ({"resamples": True}, "resamples"),
        ({"resamples": [1]}, "resamples"),
        ({"over": "reader"}, "over"),
        ({"over": ["author"]}, "over"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_parameter_is_named(given: dict[str, object], key: str) -> None:
    """What cannot be is refused by name, with what can be."""
    with pytest.raises(QueryError) as caught:
        named("concentration").checked(given)
    assert caught.value.params["key"] == key
    assert key in str(caught.value)
    assert caught.value.hint


def test_text_and_numbers_mean_the_same() -> None:
    """A number comes from an address as text and from JSON as itself; null means the default."""
    checked = named("concentration").checked
    assert checked({"resamples": "0", "seed": None}) == checked({"resamples": 0})


@pytest.mark.parametrize("name", ["nothing", "", None, 3, ["volume"]])
def test_an_unknown_analysis_is_named(name: object) -> None:
    """What there is not is refused with what there is."""
    with pytest.raises(QueryError) as caught:
        named(name)
    assert caught.value.params["key"] == "name"
    assert "volume" in caught.value.hint


def test_cells_are_finite_or_null() -> None:
    """Whatever a formula gives, JSON gets numbers, text, truth and times, or null."""
    fields = [
        ResultField("n", "integer", "", ""),
        ResultField("x", "number", "", ""),
        ResultField("t", "text", "", ""),
        ResultField("b", "boolean", "", ""),
        ResultField("at", "time", "", ""),
    ]
    analysis = Analysis("any", 1, (), tuple(fields), "", lambda _asked: (), pd.DataFrame)
    frame = pd.DataFrame(
        {
            "n": pd.array([1, None], dtype="Int64"),
            "x": [np.inf, 0.5],
            "t": ["a", None],
            "b": [True, None],
            "at": [pd.Timestamp("2026-03-02T12:00:00"), pd.NaT],
        }
    )
    assert analysis.rows(frame) == [
        {"n": 1, "x": None, "t": "a", "b": True, "at": "2026-03-02T12:00:00Z"},
        {"n": None, "x": 0.5, "t": None, "b": None, "at": None},
    ]


@pytest.mark.parametrize("given", ["2", 2.5, True, "0,5", None, [0.5], "nan", "-1"])
def test_a_number_lies_between_its_ends(given: object) -> None:
    """A number is refused outside its ends, and whatever is no number too."""
    with pytest.raises(QueryError) as caught:
        Decimal("level", 0.5, 0.0, 1.0, "").read(given)
    assert (caught.value.params["low"], caught.value.params["high"]) == (0.0, 1.0)


def test_a_number_may_be_written() -> None:
    """Text, a whole number and a number mean the same."""
    level = Decimal("level", 0.5, 0.0, 1.0, "")
    assert (level.read("0.25"), level.read(1), level.read(0.75)) == (0.25, 1.0, 0.75)


@pytest.mark.parametrize("given", ["", "  ", "x" * 201, 3, None, ["a"]])
def test_a_text_is_not_empty_or_endless(given: object) -> None:
    """A text parameter with a default wants some text, and no more than it says."""
    with pytest.raises(QueryError):
        Words("word", "кот", "").read(given)


def test_a_zone_is_one_that_there_is() -> None:
    """A time zone is taken by its key, anything else is refused by name."""
    assert Zone("zone", "UTC", "").read("Asia/Omsk") == "Asia/Omsk"
    for given in ("Mars", "", 3, None):
        with pytest.raises(QueryError) as caught:
            Zone("zone", "UTC", "").read(given)
        assert caught.value.params["key"] == "zone"


def test_a_text_may_be_left_empty_where_it_is_by_default() -> None:
    """Text comes trimmed; where the default is empty, nothing is a value."""
    assert Words("word", "кот", "").read(" дом ") == "дом"
    assert Words("word", "", "").read("  ") == ""


def test_an_analysis_without_parameters_says_so() -> None:
    """There is nothing to choose, and nothing is listed."""
    with pytest.raises(QueryError, match="known: —"):
        named("likes").checked({"top": 3})
    assert WholeNumber("n", 1, 0, 2, "").read("2") == 2
    assert Choice("c", "a", ("a",), "").read("a") == "a"


def test_a_note_calls_a_time_zone_by_its_city() -> None:
    """A reader is told of Vladivostok, not of a database's key; an unknown zone stays as it is."""
    for zone, city in (("Asia/Vladivostok", "«Владивосток»"), ("Pacific/Apia", "«Pacific/Apia»")):
        assert city in analyze.said(Note("robustness_rules", {"zone": zone}), "ru")

"""Newcomers, those who return, those who stay, and regulars."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from core.analysis.attention import newcomers
from core.query import Query
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page
from tests.core.enriched import answer

WEEK = 168


@pytest.fixture(scope="module")
def store() -> Store:
    """Open six weeks: 40 authors at first, of whom even ones return each week, and ten new ones a week."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: at(2000))
    rows = [(0, author) for author in range(1, 41)]
    for week in range(1, 6):
        rows += [(week, 100 * week + each) for each in range(10)]
        rows += [(week, author) for author in range(1, 41) if author % 2 == 0]
    comments = [
        comment(
            n, source="wall:-1_2" if n % 2 else "wall:-1_3", author_id=author, published_at=at(week * WEEK)
        )
        for n, (week, author) in enumerate(rows)
    ]
    pages = [
        page(*(each for each in comments if str(each.source) == key)) for key in ("wall:-1_2", "wall:-1_3")
    ]
    writes.write_pages(opened, "run", pages, at(1500))
    return opened


def test_new_and_returning_make_all_authors(store: Store) -> None:
    """In the first week everybody is new, then ten of thirty; the share has its interval."""
    found = answer(store, "newcomers", Query(tz="UTC"), after=1)
    assert [(row["newcomers"], row["returning"]) for row in found.rows] == [(40, 0), *[(10, 20)] * 5]
    assert found.rows[0]["starts"] == "2026-03-02T00:00:00Z"
    row = found.rows[1]
    assert row["new_share"] == pytest.approx(1 / 3)
    assert row["new_low"] < row["new_share"] < row["new_high"]
    assert found.summary["authors"] == 90


def test_who_stayed_is_known_later(store: Store) -> None:
    """Half of the first forty wrote again within a week; of the last weeks nobody can tell yet."""
    rows = answer(store, "newcomers", Query(tz="UTC"), after=1).rows
    assert (rows[0]["stayed"], rows[0]["stay_share"]) == (20, 0.5)
    assert (rows[1]["stayed"], rows[1]["stay_share"]) == (0, None)
    assert [row["stayed"] is None for row in rows] == [False, False, False, False, True, True]


def test_regulars_write_in_many_weeks(store: Store) -> None:
    """Twenty of ninety authors wrote in four weeks or more, sixty-nine and one only once."""
    found = answer(store, "newcomers", Query(tz="UTC"), weeks=4)
    assert found.rows[1]["regulars"] == 20
    assert found.summary["regular_share"] == pytest.approx(20 / 90)
    assert found.summary["once_share"] == pytest.approx(70 / 90)
    assert found.summary["regular_share_low"] < 20 / 90 < found.summary["regular_share_high"]


def test_new_is_told_by_the_whole_dataset(store: Store) -> None:
    """A query that leaves the first week out does not make its authors new."""
    found = answer(store, "newcomers", Query(tz="UTC", since=at(WEEK).date()))
    assert found.rows[0]["newcomers"] == 10


@pytest.mark.parametrize(
    ("per", "period", "start"),
    [
        ("day", 739_676, "2026-03-01 22:00"),
        ("week", 105_668, "2026-03-01 22:00"),
        ("month", 2026 * 12 + 2, "2026-02-28 22:00"),
    ],
)
def test_a_period_begins_at_local_midnight(per: str, period: int, start: str) -> None:
    """Days, weeks from Monday and months begin when the zone's midnight is."""
    assert newcomers.beginning(period, per, "Africa/Cairo") == datetime.fromisoformat(start)  # type: ignore[arg-type]


@pytest.mark.parametrize("per", ["day", "month"])
def test_other_periods_count_the_same_authors(store: Store, per: str) -> None:
    """Whatever a period is, every author is new once."""
    found = answer(store, "newcomers", Query(tz="UTC"), per=per)
    assert sum(row["newcomers"] for row in found.rows) == 90
    assert found.summary["newcomers"] == 90


def test_nothing_has_no_periods() -> None:
    """Without comments there are no rows, and too few authors for shares."""
    empty = Store.open("duckdb:///:memory:", clock=at)
    found = answer(empty, "newcomers")
    assert (found.rows, found.summary["once_share"], found.summary["authors"]) == ([], None, 0)
    assert newcomers.loyal(pd.DataFrame(), 4).empty

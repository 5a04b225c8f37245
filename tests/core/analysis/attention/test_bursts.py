"""Bursts of real comments: when they were, and who and what led them."""

from __future__ import annotations

import pandas as pd
import pytest

from core.analysis.attention import bursts
from core.query import Query
from core.storage.store import Store
from tests.builders import at, comment, source
from tests.core.enriched import answer, enriched

APPEAL = "Подпишите обращение о ремонте двора и перешлите соседям"


@pytest.fixture(scope="module")
def store() -> Store:
    """Open eight weeks of ten comments a day, with one day on which an appeal is repeated under one post."""
    quiet = [
        comment(
            number, f"Обычный день {number}", source=f"wall:-1_{number % 5 + 1}", author_id=number % 40 + 1
        )
        for number in range(560)
    ]
    for number, each in enumerate(quiet):
        object.__setattr__(each, "published_at", at(number // 10 * 24 + number % 10))
    loud = [
        comment(
            1000 + number,
            APPEAL if number < 70 else f"О чём вы {number}",
            source="wall:-1_1",
            author_id=500 if number < 60 else 600 + number,
            published_at=at(30 * 24 + number / 60),
        )
        for number in range(100)
    ]
    return enriched([*quiet, *loud], [source("wall:-1_1", "Двор")])


def test_a_burst_says_when_and_by_whom(store: Store) -> None:
    """The one loud day is found, with its post, author and repeated text, and shares of the excess."""
    found = answer(store, "bursts", Query(tz="UTC"), per="day")
    (row,) = found.rows
    assert (row["starts"], row["ends"], row["periods"]) == ("2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z", 1)
    assert row["comments"] == 110
    assert row["expected"] == pytest.approx(10, abs=0.5)
    assert row["low"] < row["ratio"] < row["high"]
    assert (row["source"], row["source_title"], row["source_comments"]) == ("wall:-1_1", "Двор", 102)
    assert (row["author_id"], row["author_comments"]) == (500, 60)
    assert (row["copy_text"], row["copy_comments"]) == (APPEAL, 70)
    assert row["author_excess"] == pytest.approx(0.6, abs=0.01)
    assert row["source_excess"] == pytest.approx(1.0, abs=0.01)
    assert row["copy_low"] < row["copy_excess"] < row["copy_high"]
    assert found.summary["bursts"] == 1
    assert found.summary["comments_in_bursts"] == 110
    assert [each.code for each in found.notes] == ["burst_day_of_week", "burst_chance"]


def test_a_day_begins_where_the_reader_is(store: Store) -> None:
    """In Vladivostok the same evening belongs to the next local day, which begins at 14:00 UTC."""
    found = answer(store, "bursts", Query(tz="Asia/Vladivostok"), per="day", method="kleinberg")
    assert {row["starts"][11:] for row in found.rows} == {"14:00:00Z"}
    assert sum(row["comments"] for row in found.rows) >= 100


def test_hours_are_found_too(store: Store) -> None:
    """By hour the burst is the one hour and 40 minutes in which the appeal was repeated."""
    found = answer(store, "bursts", Query(tz="Europe/Moscow"), per="hour", least=20)
    assert found.rows[0]["starts"] == "2026-04-01T12:00:00Z"
    assert found.rows[0]["ends"] == "2026-04-01T14:00:00Z"
    assert found.notes[0].code == "burst_hour_of_week"


def test_a_short_time_is_too_few_to_say() -> None:
    """In two days nothing can be called unusual."""
    found = answer(enriched([comment(1), comment(2, published_at=at(24))]), "bursts", per="day")
    assert (found.rows, [each.code for each in found.notes]) == ([], ["burst_too_short"])


def test_an_empty_dataset_has_no_bursts() -> None:
    """Without comments there is nothing to find, and no error."""
    assert answer(enriched([]), "bursts").rows == []


def test_too_few_comments_give_no_shares() -> None:
    """Below 30 comments what leads a burst is named, but its share is not."""
    some = pd.DataFrame({"comments": [29, 100, 40], "expected": [2.0, 10.0, 4.0]})
    leading = pd.DataFrame({"number": [0, 1], "comments": [20, 55], "elsewhere": [0, 500]})
    found = bursts.excess_shares(some, leading, 1000)
    assert found["comments"].fillna(-1).tolist() == [20, 55, -1]
    assert pd.isna(found["excess"][0])
    assert found["excess"][1] == pytest.approx((55 - 10 * 0.5) / 90)
    assert found[["excess", "low", "high"]].iloc[2].isna().all()

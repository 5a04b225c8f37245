"""Topics over time and by source: shares of what was looked at, unsure where there is little."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from core.analysis.stats.clustered import share
from core.analysis.stats.clusters import Sample
from core.analysis.themes.over import begins, shares
from core.query import Query
from core.storage.store import Store
from tests.builders import at, comment, source
from tests.core.analysis.themes.talks import talk
from tests.core.analysis.themes.test_topics import add, codes
from tests.core.enriched import answer, enriched


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database in which topics were looked for."""
    opened = enriched(talk(300, subjects=("roads", "music")), [source("wall:-1_2", "Пост о дорогах")])
    answer(opened, "topics", topics=2)
    yield opened
    opened.close()


def test_each_source_has_its_shares(store: Store) -> None:
    """Each source's shares add up to one, are of its own comments, and lie in their intervals."""
    found = answer(store, "topics_over", over="source")
    for key in ("wall:-1_2", "wall:-1_3", "wall:-1_4"):
        mine = [row for row in found.rows if row["source"] == key]
        assert sum(row["share"] for row in mine) == pytest.approx(1)
        assert {row["n"] for row in mine} == {100}
        assert all(row["low"] < row["share"] < row["high"] for row in mine)
        assert {row["title"] for row in mine} == {"Пост о дорогах" if key == "wall:-1_2" else ""}
    assert codes(found) == ["topics_kept"]


def test_each_period_has_its_shares(store: Store) -> None:
    """The comments of all periods are those of the topics, and a period begins when it does in the zone."""
    for over in ("day", "week", "month"):
        found = answer(store, "topics_over", over=over)
        assert sum(row["comments"] for row in found.rows) == 300
        assert all(str(row["period"]).endswith("T21:00:00Z") for row in found.rows)
    months = answer(store, "topics_over", Query(tz="UTC"), over="month")
    assert {row["period"] for row in months.rows} == {"2026-03-01T00:00:00Z"}


def test_too_few_are_too_few_to_say(store: Store) -> None:
    """A period with few comments, or with few authors, has counts but no shares."""
    found = answer(store, "topics_over", Query(author=(1, 2, 3)), over="month")
    assert [(row["share"], row["low"], row["high"]) for row in found.rows] == [(None, None, None)] * 2


def test_comments_that_were_not_looked_at_are_counted_apart() -> None:
    """What came after the search has no topic yet: it is counted, left out of the shares, and spoken of."""
    opened = enriched(talk(120, subjects=("roads", "music")))
    before = answer(opened, "topics_over")
    assert codes(before) == ["topics_none"]
    assert [(row["topic"], row["comments"], row["share"]) for row in before.rows] == [(None, 120, None)]
    answer(opened, "topics", topics=2)
    add(opened, *(comment(7000 + n, "дорога яма ремонт", author_id=n, published_at=at(5)) for n in range(7)))
    after = answer(opened, "topics_over")
    assert codes(after) == ["topics_kept", "topics_unplaced"]
    assert after.summary["unplaced"] == 7
    assert {row["n"] for row in after.rows} == {120}
    assert [row["comments"] for row in after.rows if row["topic"] is None] == [7]


def test_intervals_from_sums_are_those_over_authors() -> None:
    """With many authors alike in size, the interval from sums is the one that is worked out over authors."""
    chance = np.random.default_rng(4)
    sizes = np.full(400, 5.0)
    hits = chance.binomial(5, chance.beta(2, 6, 400)).astype(float)
    sums = {
        "topic": [1],
        "comments": [hits.sum()],
        "squares": [(hits**2).sum()],
        "products": [(hits * sizes).sum()],
        "size": [sizes.sum()],
        "authors": [400],
        "size_squares": [(sizes**2).sum()],
    }
    found = [float(each[0]) for each in shares(pd.DataFrame(sums))]
    wanted = share(Sample(hits, sizes, (np.arange(400),)))
    assert wanted is not None
    assert found == pytest.approx([wanted.value, wanted.low, wanted.high], abs=1e-3)


def test_a_local_day_begins_before_and_after_the_clocks_change() -> None:
    """In New York the day begins at five in UTC in winter and at four in summer."""
    eighth = (datetime(2026, 3, 8) - datetime(1, 1, 1)).days  # noqa: DTZ001 - local days
    assert [each.hour for each in begins(np.array([eighth, eighth + 1]), "America/New_York")] == [5, 4]

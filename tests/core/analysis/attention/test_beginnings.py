"""Time from a post to its first comment."""

from __future__ import annotations

import pandas as pd

from core.analysis.attention import beginnings
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page, source
from tests.core.enriched import answer


def test_the_first_comment_of_each_post() -> None:
    """A post waits from its date to its first comment; without a date, or comments after it, it does not."""
    store = Store.open("duckdb:///:memory:", clock=at)
    dates = {"wall:-1_1": at(0), "wall:-1_2": None, "wall:-1_3": at(5)}
    rows = [source(key, "Пост", published_at=moment) for key, moment in dates.items()]
    writes.write_sources(store, "run", rows, at(9))
    first = [
        comment(1, source="wall:-1_1", published_at=at(3)),
        comment(2, source="wall:-1_1", published_at=at(2), is_post_author=True),
    ]
    others = [[comment(3, source=key, published_at=at(4))] for key in ("wall:-1_2", "wall:-1_3")]
    writes.write_pages(store, "run", [page(*some) for some in (first, *others)], at(9))
    found = answer(store, "first_comments")
    (row,) = found.rows
    assert (row["source"], row["hours"], row["is_by_post_author"]) == ("wall:-1_1", 2.0, True)
    assert (row["comments"], row["first_at"]) == (2, "2026-03-02T14:00:00Z")
    assert found.summary["median_hours"] is None
    assert [each.code for each in found.notes] == ["first_of_query", "posts_few"]


def test_enough_posts_have_intervals() -> None:
    """Of 100 posts median, P90 and the share within an hour have ends around them."""
    found = beginnings.waiting(pd.Series([number / 20 for number in range(1, 101)]))
    assert found["posts"] == 100
    assert found["median_hours"] == 2.5
    assert found["median_hours_low"] < found["median_hours"] < found["median_hours_high"]
    assert found["p90_hours_low"] < found["p90_hours"] < found["p90_hours_high"]
    assert found["within_hour_low"] < found["within_hour"] == 0.2 < found["within_hour_high"]

"""Pairs who answer each other most, and sums of the mood between them."""

from __future__ import annotations

import pandas as pd
import pytest

from core.query import Query
from core.storage import reads_replies, reads_replies_pairs
from core.storage.store import Store
from tests.builders import comment
from tests.core.analysis.replies.talks import circles
from tests.core.enriched import enriched


@pytest.fixture(scope="module")
def talk() -> Store:
    """Open a database in which two circles of four people talk."""
    comments, authors = circles(3, number=2, people=4, replies=120)
    return enriched(comments, authors=authors)


def test_pairs_are_those_of_the_links(talk: Store) -> None:
    """Both directions of a pair are added up, who answers more often stands first, the totals are told."""
    links = reads_replies.links(talk, Query())
    often = {(row.answering, row.answered): row.replies for row in links.itertuples()}
    found = reads_replies_pairs.pairs(talk, Query(), 1000)
    pairs = found.drop_duplicates(["author_no", "other_no"])
    for row in pairs.itertuples():
        assert row.sent == often[row.author_no, row.other_no] >= row.received
        assert row.received == often.get((row.other_no, row.author_no), 0)
    totals = pairs["sent"] + pairs["received"]
    assert totals.is_monotonic_decreasing
    (whole,) = (
        found[["all_replies", "by_comment", "by_user", "all_pairs", "mutual_pairs"]].drop_duplicates().values
    )
    assert whole.tolist() == [240, links["by_comment"].sum(), 0, len(pairs), (pairs["received"] > 0).sum()]
    first = reads_replies_pairs.pairs(talk, Query(), 1)
    assert (
        first.iloc[0][["author_no", "other_no"]].tolist() == found.iloc[0][["author_no", "other_no"]].tolist()
    )
    assert first["all_pairs"].tolist() == [len(pairs)] * len(first)


def test_moods_are_sums_over_threads(talk: Store) -> None:
    """What a pair says is added up by thread; a pair has a row for either direction."""
    found = reads_replies_pairs.pairs(talk, Query(), 5)
    there = found[found["answering"] == found["author_no"]]
    moods = reads_replies_pairs.moods(talk, Query(), there["author_no"], there["other_no"])
    both = there.merge(moods, on=["answering", "answered"], suffixes=("", "_alone"))
    assert len(both) == len(moods) == len(there)
    links = reads_replies.links(talk, Query()).merge(
        moods, on=["answering", "answered"], suffixes=("_link", "")
    )
    assert links["judged"].tolist() == links["n"].tolist()
    assert links["lean"].tolist() == pytest.approx(links["lean_link"].tolist())
    assert links["lean_squares_within"].tolist() == pytest.approx(links["lean_squares_link"].tolist())
    for name in (
        "n",
        "clusters",
        "size_products",
        "size_2",
        "size_3",
        "size_4",
        "lean_squares",
        "lean_products",
    ):
        assert both[name].tolist() == pytest.approx(both[f"{name}_alone"].tolist())


def test_weights_undo_the_pull_of_a_thread() -> None:
    """Three replies in one thread and one in another: sizes 3 and 1 of 4, weights 4 and 4 / 3."""
    roots = [comment(n, "Тема", author_id=1) for n in (1, 2)]
    replies = [
        comment(n, "Отличная работа", author_id=2, root_id=root, parent_id=root, reply_to_user=1)
        for n, root in ((3, 1), (4, 1), (5, 1), (6, 2))
    ]
    (row,) = reads_replies_pairs.moods(enriched([*roots, *replies]), Query(), [2], [1]).to_dict("records")
    assert (row["n"], row["clusters"], row["size_2"], row["size_3"], row["size_4"]) == (4, 2, 10, 28, 82)
    assert row["size_products"] == pytest.approx(4 * 9 + 4 / 3)


def test_nobody_who_answers_is_one_row() -> None:
    """Without pairs the totals are still told."""
    (row,) = reads_replies_pairs.pairs(enriched([comment(1)]), Query(), 10).to_dict("records")
    assert (row["all_replies"], row["self_replies"], row["unknown"], row["all_pairs"]) == (0, 0, 0, 0)
    assert pd.isna(row["author_no"])


def test_replies_to_oneself_and_to_nobody_known_are_counted_apart() -> None:
    """They are no pair."""
    own = comment(2, author_id=7, root_id=1, parent_id=1, reply_to_user=7)
    lost = comment(3, author_id=7, root_id=1, parent_id=99)
    (row,) = reads_replies_pairs.pairs(enriched([comment(1), own, lost]), Query(), 10).to_dict("records")
    assert (row["all_replies"], row["self_replies"], row["unknown"]) == (0, 1, 1)

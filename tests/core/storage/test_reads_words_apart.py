"""Votes of two sets for their words: an author has one, whatever they wrote."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from core.query import Query
from core.storage import reads_words_apart
from core.storage.reads_words_apart import Likely
from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import enriched

A = Query(source=("wall:-1_2",))
B = Query(source=("wall:-1_3",))
LIKELY = Likely(1, 1)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database where author 1 has a bridge in two of four comments of A, author 2 in one of B."""
    first = [comment(n, text, author_id=1) for n, text in enumerate(("мост", "мосты", "река", "река"), 1)]
    second = [comment(10, "мост", author_id=2, source="wall:-1_3"), comment(11, "мост", author_id=None)]
    opened = enriched([*first, *second])
    yield opened
    opened.close()


def test_comments_of_an_author_share_a_vote(store: Store) -> None:
    """Half the comments of an author are half a vote; who is unknown has none."""
    found = reads_words_apart.votes(store, A, B, "authors", LIKELY).sort_values("comments", ascending=False)
    assert found[["a", "b", "comments"]].values.tolist() == [[0.5, 1, 3], [0.5, 0, 2]]
    assert found[["of_a", "of_b", "in_both"]].values.tolist() == [[1, 1, 0]] * 2


def test_each_comment_is_a_vote_where_comments_vote(store: Store) -> None:
    """By comments the unknown author's one counts too."""
    found = reads_words_apart.votes(store, A, B, "comments", LIKELY).sort_values("comments", ascending=False)
    assert found[["a", "b"]].values.tolist() == [[3, 1], [2, 0]]
    assert found[["of_a", "of_b"]].values.tolist() == [[5, 1]] * 2


def test_the_likeliest_words_tell_what_their_votes_stand_on(store: Store) -> None:
    """The likeliest word of either side has a record for A and one for B, zeros where it is not used."""
    votes = reads_words_apart.votes(store, A, B, "comments", LIKELY).sort_values("comments")
    found = pd.DataFrame([record for records in votes["stood_on"] for record in records])
    assert found[["lemma", "is_a", "comments", "authors", "of", "clusters"]].values.tolist() == [
        ["река", True, 2, 1, 5, 2],
        ["река", False, 0, 0, 1, 1],
        ["мост", True, 3, 1, 5, 2],
        ["мост", False, 1, 1, 1, 1],
    ]
    weights = 1 / (1 - 4 / 5), 1 / (1 - 1 / 5)
    assert found["squares"][2] == pytest.approx(2 * 2 * weights[0] + weights[1])
    assert found["products"][2] == pytest.approx(2 * 4 * weights[0] + weights[1])
    assert found["alone"][2] == 5


def test_rare_words_are_not_among_the_likeliest(store: Store) -> None:
    """Of words in too few comments only the votes are told."""
    votes = reads_words_apart.votes(store, A, B, "comments", Likely(1, 3)).sort_values("comments")
    assert votes["stood_on"].notna().tolist() == [False, True]

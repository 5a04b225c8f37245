"""Moves: what counts as the same object, and which comments were made together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from core.analysis.copies.moves import NEIGHBOURS, PATTERNS, Moves, moves_of, shared, together
from tests.core.analysis.copies.crowds import HOUR, crowd


def reading(**columns: list[object]) -> pa.Table:
    """Build a reading of four comments of which a test says only what it is about."""
    usual: dict[str, list[object]] = {
        "source": ["wall:-1_1", "wall:-1_1", "wall:-1_2", "wall:-2_1"],
        "comment_id": [1, 2, 3, 4],
        "author_no": [7, 9, 7, -8],
        "second": [0, 10, 20, 30],
        "copy_hash": [5, 5, 0, 6],
        "parent_id": [-1, 1, -1, 1],
        "thread_id": [1, 1, 3, 1],
        "is_official": [False, False, False, True],
        "links": [[], ["a.ru/x", "#тег"], ["a.ru/x"], []],
    }
    types = {"copy_hash": pa.uint64(), "links": pa.list_(pa.string())}
    return pa.table({name: pa.array(columns.get(name, usual[name]), types.get(name)) for name in usual})


def test_a_reading_becomes_numbers() -> None:
    """The same author, source, wall, text, link and answered comment have the same number, others another."""
    moves = moves_of(reading())
    assert moves.author.tolist() == [1, 2, 1, 0]
    assert moves.source.tolist() == [0, 0, 1, 2]
    assert len(set(moves.owner[:3].tolist())) == 1
    assert moves.owner[3] != moves.owner[0]
    assert moves.text[0] == moves.text[1] != moves.text[3]
    assert moves.text[2] == -1
    assert moves.linked.tolist() == [1, 1, 2]
    assert moves.link[0] == moves.link[2] != moves.link[1]
    assert moves.answered[[0, 2]].tolist() == [-1, -1]
    assert moves.answered[1] != moves.answered[3]
    assert moves.similar.tolist() == [-1] * 4


def test_near_copies_are_looked_up() -> None:
    """A text has the cluster that its number stands in, other texts have none."""
    clusters = pa.table({"copy_hash": pa.array([6, 5, 4], pa.uint64()), "cluster": [2, 3, 4]})
    assert moves_of(reading(), clusters).similar.tolist() == [3, 3, -1, 2]
    assert moves_of(reading(), clusters.slice(0, 0)).similar.tolist() == [-1] * 4


def test_nothing_read_makes_no_moves() -> None:
    """An empty reading has no moves and no pairs of any pattern."""
    moves = moves_of(reading().slice(0, 0))
    assert len(moves) == 0
    assert all(len(together(moves, pattern, HOUR).one) == 0 for pattern in PATTERNS)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pairs_are_those_a_loop_finds(pattern: str) -> None:
    """Two comments are a pair when they share the object and stand no further apart than the interval."""
    moves, within = crowd(3, comments=300), 600
    rows, items = shared(moves, pattern)  # type: ignore[arg-type]  # one of the patterns
    by_item: dict[int, list[int]] = {}
    for row, item in zip(rows.tolist(), items.tolist(), strict=True):
        by_item.setdefault(item, []).append(row)
    expected = {
        frozenset((a, b))
        for members in by_item.values()
        for place, a in enumerate(members)
        for b in members[place + 1 :]
        if abs(moves.second[a] - moves.second[b]) <= within
    }
    found = together(moves, pattern, within)  # type: ignore[arg-type]  # one of the patterns
    pairs = {frozenset(pair) for pair in zip(found.one.tolist(), found.two.tolist(), strict=True)}
    assert pairs == expected
    assert (moves.second[found.one] <= moves.second[found.two]).all()
    assert not found.is_cut


def row_of(count: int, **fields: object) -> Moves:
    """Build moves of as many accounts under one source, a second apart, all with one text."""
    zeros = np.zeros(count, dtype=np.int64)
    moves = Moves(
        author=np.arange(count),
        source=zeros,
        owner=zeros,
        second=np.arange(count),
        comment=np.arange(count) + 1,
        parent=zeros - 1,
        answered=zeros - 1,
        thread=np.arange(count),
        text=zeros,
        similar=zeros,
        is_official=np.zeros(count, dtype=np.bool_),
        linked=zeros[:0],
        link=zeros[:0],
    )
    return replace(moves, **fields)  # type: ignore[arg-type]  # fields of moves


def test_a_talk_is_no_timing() -> None:
    """Who answers a comment within seconds talks to its author; for co-timing that is no pair."""
    moves = row_of(3, parent=np.array([-1, 1, -1]))
    found = together(moves, "co_timing", 10)
    assert list(zip(found.one.tolist(), found.two.tolist(), strict=True)) == [(1, 2), (0, 2)]
    assert len(together(moves, "co_text", 10).one) == 3


def test_an_object_counts_once_per_source() -> None:
    """The same text under another source is another thing, under the same source it is not."""
    moves = row_of(4, source=np.array([0, 0, 1, 1]))
    found = together(moves, "co_text", 0)
    assert len(found.one) == 0
    found = together(moves, "co_text", 1)
    assert len(set(found.thing.tolist())) == 2
    assert len(set(found.item.tolist())) == 1


def test_a_flood_is_cut_and_says_so() -> None:
    """Of very many comments with one object each is paired with the nearest ones only."""
    found = together(row_of(200), "co_text", HOUR)
    assert len(found.one) < 200 * NEIGHBOURS
    assert found.is_cut

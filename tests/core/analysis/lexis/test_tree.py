"""Word trees: how comments go on, by base form, counted by authors."""

from __future__ import annotations

from typing import Any

import pytest

from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import answer, enriched

GOES_ON = ("Дорога разбита совсем", "дорогу починили", "дороги разбиты", "Дорога")


@pytest.fixture(scope="module")
def store() -> Store:
    """Open a database where forty authors write one of four sentences, and a loud one repeats another."""
    talk = [comment(n, GOES_ON[n % 4], author_id=n) for n in range(1, 41)]
    loud = [comment(100 + n, "дорога перекрыта", author_id=1000) for n in range(50)]
    return enriched([*talk, *loud])


def branch(store: Store, path: str, **params: object) -> dict[str, Any]:
    """Return the row of a path."""
    (row,) = [row for row in answer(store, "word_tree", word="дорога", **params).rows if row["path"] == path]
    return row


def test_branches_are_counted_by_base_form(store: Store) -> None:
    """Forms of a word are one branch, sized by comments and authors, its share of the parent's."""
    root = branch(store, "")
    assert (root["depth"], root["comments"], root["authors"], root["n"], root["share"]) == (0, 90, 41, 41, 1)
    row = branch(store, "разбить")
    assert (row["depth"], row["parent"], row["word"]) == (1, "", "разбить")
    assert (row["comments"], row["authors"], row["n"]) == (20, 20, 41)
    assert row["share"] == pytest.approx(20 / 41)
    assert row["low"] < 20 / 41 < row["high"]


def test_the_end_of_a_comment_is_a_branch_without_branches(store: Store) -> None:
    """Where nothing follows the branch ends; nothing grows on it."""
    paths = [row["path"] for row in answer(store, "word_tree", word="дорога").rows]
    assert "∎" in paths
    assert "разбить совсем" in paths
    assert not any(str(path).startswith("∎ ") for path in paths)


def test_branches_of_a_handful_have_no_share(store: Store) -> None:
    """Where the parent has fewer than thirty authors there are counts only."""
    row = branch(store, "разбить совсем")
    assert (row["n"], row["comments"], row["share"], row["low"]) == (20, 10, None, None)


def test_a_loud_author_comes_last(store: Store) -> None:
    """Branches are ordered by authors, and only so many of each are kept."""
    found = [row["word"] for row in answer(store, "word_tree", word="дорога", depth=1).rows]
    assert (found[1], found[-1]) == ("разбить", "перекрыть")
    kept = [row["word"] for row in answer(store, "word_tree", word="дорога", depth=1, top=2).rows]
    assert kept == found[:3]


def test_small_branches_are_left_out(store: Store) -> None:
    """A branch of fewer comments than stated is not there, nor what would grow on it."""
    paths = [row["path"] for row in answer(store, "word_tree", word="дорога", least=11).rows]
    assert paths == ["", "разбить", "перекрыть", "перекрыть ∎"]


def test_the_left_side_reads_outward(store: Store) -> None:
    """To the left a path begins at the word: the nearest word first."""
    found = answer(store, "word_tree", word="совсем", side="left")
    assert [row["path"] for row in found.rows] == ["", "разбить", "разбить дорога", "разбить дорога ∎"]
    assert [note.code for note in found.notes] == ["lexis_few"]


def test_a_tree_needs_a_word(store: Store) -> None:
    """Without a word there is no tree and a note; of a word that nobody wrote there is none either."""
    assert [note.code for note in answer(store, "word_tree").notes] == ["word_missing"]
    assert answer(store, "word_tree", word="синхрофазотрон").rows == []

"""Candidates: near-copies meet in some band, strangers rarely do."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.copies.likeness import joined, likeness, most_common, to_middle
from core.analysis.copies.shingles import BANDS, NEIGHBOURS, ROWS, Texts, candidates

WORDS = 20_000


def texts_of(lists: list[np.ndarray]) -> Texts:
    """Build texts from lists of words."""
    lengths = [len(each) for each in lists]
    return Texts(np.concatenate(lists).astype(np.int64), np.concatenate([[0], np.cumsum(lengths)]))


def planted(texts: int, changed: int, seed: int) -> tuple[Texts, list[tuple[int, int]]]:
    """Draw texts of 10 to 20 words as often as words are, and near-copies of some with words changed."""
    chance = np.random.default_rng(seed)
    shares = 1 / np.arange(1, WORDS + 1) ** 1.05
    shares /= shares.sum()
    lists = [chance.choice(WORDS, chance.integers(10, 21), p=shares) for _ in range(texts)]
    pairs = []
    for place in range(texts // 5):
        copy = lists[place].copy()
        copy[chance.choice(len(copy), changed, replace=False)] = WORDS + np.arange(changed)
        pairs.append((place, len(lists)))
        lists.append(copy)
    return texts_of(lists), pairs


@pytest.mark.parametrize("changed", [1, 2])
def test_near_copies_are_found(changed: int) -> None:
    """Of texts of ten words and more that differ in one or two words over nine tenths are joined."""
    texts, pairs = planted(1000, changed, seed=changed)
    one, two = candidates(texts, 1)
    met = set(zip(one.tolist(), two.tolist(), strict=True))
    assert np.mean([pair in met for pair in pairs]) > 0.9
    labels = joined(texts, one, two, 0.8)
    assert np.mean([labels[a] >= 0 and labels[a] == labels[b] for a, b in pairs]) > 0.95


def test_strangers_are_not_joined() -> None:
    """Texts drawn apart do not become clusters, and few of their pairs are compared at all."""
    texts, _ = planted(1500, 1, seed=5)
    texts = Texts(texts.words[: texts.offsets[1500]], texts.offsets[:1501])
    one, two = candidates(texts, 1)
    assert len(one) < 1500 * 1500 / 2 / 100
    assert joined(texts, one, two, 0.8).max() < 0


def test_the_chance_to_meet_is_the_one_of_the_formula() -> None:
    """Pairs of resemblance s meet as often as 1 - (1 - s ** rows) ** bands says."""
    chance = np.random.default_rng(3)
    lists, expected = [], 1 - (1 - (2 / 14) ** ROWS) ** BANDS
    for place in range(3000):
        # Texts of nine word pairs of which two are the same: s = 2 / 16; of eight and two: 2 / 14.
        words = place * 100 + np.arange(9)
        lists += [words, np.concatenate([words[:3], place * 100 + 50 + np.arange(6)])]
        chance.shuffle(lists[-1][3:])
    one, two = candidates(texts_of(lists), 7)
    assert (one // 2 == two // 2).all()
    assert len(one) / 3000 == pytest.approx(expected, abs=0.03)


def test_pairs_come_once_and_in_order() -> None:
    """Each pair is named once, the smaller position first, however many bands it meets in."""
    one, two = candidates(texts_of([np.arange(6)] * 4), 1)
    assert list(zip(one.tolist(), two.tolist(), strict=True)) == [
        (a, b) for a in range(4) for b in range(a + 1, 4)
    ]


def test_a_large_bucket_is_not_quadratic() -> None:
    """Of a thousand equal texts each is paired with a few others, and all become one cluster."""
    texts = texts_of([np.arange(6)] * 1000)
    one, two = candidates(texts, 1)
    assert len(one) <= 1000 * NEIGHBOURS
    assert set(joined(texts, one, two, 0.8).tolist()) == {0}


@pytest.mark.parametrize("texts", [0, 1])
def test_fewer_than_two_texts_have_no_pairs(texts: int) -> None:
    """Nothing is alike where there is nothing to compare."""
    found = Texts(np.arange(5 * texts), np.arange(texts + 1) * 5)
    assert [len(each) for each in candidates(found, 1)] == [0, 0]
    assert joined(found, *candidates(found, 1), 0.8).tolist() == [-1] * texts


def test_what_is_set_aside_could_not_have_been_alike() -> None:
    """The cheap bound is never below what two texts have in common, and leaves few strangers to compare."""
    texts, _ = planted(600, 2, seed=11)
    one, two = np.triu_indices(len(texts), 1)
    bound = most_common(texts, one, two)
    assert (bound * 2 >= np.rint(likeness(texts, one, two) * (texts.lengths[one] + texts.lengths[two]))).all()
    possible = bound * 2 >= 0.8 * (texts.lengths[one] + texts.lengths[two])
    assert possible.mean() < 0.02


def test_the_seed_makes_the_pairs() -> None:
    """The same seed meets the same pairs again, another seed others."""
    texts, _ = planted(800, 2, seed=9)
    assert [each.tolist() for each in candidates(texts, 1)] == [
        each.tolist() for each in candidates(texts, 1)
    ]
    assert candidates(texts, 1)[0].tolist() != candidates(texts, 2)[0].tolist()


def longest_common(one: list[int], two: list[int]) -> int:
    """Count as textbooks do, cell by cell."""
    rows = [[0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(two):
            rows[i + 1][j + 1] = rows[i][j] + 1 if a == b else max(rows[i][j + 1], rows[i + 1][j])
    return rows[-1][-1]


def test_likeness_is_what_the_textbook_counts() -> None:
    """For texts of any length likeness is 2 L / (n + m) of their first 64 words."""
    chance = np.random.default_rng(4)
    lists = [chance.integers(0, 9, chance.integers(2, 80)) for _ in range(60)]
    one, two = chance.integers(0, 60, 150), chance.integers(0, 60, 150)
    heads = [each[:64].tolist() for each in lists]
    expected = [
        2 * longest_common(heads[a], heads[b]) / (len(heads[a]) + len(heads[b]))
        for a, b in zip(one, two, strict=True)
    ]
    assert likeness(texts_of(lists), one, two).tolist() == pytest.approx(expected, abs=1e-12)


def test_the_order_of_words_counts() -> None:
    """The same words the other way round are alike in one word only."""
    texts = texts_of([np.arange(10), np.arange(10)[::-1], np.arange(10)])
    assert likeness(texts, np.array([0, 0]), np.array([1, 2])).tolist() == [0.1, 1.0]


def test_the_middle_is_the_most_used_text() -> None:
    """Likeness inside a cluster is measured to the text with most comments; texts outside have none."""
    texts = texts_of([np.arange(10), np.append(np.arange(9), 77), np.arange(20, 30)])
    found = to_middle(texts, np.array([0, 0, -1]), np.array([1, 5, 9]))
    assert found[:2].tolist() == [0.9, 1.0]
    assert np.isnan(found[2])

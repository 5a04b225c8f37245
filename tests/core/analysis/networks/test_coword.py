"""Co-words: exact measures, each document once, chance no tie."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from core.analysis.networks.coword import Pairs, cooccurrence, cosine, coword, npmi


def pair(together: int, first: int, second: int, documents: int) -> Pairs:
    """Return a single pair with its counts."""
    return Pairs(np.array([0]), np.array([1]), np.array([together]), np.array([first, second]), documents)


def corpus(seed: int, documents: int, themes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return occurrences of 5 words per theme; each document draws 4 of one theme and 2 of all."""
    chance = np.random.default_rng(seed)
    theme = chance.integers(0, themes, documents)
    own = theme[:, None] * 5 + chance.integers(0, 5, (documents, 4))
    any_of_all = chance.integers(0, themes * 5, (documents, 2))
    terms = np.concatenate([own, any_of_all], axis=1)
    return np.repeat(np.arange(documents) * 3 + 10, 6), terms.ravel()


def test_npmi_of_the_reference() -> None:
    """With p(x) = 0.2, p(y) = 0.1 and p(xy) = 0.05 it is the published 0.305865."""
    assert round(npmi(pair(50, 200, 100, 1000))[0], 6) == 0.305865


def test_the_ends_of_npmi() -> None:
    """Never together is -1, by chance 0, always 1."""
    assert npmi(pair(0, 5, 5, 100))[0] == -1
    assert npmi(pair(10, 20, 50, 100))[0] == pytest.approx(0, abs=1e-12)
    assert npmi(pair(7, 7, 7, 100))[0] == pytest.approx(1, abs=1e-12)
    assert npmi(pair(4, 4, 4, 4))[0] == 1


def test_cosine_by_hand() -> None:
    """Six together of 9 and 16 is 6 / 12."""
    assert cosine(pair(6, 9, 16, 100))[0] == 0.5


@pytest.mark.parametrize("seed", range(3))
def test_counts_agree_with_counting(seed: int) -> None:
    """Pairs and words are counted per document once, as sets of Python count them."""
    document, term = corpus(seed, 60, 3)
    pairs = cooccurrence(document, term, terms=15, documents=70)
    held = [set(term[document == each].tolist()) for each in set(document.tolist())]
    counted = {
        (a, b): n for a, b in combinations(range(15), 2) if (n := sum({a, b} <= words for words in held))
    }
    found = zip(pairs.first.tolist(), pairs.second.tolist(), pairs.together.tolist(), strict=True)
    assert {(a, b): n for a, b, n in found} == counted
    assert pairs.alone.tolist() == [sum(each in words for words in held) for each in range(15)]
    scores = dict(
        zip(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True), npmi(pairs), strict=True)
    )
    for (a, b), n in counted.items():
        p, q = pairs.alone[a] / 70, pairs.alone[b] / 70
        assert scores[a, b] == pytest.approx(math.log(n / 70 / (p * q)) / -math.log(n / 70), abs=1e-9)


@pytest.mark.parametrize("measure", ["cosine", "npmi"])
def test_themes_become_communities(measure: str) -> None:
    """Words of one theme are one community, and the tables hold each pair once."""
    document, term = corpus(4, 600, 4)
    made = coword(cooccurrence(document, term, terms=20, documents=600), measure=measure, seed=1)  # type: ignore[arg-type]
    themes = made.nodes.groupby(made.nodes["term"] // 5)["community"]
    assert themes.nunique().tolist() == [1, 1, 1, 1]
    assert made.nodes["community"].nunique() == 4
    assert (made.edges["source"] < made.edges["target"]).all()
    assert not made.edges.duplicated(["source", "target"]).any()
    assert made.nodes["degree"].sum() == 2 * len(made.edges)
    assert made.edges["npmi"].gt(0).all()
    assert made.edges["together"].ge(3).all()
    assert made.nodes["strength"].sum() == pytest.approx(2 * made.edges[measure].sum())


def test_each_row_has_its_own_counts() -> None:
    """Whatever order the pairs come in, an edge shows the numbers of its own pair."""
    document, term = corpus(5, 300, 3)
    pairs = cooccurrence(document, term, terms=15, documents=300)
    order = np.random.default_rng(1).permutation(len(pairs.first))
    mixed = Pairs(pairs.first[order], pairs.second[order], pairs.together[order], pairs.alone, 300)
    known = dict(
        zip(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True), pairs.together, strict=True)
    )
    made = coword(mixed, seed=1)
    assert len(made.edges) > 20
    assert all(known[row.source, row.target] == row.together for row in made.edges.itertuples())
    assert made.nodes.set_index("term")["documents"].to_dict() == dict(enumerate(pairs.alone.tolist()))


def test_the_drawing_is_part_of_the_tables() -> None:
    """Drawn words are connected by drawn pairs of the table."""
    document, term = corpus(6, 2000, 12)
    made = coword(cooccurrence(document, term, terms=60, documents=2000), minimum=1, seed=1, top=30)
    assert 20 <= len(made.drawn_nodes) <= 30
    ends = set(made.drawn_edges["source"]) | set(made.drawn_edges["target"])
    assert ends == set(made.drawn_nodes["term"])
    assert len(made.drawn_edges.merge(made.edges, on=["source", "target"])) == len(made.drawn_edges)


def test_rare_pairs_and_chance_make_no_ties() -> None:
    """Below the minimum, and no more often than by chance, nothing is tied."""
    both = Pairs(np.array([0, 0]), np.array([1, 2]), np.array([2, 25]), np.array([50, 2, 50]), 100)
    made = coword(both, seed=1)
    assert made.nodes.empty
    assert made.edges.empty
    assert made.drawn_nodes.empty


def test_no_occurrences_have_no_pairs() -> None:
    """Nothing in, nothing out."""
    none = np.zeros(0, dtype=np.int64)
    pairs = cooccurrence(none, none, terms=3, documents=0)
    assert pairs.first.tolist() == []
    assert coword(pairs, seed=1).edges.empty

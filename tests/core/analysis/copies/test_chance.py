"""Chance: shuffles keep what must stay, p holds where nothing is at work, and what was planted is found."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.copies.chance import RUN, SHORT_RUN, Search, _field, calibrated, runs, surprise
from core.analysis.copies.groups import cards, corrected, kept
from core.analysis.copies.moves import PATTERNS, together
from tests.core.analysis.copies.crowds import HOUR, crowd, finds_anything, looks_of, shuffled

PEOPLE = 400


def test_surprise_is_the_tail_of_poisson() -> None:
    """At mean 2, four or more come with probability 0.142877; at a mean of 0.01, one with 0.00995."""
    found = 10.0 ** -surprise(np.array([4, 1]), np.array([2.0, 0.01]))
    assert found.tolist() == pytest.approx([0.1428765395, 0.0099501663], abs=1e-9)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_runs_are_neighbours_of_one_place(pattern: str) -> None:
    """A run is short and of one source, or for contents of one owner's small ones."""
    moves = crowd(1)
    run = runs(moves, pattern)  # type: ignore[arg-type]  # one of the patterns
    sizes = np.bincount(run)
    is_moment = pattern in {"co_reply", "co_timing"}
    assert sizes.max() < 2 * (SHORT_RUN if is_moment else RUN)
    assert sorted(set(run.tolist())) == list(range(len(sizes)))
    for number in range(len(sizes)):
        inside = np.flatnonzero(run == number)
        assert len(set(moves.owner[inside].tolist())) == 1
        if is_moment:
            assert len(set(moves.source[inside].tolist())) == 1
            others = moves.second[(moves.source == moves.source[inside[0]]) & (run != number)]
            between = (others > moves.second[inside].min()) & (others < moves.second[inside].max())
            assert not between.any()


def test_a_shuffle_keeps_how_much_everybody_wrote_where() -> None:
    """Authors change places within their run, and nowhere else."""
    moves = crowd(2)
    run = runs(moves, "co_text")
    _, field = _field(moves, together(moves, "co_text", HOUR), run)
    after = field.shuffled(np.random.default_rng(1))
    assert (after != field.authors).mean() > 0.5
    for number in range(int(field.run.max()) + 1):
        inside = field.run == number
        assert sorted(after[inside]) == sorted(field.authors[inside])


def test_the_expected_weight_is_the_mean_of_shuffles() -> None:
    """What the formula expects of two accounts is what two thousand shuffles give."""
    moves = crowd(3, comments=400)
    _, field = _field(moves, together(moves, "co_timing", 120), runs(moves, "co_timing"))
    one, two, _ = field.edges(field.authors, 1)
    chance, total, number = np.random.default_rng(1), np.zeros(len(one)), field.rates.shape[0]
    for _ in range(2000):
        authors = field.shuffled(chance)
        a, b = authors[field.one], authors[field.two]
        keys = np.minimum(a, b) * number + np.maximum(a, b)
        counts = dict(zip(*(each.tolist() for each in np.unique(keys, return_counts=True)), strict=True))
        total += [counts.get(int(key), 0) for key in one * number + two]
    mean = float((total / 2000).sum())
    # Drawing without putting back makes the exact mean of a pair in one run larger by n / (n - 1) at most.
    assert float(field.expected(one, two).sum()) == pytest.approx(mean, rel=0.06)


def test_weights_are_those_a_loop_counts() -> None:
    """An edge's weight is the number of different things that its accounts shared in pairs."""
    moves = crowd(4, gang=6, waves=4)
    pairs = together(moves, "co_text", HOUR)
    things: dict[tuple[int, int], set[int]] = {}
    for one, two, thing in zip(pairs.one, pairs.two, pairs.thing, strict=True):
        a, b = sorted((int(moves.author[one]), int(moves.author[two])))
        if a != b:
            things.setdefault((a, b), set()).add(int(thing))
    expected = {key: len(shared) for key, shared in things.items() if len(shared) >= 2}
    edges = calibrated(moves, pairs, runs(moves, "co_text"), Search(HOUR, 2, 10, 1))
    found = zip(edges.one.tolist(), edges.two.tolist(), edges.weight.tolist(), strict=True)
    assert {(a, b): weight for a, b, weight in found} == expected


def test_the_seed_makes_the_shuffles() -> None:
    """The same seed gives the same p, and no p is below one over one more than the shuffles."""
    moves = crowd(5, gang=6, waves=4)
    first, again = (looks_of(moves, 3)[0].edges.p for _ in range(2))
    assert first.tolist() == again.tolist()
    assert first.min() == pytest.approx(1 / 201)


def test_a_planted_group_is_found_and_nobody_else() -> None:
    """Nine accounts that share two texts under five sources are found, all, and no stranger."""
    moves = crowd(6, gang=9, waves=5)
    looks = looks_of(moves, 1)
    q = corrected(looks)
    made, proof = cards(moves, looks[0], HOUR, q[0], 0.05)
    (card,) = made.to_dict("records")
    assert set(card["members"]) == set(range(PEOPLE, PEOPLE + 9))
    assert (card["objects"], card["things"], card["comments"]) == (2, 5, 45)
    assert card["q"] < 0.05
    assert card["expected"] < 0.2 < card["weight"]
    assert len(proof) == card["pairs"] == 5 * 36


def test_without_pairs_there_is_nothing_to_find() -> None:
    """Where nobody shares anything the edges are none, and no other pattern pays for it with an error."""
    looks = looks_of(crowd(7, comments=20, sources=20), 1)
    assert [len(each.edges) for each in looks] == [0] * 5
    assert [len(each) for each in corrected(looks)] == [0] * 5


def test_q_pays_for_looking_five_times() -> None:
    """A pattern that alone stands out pays five times its p; two that stand out pay less."""
    looks = looks_of(crowd(6, gang=9, waves=5), 1)
    alone = [looks[0], *looks[2:], looks[2]]
    assert corrected(alone)[0].min() == pytest.approx(5 / 201)
    assert corrected(looks)[0].min() == pytest.approx(2.5 / 201)


# With a rate of 5 % more than 6 of 40, and more than 19 of 200, come in 0.3 % of all series.
@pytest.mark.parametrize(
    ("within_sources", "worlds", "most"),
    [
        pytest.param(True, 20, 4, marks=pytest.mark.soak),
        pytest.param(False, 200, 19, marks=pytest.mark.soak),
        pytest.param(True, 200, 19, marks=pytest.mark.soak),
    ],
)
def test_a_null_world_is_quiet(within_sources: bool, worlds: int, most: int) -> None:
    """Of many worlds with shuffled authors hardly more than the stated 5 % give any finding at all."""
    found = sum(
        finds_anything(shuffled(crowd(seed, 1000, 10, 9, 5), seed + 100, within_sources=within_sources), seed)
        for seed in range(worlds)
    )
    assert found <= most


@pytest.mark.slow
def test_planted_groups_are_found_in_most_worlds() -> None:
    """Over ten worlds nearly all of the planted accounts are found, and nearly all found were planted."""
    hits = strangers = 0
    for seed in range(10):
        moves = crowd(seed, gang=9, waves=5)
        looks = looks_of(moves, seed)
        members: set[int] = set()
        for each, q in zip(looks[:1], corrected(looks)[:1], strict=True):
            edges, _ = kept(each.edges, q, 0.05)
            members |= {*edges.one.tolist(), *edges.two.tolist()}
        hits += len({each for each in members if each >= PEOPLE})
        strangers += len({each for each in members if each < PEOPLE})
    assert hits >= 85
    assert strangers <= 2

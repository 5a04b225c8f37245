"""The share of links that are returned holds the truth as often as it says."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from core.analysis.replies.mutual import reciprocity, returned_share

AUTHORS = 60
WORLDS = 500


def world(seed: int, habit: float) -> pd.DataFrame:
    """Deal 200 pairs among authors, each with a wish of their own to answer back; half of them on average."""
    chance = np.random.default_rng(seed)
    wishes = np.full(AUTHORS, 0.5) if not habit else chance.beta(habit, habit, AUTHORS)
    ends = np.sort(chance.choice(AUTHORS, (200, 2)), axis=1)
    ends = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0)
    is_mutual = chance.random(len(ends)) < wishes[ends].mean(axis=1)
    both = np.concatenate([ends, ends[is_mutual][:, ::-1]])
    return pd.DataFrame(both, columns=["answering", "answered"])


@pytest.mark.soak
@pytest.mark.parametrize("habit", [0.0, 0.5])
def test_the_interval_holds_the_truth(habit: float) -> None:
    """In 92 to 98 % of 500 worlds, where authors are alike and where each has habits of their own."""
    truth = 2 * 0.5 / 1.5
    found = [reciprocity(world(seed, habit)) for seed in range(WORLDS)]
    held = [each["reciprocity_low"] <= truth <= each["reciprocity_high"] for each in found]  # type: ignore[operator]
    assert 0.92 <= np.mean(held) <= 0.98


def test_it_is_the_share_that_networkx_counts() -> None:
    """The value is the reciprocity of the directed graph, its n the links."""
    links = world(1, 0.5)
    graph = nx.DiGraph(links.itertuples(index=False))
    found = reciprocity(links)
    assert found["reciprocity"] == pytest.approx(nx.reciprocity(graph))
    assert found["reciprocity_n"] == graph.number_of_edges()


@pytest.mark.parametrize("kept", [0, 1, 29])
def test_few_pairs_are_too_few_to_say(kept: int) -> None:
    """Below 30 pairs there is no share, only how many links there are."""
    found = reciprocity(pd.DataFrame({"answering": range(kept), "answered": range(100, 100 + kept)}))
    assert found == {
        "reciprocity": None,
        "reciprocity_low": None,
        "reciprocity_high": None,
        "reciprocity_n": kept,
    }


def test_nobody_or_everybody_answers_back() -> None:
    """Where all pairs are alike there is still an interval."""
    one_way = pd.DataFrame({"answering": range(40), "answered": range(100, 140)})
    both = pd.concat([one_way, one_way.rename(columns={"answering": "answered", "answered": "answering"})])
    nothing, all_of_it = reciprocity(one_way), reciprocity(both)
    assert (nothing["reciprocity"], nothing["reciprocity_low"]) == (0.0, 0.0)
    assert 0.0 < float(str(nothing["reciprocity_high"])) < 0.3
    assert (all_of_it["reciprocity"], all_of_it["reciprocity_high"]) == (1.0, 1.0)


def test_an_author_with_few_links_has_no_share() -> None:
    """Of 29 answered authors nothing is said, of 30 Wilson's interval is."""
    found = returned_share(np.array([0.5, 0.5, np.nan]), np.array([29.0, 30.0, 0.0]))
    assert np.isnan([found[name][[0, 2]] for name in found]).all()
    assert found["returned"][1] == 0.5
    assert (found["returned_low"][1], found["returned_high"][1]) == pytest.approx(
        (0.331533, 0.668467), abs=1e-5
    )

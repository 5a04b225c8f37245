"""The mood of replies has an interval that holds the truth, and is not told of few."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.analysis.replies import moods

WORLDS = 500


def worlds(seed: int, habit: float) -> pd.DataFrame:
    """Deal 40 authors' replies in each of 500 worlds; the mean lean is 0.4, an author's own is near it."""
    chance = np.random.default_rng(seed)
    authors = 40
    sizes = 1 + chance.poisson(3, (WORLDS, authors))
    own = chance.beta(0.4 * habit, 0.6 * habit, (WORLDS, authors)) if habit else np.full(sizes.shape, 0.4)
    rows = np.repeat(np.arange(WORLDS * authors), sizes.ravel())
    lean = np.clip(own.ravel()[rows] + chance.uniform(-0.05, 0.05, len(rows)), 0, 1)
    frame = pd.DataFrame(
        {
            "answered": rows // authors,
            "answering": rows % authors,
            "judged": 1,
            "lean": lean,
            "lean_squares": lean**2,
        }
    )
    return frame.groupby(["answered", "answering"], as_index=False).sum()


@pytest.mark.parametrize("habit", [0.0, 6.0])
def test_the_interval_holds_the_truth(habit: float) -> None:
    """In 92 to 98 % of 500 worlds, with and without authors who have a mood of their own."""
    found = moods.told(moods.summed(worlds(1, habit), ["answered"]), ["answered"])
    truth = 2 * 0.4 - 1
    held = (found["mood_low"] <= truth) & (truth <= found["mood_high"])
    assert 0.92 <= held.mean() <= 0.98


def test_the_value_is_the_mean_of_the_replies() -> None:
    """The mood runs from -1 to 1 and n counts the judged replies."""
    links = worlds(2, 6.0)
    found = moods.told(moods.summed(links, ["answered"]), ["answered"])
    whole = links.groupby("answered")[["lean", "judged"]].sum()
    assert found["mood"].tolist() == pytest.approx(
        (2 * whole["lean"] / whole["judged"] - 1).tolist(), abs=1e-6
    )
    assert found["mood_n"].tolist() == whole["judged"].tolist()


def test_too_few_have_no_mood() -> None:
    """Below 30 replies, or 5 authors, only n is told; who was not judged has n = 0."""
    links = pd.DataFrame(
        {
            "answered": [1] * 5 + [2] * 4 + [3],
            "answering": [1, 2, 3, 4, 5, 1, 2, 3, 4, 1],
            "judged": [6, 6, 6, 6, 5, 10, 10, 10, 10, 0],
            "lean": 2.0,
            "lean_squares": 1.0,
        }
    )
    told = moods.told(moods.summed(links, ["answered"]), ["answered"])
    rows = moods.with_moods(pd.DataFrame({"answered": [1, 2, 3]}), told, ["answered"], "any_")
    assert rows["any_mood_n"].tolist() == [29, 40, 0]
    assert rows[["any_mood", "any_mood_low", "any_mood_high"]].isna().all(axis=None)

"""How comments fade after a post: the curve, half-lives, and the exponential law."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.analysis.attention import fading
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page, source
from tests.core.enriched import answer

WEEKS = 5 * 168


def posts(store: Store, number: int = 8, comments: int = 40, half_life: float = 6.0) -> None:
    """Write posts whose comments come by an exponential law, the last one just before all were seen."""
    chance = np.random.default_rng(4)
    keys = [f"wall:-1_{each}" for each in range(1, number + 1)]
    seen = at(WEEKS)
    published = {key: at(0) for key in keys} | {keys[-1]: at(WEEKS - 48)}
    writes.write_sources(store, "run", [source(key, key, published_at=published[key]) for key in keys], seen)
    pages = []
    for key in keys:
        ages = chance.exponential(half_life / np.log(2), comments)
        start = WEEKS - 48 if key == keys[-1] else 0
        pages.append(
            page(*(comment(n, source=key, published_at=at(start + age)) for n, age in enumerate(ages)))
        )
    writes.write_pages(store, "run", pages, seen)


@pytest.fixture
def store() -> Store:
    """Open an empty database whose clock stands after all comments."""
    return Store.open("duckdb:///:memory:", clock=lambda: at(WEEKS))


def test_the_curve_rises_to_one(store: Store) -> None:
    """Shares grow with age to 1 at the end of the window, half at the half-life, posts too young left out."""
    posts(store)
    found = answer(store, "decay")
    shares = {row["hours"]: row for row in found.rows}
    assert list(shares) == [1, 2, 3, 6, 12, 24, 48, 72, 120, 168]
    assert [row["share"] for row in found.rows] == sorted(row["share"] for row in found.rows)
    assert shares[168]["share"] == 1
    assert shares[6]["low"] < 0.5 < shares[6]["high"]
    assert {(row["n"], row["posts"]) for row in found.rows} == {(7 * 40, 7)}
    assert (found.summary["half_life_hours"], found.summary["posts_measured"]) == (None, 7)
    assert (found.notes[0].code, dict(found.notes[0].values)) == (
        "posts_too_young",
        {"posts": 1, "hours": 168},
    )


def test_a_shorter_window_takes_younger_posts(store: Store) -> None:
    """A post of two days counts when two days are asked for."""
    posts(store)
    found = answer(store, "decay", window="48")
    assert found.rows[-1]["hours"] == 48
    assert found.rows[-1]["posts"] == 8
    assert found.notes == ()


def test_half_lives_are_by_post(store: Store) -> None:
    """Each post with enough comments has the median age with an interval; others are left out."""
    posts(store, number=41)
    found = answer(store, "half_lives", top=5)
    assert len(found.rows) == 5
    assert (found.summary["posts"], found.summary["posts_measured"]) == (41, 40)
    assert found.summary["half_life_hours_low"] < 6 < found.summary["half_life_hours_high"]
    assert np.mean([row["fitted_hours"] for row in found.rows]) == pytest.approx(6, rel=0.3)
    assert all(row["low"] <= row["half_life_hours"] <= row["high"] for row in found.rows)
    few = answer(store, "half_lives", least=50).rows
    assert {(row["state"], row["half_life_hours"]) for row in few} == {("too few", None)}


def test_few_comments_are_too_few_to_say(store: Store) -> None:
    """Below 30 comments the curve has no shares."""
    posts(store, number=3, comments=5)
    found = answer(store, "decay")
    assert {row["share"] for row in found.rows} == {None}
    assert found.notes[-1].code == "decay_few"
    assert found.summary["half_life_hours"] is None


def test_the_fitted_law_is_found_again() -> None:
    """The mean age of a law that is cut off gives back its half-life; without fading there is none."""
    window = 168.0
    rates = np.array([0.002, 0.02, 0.2, 2.0])
    means = 1 / rates - window / np.expm1(rates * window)
    assert fading.fitted_half_life(means, window) == pytest.approx(np.log(2) / rates, rel=1e-6)
    assert np.isnan(fading.fitted_half_life(np.array([84.0, 100.0, 0.0]), window)).all()


def test_posts_too_young_have_no_curve() -> None:
    """Without posts that were looked at long enough no share is told."""
    frame = pd.DataFrame({"source": ["wall:-1_1"], "hours": [1], "comments": [50], "seen_for": [20.0]})
    rows, young = fading.curve(frame, 24)
    assert (rows["share"].isna().all(), rows["n"].sum(), young) == (True, 0, 1)

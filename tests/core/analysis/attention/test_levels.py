"""The usual level of a period, and how far a count is above it."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.attention import levels


def test_a_level_is_that_of_the_same_hour_of_the_week() -> None:
    """What comes every Monday at noon is usual at Monday noon and nowhere else."""
    counts = np.zeros(8 * 168, dtype=np.int64)
    counts[12::168] = 50
    level = levels.usual(counts, np.arange(len(counts)), levels.WEEK_OF_HOURS, 0)
    assert set(level[12::168]) == {50.0}
    assert not np.delete(level, np.arange(12, len(level), 168)).any()


def test_a_burst_hardly_raises_its_own_level() -> None:
    """One week of ten thousand among nine of ten moves the level by less than one count per week."""
    table = np.full((10, 1), 10.0)
    table[3] = 10_000
    assert 10 <= levels.capped_mean(table)[0][0] < 12


def test_a_count_is_measured_by_the_others() -> None:
    """The level of one week of ten thousand among nine of ten is ten."""
    counts = np.full(10, 10)
    counts[3] = 10_000
    level = levels.usual(counts, np.arange(10), levels.NO_CYCLE, 0)
    assert level[3] == pytest.approx(10)


def test_the_capped_mean_of_quiet_counts_is_their_mean() -> None:
    """Rare events keep their level, where a median would be 0."""
    table = np.random.default_rng(1).poisson(0.3, (400, 50)).astype(float)
    assert levels.capped_mean(table)[0].mean() == pytest.approx(0.3, abs=0.01)


def test_missing_cells_count_for_nothing() -> None:
    """A first and a last week that are not whole have no zeros of their own."""
    table = np.array([[np.nan, np.nan, 4.0], [2.0, np.nan, 4.0], [2.0, np.nan, np.nan]])
    assert levels.capped_mean(table)[0].tolist() == [2.0, 0.0, 4.0]


def test_the_level_follows_the_weeks_around() -> None:
    """A community that grows tenfold has another usual level in its last weeks than in its first."""
    counts = np.repeat([5, 50], 20 * 168)
    level = levels.usual(counts, np.arange(len(counts)), levels.WEEK_OF_HOURS, 4)
    assert level[0] == pytest.approx(5)
    assert level[-1] == pytest.approx(50)


@pytest.mark.parametrize(
    ("periods", "is_hour", "name"),
    [
        (4 * 168, True, "hour of the week"),
        (4 * 168 - 1, True, "hour of the day"),
        (95, True, "all periods"),
        (28, False, "day of the week"),
        (27, False, "all periods"),
    ],
)
def test_a_cycle_was_seen_four_times(periods: int, is_hour: bool, name: str) -> None:
    """A level of Monday noon needs four Mondays; with fewer the hour of the day must do."""
    assert levels.cycle_for(periods, is_hour).name == name


def test_the_scale_is_never_below_poisson() -> None:
    """Counts that all equal their level have the spread that chance alone gives."""
    assert levels.dispersion(np.array([4, 4, 4]), np.array([4.0, 4.0, 4.0])) == 1.0
    assert levels.dispersion(np.array([], dtype=np.int64), np.array([])) == 1.0


def test_poisson_counts_have_variance_one_in_the_scale() -> None:
    """Anscombe's scale makes means of 4 and 400 alike."""
    chance = np.random.default_rng(2)
    for mean in (4.0, 40.0, 400.0):
        counts = chance.poisson(mean, 20_000)
        z = levels.robust_z(counts, np.full(len(counts), mean), 1.0)
        assert z.std() == pytest.approx(1, abs=0.03)


def test_the_interval_of_a_ratio_covers_the_truth() -> None:
    """In 2,000 Poisson counts of mean 30 the interval holds the true ratio in 93 to 97 of 100."""
    chance = np.random.default_rng(3)
    counts = chance.poisson(30, 2000).astype(float)
    low, high = levels.ratio_interval(counts, np.full(2000, 10.0), 1.0, 1000)
    assert 0.93 <= ((low <= 3) & (high >= 3)).mean() <= 0.97
    told = chance.poisson(10, (2000, 8)).mean(axis=1)
    low, high = levels.ratio_interval(counts, told, 1.0, 8)
    assert 0.93 <= ((low <= 3) & (high >= 3)).mean() <= 0.97

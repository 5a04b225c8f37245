"""Comments over time, against values counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from core.analysis.activity import Unit, fill, rhythm, summed


def periods(*starts: str) -> pd.DataFrame:
    """Build a frame of periods with 1, 2, 3 ... comments."""
    return pd.DataFrame(
        {
            "period": pd.to_datetime(list(starts)).astype("datetime64[us]"),
            "comments": range(1, len(starts) + 1),
            "replies": [0] * len(starts),
        }
    )


@pytest.mark.parametrize(
    ("unit", "starts", "expected"),
    [
        ("hour", ("2026-03-01 22:00", "2026-03-02 01:00"), 4),
        ("day", ("2026-02-27", "2026-03-02"), 4),
        ("week", ("2026-02-23", "2026-03-16"), 4),
        ("month", ("2025-12-01", "2026-03-01"), 4),
    ],
)
def test_missing_periods_become_zero(unit: Unit, starts: tuple[str, ...], expected: int) -> None:
    """Between two periods with comments every period stands, with 0 where nobody wrote."""
    filled = fill(periods(*starts), unit)

    assert filled["comments"].tolist() == [1, *[0] * (expected - 2), 2]
    assert filled["period"].is_monotonic_increasing
    assert filled["comments"].dtype == "int64"


def test_fill_reaches_to_both_ends_of_the_range() -> None:
    """A range wider than the data is shown whole, its ends falling into the periods that hold them."""
    filled = fill(
        periods("2026-03-04"), "week", pd.Timestamp("2026-02-18 13:00"), pd.Timestamp("2026-03-22 23:59")
    )

    assert filled["period"].astype(str).tolist() == [
        "2026-02-16", "2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16",
    ]  # fmt: skip


def test_fill_of_nothing_is_nothing_unless_a_range_is_given() -> None:
    """Without comments only a given range says which periods there are."""
    nothing = periods()

    assert fill(nothing, "day").empty
    assert fill(nothing, "day", pd.Timestamp("2026-03-01"), pd.Timestamp("2026-03-03"))[
        "comments"
    ].tolist() == [0, 0, 0]


def cells(*rows: tuple[int, int, int]) -> pd.DataFrame:
    """Build a frame of (weekday, hour, comments)."""
    return pd.DataFrame(rows, columns=["weekday", "hour", "comments"])


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (
            "hour",
            {"2026-02-28 23:00": 1, "2026-03-01 00:00": 2, "2026-03-01 23:00": 3, "2026-03-02 01:00": 4},
        ),
        ("day", {"2026-02-28": 1, "2026-03-01": 5, "2026-03-02": 4}),
        ("week", {"2026-02-23": 6, "2026-03-02": 4}),
        ("month", {"2026-02-01": 1, "2026-03-01": 9}),
    ],
)
def test_longer_periods_are_sums_of_hours(unit: Unit, expected: dict[str, int]) -> None:
    """Hours add up to days, weeks from Monday, and months."""
    hours = periods("2026-02-28 23:00", "2026-03-01 00:00", "2026-03-01 23:00", "2026-03-02 01:00")

    found = summed(hours, unit)

    assert dict(zip(found["period"], found["comments"], strict=True)) == {
        pd.Timestamp(begin): comments for begin, comments in expected.items()
    }
    assert found.columns.tolist() == ["period", "comments", "replies"]
    assert found["period"].dtype == hours["period"].dtype
    assert summed(hours.iloc[:0], unit).empty


def test_rhythm_divides_by_the_hours_that_were() -> None:
    """Two Mondays and one Tuesday: the same count on both days is half as busy on Monday."""
    seen = rhythm(
        cells((1, 12, 6), (2, 12, 6)),
        datetime(2026, 3, 2, 0, tzinfo=UTC),
        datetime(2026, 3, 9, 23, 59, tzinfo=UTC),
        "UTC",
    ).set_index(["weekday", "hour"])

    assert len(seen) == 168
    assert seen.loc[(1, 12)].tolist() == [6, 2, 3.0]
    assert seen.loc[(2, 12)].tolist() == [6, 1, 6.0]
    assert seen["hours"].sum() == 192


def test_rhythm_counts_the_hours_that_a_clock_change_repeats_and_skips() -> None:
    """New York skips 2 o'clock on 8 March 2026 and has 1 o'clock twice on 1 November 2026."""
    skipped = rhythm(
        cells(), datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 3, 9, 3, tzinfo=UTC), "America/New_York"
    ).set_index(["weekday", "hour"])
    repeated = rhythm(
        cells(),
        datetime(2026, 11, 1, 4, tzinfo=UTC),
        datetime(2026, 11, 2, 4, tzinfo=UTC),
        "America/New_York",
    ).set_index(["weekday", "hour"])

    assert skipped.loc[(7, 2), "hours"] == 0
    assert np.isnan(skipped.loc[(7, 2), "per_hour"])
    assert repeated.loc[(7, 1), "hours"] == 2


def test_rhythm_starts_at_the_local_hour_in_a_half_hour_zone() -> None:
    """10:45 to 11:15 in Kolkata touches two local hours though only one hour begins in UTC."""
    seen = rhythm(
        cells(),
        datetime(2026, 3, 2, 5, 15, tzinfo=UTC),
        datetime(2026, 3, 2, 5, 45, tzinfo=UTC),
        "Asia/Kolkata",
    )

    assert seen[seen["hours"] > 0][["weekday", "hour"]].to_numpy().tolist() == [[1, 10], [1, 11]]

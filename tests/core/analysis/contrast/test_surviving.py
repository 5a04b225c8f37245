"""By which rule a finding survives: overlap, sign, rank, hour and source."""

from __future__ import annotations

import pytest

from core.analysis.contrast.headlines import Headline
from core.analysis.contrast.surviving import holds, told
from core.analysis.stats.intervals import Estimate


def headline(finding: str, value: float, low: float, high: float, names: str = "") -> Headline:
    """Build a result of a hundred comments."""
    return Headline(finding, Estimate(value, low, high, 100), 100, names)


@pytest.mark.parametrize(
    ("finding", "before", "now", "expected"),
    [
        ("negative_share", (0.2, 0.1, 0.3), (0.35, 0.3, 0.4), True),
        ("negative_share", (0.2, 0.1, 0.3), (0.5, 0.4, 0.6), False),
        ("mood_balance", (-0.2, -0.3, -0.1), (-0.6, -0.7, -0.5), True),
        ("mood_balance", (-0.2, -0.3, -0.1), (-0.05, -0.2, 0.1), False),
        ("mood_balance", (0.0, -0.1, 0.1), (0.05, -0.2, 0.1), True),
        ("top_words", (1, 1, 1), (0.7, 0.5, 0.8), True),
        ("top_words", (1, 1, 1), (0.69, 0.5, 0.8), False),
        ("busiest_hour", (23, 23, 23), (0, 0, 0), True),
        ("busiest_hour", (23, 23, 23), (1, 1, 1), False),
    ],
)
def test_each_finding_has_its_rule(
    finding: str, before: tuple[float, float, float], now: tuple[float, float, float], expected: bool
) -> None:
    """Shares overlap, a balance keeps its sign, ranks correlate, hours are neighbours around midnight too."""
    assert holds(finding, headline(finding, *before), headline(finding, *now)) is expected


def test_the_largest_source_is_the_same_one() -> None:
    """Another largest source is another finding, however alike the shares."""
    first = headline("top_source_share", 0.5, 0.4, 0.6, "wall:-1_1")
    assert holds("top_source_share", first, headline("top_source_share", 0.1, 0.0, 0.2, "wall:-1_1")) is True
    assert holds("top_source_share", first, headline("top_source_share", 0.5, 0.4, 0.6, "wall:-1_2")) is False


def test_rows_say_what_was_found() -> None:
    """The baseline is the finding itself, what is too little is not judged, an hour has no interval."""
    share, hour = headline("negative_share", 0.2, 0.1, 0.3), headline("busiest_hour", 9, 9, 9, "9")
    nothing = Headline("negative_share", None, 3)
    assert [row["verdict"] for row in told("baseline", "", [share], [share])] == ["the finding"]
    assert [row["verdict"] for row in told("baseline", "", [nothing], [nothing])] == ["too few to say"]
    (row,) = told("roots_only", "baseline", [share], [nothing])
    assert (row["verdict"], row["holds"], row["value"], row["n"]) == ("too few to say", None, None, 3)
    (row,) = told("other_zone", "baseline", [hour], [hour])
    assert (row["value"], row["low"], row["names"], row["verdict"]) == (9, None, "9", "holds")

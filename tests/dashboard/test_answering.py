"""What stands around an answer: the figures of its whole."""

from __future__ import annotations

from dashboard.components.answering import interval


def test_an_interval_stands_with_what_it_is_of() -> None:
    """A number beside its share has no interval of its own: the ends are of the share."""
    told = {"outside": 1733, "outside_share": 0.62, "outside_low": 0.58, "outside_high": 0.66}
    assert interval("outside", told, "en") is None
    assert interval("outside_share", told, "en") is not None
    assert interval("mean", {"mean": 2.5, "mean_low": 2.0, "mean_high": 3.0}, "en") is not None

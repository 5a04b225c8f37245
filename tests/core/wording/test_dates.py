"""Days and periods in words."""

from datetime import UTC, date, datetime

from core.wording import dates


def test_a_period_says_nothing_twice() -> None:
    """Month and year that both ends share stand once."""
    assert dates.period(date(2026, 3, 1), date(2026, 3, 14), "ru") == "1–14\u00a0марта\u00a02026"
    assert dates.period(date(2026, 3, 1), date(2026, 4, 2), "en") == "1\u00a0March – 2\u00a0April\u00a02026"
    assert dates.period(date(2025, 12, 31), date(2026, 1, 1), "en").count("20") == 2
    assert dates.period(date(2026, 3, 1), date(2026, 3, 1), "en") == "1\u00a0March\u00a02026"


def test_a_moment_is_told_in_the_zone_asked_for() -> None:
    """The same instant is another clock time, and may be another day, elsewhere."""
    at = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    assert dates.moment(at, "ru", "Europe/Moscow") == "2\u00a0мар.\u00a02026, 01:30"
    assert dates.moment(at, "en", "UTC") == "1\u00a0Mar\u00a02026, 22:30"


def test_a_zone_carries_its_offset() -> None:
    """A city alone does not say how far it is from UTC, and summer time changes that."""
    winter, summer = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    assert dates.zone("Europe/Moscow", "ru", winter) == "Москва (UTC+3)"
    assert dates.zone("Europe/Berlin", "en", summer) == "Berlin (UTC+2)"
    assert dates.zone("Asia/Kolkata", "en", winter) == "Asia/Kolkata (UTC+5:30)"
    assert dates.zone("UTC", "ru", winter) == "UTC"


def test_midnight_ends_the_last_hour() -> None:
    """The hour from 23:00 ends at 00:00."""
    assert dates.hours(23, "ru") == "23:00–00:00"


def test_a_month_stands_alone() -> None:
    """A month with its year is in the nominative."""
    assert (dates.month(date(2026, 3, 1), "ru"), dates.month(date(2026, 3, 1), "en")) == (
        "март 2026",
        "March 2026",
    )

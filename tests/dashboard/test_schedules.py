"""What the page says of a schedule."""

from __future__ import annotations

from datetime import time

from core.tasks.schedules import Schedule
from dashboard.components import schedules
from tests.builders import at


def test_a_rule_says_how_often_and_when_not() -> None:
    """Quiet hours are part of the sentence, and only where there are any."""
    daily = Schedule("1", {"targets": ["https://vk.com/club1"]}, 24, at())
    assert schedules.rule(daily, "ru") == "раз в 24\u00a0часа"
    quiet = Schedule("1", {}, 6, at(), quiet=(time(23), time(7)))
    assert schedules.rule(quiet, "en") == "every 6\u00a0hours, not between 23:00 and 07:00"

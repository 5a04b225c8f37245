"""Attempts with wrong keys: how many, from whom, for how long, and how much is remembered of them."""

from __future__ import annotations

import pytest

from dashboard.api.keys import MOST_ADDRESSES, MOST_ATTEMPTS, WINDOW_S, Attempts
from dashboard.api.refusals import TooManyAttempts


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.s = 1000.0

    def __call__(self) -> float:
        return self.s


def test_an_address_waits_until_its_first_attempt_is_a_minute_old() -> None:
    """Ten wrong keys in a minute lock one address, and no other; after the minute it may try again."""
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(MOST_ATTEMPTS):
        attempts.refuse("a")
        attempts.count("a")
        clock.s += 1
    with pytest.raises(TooManyAttempts) as refused:
        attempts.refuse("a")
    assert refused.value.headers() == {"Retry-After": "50"}
    attempts.refuse("b")
    clock.s += WINDOW_S - MOST_ATTEMPTS
    attempts.refuse("a")


def test_slow_guessing_never_locks_and_never_grows() -> None:
    """A wrong key now and then is a mistake, and only the last ten are remembered."""
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(100):
        attempts.refuse("a")
        attempts.count("a")
        clock.s += WINDOW_S / MOST_ATTEMPTS
    assert len(attempts) == 1


def test_memory_is_bounded_whatever_comes() -> None:
    """The addresses that erred least recently make room for new ones."""
    attempts = Attempts(Clock())
    for number in range(MOST_ADDRESSES + 100):
        attempts.count(str(number))
    assert len(attempts) == MOST_ADDRESSES

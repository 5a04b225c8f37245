"""The speed limit: never more starts in any second than allowed, and hardly fewer."""

from __future__ import annotations

import threading
from collections import deque

import pytest

from core.errors import TaskCancelled
from core.vk.throttle import WINDOW_S, Throttle


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self, late_s: float = 0.0) -> None:
        self.now = 100.0
        self.late_s = late_s

    def __call__(self) -> float:
        return self.now

    def sleep(self, cancel: threading.Event, seconds: float) -> None:
        self.now += seconds + self.late_s


def most_in_a_second(starts: list[float]) -> int:
    """Return the largest number of starts in any window of one second."""
    window: deque[float] = deque()
    most = 0
    for start in starts:
        window.append(start)
        while window[0] <= start - 1:
            window.popleft()
        most = max(most, len(window))
    return most


@pytest.mark.parametrize("per_second", [1, 3, 20])
@pytest.mark.parametrize("late_s", [0.0, 0.001, 0.02])
@pytest.mark.parametrize("answer_s", [0.0, 0.5])
def test_the_limit_is_kept_in_every_window(per_second: int, late_s: float, answer_s: float) -> None:
    """In any one-second window there are at most as many starts as allowed, however late sleeps end."""
    clock = Clock(late_s)
    throttle = Throttle(per_second, clock, clock.sleep)
    starts = []
    waiting = deque()
    for _ in range(20 * per_second):
        start = throttle.acquire()
        starts.append(clock.now)
        waiting.append((clock.now + answer_s, start))
        while waiting and waiting[0][0] <= clock.now:
            waiting.popleft()[1].answered()
    assert most_in_a_second(starts) == per_second


@pytest.mark.parametrize("per_second", [1, 3, 20])
def test_the_rate_is_used(per_second: int) -> None:
    """While work is waiting at least 95 % of the permitted starts are used."""
    clock = Clock(0.001)
    throttle = Throttle(per_second, clock, clock.sleep)
    begin = clock.now
    for _ in range(50 * per_second):
        throttle.acquire()
    assert 50 * per_second / (clock.now - begin) >= 0.95 * per_second


def test_a_late_send_moves_the_window() -> None:
    """A request that left late, after a handshake, counts from when it left."""
    clock = Clock()
    throttle = Throttle(1, clock, clock.sleep)
    start = throttle.acquire()
    clock.now += 0.4
    throttle.sent(start)
    start.answered()
    throttle.acquire()
    assert clock.now - 100.0 >= 1.4


def test_a_reserved_turn_is_taken_at_once() -> None:
    """Who has waited for a turn beforehand does not wait again, and the turn counts once."""
    clock = Clock()
    throttle = Throttle(1, clock, clock.sleep)
    throttle.acquire().answered()
    throttle.reserve()
    reserved = clock.now
    throttle.acquire().answered()
    assert clock.now == reserved == pytest.approx(100.0 + WINDOW_S)
    throttle.acquire()
    assert clock.now == pytest.approx(100.0 + 2 * WINDOW_S)


def test_a_turn_not_used_is_given_back() -> None:
    """A turn that was reserved for nothing leaves no gap."""
    clock = Clock()
    throttle = Throttle(1, clock, clock.sleep)
    throttle.reserve()
    throttle.forgo()
    throttle.forgo()
    throttle.acquire()
    assert clock.now == 100.0


@pytest.mark.parametrize("late_s", [0.5, 1.01, 5.0])
def test_a_turn_taken_late_keeps_the_limit(late_s: float) -> None:
    """A reserved turn counts from when it is used, so that it never lands in a full window."""
    clock = Clock()
    throttle = Throttle(1, clock, clock.sleep)
    throttle.reserve()
    clock.now += late_s
    starts: list[float] = []

    def other() -> None:
        throttle.acquire().answered()
        starts.append(clock.now)

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    throttle.acquire().answered()
    starts.append(clock.now)
    assert starts[1] - starts[0] >= 1.0


def test_zero_means_no_limit() -> None:
    """Without a limit nothing waits."""
    clock = Clock()
    throttle = Throttle(0, clock, clock.sleep)
    for _ in range(1000):
        throttle.acquire()
    assert clock.now == 100.0


def test_a_pause_holds_everybody() -> None:
    """After error 6 the token rests, also where there is no limit of our own."""
    clock = Clock()
    throttle = Throttle(0, clock, clock.sleep)
    throttle.pause(1.0)
    throttle.acquire()
    assert clock.now == pytest.approx(101.0)


def test_a_second_complaint_slows_down_for_a_while() -> None:
    """When the server says again that it is too much, starts are a tenth rarer, and later as before."""
    clock = Clock()
    throttle = Throttle(1, clock, clock.sleep)

    def gap_s() -> float:
        throttle.acquire().answered()
        before = clock.now
        throttle.acquire().answered()
        return clock.now - before

    throttle.pause(1.0)
    once = gap_s()
    throttle.pause(1.0)
    twice = gap_s()
    clock.now += 60
    assert once == pytest.approx(gap_s()) == pytest.approx(WINDOW_S)
    assert twice == pytest.approx(1.1 * WINDOW_S)


def test_waiting_ends_when_the_task_is_cancelled() -> None:
    """A cancelled waiter leaves the queue at once and the next one takes its place."""
    clock = Clock()
    throttle = Throttle(1, clock, clock.sleep)
    throttle.acquire().answered()
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(TaskCancelled):
        throttle.acquire(cancel)
    assert throttle.waiting == 0
    throttle.acquire()
    assert clock.now == pytest.approx(100.0 + WINDOW_S)


@pytest.mark.slow
def test_threads_share_one_limit() -> None:
    """Many threads together keep to the limit of their token."""
    throttle = Throttle(20)
    starts: list[float] = []
    lock = threading.Lock()

    def work() -> None:
        for _ in range(5):
            start = throttle.acquire()
            with lock:
                starts.append(start.moment)
            start.answered()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(starts) == 40
    assert most_in_a_second(sorted(starts)) <= 20

"""The cache: what is kept, for how long, how much of it, and who computes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.cache import NEGATIVE_TTL_S, Cache


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_an_answer_is_computed_again_only_after_its_life() -> None:
    """A kept answer is given out until its TTL is over, then computed anew."""
    clock = Clock()
    cache = Cache(clock=clock)
    numbers = iter(range(10))
    assert cache.computed("names", "durov", lambda: next(numbers), ttl_s=30) == 0
    clock.now_s += 29
    assert cache.computed("names", "durov", lambda: next(numbers), ttl_s=30) == 0
    clock.now_s += 2
    assert cache.computed("names", "durov", lambda: next(numbers), ttl_s=30) == 1


def test_one_computation_serves_all_who_ask_meanwhile() -> None:
    """However many threads ask for a key at once, it is computed once and all get the answer."""
    cache = Cache()
    may_finish = threading.Event()
    computed: list[int] = []

    def slow() -> str:
        computed.append(1)
        may_finish.wait(10)
        return "answer"

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(cache.computed, "names", "x", slow) for _ in range(8)]
        while cache.stats().waits < 7:
            pass
        may_finish.set()
        assert [each.result() for each in asked] == ["answer"] * 8
    assert computed == [1]


def test_a_failed_computation_reaches_those_who_waited_and_is_not_kept() -> None:
    """An error is given to everyone who joined it, and the next caller tries again."""
    cache = Cache()
    may_finish = threading.Event()

    def failing() -> str:
        may_finish.wait(10)
        raise ValueError("away")

    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(cache.computed, "names", "x", failing) for _ in range(2)]
        while cache.stats().waits < 1:
            pass
        may_finish.set()
        for each in asked:
            with pytest.raises(ValueError, match="away"):
                each.result()
    assert cache.computed("names", "x", lambda: "back") == "back"


def test_the_same_key_in_two_spaces_is_two_answers() -> None:
    """Spaces never see each other's keys."""
    cache = Cache()
    cache.keep("names", "1", "a name")
    cache.keep("titles", "1", "a title")
    assert (cache.kept("names", "1"), cache.kept("titles", "1")) == ("a name", "a title")


def test_nothing_there_is_kept_for_a_shorter_time() -> None:
    """A negative answer is asked again soon, whatever life positive ones have."""
    clock = Clock()
    cache = Cache(clock=clock)
    answers = iter([None, "appeared"])
    assert cache.computed("names", "new", lambda: next(answers), ttl_s=3600) is None
    clock.now_s += NEGATIVE_TTL_S - 1
    assert cache.computed("names", "new", lambda: next(answers), ttl_s=3600) is None
    clock.now_s += 2
    assert cache.computed("names", "new", lambda: next(answers), ttl_s=3600) == "appeared"


def test_the_least_used_answer_makes_room() -> None:
    """The cache never holds more than its bound, and drops what was not used for longest."""
    cache = Cache(max_entries=2)
    for name in ("a", "b"):
        cache.keep("names", name, name)
    cache.kept("names", "a")
    cache.keep("names", "c", "c")
    assert [cache.kept("names", name) for name in ("a", "b", "c")] == ["a", None, "c"]
    assert cache.stats().entries == 2
    assert cache.stats().dropped == 1


def test_taking_an_answer_gives_it_to_one_caller_only() -> None:
    """Of many who take the same key at once, one gets it."""
    cache = Cache()
    cache.keep("tickets", "t", "path")
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: cache.take("tickets", "t"), range(32)))
    assert taken.count("path") == 1
    assert taken.count(None) == 31


def test_the_figures_tell_hits_from_misses() -> None:
    """Statistics count what was found, what was computed and what is held."""
    cache = Cache()
    for _ in range(3):
        cache.computed("names", "x", lambda: 1)
    figures = cache.stats()
    assert (figures.hits, figures.misses, figures.entries, figures.engine) == (2, 1, 1, "memory")

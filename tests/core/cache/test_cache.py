"""The cache in memory: what is kept, for how long, how much of it, and who computes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.cache import MISSING, Cache, CacheStats, Space, SpaceStats, json_of
from core.cache.spaces import NEGATIVE_TTL_S
from tests.redis_server import eventually

NAMES = Space[str]("names", codec=json_of(str))


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


def test_each_kind_of_answer_has_its_own_life() -> None:
    """Without a life given, an answer lives as long as its space says."""
    clock = Clock()
    cache = Cache(clock=clock)
    cache.keep(Space("short", ttl_s=10), "x", 1)
    cache.keep(Space("long", ttl_s=100), "x", 1)
    clock.now_s += 50
    assert (cache.kept("short", "x"), cache.kept("long", "x")) == (None, 1)


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
        eventually(lambda: cache.stats().waits == 7)
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
        eventually(lambda: cache.stats().waits == 1)
        may_finish.set()
        for each in asked:
            with pytest.raises(ValueError, match="away"):
                each.result()
    assert cache.computed("names", "x", lambda: "back") == "back"


def test_the_same_key_in_two_spaces_is_two_answers() -> None:
    """Spaces never see each other's keys, nor those of another version of themselves."""
    cache = Cache()
    newer = Space[str]("names", version=2, codec=json_of(str))
    cache.keep("names", "a", "a live name")
    cache.keep("titles", "a", "a title")
    cache.keep(NAMES, "a", "a name")
    cache.keep(newer, "a", "a newer name")
    kept = [cache.kept(each, "a") for each in ("names", "titles", NAMES, newer)]
    assert kept == ["a live name", "a title", "a name", "a newer name"]


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


@pytest.mark.parametrize("space", ["names", NAMES])
def test_nothing_there_differs_from_not_kept(space: Space[str] | str) -> None:
    """Who asks for many keys can tell a kept "nothing there" from a key that has to be asked for."""
    cache = Cache()
    cache.keep_many(space, {"a": "x", "b": None})
    assert cache.kept_many(space, ["a", "b", "c"]) == {"a": "x", "b": None, "c": MISSING}


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


def test_what_is_too_old_makes_room_first() -> None:
    """An answer whose life is over goes before one that is only unused."""
    clock = Clock()
    cache = Cache(max_entries=2, clock=clock)
    cache.keep("names", "unused", 1, ttl_s=100)
    cache.keep("names", "old", 2, ttl_s=1)
    clock.now_s += 2
    cache.keep("names", "new", 3)
    assert [cache.kept("names", name) for name in ("unused", "old", "new")] == [1, None, 3]


def test_memory_is_bounded_by_bytes_too() -> None:
    """A few large answers push each other out; one that is larger than all the room is not kept."""
    cache = Cache(max_memory=10_000)
    for name in ("a", "b", "c"):
        cache.keep(NAMES, name, name * 4000)
    assert cache.kept(NAMES, "a") is None
    assert cache.kept(NAMES, "c") == "c" * 4000
    assert cache.stats().memory <= 10_000
    cache.keep(NAMES, "c", "d" * 20_000)
    assert cache.kept(NAMES, "c") is None
    assert cache.computed(NAMES, "e", lambda: "e" * 20_000) == "e" * 20_000
    assert cache.stats().by_space["names"].refused == 2


def test_taking_an_answer_gives_it_to_one_caller_only() -> None:
    """Of many who take the same key at once, one gets it."""
    cache = Cache()
    cache.keep("tickets", "t", "path")
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: cache.take("tickets", "t"), range(32)))
    assert taken.count("path") == 1
    assert taken.count(None) == 31


def test_an_answer_with_a_format_is_a_copy() -> None:
    """Who changes an answer of a shared kind changes nobody else's."""
    cache, space = Cache(), Space[list[int]]("lists", codec=json_of(list))
    cache.keep(space, "x", [1])
    found = cache.kept(space, "x")
    assert found is not None
    found.append(2)
    assert cache.kept(space, "x") == [1]


def test_an_answer_that_its_format_cannot_say_is_given_but_not_kept() -> None:
    """A value without a JSON form still reaches who asked; it is counted, and nothing fails."""
    cache, space = Cache(), Space[object]("things", codec=json_of(lambda plain: plain))
    answer = object()
    assert cache.computed(space, "x", lambda: answer) is answer
    cache.keep(space, "y", "\ud800")
    assert cache.kept_many(space, ["x", "y"]) == {"x": MISSING, "y": MISSING}
    assert cache.stats().by_space["things"].refused == 2


def test_an_answer_that_does_not_come_back_is_computed_each_time() -> None:
    """A format that cannot read what it wrote costs the keeping, not the answer."""

    def refuse(_kept: object) -> str:
        raise ValueError

    cache, space = Cache(), Space[str]("broken", codec=json_of(refuse))
    answers = iter(["first", "second"])
    assert [cache.computed(space, "x", lambda: next(answers)) for _ in range(2)] == ["first", "second"]
    assert cache.stats().corrupt == 1


def test_the_figures_tell_hits_from_misses() -> None:
    """Statistics count what was found, what was computed and what is held, in all and by space."""
    cache = Cache()
    for _ in range(3):
        cache.computed("names", "x", lambda: 1)
    cache.take("names", "x")
    cache.take("names", "x")
    cache.kept("titles", "x")
    figures = cache.stats()
    assert figures == CacheStats(
        engine="memory",
        state="ok",
        entries=0,
        hits=3,
        misses=3,
        waits=0,
        dropped=0,
        by_space={"names": SpaceStats(hits=3, misses=2), "titles": SpaceStats(misses=1)},
    )


def test_a_cache_in_memory_closes() -> None:
    """Closing a cache without an engine is no error."""
    cache = Cache()
    cache.close()
    assert cache.computed("names", "x", lambda: 1) == 1

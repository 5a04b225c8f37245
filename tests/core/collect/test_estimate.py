"""Before the start: what is said about sources, comments and requests holds for what then happens."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.collect.estimate import Estimate, estimate
from core.collect.forecast import further_calls, further_replies, further_roots
from core.collect.run import CollectOptions, CollectRequest, collect
from core.errors import QueryError, VkAuthorization
from core.links import recognise
from core.models import TargetKind
from core.sandbox import process
from core.sandbox.stories import BAND, CITY, FOOTBALL, PRIVATE, SHOP, TOKENS
from core.storage.store import Store
from core.vk.api import VkApi, connect
from core.vk.paging import PAGE
from tests import builders
from tests.core.collect.running import QUICK, now
from tests.core.vk.fake_vk import START, TOKEN, URL, FakeVk, post

DAY_0 = datetime.fromtimestamp(START, UTC).date()


def api_of(vk: FakeVk) -> VkApi:
    """Connect to a fake VK."""
    return connect(URL, (TOKEN,), 0, transport=vk.transport(), waits=QUICK)


def reckoned(vk: VkApi, links: str, **options: Any) -> Estimate:
    """Estimate what links and options would take."""
    return estimate(recognise(links), CollectOptions(**options), vk, threading.Event())


def happened(vk: VkApi, links: str, **options: Any) -> tuple[int, int, int]:
    """Collect for real; return sources, comments, requests."""
    found = recognise(links)
    store = Store.open("duckdb:///:memory:", clock=now)
    try:
        sheet = collect(
            CollectRequest(found.targets, found.refused, CollectOptions(**options)),
            vk,
            store,
            report=lambda progress: None,
            cancel=threading.Event(),
            clock=now,
            in_flight=4,
        )
    finally:
        store.close()
    return len(sheet.sources), sheet.collected, sheet.requests


def assert_holds(known: Estimate, truth: tuple[int, int, int]) -> None:
    """Check that what happened lies in the ranges."""
    for (low, high), true in zip((known.sources, known.comments, known.requests), truth, strict=True):
        assert low <= true <= high, (known, truth)


def wall(posts: int, comments: int = 3) -> dict[tuple[int, int], dict[int, list[int]]]:
    """Make a wall of posts, a day apart, each with as many roots."""
    return {
        (-5, number): {number * 1000 + place: [] for place in range(comments)}
        for number in range(1, posts + 1)
    }


@pytest.mark.parametrize("execute_error", [0, 28])
@pytest.mark.parametrize(
    ("posts", "options"),
    [
        ({(-5, 2): post(250, {0: 300, 7: 11})}, {}),
        ({(-5, 2): {}}, {}),
        (wall(40), {}),
        (wall(130, 2), {}),
        (wall(130, 2), {"posts": 20}),
        (wall(330, 1), {"posts": 230}),
        (wall(330, 1), {"since": DAY_0.fromordinal(DAY_0.toordinal() + 150)}),
        (wall(330, 1), {"until": DAY_0.fromordinal(DAY_0.toordinal() + 60)}),
        (wall(300, 1), {"words": '"post 17"'}),
    ],
)
def test_what_happens_lies_in_the_ranges(
    posts: dict[tuple[int, int], dict[int, list[int]]], options: dict[str, Any], execute_error: int
) -> None:
    """Walls of any size, bounded in any way, with and without packing."""
    link = "vk.com/wall-5_2" if len(posts) == 1 else "vk.com/wall-5"
    known = reckoned(api_of(FakeVk(posts, execute_error=execute_error)), link, **options)
    truth = happened(api_of(FakeVk(posts, execute_error=execute_error)), link, **options)
    assert_holds(known, truth)


def test_a_token_that_was_never_packed_for_may_not_pack() -> None:
    """As long as nobody knows whether calls may be packed, the range holds both."""
    posts = {(-5, 2): post(500, {0: 300, 7: 11})}
    known = reckoned(api_of(FakeVk(posts)), "vk.com/wall-5_2")
    packed = happened(api_of(FakeVk(posts)), "vk.com/wall-5_2")
    single = happened(api_of(FakeVk(posts, execute_error=28)), "vk.com/wall-5_2")
    assert known.requests[0] <= packed[2] < single[2] <= known.requests[1]


def test_one_post_is_exact() -> None:
    """The numbers of a post that VK has described are its own; two requests tell them."""
    vk = FakeVk({(-5, 2): post(120, {0: 30})})
    known = reckoned(api_of(vk), "vk.com/wall-5_2")
    assert (known.sources, known.comments, known.is_exact) == ((1, 1), (150, 150), True)
    assert len(vk.requests) == 2


def test_a_large_wall_costs_a_few_requests() -> None:
    """Ten thousand posts are not listed to be counted: some pages are read, packed."""
    vk = FakeVk(wall(10_000, 1))
    known = reckoned(api_of(vk), "vk.com/wall-5")
    assert known.sources == (10_000, 10_000)
    assert not known.is_exact
    assert known.comments[0] < 10_000 < known.comments[1]
    assert len(vk.requests) <= 4
    assert len(vk.named_calls("wall.get")) <= 5
    assert known.daily == {"wall.get": pytest.approx((101 + 5) / 5000, abs=0.001)}


def test_thousands_of_links_cost_a_few_requests() -> None:
    """Of very many posts a few hundred are described; the rest is reckoned from them."""
    posts = wall(4_000, 2)
    vk = FakeVk(posts)
    known = reckoned(api_of(vk), "\n".join(f"vk.com/wall-5_{number}" for number in range(1, 4_001)))
    assert known.sources == (4_000, 4_000)
    assert known.comments[0] <= 8_000 <= known.comments[1]
    assert len(vk.requests) <= 4


def test_a_refused_wall_holds_nothing() -> None:
    """A wall that VK closes costs its question and brings no comments."""
    vk = FakeVk(refusals={("wall.get", -5, 0): 15})
    known = reckoned(api_of(vk), "vk.com/wall-5")
    assert (known.sources, known.comments) == ((0, 0), (0, 0))


def test_a_lost_token_is_an_error_and_no_estimate() -> None:
    """What cannot be known is not made up."""
    vk = connect(URL, ("another-token-of-the-tests",), 0, transport=FakeVk().transport(), waits=QUICK)
    with pytest.raises(VkAuthorization):
        reckoned(vk, "vk.com/wall-5")


def test_words_that_cannot_be_read_are_refused() -> None:
    """A search without a word is told so before VK is asked."""
    vk = FakeVk(wall(3))
    with pytest.raises(QueryError):
        reckoned(api_of(vk), "vk.com/wall-5", words='""')
    assert vk.requests == []


@pytest.mark.parametrize(
    ("roots", "calls"), [(0, 0), (99, 0), (100, 0), (101, 1), (199, 1), (200, 2), (10_001, 101)]
)
def test_further_pages_are_counted_as_they_are_asked(roots: int, calls: int) -> None:
    """Neighbouring pages share a comment, so each further one brings 99."""
    assert further_roots(roots) == calls
    page = builders.page(*(builders.comment(n) for n in range(min(roots, PAGE))), declared_level=roots)
    assert further_calls(page).mid == calls


@pytest.mark.parametrize(
    ("replies", "calls"), [(0, 0), (10, 0), (11, 1), (109, 1), (110, 2), (111, 2), (300, 3)]
)
def test_threads_are_counted_as_they_are_asked(replies: int, calls: int) -> None:
    """Ten replies come with their root; each further call brings 99 new ones."""
    assert further_replies(replies) == calls


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "token"), [(3, TOKENS.USER), (7, TOKENS.SERVICE)])
def test_estimates_of_the_synthetic_vk_hold(seed: int, token: str) -> None:
    """Hero posts, walls, boards and albums of a whole world, as VK's servers would tell of them."""
    questions: list[tuple[str, dict[str, Any]]] = [
        (f"wall{CITY.owner_id}", {}),
        (f"wall{SHOP.owner_id}", {"posts": 30}),
        (f"vk.com/{BAND.screen_name}", {"since": date(2026, 5, 1), "until": date(2026, 8, 1)}),
        (f"wall{FOOTBALL.owner_id}_{FOOTBALL.hero_post_id} board{SHOP.id}", {}),
    ]
    if token == TOKENS.USER:
        questions.append((f"albums{CITY.owner_id}", {}))
    with process.start(4_000, seed, rate=0) as running:
        for links, options in questions:
            known = reckoned(connect(running.url, (token,), 0), links, **options)
            assert_holds(known, happened(connect(running.url, (token,), 0), links, **options))


@pytest.mark.slow
def test_what_needs_another_token_is_said() -> None:
    """A service key reads no albums, videos and goods: they are named with what they need."""
    links = f"album{CITY.owner_id}_0 video{BAND.owner_id}_456239001 wall{PRIVATE.owner_id}"
    with process.start(1_500, 7, rate=0) as running:
        known = reckoned(connect(running.url, (TOKENS.SERVICE,), 0), links)
    assert {kind: n for kind, n, _ in known.needs} == {TargetKind.ALBUM: 1, TargetKind.VIDEO: 1}
    assert {what for *_, what in known.needs} == {"user_token"}
    assert known.comments == (0, 0)

"""Packing: how many calls in one request, which error belongs to which call, what follows a refusal."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest

from core.errors import VkAccessDenied, VkCommentsClosed, VkDailyLimit, VkNotFound, VkUnavailable
from core.vk.client import Answer, Meter, RetryWaits, VkClient
from core.vk.execute import ApiCall, NotAsked, Packer, code_of
from core.vk.sizes import MOST_CALLS
from core.vk.throttle import Throttle
from tests.core.vk.fake_vk import TOKEN, URL, FakeVk, answer_error, post


def packer_of(vk: FakeVk) -> Packer:
    """Build a packer that does not sleep."""
    client = VkClient(
        URL,
        TOKEN,
        Throttle(0),
        transport=vk.transport(),
        waits=RetryWaits(attempts=3),
        sleep=lambda cancel, seconds: None,
    )
    return Packer(client)


def call(item: int, weight: int = 1) -> ApiCall:
    """Build the call for the comments of a post."""
    params: dict[str, str | int] = {"owner_id": -5, "post_id": item, "count": 100, "thread_items_count": 10}
    return ApiCall("wall.getComments", params, weight)


def run(packer: Packer, calls: list[ApiCall]) -> list[Any]:
    """Return what each call gave: the ids of its items, or the class of its error."""
    outcomes = packer.run(calls, threading.Event(), Meter())
    return [
        [item["id"] for item in each.response["items"]] if isinstance(each, Answer) else type(each)
        for each in outcomes
    ]


@pytest.fixture
def vk() -> FakeVk:
    """Build a wall of 30 posts with one comment each; post 7 is closed."""
    return FakeVk(
        {(-5, number): {number * 100: []} for number in range(1, 31)},
        refusals={("wall.getComments", -5, 7): 212},
    )


def test_the_program_is_a_literal_list() -> None:
    """A pack is one list of calls with JSON parameters: no loops, nothing to count operations."""
    assert code_of([ApiCall("wall.get", {"owner_id": -1}), ApiCall("users.get", {"user_ids": "1,2"})]) == (
        'return [API.wall.get({"owner_id":-1}),API.users.get({"user_ids":"1,2"})];'
    )


def test_a_pack_is_one_request(vk: FakeVk) -> None:
    """25 calls travel together and every answer goes to its call."""
    places = [number for number in range(1, 27) if number != 7]
    assert run(packer_of(vk), [call(number) for number in places]) == [[number * 100] for number in places]
    assert len(vk.requests) == 1


def test_an_inner_error_belongs_to_its_call(vk: FakeVk) -> None:
    """The n-th false is the n-th error, once the row that repeats the last error is dropped."""
    found = run(packer_of(vk), [call(6), call(7), call(99), call(8)])
    assert found == [[600], VkCommentsClosed, VkNotFound, [800]]
    assert len(vk.requests) == 1


def test_errors_that_cannot_be_told_apart_are_asked_singly(vk: FakeVk) -> None:
    """When there are fewer errors than failures, each failed call is repeated on its own."""
    lost = {"response": [False, False, {"items": [{"id": 1}]}], "execute_errors": []}
    vk.faults = [lambda request: httpx.Response(200, json=lost)]
    assert run(packer_of(vk), [call(7), call(8), call(9)]) == [VkCommentsClosed, [800], [1]]
    assert len(vk.requests) == 3


CLOSED = {"method": "wall.getComments", "error_code": 212, "error_msg": "closed"}
LOST = {"method": "wall.getComments", "error_code": 100, "error_msg": "not found"}


def nameless(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of execute_errors without its method."""
    return {key: value for key, value in row.items() if key != "method"}


@pytest.mark.parametrize(
    "rows",
    [
        [CLOSED, LOST],
        [CLOSED, LOST, {**LOST, "method": "execute"}],
        [nameless(CLOSED), nameless(LOST)],
        [nameless(CLOSED), nameless(LOST), nameless(LOST)],
        [nameless(CLOSED), LOST, {**LOST, "method": "execute"}],
    ],
)
def test_rows_of_errors_are_matched_in_every_known_form(vk: FakeVk, rows: list[dict[str, Any]]) -> None:
    """With or without methods, with or without the row that repeats the last: no call is repeated."""
    body = {"response": [False, {"items": [{"id": 1}]}, False], "execute_errors": rows}
    vk.faults = [lambda request: httpx.Response(200, json=body)]
    assert run(packer_of(vk), [call(7), call(8), call(99)]) == [VkCommentsClosed, [1], VkNotFound]
    assert len(vk.requests) == 1


def test_rows_are_matched_method_by_method(vk: FakeVk) -> None:
    """When rows are missing for one method, the errors of another are still believed."""
    rows = [{"method": "board.getComments", "error_code": 203, "error_msg": "closed"}]
    body = {"response": [False, False], "execute_errors": rows}
    vk.faults = [lambda request: httpx.Response(200, json=body)]
    calls = [call(8), ApiCall("board.getComments", {"group_id": 5, "topic_id": 1})]
    assert run(packer_of(vk), calls) == [[800], VkAccessDenied]
    assert len(vk.requests) == 2


def test_too_many_calls_is_too_large(vk: FakeVk) -> None:
    """VK's other words for error 13 make smaller packs too."""
    vk.faults = [lambda request: answer_error(13, "Too many API calls")]
    packer = packer_of(vk)
    assert len(run(packer, [call(number) for number in range(10, 20)])) == 10
    assert packer.sizes.calls == 5


def test_a_passing_inner_error_is_repeated(vk: FakeVk) -> None:
    """An inner error 10 costs one more request and loses nothing."""
    codes = iter([10])
    vk.before = lambda fake, method, params: fake.refusals.update(
        {("wall.getComments", -5, 3): next(codes, 0)} if params.get("post_id") == "3" else {}
    )
    assert run(packer_of(vk), [call(2), call(3)]) == [[200], [300]]


def test_too_large_is_halved_and_grows_back() -> None:
    """Error 13 halves the pack, nothing is lost, and successes let it grow again, step by step."""
    vk = FakeVk({(-5, number): post(40) for number in range(1, 26)}, most_bytes=60_000)
    packer = packer_of(vk)
    found = run(packer, [call(number) for number in range(1, 26)])
    assert [len(each) for each in found] == [40] * 25
    small = packer.sizes.calls
    assert small < MOST_CALLS
    vk.most_bytes = 5 * 1024 * 1024
    grown = []
    for _ in range(30):
        run(packer, [call(1), call(2)])
        grown.append(packer.sizes.calls)
    assert grown == sorted(grown)
    assert grown[0] < MOST_CALLS == grown[-1]


def test_a_pack_shrunk_to_one_call_grows_back() -> None:
    """When only single calls fitted, they are what shows that more may fit again."""
    vk = FakeVk({(-5, number): post(40) for number in range(1, 5)}, most_bytes=100)
    packer = packer_of(vk)
    calls = [call(number) for number in range(1, 5)]
    assert [len(each) for each in run(packer, calls)] == [40] * 4
    assert packer.sizes.calls == 1
    vk.most_bytes = 5 * 1024 * 1024
    for _ in range(8):
        run(packer, calls[: len(packer.fitting(calls))])
    assert packer.sizes.calls > 1


@pytest.mark.parametrize("code", [3, 12, 15, 28])
def test_a_token_that_may_not_pack_makes_single_calls_for_good(vk: FakeVk, code: int) -> None:
    """A refused execute costs one request; its first call is made, the others go back to whoever asked."""
    vk.execute_error = code
    packer = packer_of(vk)
    assert run(packer, [call(1), call(2), call(3)]) == [[100], NotAsked, NotAsked]
    assert run(packer, [call(2), call(3)]) == [[200], NotAsked]
    assert run(packer, [call(3)]) == [[300]]
    assert [request.url.path.rsplit("/", 1)[-1] for request in vk.requests].count("execute") == 1
    assert len(packer.fitting([call(1), call(2)])) == 1


def test_a_failing_pack_is_tried_in_halves(vk: FakeVk) -> None:
    """A pack the server cannot answer is split until the calls that can be answered are."""
    vk.faults = [lambda request: httpx.Response(500)] * 2
    assert run(packer_of(vk), [call(1), call(2), call(3)]) == [[100], [200], [300]]


def test_an_outage_is_not_hammered(vk: FakeVk) -> None:
    """When VK is away for the first half, it is not asked for the second."""
    vk.faults = [lambda request: httpx.Response(502)] * 500
    assert run(packer_of(vk), [call(number) for number in range(1, 26)]) == [VkUnavailable] * 25
    assert len(vk.requests) < 20


def test_an_answer_of_another_shape_is_asked_singly(vk: FakeVk) -> None:
    """A pack answered with something else than a list of its parts is not believed."""
    vk.faults = [lambda request: httpx.Response(200, json={"response": [1]})]
    assert run(packer_of(vk), [call(1), call(2)]) == [[100], [200]]


def test_a_spent_day_is_an_answer(vk: FakeVk) -> None:
    """The daily limit of a pack is tried with one call alone, and is an answer to it, not a crash."""
    vk.faults = [lambda request: answer_error(29, "Rate limit reached")] * 9
    assert run(packer_of(vk), [call(1), call(2)]) == [VkDailyLimit, NotAsked]

"""One call: what is sent, what comes back, what is repeated, and where the token never appears."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from urllib.parse import parse_qs

import httpx
import pytest

from core.errors import TaskCancelled, VkAuthorization, VkBadRequest, VkError, VkRateLimited, VkUnavailable
from core.vk.client import Meter, RetryWaits, VkClient
from core.vk.throttle import Throttle
from tests.core.vk.fake_vk import TOKEN, URL, FakeVk, answer, answer_error

Fault = Callable[[httpx.Request], httpx.Response]


def client_of(vk: FakeVk, waited: list[float], token: str = TOKEN, jitter: float = 0.0) -> VkClient:
    """Build a client that notes its waits instead of sleeping."""
    clock = itertools.count(0, 10)
    return VkClient(
        URL,
        token,
        Throttle(0, lambda: float(next(clock))),
        transport=vk.transport(),
        waits=RetryWaits(jitter=jitter),
        sleep=lambda cancel, seconds: waited.append(seconds),
        chance=lambda: 1.0,
    )


def refuse(code: int) -> Fault:
    """Answer with one of VK's errors."""
    return lambda request: answer_error(code, "no")


def raise_error(error: type[httpx.TransportError]) -> Fault:
    """Break the connection."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise error("gone", request=request)

    return fail


def reply(status: int, content: bytes, **headers: str) -> Fault:
    """Answer with these bytes."""
    return lambda request: httpx.Response(status, content=content, headers=headers)


def test_a_call_is_a_form_with_the_token_in_the_header_alone() -> None:
    """The token travels in the Authorization header, the version and parameters in the form."""
    vk = FakeVk(faults=[lambda request: answer(7)])
    assert client_of(vk, []).call("wall.get", {"owner_id": -1}, threading.Event()).response == 7
    (request,) = vk.requests
    assert request.method == "POST"
    assert parse_qs(request.content.decode()) == {"owner_id": ["-1"], "v": ["5.199"]}
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in str(request.url) + request.content.decode()


@pytest.mark.parametrize(
    "fault",
    [
        refuse(1),
        refuse(10),
        raise_error(httpx.ConnectTimeout),
        raise_error(httpx.ReadTimeout),
        raise_error(httpx.RemoteProtocolError),
        reply(502, b"<html>Bad gateway</html>"),
        reply(200, b"<html>hello</html>"),
        reply(200, b'{"response": {"items": ['),
        reply(200, b"[]"),
        reply(200, b"not gzip", **{"content-encoding": "gzip"}),
        reply(302, b"", location="https://vk.com/429.html"),
    ],
)
def test_what_passes_by_itself_is_repeated(fault: Fault) -> None:
    """Inner errors, broken connections and answers that are not VK's are tried again."""
    waited: list[float] = []
    vk = FakeVk(faults=[fault, lambda request: answer("well")])
    assert client_of(vk, waited).call("wall.get", {}, threading.Event()).response == "well"
    assert waited == [1.0]


def test_waits_double_and_end() -> None:
    """Five attempts, waits of 1, 2, 4 and 8 seconds, then the error."""
    waited: list[float] = []
    meter = Meter()
    vk = FakeVk(faults=[refuse(10)] * 9)
    with pytest.raises(VkUnavailable):
        client_of(vk, waited).call("wall.get", {}, threading.Event(), meter)
    assert waited == [1.0, 2.0, 4.0, 8.0]
    assert (len(vk.requests), meter.requests, meter.retries) == (5, 5, 4)


def test_waits_are_spread_by_chance() -> None:
    """Jitter lengthens a wait by up to its share, so that clients do not come back together."""
    waited: list[float] = []
    vk = FakeVk(faults=[refuse(1), refuse(1), lambda request: answer(1)])
    client_of(vk, waited, jitter=0.25).call("wall.get", {}, threading.Event())
    assert waited == [1.25, 2.5]


def test_a_full_second_is_not_a_failure() -> None:
    """Error 6 waits a second each time and uses up no attempt, but not for ever."""
    waited: list[float] = []
    vk = FakeVk(faults=[refuse(6)] * 20 + [refuse(10), lambda request: answer(1)])
    client_of(vk, waited).call("wall.get", {}, threading.Event())
    assert waited == [1.0] * 21
    vk.faults = [refuse(6)] * 1000
    with pytest.raises(VkRateLimited):
        client_of(vk, waited).call("wall.get", {}, threading.Event())
    assert 0 < len(vk.faults) < 900


@pytest.mark.parametrize(
    ("fault", "error"),
    [(refuse(5), VkAuthorization), (refuse(8), VkBadRequest), (reply(404, b""), VkBadRequest)],
)
def test_what_does_not_pass_is_not_repeated(fault: Fault, error: type[VkError]) -> None:
    """A refusal or a wrong address is asked once."""
    waited: list[float] = []
    vk = FakeVk(faults=[fault] * 3)
    with pytest.raises(error):
        client_of(vk, waited).call("wall.get", {}, threading.Event())
    assert (len(vk.requests), waited) == (1, [])


def test_a_cancelled_task_calls_nothing() -> None:
    """The event is looked at before each call, also after a wait that it cut short."""
    cancel = threading.Event()
    vk = FakeVk(faults=[refuse(10)] * 3)
    client = VkClient(
        URL, TOKEN, Throttle(0), transport=vk.transport(), sleep=lambda event, seconds: event.set()
    )
    with pytest.raises(TaskCancelled):
        client.call("wall.get", {}, cancel)
    assert len(vk.requests) == 1
    with pytest.raises(TaskCancelled):
        client.call("wall.get", {}, cancel)
    assert len(vk.requests) == 1


def test_what_is_refused_meanwhile_is_not_sent() -> None:
    """A call whose turn comes after its token was put on hold asks VK nothing."""
    vk = FakeVk()
    held = VkAuthorization("on hold")
    with pytest.raises(VkAuthorization) as caught:
        client_of(vk, []).call("wall.get", {}, threading.Event(), refused=lambda method: held)
    assert caught.value is held
    assert vk.requests == []


@pytest.mark.parametrize(("code", "first_s"), [(1, 1.0), (32, 2.0), (43, 4.0)])
def test_the_first_wait_is_the_tables(code: int, first_s: float) -> None:
    """How long the first wait is depends on what VK said; it doubles from there."""
    waited: list[float] = []
    vk = FakeVk(faults=[refuse(code), refuse(code), lambda request: answer(1)])
    client_of(vk, waited).call("wall.get", {}, threading.Event())
    assert waited == [first_s, 2 * first_s]


def test_the_token_is_in_no_error() -> None:
    """Not even when VK repeats it does the token reach a message."""
    leak: Fault = lambda request: answer_error(  # noqa: E731 - one line of a table
        5, f"invalid access_token {TOKEN}", request_params=[{"key": "access_token", "value": TOKEN}]
    )
    client = client_of(FakeVk(faults=[leak]), [])
    with pytest.raises(VkAuthorization) as caught:
        client.call("wall.get", {}, threading.Event())
    shown = f"{caught.value} {caught.value!r} {caught.value.params} {caught.value.hint} {client!r}"
    assert TOKEN not in shown
    assert "invalid access_token" in shown


def test_a_lost_network_says_what_to_do() -> None:
    """When nothing answers, the error names the way out and no address of the token."""
    vk = FakeVk(faults=[raise_error(httpx.ConnectError)] * 9)
    with pytest.raises(VkUnavailable) as caught:
        client_of(vk, []).call("wall.get", {}, threading.Event())
    assert "VK_API_URL" in caught.value.hint

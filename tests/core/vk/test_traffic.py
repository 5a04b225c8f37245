"""What the calls come to: counted by method and outcome, and the difference of clocks."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
import structlog

from core.errors import VkError
from core.metrics import Metrics
from core.vk.client import Meter, RetryWaits, VkClient
from core.vk.execute import ApiCall, Packer
from core.vk.throttle import Throttle
from core.vk.traffic import Traffic, is_wrong
from tests.core.vk.fake_vk import TOKEN, URL, FakeVk, answer, answer_error

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def counted(metrics: Metrics, name: str, *labels: str) -> float:
    """Return a counter's value, 0 for one that never counted."""
    names = {"vkcd_vk_calls_total": ("method", "outcome", "packed"), "vkcd_vk_retries_total": ("reason",)}
    return metrics.registry.get_sample_value(name, dict(zip(names[name], labels, strict=True))) or 0.0


def client_of(vk: FakeVk, metrics: Metrics) -> VkClient:
    """Build a client that does not wait."""
    return VkClient(
        URL,
        TOKEN,
        Throttle(0),
        transport=vk.transport(),
        waits=RetryWaits(jitter=0.0),
        sleep=lambda _cancel, _seconds: None,
        traffic=Traffic(metrics, lambda: NOW),
    )


def failing(request: httpx.Request) -> httpx.Response:
    """Break the connection."""
    raise httpx.ConnectError("gone", request=request)


def test_each_request_counts_by_how_it_ended() -> None:
    """A call that is answered at the fourth attempt is four calls and three retries, each with its reason."""
    metrics = Metrics()
    faults = [
        failing,
        lambda _: answer_error(10, "no"),
        lambda _: answer_error(6, "no"),
        lambda _: answer(1),
    ]
    client_of(FakeVk(faults=faults), metrics).call("wall.get", {}, threading.Event(), Meter())
    outcomes = ("transport", "error_10", "error_6", "ok")
    assert [counted(metrics, "vkcd_vk_calls_total", "wall.get", each, "no") for each in outcomes] == [1] * 4
    assert [counted(metrics, "vkcd_vk_retries_total", each) for each in outcomes] == [1, 1, 1, 0]


def test_an_unknown_error_makes_no_label_of_its_own() -> None:
    """What a server invents as codes does not grow the list of figures."""
    metrics = Metrics()
    vk = FakeVk(faults=[lambda _: answer_error(987_654, "no")])
    with pytest.raises(VkError):
        client_of(vk, metrics).call("wall.get", {}, threading.Event())
    assert counted(metrics, "vkcd_vk_calls_total", "wall.get", "error_other", "no") == 1


def test_packed_calls_count_by_their_own_method_too() -> None:
    """VK counts what is inside an execute one by one, and so do we: well, refused, or untold."""
    metrics = Metrics()
    rows = [{"method": "wall.get", "error_code": 15, "error_msg": "no"}]
    body = {"response": [{"items": []}, False, False], "execute_errors": rows}
    vk = FakeVk(faults=[lambda _: httpx.Response(200, json=body), lambda _: answer({"items": []})])
    calls = [ApiCall("users.get", {}), ApiCall("wall.get", {}), ApiCall("groups.getById", {})]
    Packer(client_of(vk, metrics)).run(calls, threading.Event(), Meter())
    assert counted(metrics, "vkcd_vk_calls_total", "execute", "ok", "no") == 1
    assert counted(metrics, "vkcd_vk_calls_total", "users.get", "ok", "yes") == 1
    assert counted(metrics, "vkcd_vk_calls_total", "wall.get", "error_15", "yes") == 1
    assert counted(metrics, "vkcd_vk_calls_total", "groups.getById", "error_other", "yes") == 1
    assert counted(metrics, "vkcd_vk_calls_total", "groups.getById", "ok", "no") == 1


def test_a_pack_that_is_halved_is_a_retry() -> None:
    """A pack that was too large counts as repeated for that reason."""
    metrics = Metrics()
    faults = [
        lambda _: answer_error(13, "Runtime error: response size is too big"),
        lambda _: answer(1),
        lambda _: answer(2),
    ]
    calls = [ApiCall("users.get", {}), ApiCall("wall.get", {})]
    Packer(client_of(FakeVk(faults=faults), metrics)).run(calls, threading.Event(), Meter())
    assert counted(metrics, "vkcd_vk_retries_total", "error_13") == 1


@pytest.mark.parametrize(
    ("ahead_s", "known_s"),
    [(0, 0), (1, 0), (-1, 0), (90, 89), (-90, -89), (7200, 7199), (-86_400, -86_399)],
)
def test_clocks_are_compared_by_the_date_of_an_answer(ahead_s: int, known_s: int) -> None:
    """The difference is what whole seconds and the way of the answer cannot explain."""
    traffic = Traffic(clock=lambda: NOW)
    traffic.dated(format_datetime(NOW - timedelta(seconds=ahead_s), usegmt=True), NOW)
    assert traffic.ahead == timedelta(seconds=known_s)
    assert is_wrong(traffic.ahead) is (abs(ahead_s) > 60)


def test_a_slow_answer_is_no_difference_of_clocks() -> None:
    """A date between sending and receiving is right, however long that was."""
    traffic = Traffic(clock=lambda: NOW)
    traffic.dated(format_datetime(NOW - timedelta(minutes=4), usegmt=True), NOW - timedelta(minutes=5))
    assert traffic.ahead == timedelta()


@pytest.mark.parametrize("said", [None, "", "yesterday", "Sun, 99 Mar 2026 12:00:00 GMT"])
def test_an_answer_without_a_date_says_nothing(said: str | None) -> None:
    """What is no date leaves what was known."""
    traffic = Traffic(clock=lambda: NOW)
    traffic.dated(said, NOW)
    assert traffic.ahead is None
    assert not is_wrong(traffic.ahead)


def test_a_date_without_a_zone_is_utc() -> None:
    """HTTP dates are GMT, also where the zone is written as unknown."""
    traffic = Traffic(clock=lambda: NOW)
    traffic.dated("Sun, 01 Mar 2026 12:00:00 -0000", NOW)
    assert traffic.ahead == timedelta()


def test_a_wrong_clock_is_said_once_in_the_log() -> None:
    """The warning comes when the difference appears, and again only after it had gone."""
    traffic = Traffic(clock=lambda: NOW)
    wrong, right = (format_datetime(NOW - timedelta(seconds=each), usegmt=True) for each in (600, 0))
    with structlog.testing.capture_logs() as lines:
        for said in (right, wrong, wrong, right, wrong):
            traffic.dated(said, NOW)
    assert [line["ahead_s"] for line in lines] == [599, 599]


def test_the_date_is_read_where_the_answer_is() -> None:
    """A call's answer tells the difference of clocks by itself."""
    headers = {"date": format_datetime(NOW + timedelta(hours=1), usegmt=True)}
    vk = FakeVk(faults=[lambda _: httpx.Response(200, json={"response": 1}, headers=headers)])
    client = client_of(vk, Metrics())
    client.call("wall.get", {}, threading.Event())
    assert client.traffic.ahead == timedelta(minutes=-59, seconds=-59)

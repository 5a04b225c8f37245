"""One call to VK over HTTP: the only place that speaks to VK, holds a token, or retries.

Form POST, the token in the Authorization header alone, one connection pool shared by all threads.
Retry is decided by the class of the error: `VkTransient` again after a growing wait, everything else up.
Parameters are never logged and stand in no error: they may hold a solved captcha.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import orjson
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from core.errors import TaskCancelled, VkBadRequest, VkError, VkRateLimited, VkTransient, VkUnavailable
from core.log import logger
from core.vk import desk
from core.vk.codes import error_of, rule_of
from core.vk.throttle import Sleep, Start, Throttle
from core.vk.tokens import token_id
from core.vk.traffic import Traffic, outcome_of
from core.vk.usage import Usage

VERSION: Final = "5.199"
CONNECTIONS: Final = 64
Refused = Callable[[str], VkError | None]
_SENT: Final = "http11.send_request_body.complete"
_NO_API: Final = "The address of VK's API answered {method} with HTTP {status}."
_DOWN_HINT: Final = "It usually passes within minutes; if not, check the network and VK_API_URL."


@dataclass(frozen=True, slots=True)
class Answer:
    """What VK answered: the `response`, the errors of an execute's inner calls, the size in bytes."""

    response: Any
    size: int
    execute_errors: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class RetryWaits:
    """How often and how long to wait: failures double the wait, a full second does not count as one.

    The waits of the table of codes are in units of `first_s`. Long work gives up when VK has been away, after
    it had answered, for `away_s` seconds.
    """

    attempts: int = 5
    first_s: float = 1.0
    longest_s: float = 30.0
    jitter: float = 0.25
    rate_limited_s: float = 1.0
    rate_limited_for_s: float = 120.0
    away_s: float = 300.0


@dataclass(slots=True)
class Meter:
    """Counts of one piece of work, added to from many threads; `waiting` says what it waits for now."""

    requests: int = 0
    calls: int = 0
    retries: int = 0
    bytes: int = 0
    waiting: tuple[str, int, int, float] | None = None
    """What, attempt, attempts, seconds: ("retry", 2, 5, 4.0)."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *, requests: int = 0, calls: int = 0, retries: int = 0, size: int = 0) -> None:
        """Add to the counts."""
        with self.lock:
            self.requests += requests
            self.calls += calls
            self.retries += retries
            self.bytes += size


USUAL_WAITS: Final = RetryWaits()


class VkClient:
    """Calls VK with one token at that token's speed; raises our errors and never shows the token."""

    def __init__(
        self,
        url: str,
        token: str,
        throttle: Throttle,
        *,
        transport: httpx.BaseTransport | None = None,
        timeout_s: float = 30.0,
        waits: RetryWaits = USUAL_WAITS,
        sleep: Sleep = threading.Event.wait,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        usage: Usage | None = None,
        traffic: Traffic | None = None,
    ) -> None:
        self.throttle = throttle
        self.token_id = token_id(token)
        self.usage = usage or Usage()
        self.traffic = traffic or Traffic()
        self._url = url.rstrip("/") + "/"
        self._token = token
        self.waits = waits
        self._sleep = sleep
        self._clock = clock
        self._chance = chance
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {token}"},
            transport=transport,
            timeout=timeout_s,
            follow_redirects=False,
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        )

    def __repr__(self) -> str:
        return f"VkClient({self._url})"

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def error_of(self, answer: Mapping[str, Any], method: str) -> VkError:
        """Return our error for VK's, without the token in it."""
        return error_of(answer, method, self._token)

    def call(
        self,
        method: str,
        params: Mapping[str, object],
        cancel: threading.Event,
        meter: Meter | None = None,
        *,
        attempts: int | None = None,
        refused: Refused | None = None,
    ) -> Answer:
        """Call one method, again and again while its failures pass by themselves.

        `refused` is asked when the turn has come: its error is raised and nothing is sent. Raises VkError
        when VK says no or stays away for all attempts, TaskCancelled once `cancel` is set.
        """
        meter = meter or Meter()
        tries = _Tries(self.waits, attempts or self.waits.attempts, self._chance, meter, self.traffic)
        retrying = Retrying(
            stop=tries.is_over,
            wait=tries.wait_s,
            retry=retry_if_exception_type(VkTransient),
            before_sleep=tries.begin_waiting,
            sleep=lambda seconds: self._rest(cancel, seconds),
            reraise=True,
        )
        try:
            return retrying(self._once, method, params, cancel, meter, refused)
        finally:
            meter.waiting = None

    def _rest(self, cancel: threading.Event, seconds: float) -> None:
        desk.leave()
        self._sleep(cancel, seconds)

    def _once(
        self,
        method: str,
        params: Mapping[str, object],
        cancel: threading.Event,
        meter: Meter,
        refused: Refused | None,
    ) -> Answer:
        if cancel.is_set():
            raise TaskCancelled("The task was cancelled.")
        desk.leave()
        start = self.throttle.acquire(cancel)
        if refused is not None and (error := refused(method)):
            start.answered()
            raise error
        meter.add(requests=1)
        self.usage.add(self.token_id, method)
        try:
            answer = self._asked(method, params, start, meter)
        except VkError as error:
            self.traffic.called(method, outcome_of(error))
            if isinstance(error, VkRateLimited):
                self.throttle.pause(self.waits.rate_limited_s)
            raise
        self.traffic.called(method, "ok")
        return answer

    def _asked(self, method: str, params: Mapping[str, object], start: Start, meter: Meter) -> Answer:
        try:
            status, body = self._sent(method, params, start)
        except httpx.TimeoutException as error:
            raise _away("VK did not answer in time.", method) from error
        except httpx.TransportError as error:
            reason = type(error).__name__
            raise _away("VK could not be reached ({reason}).", method, reason=reason) from error
        except httpx.DecodingError as error:
            raise _away("VK's answer broke off.", method) from error
        finally:
            start.answered()
        meter.add(size=len(body))
        return self._read(method, status, body)

    def _sent(self, method: str, params: Mapping[str, object], start: Start) -> tuple[int, bytes]:
        """Send a request; return the status and the body, which no response object keeps alive."""
        sent = self.traffic.now()
        with self._http.stream(
            "POST",
            self._url + method,
            data={**params, "v": VERSION},
            extensions={"trace": _Departure(self.throttle, start)},
        ) as answer:
            self.traffic.dated(answer.headers.get("date"), sent)
            return answer.status_code, b"".join(answer.iter_bytes())

    def _read(self, method: str, status: int, content: bytes) -> Answer:
        if status >= 500 or 300 <= status < 400 or status == 429:
            raise _away("VK answered {method} with HTTP {status} instead of data.", method, status=status)
        if status >= 400:
            raise VkBadRequest(_NO_API, hint="Check VK_API_URL.", method=method, status=status)
        desk.take()
        try:
            body = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise _away("VK's answer to {method} is not JSON, or broke off.", method) from error
        if not isinstance(body, dict) or not ("error" in body or "response" in body):
            raise _away("VK's answer to {method} has neither a response nor an error.", method)
        if isinstance(body.get("error"), dict):
            raise self.error_of(body["error"], method)
        inner = body.get("execute_errors")
        return Answer(body.get("response"), len(content), tuple(inner) if isinstance(inner, list) else ())


def _away(template: str, method: str, *, reason: str = "", status: int = 0) -> VkUnavailable:
    return VkUnavailable(template, hint=_DOWN_HINT, method=method, reason=reason, status=status)


@dataclass(frozen=True, slots=True)
class _Departure:
    """Tells the throttle the moment a request has really left (httpcore's trace hook)."""

    throttle: Throttle
    start: Start

    def __call__(self, event: str, _: Mapping[str, Any]) -> None:
        if event == _SENT:
            self.throttle.sent(self.start)


@dataclass(slots=True)
class _Tries:
    """The attempts of one call: failures are counted, full seconds are timed."""

    waits: RetryWaits
    attempts: int
    chance: Callable[[], float]
    meter: Meter
    traffic: Traffic
    failures: int = 0
    limited_s: float = 0.0

    def is_over(self, state: RetryCallState) -> bool:
        """Count the last failure and tell whether it was the last one allowed."""
        if isinstance(_error_of(state), VkRateLimited):
            self.limited_s += self.waits.rate_limited_s
            return self.limited_s > self.waits.rate_limited_for_s
        self.failures += 1
        return self.failures >= self.attempts

    def wait_s(self, state: RetryCallState) -> float:
        """Return the seconds to wait after the last failure, which is not counted yet."""
        is_limited, waits = isinstance(_error_of(state), VkRateLimited), self.waits
        usual = min(waits.longest_s, _first_s(state) * waits.first_s * 2.0**self.failures)
        return (waits.rate_limited_s if is_limited else usual) * (1 + waits.jitter * self.chance())

    def begin_waiting(self, state: RetryCallState) -> None:
        """Note that a call is repeated, and what is waited for."""
        self.meter.add(retries=1)
        self.traffic.repeated(_error_of(state))
        if not isinstance(_error_of(state), VkRateLimited):
            seconds = round(state.upcoming_sleep, 1)
            self.meter.waiting = ("retry", self.failures + 1, self.attempts, seconds)
            logger(__name__).info("VK is asked again", seconds=seconds, reason=str(_error_of(state)))


def _error_of(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome is not None else None


def _first_s(state: RetryCallState) -> float:
    """Return the first wait of this kind of failure, by the table of codes."""
    error = _error_of(state)
    return rule_of(error).wait_s if isinstance(error, VkError) else 1.0

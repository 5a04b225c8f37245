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
from core.vk import desk
from core.vk.codes import error_of, rule_of
from core.vk.throttle import Sleep, Start, Throttle
from core.vk.tokens import token_id
from core.vk.usage import Usage

VERSION: Final = "5.199"
CONNECTIONS: Final = 64
Refused = Callable[[str], VkError | None]
_SENT: Final = "http11.send_request_body.complete"
_DOWN_HINT: Final = "It is tried again by itself; if it lasts, check the network and VK_API_URL."


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
    ) -> None:
        self.throttle = throttle
        self.token_id = token_id(token)
        self.usage = usage or Usage()
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
        tries = _Tries(self.waits, attempts or self.waits.attempts, self._chance, meter)
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
            status, body = self._sent(method, params, start)
        except httpx.TimeoutException as error:
            raise VkUnavailable("VK did not answer in time.", hint=_DOWN_HINT, method=method) from error
        except httpx.TransportError as error:
            message = f"VK could not be reached ({type(error).__name__})."
            raise VkUnavailable(message, hint=_DOWN_HINT, method=method) from error
        except httpx.DecodingError as error:
            raise VkUnavailable("VK's answer broke off.", hint=_DOWN_HINT, method=method) from error
        finally:
            start.answered()
        meter.add(size=len(body))
        try:
            return self._read(method, status, body)
        except VkRateLimited:
            self.throttle.pause(self.waits.rate_limited_s)
            raise

    def _sent(self, method: str, params: Mapping[str, object], start: Start) -> tuple[int, bytes]:
        """Send a request; return the status and the body, which no response object keeps alive."""
        with self._http.stream(
            "POST",
            self._url + method,
            data={**params, "v": VERSION},
            extensions={"trace": _Departure(self.throttle, start)},
        ) as answer:
            return answer.status_code, b"".join(answer.iter_bytes())

    def _read(self, method: str, status: int, content: bytes) -> Answer:
        if status >= 500 or 300 <= status < 400 or status == 429:
            message = f"VK answered {method} with HTTP {status} instead of data."
            raise VkUnavailable(message, hint=_DOWN_HINT, method=method)
        if status >= 400:
            message = f"The address of VK's API answered {method} with HTTP {status}."
            raise VkBadRequest(message, hint="Check VK_API_URL.", method=method)
        desk.take()
        try:
            body = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            message = f"VK's answer to {method} is not JSON, or broke off."
            raise VkUnavailable(message, hint=_DOWN_HINT, method=method) from error
        if not isinstance(body, dict) or not ("error" in body or "response" in body):
            message = f"VK's answer to {method} has neither a response nor an error."
            raise VkUnavailable(message, hint=_DOWN_HINT, method=method)
        if isinstance(body.get("error"), dict):
            raise self.error_of(body["error"], method)
        inner = body.get("execute_errors")
        return Answer(body.get("response"), len(content), tuple(inner) if isinstance(inner, list) else ())


class _Departure:
    """Tells the throttle the moment a request has really left (httpcore's trace hook)."""

    __slots__ = ("_start", "_throttle")

    def __init__(self, throttle: Throttle, start: Start) -> None:
        self._throttle = throttle
        self._start = start

    def __call__(self, event: str, _: Mapping[str, Any]) -> None:
        if event == _SENT:
            self._throttle.sent(self._start)


class _Tries:
    """The attempts of one call: failures are counted, full seconds are timed."""

    def __init__(self, waits: RetryWaits, attempts: int, chance: Callable[[], float], meter: Meter) -> None:
        self._waits = waits
        self._attempts = attempts
        self._chance = chance
        self._meter = meter
        self._failures = 0
        self._limited_s = 0.0

    def is_over(self, state: RetryCallState) -> bool:
        """Count the last failure and tell whether it was the last one allowed."""
        if _is_limited(state):
            self._limited_s += self._waits.rate_limited_s
            return self._limited_s > self._waits.rate_limited_for_s
        self._failures += 1
        return self._failures >= self._attempts

    def wait_s(self, state: RetryCallState) -> float:
        """Return the seconds to wait after the last failure, which is not counted yet."""
        waits = self._waits
        usual = min(waits.longest_s, _first_s(state) * waits.first_s * 2.0**self._failures)
        return (waits.rate_limited_s if _is_limited(state) else usual) * (1 + waits.jitter * self._chance())

    def begin_waiting(self, state: RetryCallState) -> None:
        """Note that a call is repeated, and what is waited for."""
        self._meter.add(retries=1)
        if not _is_limited(state):
            seconds = round(state.upcoming_sleep, 1)
            self._meter.waiting = ("retry", self._failures + 1, self._attempts, seconds)


def _is_limited(state: RetryCallState) -> bool:
    outcome = state.outcome
    return outcome is not None and isinstance(outcome.exception(), VkRateLimited)


def _first_s(state: RetryCallState) -> float:
    """Return the first wait of this kind of failure, by the table of codes."""
    error = state.outcome.exception() if state.outcome is not None else None
    return rule_of(error).wait_s if isinstance(error, VkError) else 1.0

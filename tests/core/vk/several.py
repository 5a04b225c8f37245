"""A VK with several tokens behind httpx's transport, and work that a dispatcher runs against it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import httpx

from core.collect.dispatch import Dispatcher
from core.collect.work import Work
from core.errors import VkError
from core.vk.api import VkApi, connect
from core.vk.client import Answer, Meter, RetryWaits
from core.vk.execute import ApiCall
from core.vk.tokens import token_id
from tests.core.vk.fake_vk import URL

A, B = "token-of-a-user", "token-of-a-service"
QUICK = RetryWaits(attempts=2, first_s=0.0, rate_limited_s=0.0)
CAPTCHA = {"error_code": 14, "error_msg": "Captcha needed"}


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Request:
    """One request as the server saw it."""

    token: str
    method: str
    params: dict[str, str]

    @property
    def calls(self) -> list[str]:
        """Return the methods it asks for: those of a pack one by one."""
        return re.findall(r"API\.(\w+\.\w+)\(", self.params.get("code", "")) or [self.method]


Answering = Callable[[Request, str], Any]


@dataclass
class ManyTokens:
    """Answers each call with `answering(request, method)`: a value, or an error as {"error_code": ...}.

    For the method `execute` None means that the pack is run. Errors inside a pack become rows, which VK
    writes without a subcode.
    """

    answering: Answering
    requests: list[Request] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    extra_row: bool = True

    def connect(self, *tokens: str, clock: Callable[[], datetime] | None = None, **more: Any) -> VkApi:
        """Return the API over these tokens, without a speed limit."""
        transport = httpx.MockTransport(self._handle)
        given = {"clock": clock} if clock else {}
        return connect(URL, tokens, 0, transport=transport, waits=QUICK, may_be_empty=True, **given, **more)

    def by(self, token: str) -> list[Request]:
        """Return the requests of one token."""
        return [request for request in self.requests if request.token == token]

    def _handle(self, request: httpx.Request) -> httpx.Response:
        params = dict(parse_qsl(request.content.decode()))
        token = request.headers["Authorization"].removeprefix("Bearer ")
        seen = Request(token, request.url.path.rsplit("/", 1)[-1], params)
        with self.lock:
            self.requests.append(seen)
        answer = self.answering(seen, seen.method)
        if seen.method == "execute" and answer is None:
            return self._pack(seen)
        if is_error(answer):
            return httpx.Response(200, json={"error": answer})
        return httpx.Response(200, json={"response": answer})

    def _pack(self, request: Request) -> httpx.Response:
        parts: list[Any] = []
        rows: list[dict[str, Any]] = []
        for method in request.calls:
            answer = self.answering(request, method)
            if is_error(answer):
                told = {name: answer[name] for name in answer if name != "error_subcode"}
                rows.append({"method": method, **told})
            parts.append(False if is_error(answer) else answer)
        if rows and self.extra_row:
            rows.append({**rows[-1], "method": "execute"})
        return httpx.Response(200, content=json.dumps({"response": parts, "execute_errors": rows}))


def is_error(answer: object) -> bool:
    """Tell whether a test's answer is an error."""
    return isinstance(answer, dict) and "error_code" in answer


def refused(code: int, **more: Any) -> dict[str, Any]:
    """Return an error as VK writes it."""
    return {"error_code": code, "error_msg": "no", **more}


@dataclass
class Desk:
    """Runs work with a dispatcher and keeps what came of each call."""

    vk: VkApi
    answers: list[tuple[str, Any]] = field(default_factory=list)
    refusals: list[VkError] = field(default_factory=list)
    left: list[Work] = field(default_factory=list)

    def work(self, method: str, number: int) -> list[Work]:
        """Return so many calls of a method."""
        return [self._one(method, each) for each in range(number)]

    def run(self, works: Iterable[Work], in_flight: int = 3) -> Dispatcher:
        """Run the work to its end or to a pause."""
        dispatcher = Dispatcher(self.vk, Meter(), in_flight, threading.Event())
        dispatcher.add(works)
        with ThreadPoolExecutor(dispatcher.threads) as pool:
            for thread in dispatcher.start(pool):
                thread.result(30)
        return dispatcher

    def _one(self, method: str, number: int) -> Work:
        def take(response: Any) -> list[Work]:
            self.answers.append((f"{method}:{number}", response))
            return []

        def refuse(error: VkError) -> list[Work]:
            self.refusals.append(error)
            return []

        def read(answer: Answer) -> Any:
            return answer.response

        return Work(ApiCall(method, {"number": number}), read, take, refuse)


def ids(*tokens: str) -> list[str]:
    """Return what these tokens are called."""
    return [token_id(token) for token in tokens]

"""Each request under an id: in the answer, in the log, in the figures; and the last boundary of the API.

The id is bound where the request begins, so every line that any part logs on its way has it, also from the
threads that routes run in.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.log import bound_contextvars, logger
from dashboard.api import problems
from dashboard.api.callers import path_in_api
from dashboard.services import Services

GOOD_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")
QUIET: Final = frozenset({"/health/live", "/metrics"})
"""Asked every few seconds by machines: worth a line only to who debugs."""
NO_ROUTE: Final = "none"
ROUTE: Final = "dashboard.route"
"""Where the scope says which route an answer is from that came past the router."""
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
HEADERS: Final = ((b"x-content-type-options", b"nosniff"), (b"cache-control", b"private, no-cache"))


@dataclass(slots=True)
class _Entry:
    """What is known of a request so far; `status` 0 while nothing was answered."""

    status: int = 0
    began_s: float = 0.0


class Journal:
    """Names every request, keeps count of it, and answers what nobody else answered for: defects."""

    def __init__(self, app: ASGIApp, services: Callable[[], Services]) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, entry = _request_id(scope), _Entry()
        scope.pop("route", None)  # whoever mounts the API may have left its own there
        began, method, path = time.perf_counter(), scope["method"], path_in_api(scope)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status, entry.began_s = message["status"], time.perf_counter() - began
                _complete(message, request_id)
            await send(message)

        with bound_contextvars(request=request_id):
            try:
                await self._app(scope, receive, tell)
            except ClientDisconnect:
                pass  # nobody is left to be answered
            except Exception as error:  # noqa: BLE001 - the API's boundary
                await self._defect(error, entry, scope, receive, tell)
            finally:
                ms = (time.perf_counter() - began) * 1000
                self._note(method, path, _route(scope), entry, ms)

    async def _defect(
        self, error: Exception, entry: _Entry, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a defect; an answer that has begun is broken off, lest it be taken for a whole one."""
        logger(__name__).error("A request met a defect", exc_info=error)
        self._services().incidents.note(error, "api")
        if entry.status:
            raise ConnectionAbortedError("The answer was broken off; the log says why.") from None
        await problems.answer(error, scope)(scope, receive, send)

    def _note(self, method: str, path: str, route: str, entry: _Entry, ms: float) -> None:
        counted = method if method in METHODS else "other"
        seconds = self._services().metrics.request_seconds
        seconds.labels(counted, route, str(entry.status)).observe(entry.began_s or ms / 1000)
        log = logger(__name__)
        say = log.debug if path in QUIET else log.info
        say("Request", method=counted, path=path, route=route, status=entry.status, ms=round(ms, 1))


def _request_id(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return str(given, "ascii") if GOOD_ID.fullmatch(given) else secrets.token_hex(8)


def _complete(message: Message, request_id: str) -> None:
    """Add the id, and what every answer says unless it says something else."""
    headers = message["headers"] = list(message.get("headers", ()))
    said = {name.lower() for name, _ in headers}
    headers.append((b"x-request-id", request_id.encode()))
    headers += [each for each in HEADERS if each[0] not in said]


def _route(scope: Scope) -> str:
    """Return the route as it is written, with its places, so that no caller's value gets into a label."""
    known: str = scope.get(ROUTE, "")
    return known or getattr(scope.get("route"), "path_format", NO_ROUTE)

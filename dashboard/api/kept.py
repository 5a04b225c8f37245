"""Answers kept in memory: the same question about the same data is not asked of the database twice.

A route that depends on nothing but the datasets says so (`etags.tagged_by_data`); its answer is then given
again, to whoever asks the same, until a dataset's version rises. Callers who ask while it is being made wait
for it. What is kept is the finished bytes, in the encoding that was asked for.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cachetools import LRUCache
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.wording import Lang
from dashboard.api.callers import path_in_api
from dashboard.api.etags import KEPT, is_known, versions_of
from dashboard.api.journal import ROUTE
from dashboard.api.languages import asked_for
from dashboard.services import Services

MOST_BYTES: Final = 32 * 2**20
MOST_BYTES_EACH: Final = 2**20
HEAD_BYTES: Final = 1000
_KEEPABLE: Final = re.compile(r"/(comments|sources|changes|health/data)(/.*)?")
_TICKET: Final = re.compile(rb"(^|&)ticket=")
_REPEATED: Final = frozenset({b"etag", b"cache-control", b"vary"})

Key = tuple[str, bytes, bool, Lang]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, the dataset versions it was made from, and the route it is from."""

    versions: tuple[int, ...]
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    route: str

    @property
    def size(self) -> int:
        """Return about how many bytes it takes."""
        return len(self.body) + HEAD_BYTES


class Kept:
    """Gives answers again while they are right, and lets one caller at a time make each."""

    def __init__(self, app: ASGIApp, services: Callable[[], Services]) -> None:
        self._app = app
        self._services = services
        self._answers: LRUCache[Key, Answer] = LRUCache(MOST_BYTES, lambda answer: answer.size)
        self._making: dict[Key, asyncio.Future[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if not _is_keepable(scope):
            await self._app(scope, receive, send)
            return
        key = _key(scope)
        making = self._making.get(key)
        if making is not None and self._right(key) is None:
            await asyncio.wait([making])
        found = self._right(key)
        if found is not None:
            await _give(found, scope, send)
        elif key in self._making:
            await self._app(scope, receive, send)
        else:
            await self._make(key, scope, receive, send)

    def _right(self, key: Key) -> Answer | None:
        found = self._answers.get(key)
        return found if found is not None and found.versions == versions_of(self._services()) else None

    async def _make(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route answer, and keep what it said if it may be kept."""
        made = self._making[key] = asyncio.get_running_loop().create_future()
        taken = _Taken(send)
        try:
            await self._app(scope, receive, taken.send)
            if taken.is_whole and KEPT in scope:
                route = getattr(scope.get("route"), "path_format", "")
                self._answers[key] = Answer(scope[KEPT], taken.headers, b"".join(taken.pieces), route)
        finally:
            del self._making[key]
            made.set_result(None)


class _Taken:
    """Hands an answer on and takes it down, if it is a right one and not too large."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._left = 0
        self.headers: tuple[tuple[bytes, bytes], ...] = ()
        self.pieces: list[bytes] = []
        self.is_whole = False

    async def send(self, message: Message) -> None:
        """Hand a message on."""
        if message["type"] == "http.response.start" and message["status"] == 200:
            self.headers, self._left = tuple(message["headers"]), MOST_BYTES_EACH
        if message["type"] == "http.response.body":
            self._take(bytes(message.get("body", b"")), is_last=not message.get("more_body", False))
        await self._send(message)

    def _take(self, body: bytes, *, is_last: bool) -> None:
        self._left -= len(body)
        if self._left > 0:
            self.pieces.append(body)
            self.is_whole = is_last


async def _give(found: Answer, scope: Scope, send: Send) -> None:
    """Give a kept answer, or say that the caller has it."""
    scope[ROUTE] = found.route
    status, headers, body = 200, [*found.headers], found.body
    etag = next(value for name, value in found.headers if name == b"etag")
    if is_known(str(_header(scope, b"if-none-match"), "latin-1"), str(etag, "latin-1")):
        status, body = 304, b""
        headers = [each for each in found.headers if each[0] in _REPEATED]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _is_keepable(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and _KEEPABLE.fullmatch(path_in_api(scope)) is not None
        and not _TICKET.search(scope["query_string"])
    )


def _key(scope: Scope) -> Key:
    """Return all that an answer depends on but the data: what is asked, how it is packed, who reads it."""
    is_packed = b"gzip" in _header(scope, b"accept-encoding")
    return path_in_api(scope), scope["query_string"], is_packed, asked_for(Headers(scope=scope))


def _header(scope: Scope, wanted: bytes) -> bytes:
    return b", ".join(value for name, value in scope["headers"] if name == wanted)

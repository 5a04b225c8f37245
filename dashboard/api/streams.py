"""Long answers that give back what they hold as soon as nobody reads them.

A plain stream learns only from its next write that the caller is gone, and waits without end for a caller
who stops reading. This one listens while it writes, gives a caller a bounded time to take each piece, and
closes its source in every case: the reader of an export, the bell of a task's events.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

import anyio
from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from core.errors import TaskCancelled

PIECE_BYTES: Final = 64 * 1024
STALL_S: Final = 20.0
"""How long a caller may take for one piece: less than 4 kB/s is no download."""
LOOK_S: Final = 0.5
BEGINNING: Final = 64
GOING_ON: Final = 8

Pieces = AsyncGenerator[bytes, None]


@dataclass(frozen=True, slots=True)
class Threads:
    """Where blocking sources run, apart from the threads of all other routes, which they must not fill.

    A source that waits for its turn does so among `begin`; those under way go on in `go_on` meanwhile.
    """

    begin: CapacityLimiter
    go_on: CapacityLimiter

    @classmethod
    def apart(cls) -> Threads:
        """Return threads of their own."""
        return cls(CapacityLimiter(BEGINNING), CapacityLimiter(GOING_ON))


class Stream(Response):
    """An answer made while it is read; it ends early when the caller leaves, stalls, or the server stops."""

    def __init__(
        self,
        pieces: Pieces,
        is_stopping: Callable[[], bool],
        *,
        media_type: str,
        headers: Mapping[str, str],
        first: bytes = b"",
        stall_s: float = STALL_S,
    ) -> None:
        self._pieces = pieces
        self._first = first
        self._is_stopping = is_stopping
        self._stall_s = stall_s
        self.status_code = 200
        self.media_type = media_type
        self.background = None
        self.body = b""
        self.init_headers(headers)
        del self.headers["content-length"]

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send the pieces; raise ClientDisconnect when they could not all be sent."""
        is_whole = False
        async with aclosing(self._pieces):
            with anyio.CancelScope() as sending:
                watching = _when_left(receive, self._is_stopping, sending.cancel)
                try:
                    is_whole = await self._sent(send)
                finally:
                    watching.cancel()
        if not is_whole:
            raise ClientDisconnect

    async def _sent(self, send: Send) -> bool:
        """Send head and pieces; tell whether the caller took all of them in time."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        try:
            await self._sent_piece(self._first, send)
            async for piece in self._pieces:
                await self._sent_piece(piece, send)
        except TimeoutError:
            return False
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return True

    async def _sent_piece(self, piece: bytes, send: Send) -> None:
        for start in range(0, len(piece), PIECE_BYTES):
            part = piece[start : start + PIECE_BYTES]
            with anyio.fail_after(self._stall_s):
                await send({"type": "http.response.body", "body": part, "more_body": True})


async def in_threads(pieces: Generator[bytes, None, None], threads: Threads) -> Pieces:
    """Yield what a blocking generator yields, each piece made in one of the threads."""
    limiter = threads.begin
    try:
        while (piece := await to_thread.run_sync(next, pieces, None, limiter=limiter)) is not None:
            limiter = threads.go_on
            yield piece
    finally:
        with anyio.CancelScope(shield=True):
            await to_thread.run_sync(pieces.close, limiter=threads.go_on)


async def first_of(
    pieces: Pieces, receive: Receive, is_stopping: Callable[[], bool], cancel: threading.Event
) -> bytes:
    """Return the first piece, empty when there is none.

    When the caller leaves before, or the server stops, `cancel` is set and ClientDisconnect raised.
    """
    watching = _when_left(receive, is_stopping, cancel.set)
    try:
        return await anext(pieces, b"")
    except TaskCancelled:
        raise ClientDisconnect from None
    finally:
        watching.cancel()


def _when_left(
    receive: Receive, is_stopping: Callable[[], bool], tell: Callable[[], None]
) -> asyncio.Task[None]:
    """Tell once the caller has left, or the server is about to stop; cancel the task to be told no more."""

    async def watch() -> None:
        left = asyncio.ensure_future(_disconnected(receive))
        try:
            while not left.done() and not is_stopping():
                await asyncio.wait([left], timeout=LOOK_S)
        finally:
            left.cancel()
        tell()

    return asyncio.create_task(watch())


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

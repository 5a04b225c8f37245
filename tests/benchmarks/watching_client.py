"""Many visitors of one page without browsers: each keeps its session and asks for what refreshes by itself.

`watching_client.py PORT COUNT PAGE QUERY`: speaks the page's own protocol until its input is closed; says
`ready` once all are in.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


def asking(page: str, query: str, fragment: str = "") -> bytes:
    """Return the message by which a browser asks for a run of the page, or of one part of it."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    message.rerun_script.fragment_id = fragment
    sent: bytes = message.SerializeToString()
    return sent


async def repeat(socket: ClientConnection, every_s: float, message: bytes) -> None:
    """Ask for a part again and again."""
    while True:
        await asyncio.sleep(every_s)
        await socket.send(message)


async def watch(
    port: str, page: str, query: str, entered: asyncio.Semaphore, started: asyncio.Queue[str]
) -> None:
    """Hold one session: draw the page once, then only what it says is to be drawn again."""
    repeated: dict[str, asyncio.Task[None]] = {}
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with entered:
        socket = await connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        await socket.send(asking(page, query))
        await first_run(socket, repeated, page, query)
        await started.put("in")
    async for raw in socket:
        heard(raw, socket, repeated, page, query)


async def first_run(
    socket: ClientConnection, repeated: dict[str, asyncio.Task[None]], page: str, query: str
) -> None:
    """Read until the page has been drawn."""
    async for raw in socket:
        if heard(raw, socket, repeated, page, query) == "script_finished":
            return


def heard(
    raw: str | bytes, socket: ClientConnection, repeated: dict[str, asyncio.Task[None]], page: str, query: str
) -> str | None:
    """Read one message; begin or end what is repeated."""
    message = ForwardMsg()
    message.ParseFromString(raw)  # type: ignore[arg-type]
    kind = message.WhichOneof("type")
    if kind == "auto_rerun":
        part = message.auto_rerun.fragment_id
        if part not in repeated:
            again = repeat(socket, message.auto_rerun.interval, asking(page, query, part))
            repeated[part] = asyncio.create_task(again)
    elif kind == "stop_auto_rerun":
        for part in message.stop_auto_rerun.fragment_ids:
            if task := repeated.pop(part, None):
                task.cancel()
    return kind


async def main(port: str, count: str, page: str, query: str) -> None:
    """Let all visitors in, a few at a time, and keep them until the input is closed."""
    entered, started = asyncio.Semaphore(4), asyncio.Queue[str]()
    visits: list[Coroutine[Any, Any, None]] = [
        watch(port, page, query, entered, started) for _ in range(int(count))
    ]
    watching = [asyncio.create_task(each) for each in visits]
    for _ in watching:
        await started.get()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    for each in watching:
        each.cancel()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5]))

"""Many clients of the API at once, in a process of their own: `load_client.py PORT SECONDS CLIENTS PATHS`.

Each client keeps one connection and asks for the next thing as soon as it has the last answer; `{n}` in a
path becomes another number each time, so that nobody asked that before. Plain sockets are used, because 200
clients of a full library would take the processor that the server needs. The figures go out as JSON.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import sys
import time
from dataclasses import dataclass, field

LIMIT_S = 60.0
NUMBERS = itertools.count(1)


@dataclass(slots=True)
class Seen:
    """What the clients met: seconds of each answer by path, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)


async def main(port: int, for_s: float, clients: int, paths: list[str]) -> None:
    """Ask for so many seconds and print what was seen."""
    seen = Seen()
    end = time.perf_counter() + for_s
    dice = [random.Random(each) for each in range(clients)]  # noqa: S311 - choices that can be repeated
    await asyncio.gather(*(_client(port, end, each, paths, seen) for each in dice))
    print(json.dumps({"seconds": seen.seconds, "errors": seen.errors}))  # noqa: T201


async def _client(port: int, end: float, dice: random.Random, paths: list[str], seen: Seen) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        path = dice.choice(paths)
        asked = path.replace("{n}", str(next(NUMBERS)))
        began = time.perf_counter()
        try:
            status = await asyncio.wait_for(_ask(reader, writer, asked), LIMIT_S)
            problem = "" if status == 200 else str(status)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            problem = type(error).__name__
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        seen.seconds.setdefault(path, []).append(time.perf_counter() - began)
        if problem:
            seen.errors[f"{path} {problem}"] = seen.errors.get(f"{path} {problem}", 0) + 1
    writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    """Send one request, read its answer whole, and return the status."""
    writer.write(f"GET /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = next((line[15:] for line in head.split(b"\r\n") if line.startswith(b"content-length:")), None)
    if length is not None:
        await reader.readexactly(int(length))
    while length is None:
        size = int(await reader.readline(), 16)
        await reader.readexactly(size + 2)
        if not size:
            break
    return int(head[9:12])


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4])))

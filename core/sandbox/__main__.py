"""`python -m core.sandbox`: serve a synthetic VK on loopback and say where, as one line of JSON."""

import argparse
import asyncio
import contextlib
import socket
import sys
import threading

import orjson
import uvicorn

from core.sandbox.app import Server
from core.sandbox.settings import Settings


def _settings(given: argparse.Namespace) -> Settings:
    """Return the settings that were typed."""
    daily = {
        name: int(limit)
        for name, _, limit in (part.partition("=") for part in given.daily.split(",") if part)
    }
    return Settings(
        comments=given.comments,
        seed=given.seed,
        rate=given.rate,
        latency_s=given.latency,
        faults=given.faults,
        service_execute=given.service_execute,
        execute_row=given.execute_row,
        deletions_per_minute=given.deletions_per_minute,
        token_lifetime_s=given.token_lifetime,
        daily=daily,
    )


def _arguments() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(prog="python -m core.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--comments", type=int, default=20_000, help="size of the world")
    parser.add_argument("--seed", type=int, default=7, help="same seed and size, same answers")
    parser.add_argument(
        "--rate", type=float, default=3.0, help="requests per second and token; 0 = unlimited"
    )
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--faults", default="", help="e.g. error10=0.01,http502=0.02,cut=0.01,slow=0.05:1.5")
    parser.add_argument("--service-execute", action="store_true", help="let service tokens call execute")
    parser.add_argument(
        "--execute-row", action="store_true", help="end execute_errors with the older extra row"
    )
    parser.add_argument("--deletions-per-minute", type=float, default=0.0, help="a slow wave of deletions")
    parser.add_argument("--token-lifetime", type=float, default=0.0, help="seconds until user tokens expire")
    parser.add_argument(
        "--daily", default="wall.get=5000", help="calls per token and method, e.g. wall.get=5000"
    )
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when the parent process does")
    return parser


def _end_with_stdin(server: uvicorn.Server) -> None:
    """Stop the server when stdin reaches its end."""
    while sys.stdin.buffer.read(1024):
        pass
    server.should_exit = True


async def _serve(given: argparse.Namespace) -> None:
    """Serve until told to stop."""
    world = Server(_settings(given))
    # Named as TCP, or asyncio leaves Nagle on and every other answer waits 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", given.port))
    listening.listen(256)
    config = uvicorn.Config(
        world.app(), log_level="critical", access_log=False, lifespan="off", timeout_keep_alive=75
    )
    server = uvicorn.Server(config)
    if given.until_stdin_closes:
        threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/method/"
    sys.stdout.write(orjson.dumps({"url": url, "comments": world.world.comments}).decode() + "\n")
    sys.stdout.flush()
    await server.serve(sockets=[listening])


def main() -> None:
    """Read the command line and serve."""
    parser = _arguments()
    with contextlib.suppress(KeyboardInterrupt):
        try:
            asyncio.run(_serve(parser.parse_args()))
        except (ValueError, OSError) as error:
            parser.error(str(error))


if __name__ == "__main__":
    main()

"""A real redis-server for tests: on a socket in a directory of its own, started, paused, killed and ended."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

NO_REDIS = "no redis-server: install it (make test does so as root on Debian) or set REDIS_SERVER=/path/to/it"
STARTS_WITHIN_S = 20.0


def redis_path() -> str | None:
    """Return the program that is the server, if there is one on this machine."""
    named = os.environ.get("REDIS_SERVER")
    return next(
        filter(None, map(shutil.which, [named] if named else ["redis-server", "valkey-server"])), None
    )


def eventually(is_so: Callable[[], bool], within_s: float = 30.0) -> None:
    """Wait until something is so; fails after `within_s`."""
    ends_at = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < ends_at, "it did not become so in time"
        time.sleep(0.005)


class RedisServer:
    """One server process, without persistence unless asked; whatever state it is in, `close` ends it."""

    def __init__(self, *options: str, port: int | None = None) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="vkcd-"))
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self.port = port
        self.start()

    @property
    def url(self) -> str:
        """Return the address for CACHE_URL."""
        if self.port is not None:
            return f"redis://127.0.0.1:{self.port}/0"
        return f"unix://{self._folder}/redis.sock?db=0"

    def client(self, password: str | None = None) -> Redis:
        """Return a client that looks at what is really there."""
        once = Retry(NoBackoff(), 0)
        if self.port is not None:
            return Redis(port=self.port, password=password, retry=once)
        return Redis(unix_socket_path=f"{self._folder}/redis.sock", password=password, retry=once)

    def start(self, *more: str, waits: bool = True) -> None:
        """Start the server, and wait until it answers."""
        program = redis_path()
        assert program is not None
        place = ["--port", str(self.port or 0), "--unixsocket", f"{self._folder}/redis.sock"]
        kept = ["--dir", str(self._folder), "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [program, *place, *kept, *self._options, *more],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if waits:
            eventually(self._answers, STARTS_WITHIN_S)

    def kill(self) -> None:
        """End the server at once, as kill -9 does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """Stop the server without ending it: connections stay open and nothing is answered."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let a paused server go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End the server and remove what it left."""
        if self._process is not None:
            self.go_on()
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _answers(self) -> bool:
        with contextlib.suppress(RedisError, OSError), self.client() as client:
            return client.ping() is True
        with contextlib.suppress(RedisError, OSError), self.client("planted-password") as client:
            return client.ping() is True
        return False


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""An ASGI app behind a real server on a free port, for tests that need real connections."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from tests.running import free_port

LIMIT_S = 20.0


@contextmanager
def served(app: Any) -> Iterator[int]:
    """Serve the app in a thread of this process and give its port."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    yield port
    server.should_exit = True
    thread.join(LIMIT_S)
    assert not thread.is_alive()


def eventually(is_so: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
    """Wait until something is so; fail when it never is."""
    look = threading.Event()
    for _ in range(int(limit_s / 0.02)):
        if is_so():
            return
        look.wait(0.02)
    raise AssertionError("It never came about.")


def asked(port: int, path: str, *, window: int | None = None) -> socket.socket:
    """Ask for a path and read the head and some of the body; the caller closes the connection."""
    connection = asking(port, path, window=window)
    assert connection.recv(1024).startswith(b"HTTP/1.1 200")
    return connection


def asking(port: int, path: str, *, window: int | None = None) -> socket.socket:
    """Ask for a path and read nothing; the caller closes the connection."""
    connection = socket.socket()
    if window is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    connection.settimeout(LIMIT_S)
    connection.connect(("127.0.0.1", port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return connection

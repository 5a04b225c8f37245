"""Hearing that the server is about to stop, before it waits for open connections, and how long it waits."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn

PATIENCE_S: Final = 5
"""How long callers have to take what was sent to them, in whole seconds; Docker kills after ten."""


def tell_when_stopping(stopping: threading.Event) -> Callable[[], None]:
    """Set the event as soon as a signal ends the server, because open event streams would hold it up."""
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for handler in before.values():
        _wait_no_longer(handler)

    def tell(number: int, frame: FrameType | None) -> None:
        stopping.set()
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, tell)

    def forget() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    return forget


def _wait_no_longer(handler: object) -> None:
    """Let the server that handles the signals stop though somebody takes nothing of what was sent to them.

    Such a connection never closes by itself, uvicorn waits for it without end unless told otherwise, and
    Streamlit, which makes the server, does not tell it.
    """
    server = getattr(handler, "__self__", None)
    if isinstance(server, uvicorn.Server):
        server.config.timeout_graceful_shutdown = PATIENCE_S

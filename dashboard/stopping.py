"""Hearing that the server is about to stop, before it waits for open connections."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType


def tell_when_stopping(stopping: threading.Event) -> Callable[[], None]:
    """Set the event as soon as a signal ends the server, because open event streams would hold it up."""
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

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

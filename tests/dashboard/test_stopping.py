"""Hearing of a stop: at once, and with an end to the waiting."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from dashboard.stopping import PATIENCE_S, tell_when_stopping


@pytest.fixture
def server() -> Iterator[uvicorn.Server]:
    """Give a server that hears SIGTERM, as one that runs does."""
    found = uvicorn.Server(uvicorn.Config("nothing:here"))
    before = signal.signal(signal.SIGTERM, found.handle_exit)
    yield found
    signal.signal(signal.SIGTERM, before)


def test_a_signal_is_told_before_the_server_hears_it_and_the_wait_has_an_end(server: uvicorn.Server) -> None:
    """The event is set, the server goes on to stop, and it waits some seconds only for stalled callers."""
    stopping = threading.Event()
    forget = tell_when_stopping(stopping)
    assert server.config.timeout_graceful_shutdown == PATIENCE_S
    signal.raise_signal(signal.SIGTERM)
    assert (stopping.is_set(), server.should_exit) == (True, True)
    forget()
    assert signal.getsignal(signal.SIGTERM) == server.handle_exit


def test_another_thread_takes_no_signals() -> None:
    """Only the main thread may; a server that somebody else runs is left as it is."""
    before = signal.getsignal(signal.SIGTERM)
    forgets: list[object] = []
    thread = threading.Thread(target=lambda: forgets.append(tell_when_stopping(threading.Event())))
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGTERM) == before
    assert len(forgets) == 1

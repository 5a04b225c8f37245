"""One desk at which one thread at a time reads answers, from their JSON to their comments.

The tree of an answer is many times its bytes, and reading holds the interpreter anyway: side by side
nothing is read sooner, and memory holds a tree per thread. Nobody keeps the desk while waiting for VK.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_DESK: Final = threading.Lock()


@dataclass(slots=True)
class _Place:
    is_wanted: bool = False
    is_taken: bool = False


class _Mine(threading.local):
    def __init__(self) -> None:
        self.place = _Place()


_mine: Final = _Mine()


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Let this thread take the desk with its next answer and keep it until here or its next request."""
    _mine.place.is_wanted = True
    try:
        yield
    finally:
        leave()
        _mine.place.is_wanted = False


def take() -> None:
    """Wait for the desk, if this thread wants it."""
    place = _mine.place
    if place.is_wanted and not place.is_taken:
        _DESK.acquire()
        place.is_taken = True


def leave() -> None:
    """Let the next one read."""
    place = _mine.place
    if place.is_taken:
        place.is_taken = False
        _DESK.release()

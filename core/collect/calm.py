"""Fewer searches for garbage while answers are read.

An answer is tens of thousands of small objects that all live until it is read, and none of them needs the
search: it found nothing, and took a fifth of the processor's time, more the longer a run went on.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator
from typing import Final

THRESHOLDS: Final = (50_000, 20, 20)

_lock: Final = threading.Lock()
_before: Final[list[tuple[int, int, int]]] = []


@contextlib.contextmanager
def calm() -> Iterator[None]:
    """Search rarely until the end of the block; runs side by side share the rule."""
    with _lock:
        _before.append(gc.get_threshold())
        gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        with _lock:
            usual = _before.pop()
            if not _before:
                gc.set_threshold(*usual)

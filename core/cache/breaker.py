"""The breaker: after one failure nobody asks the engine any more, until one look in the background succeeds.

The look is taken while all is well too, so that an engine that went away is told before anybody needs it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.errors import CacheError
from core.log import logger


@dataclass(frozen=True, slots=True)
class Patience:
    """How long what may take, in seconds.

    `answer_s`: the engine, each time it is asked. `look_s`: between looks while all is well. `pause_s` up to
    `longest_pause_s`: between looks while it is away, doubling; an outage within `calm_s` of the last one
    goes on from its pause, so that an engine that comes and goes is asked less and less. `lease_s`: until
    somebody else computes what a dead process was computing. `others_s`: for another process that computes.
    """

    answer_s: float = 0.25
    look_s: float = 1.0
    pause_s: float = 1.0
    longest_pause_s: float = 10.0
    calm_s: float = 30.0
    lease_s: float = 5.0
    others_s: float = 60.0


USUAL: Final = Patience()


class Breaker:
    """Whether the shared engine may be asked; safe to use from any thread.

    `look` asks the engine for as little as shows that it works, and raises CacheError when it does not;
    `noticed` is told the first error of each outage.
    """

    def __init__(
        self, look: Callable[[], None], patience: Patience, noticed: Callable[[CacheError], None]
    ) -> None:
        self._look = look
        self._patience = patience
        self._noticed = noticed
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._reason: CacheError | None = None
        self._pause_s = patience.pause_s
        self._next_look = 0.0
        self._recovered_at = float("-inf")
        self._thread = threading.Thread(target=self._watch, name="cache-watch", daemon=True)
        self.outages = 0
        self.failures = 0

    @property
    def reason(self) -> CacheError | None:
        """Return why the engine is not asked; None while it is."""
        return self._reason

    def begin(self) -> None:
        """Look once, so that the state is known from the start, and keep looking in the background."""
        self._look_once()
        self._thread.start()

    def trip(self, error: CacheError) -> None:
        """Stop asking the engine; whoever comes later than the first changes nothing."""
        with self._lock:
            self.failures += 1
            if self._reason is not None:
                return
            now = time.monotonic()
            is_calm = now - self._recovered_at > self._patience.calm_s
            self._pause_s = self._patience.pause_s if is_calm else self._longer()
            self._next_look = now + self._pause_s
            self._reason = error
            self.outages += 1
        logger(__name__).warning("Cache degraded", reason=str(error))
        self._noticed(error)

    def close(self) -> None:
        """Stop looking."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(self._patience.answer_s * 2)

    def _watch(self) -> None:
        while not self._closing.wait(self._wait_s()):
            if self._reason is None or time.monotonic() >= self._next_look:
                self._look_once()

    def _wait_s(self) -> float:
        if self._reason is None:
            return self._patience.look_s
        return max(self._next_look - time.monotonic(), 0.0)

    def _look_once(self) -> None:
        try:
            self._look()
        except CacheError as error:
            if self._reason is None:
                self.trip(error)
            else:
                self._stay_away(error)
        else:
            self._recover()

    def _stay_away(self, error: CacheError) -> None:
        with self._lock:
            self.failures += 1
            self._reason = error
            self._pause_s = self._longer()
            self._next_look = time.monotonic() + self._pause_s

    def _recover(self) -> None:
        with self._lock:
            if self._reason is None:
                return
            self._reason = None
            self._recovered_at = time.monotonic()
        logger(__name__).warning("Cache recovered")

    def _longer(self) -> float:
        return min(self._pause_s * 2, self._patience.longest_pause_s)

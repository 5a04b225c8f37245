"""The key of the server: compared without telling anything by time, and not to be guessed by trying."""

from __future__ import annotations

import hashlib
import hmac
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

from core.config import Settings
from core.log import logger
from dashboard.api.refusals import TooManyAttempts

MOST_ATTEMPTS: Final = 10
WINDOW_S: Final = 60.0
MOST_ADDRESSES: Final = 10_000

Refused = Callable[[], None]
"""What counts a refused key in the figures of the process."""


class Attempts:
    """Wrong keys by address: MOST_ATTEMPTS in WINDOW_S, then nothing is compared until the first is old.

    One table serves the API and the page. The addresses that erred least recently are forgotten first.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def refuse(self, address: str) -> None:
        """Raise TooManyAttempts for an address that has tried too often."""
        now = self._monotonic()
        with self._lock:
            times = self._failed.get(address)
            if times is None or len(times) < MOST_ATTEMPTS:
                return
            wait_s = times[0] + WINDOW_S - now
        if wait_s > 0:
            raise TooManyAttempts(
                "Too many wrong keys came from this address.",
                hint="Wait {wait_s} s, then give the right one.",
                wait_s=math.ceil(wait_s),
            )

    def count(self, address: str) -> None:
        """Remember a wrong key."""
        with self._lock:
            self._failed.setdefault(address, deque(maxlen=MOST_ATTEMPTS)).append(self._monotonic())
            self._failed.move_to_end(address)
            if len(self._failed) > MOST_ADDRESSES:
                self._failed.popitem(last=False)

    def __len__(self) -> int:
        return len(self._failed)


def is_key(given: str, address: str, settings: Settings, attempts: Attempts, refused: Refused) -> bool:
    """Tell whether this is API_KEY; a wrong one is counted and logged, a missing one is just missing.

    Raises TooManyAttempts, before anything is compared.
    """
    assert settings.api_key is not None
    if not given:
        return False
    attempts.refuse(address)
    if hmac.compare_digest(_digest(given), _digest(settings.api_key.reveal())):
        return True
    attempts.count(address)
    refused()
    logger(__name__).warning("A wrong API_KEY was given", address=address)
    return False


def proof(settings: Settings) -> str:
    """Return what the cookie of a visitor holds who gave the key: it is made of the key, and is not it."""
    assert settings.api_key is not None
    return hmac.new(settings.api_key.reveal().encode(), b"page", hashlib.sha256).hexdigest()


def _digest(text: str) -> bytes:
    """Return a digest of one length, so that not even the key's length shows in the time."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

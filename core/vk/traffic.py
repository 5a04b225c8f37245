"""What the calls to VK come to: counted by method and outcome, and how far VK's clock is from ours.

A request counts under its method, a packed one as `execute`; each call inside an `execute` counts under its
own method too, with `packed="yes"`, because VK counts it so. Label values come from closed sets.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from core.errors import VkError
from core.log import logger
from core.metrics import Metrics
from core.vk.codes import RULES
from core.vk.usage import utc_now

PRECISION: Final = timedelta(seconds=1)
"""VK's `Date` has whole seconds."""
TOLERATED: Final = timedelta(minutes=1)
OTHER: Final = "error_other"
"""An error of VK's that this program does not know, or that VK did not tell apart from others."""


class Traffic:
    """Counts of all tokens of one VK, and the last difference of clocks; added to from many threads."""

    def __init__(self, metrics: Metrics | None = None, clock: Callable[[], datetime] = utc_now) -> None:
        self._metrics = metrics or Metrics()
        self._clock = clock
        self._lock = threading.Lock()
        self._ahead: timedelta | None = None

    @property
    def ahead(self) -> timedelta | None:
        """Return how far our clock is ahead of VK's, negative when behind; None while VK has told no time."""
        return self._ahead

    def now(self) -> datetime:
        """Return the time, aware UTC."""
        return self._clock()

    def called(self, method: str, outcome: str, *, packed: bool = False) -> None:
        """Count a call that ended so."""
        self._metrics.vk_calls.labels(method, outcome, "yes" if packed else "no").inc()

    def repeated(self, error: BaseException | None) -> None:
        """Count a call that is made again, by what became of it before."""
        self._metrics.vk_retries.labels(outcome_of(error)).inc()

    def dated(self, said: str | None, sent: datetime) -> None:
        """Compare the `Date` of an answer with our clock between sending and now."""
        moment = _moment(said)
        if moment is None:
            return
        received = self._clock()
        ahead = max(timedelta(), sent - PRECISION - moment) or min(timedelta(), received + PRECISION - moment)
        with self._lock:
            is_news = is_wrong(ahead) and not is_wrong(self._ahead)
            self._ahead = ahead
        if is_news:
            logger(__name__).warning(
                "The system's clock and VK's differ; set the system's clock",
                ahead_s=round(ahead.total_seconds()),
            )


def is_wrong(ahead: timedelta | None) -> bool:
    """Tell whether clocks differ by more than the way of an answer explains."""
    return ahead is not None and abs(ahead) > TOLERATED


def outcome_of(error: BaseException | None) -> str:
    """Name how a call failed: error_<VK's code>, error_other, or transport for no answer of VK's."""
    code = error.vk_code if isinstance(error, VkError) else 0
    if not code:
        return "transport"
    return f"error_{code}" if code in RULES else OTHER


def _moment(said: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""How much one packed call may hold: VK's 25 calls and 5 MB, guessed beforehand from what was seen.

The guess is bytes per expected comment, learned from every pack with how far off it was; a pack is filled
in the order of what waits, leaving out what no longer fits.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final, Protocol

MOST_CALLS: Final = 25
MOST_BYTES: Final = 5 * 1024 * 1024
FIXED_BYTES: Final = 400
FIRST_GUESS_BYTES: Final = 520.0
FIRST_SPREAD: Final = 0.04
LEAST_MARGIN: Final = 0.02
MOST_SPREAD: Final = 0.25
LEAST_WEIGHT: Final = 100
"""Answers that may hold fewer comments say little about the size of one."""
LEAST_SEEN: Final = 500_000
"""Packs of fewer bytes say little about how near to the limit one may go."""
LEARNING: Final = 0.3
MOST_CLASSES: Final = 5_000
GROW_AFTER: Final = 3


class Sized(Protocol):
    """A call with how many comments it may bring, of the class of calls it is one of."""

    @property
    def weight(self) -> int:
        """Return how many comments are expected."""

    @property
    def size_classes(self) -> tuple[str, ...]:
        """Return the names of its classes, the narrowest first."""


class PackSizes:
    """The size of packs of one token: made smaller when VK finds one too large, growing back with success.

    Calls are known by their class, such as first pages of posts: what is expected of those is as wrong for
    one as for another.
    """

    def __init__(self) -> None:
        self.calls = MOST_CALLS
        self._per_comment: dict[str, float] = {}
        self._spread = FIRST_SPREAD
        self._successes = 0
        self._lock = threading.Lock()

    def fitting(self, calls: Sequence[Sized]) -> list[int]:
        """Return the places of the calls that fit into one pack: at least one if there is any."""
        places: list[int] = []
        left = MOST_BYTES / (1 + LEAST_MARGIN + 2 * self._spread)
        for place, call in enumerate(calls):
            if len(places) >= self.calls:
                break
            expected = self._expected(call)
            if expected <= left or not places:
                places.append(place)
                left -= expected
        return places

    def fitted(self, calls: Sequence[Sized], sizes: Sequence[int]) -> None:
        """Learn from a pack that VK answered, with the bytes of each call."""
        with self._lock:
            expected, seen = sum(map(self._expected, calls)), sum(sizes)
            if seen >= LEAST_SEEN:
                self._spread += LEARNING * (min(MOST_SPREAD, abs(seen / expected - 1)) - self._spread)
            self._learn(calls, sizes)
            self._successes += 1
            if self._successes >= GROW_AFTER and self.calls < MOST_CALLS:
                self.calls = min(MOST_CALLS, self.calls + max(1, self.calls // 4))
                self._successes = 0

    def too_large(self, calls: Sequence[Sized]) -> None:
        """Make smaller packs: expect more of comments like these, or when they are few, halve the calls.

        Packs that were under way together are one finding.
        """
        with self._lock:
            self._successes = 0
            expected = sum(map(self._expected, calls))
            if expected > MOST_BYTES / 2:
                for name in {name for call in calls for name in call.size_classes}:
                    before = self._per_comment.get(name, FIRST_GUESS_BYTES)
                    self._per_comment[name] = before * max(1.0, MOST_BYTES / expected)
                self._spread = min(MOST_SPREAD, self._spread + FIRST_SPREAD)
            elif len(calls) // 2 < self.calls:
                self.calls = max(1, len(calls) // 2)

    def failed(self) -> None:
        """Note a pack that failed for another reason: packs do not grow now."""
        with self._lock:
            self._successes = 0

    def _learn(self, calls: Sequence[Sized], sizes: Sequence[int]) -> None:
        if len(self._per_comment) > MOST_CLASSES:
            self._per_comment.clear()
        seen: dict[str, tuple[int, int]] = {}
        for call, size in zip(calls, sizes, strict=True):
            for name in call.size_classes:
                weight, total = seen.get(name, (0, 0))
                seen[name] = (weight + call.weight, total + max(0, size - FIXED_BYTES))
        for name, (weight, total) in seen.items():
            if weight >= LEAST_WEIGHT:
                before = self._per_comment.get(name, total / weight)
                self._per_comment[name] = before + LEARNING * (total / weight - before)

    def _expected(self, call: Sized) -> float:
        known = (self._per_comment[name] for name in call.size_classes if name in self._per_comment)
        return FIXED_BYTES + call.weight * next(known, FIRST_GUESS_BYTES)

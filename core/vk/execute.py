"""Packing: up to 25 independent calls in one `execute`, and what to do when VK refuses that.

Each failed inner call answers `false` and leaves a row in `execute_errors`; rows named "execute" repeat
the last one and are dropped. What failed for a while, or cannot be told apart, is repeated singly. A pack
that is too large is halved and grows back; a token that may not pack makes single calls from then on, and
the calls of a refused pack go back to whoever asked, so that they do not wait for one another.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from core.errors import (
    VkAccessDenied,
    VkBadRequest,
    VkDailyLimit,
    VkError,
    VkMethodRefused,
    VkNotFound,
    VkProtocol,
    VkTooLarge,
    VkTransient,
    VkUnavailable,
)
from core.vk.client import Answer, Meter, VkClient
from core.vk.codes import TOKEN_KIND_CODES, error_of

MOST_CALLS: Final = 25
BUDGET_BYTES: Final = 4_400_000
GROW_AFTER: Final = 4
PACK_ATTEMPTS: Final = 2
FIRST_GUESS_BYTES: Final = 700.0
FIXED_BYTES: Final = 400


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call that waits to be made; `weight` is how many comments its answer may hold."""

    method: str
    params: Mapping[str, str | int]
    weight: int = 1


class NotAsked(VkTransient):
    """The call was not made, because its token may not pack: it has to be asked alone."""


Outcome = Answer | VkError


@dataclass(slots=True)
class Packer:
    """Makes calls with one client, packed as far as its token and VK's limits allow."""

    client: VkClient
    size: int = MOST_CALLS
    may_pack: bool = True
    bytes_per_comment: float = FIRST_GUESS_BYTES
    _successes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def room(self, calls: Sequence[ApiCall]) -> int:
        """Return how many of these calls fit into the next request: at least one if there is any."""
        if not self.may_pack:
            return min(1, len(calls))
        budget = BUDGET_BYTES
        for place, call in enumerate(calls[: self.size]):
            budget -= int(FIXED_BYTES + call.weight * self.bytes_per_comment)
            if budget < 0:
                return max(1, place)
        return min(self.size, len(calls))

    def run(self, calls: Sequence[ApiCall], cancel: threading.Event, meter: Meter) -> list[Outcome]:
        """Make the calls and return each one's answer or error, in order; raises TaskCancelled.

        A token that may not pack makes the first call only; the others are NotAsked.
        """
        if len(calls) == 1 or not self.may_pack:
            skipped: list[Outcome] = [NotAsked("The call is asked alone.") for _ in calls[1:]]
            return self._singles(calls[:1], cancel, meter) + skipped
        try:
            answer = self.client.call(
                "execute", {"code": code_of(calls)}, cancel, meter, attempts=PACK_ATTEMPTS
            )
            return self._unpack(calls, answer, cancel, meter)
        except (VkTooLarge, VkUnavailable) as error:
            self._shrink(len(calls), is_too_large=isinstance(error, VkTooLarge))
            meter.add(retries=1)
            return self._halves(calls, cancel, meter)
        except (VkMethodRefused, VkAccessDenied, VkBadRequest, VkDailyLimit, VkNotFound):
            self.may_pack = False
            return self.run(calls, cancel, meter)
        except VkProtocol:
            return self._singles(calls, cancel, meter)
        except VkError as error:
            return [error] * len(calls)

    def _halves(self, calls: Sequence[ApiCall], cancel: threading.Event, meter: Meter) -> list[Outcome]:
        """Run the calls in two packs; when VK is away for the first, it is not asked for the second."""
        middle = (len(calls) + 1) // 2
        first = self.run(calls[:middle], cancel, meter)
        if all(isinstance(outcome, VkUnavailable) for outcome in first):
            return first + first[-1:] * (len(calls) - middle)
        return first + self.run(calls[middle:], cancel, meter)

    def _singles(self, calls: Sequence[ApiCall], cancel: threading.Event, meter: Meter) -> list[Outcome]:
        """Make the calls one by one; a method this kind of token may not call is asked once."""
        refused: dict[str, VkError] = {}
        outcomes: list[Outcome] = []
        for call in calls:
            outcome = refused.get(call.method) or self._single(call, cancel, meter)
            if isinstance(outcome, VkMethodRefused) and outcome.vk_code in TOKEN_KIND_CODES:
                refused[call.method] = outcome
            if isinstance(outcome, Answer) and self.size == 1:
                self._learn([call], outcome.size)
            outcomes.append(outcome)
        return outcomes

    def _single(self, call: ApiCall, cancel: threading.Event, meter: Meter) -> Outcome:
        meter.add(calls=1)
        try:
            return self.client.call(call.method, call.params, cancel, meter)
        except VkTooLarge as error:
            return VkUnavailable(error.message, hint=error.hint, vk_code=error.vk_code, method=error.method)
        except VkError as error:
            return error

    def _unpack(
        self, calls: Sequence[ApiCall], answer: Answer, cancel: threading.Event, meter: Meter
    ) -> list[Outcome]:
        parts = answer.response
        if not isinstance(parts, list) or len(parts) != len(calls):
            raise VkProtocol("VK's answer to a packed call is not a list of its parts.", method="execute")
        self._learn(calls, answer.size)
        meter.add(calls=len(calls))
        size = answer.size // len(calls)
        outcomes: list[Outcome] = [Answer(part, size) for part in parts]
        failed = [place for place, part in enumerate(parts) if part is False]
        if failed:
            errors = _matched([calls[place] for place in failed], answer.execute_errors)
            for place, error in zip(failed, errors, strict=True):
                if error is not None and not isinstance(error, VkTransient | VkTooLarge):
                    outcomes[place] = error
                elif cancel.is_set():
                    outcomes[place] = VkUnavailable("The task was cancelled.", method=calls[place].method)
                else:
                    outcomes[place] = self._single(calls[place], cancel, meter)
        return outcomes

    def _learn(self, calls: Sequence[ApiCall], size: int) -> None:
        weight = sum(call.weight for call in calls)
        with self._lock:
            if weight >= 100:
                seen = size / weight
                self.bytes_per_comment = max(100.0, 0.7 * self.bytes_per_comment + 0.3 * seen)
            self._successes += 1
            if self._successes >= GROW_AFTER and self.size < MOST_CALLS:
                self.size, self._successes = self.size + 1, 0

    def _shrink(self, calls: int, *, is_too_large: bool) -> None:
        with self._lock:
            self._successes = 0
            if is_too_large:
                self.size = max(1, min(self.size, calls) // 2)
                self.bytes_per_comment *= 1.2


def code_of(calls: Sequence[ApiCall]) -> str:
    """Write the program of an execute: a literal list of calls."""
    parts = (f"API.{call.method}({orjson.dumps(dict(call.params)).decode()})" for call in calls)
    return f"return [{','.join(parts)}];"


def _matched(calls: Sequence[ApiCall], rows: Sequence[Mapping[str, Any]]) -> list[VkError | None]:
    """Give every failed call its error, or None where they cannot be told apart."""
    errors = [row for row in rows if isinstance(row, Mapping) and row.get("method") != "execute"]
    fits = len(errors) == len(calls) and all(
        row.get("method") in (None, call.method) for row, call in zip(errors, calls, strict=True)
    )
    if not fits:
        return [None] * len(calls)
    return [error_of(row, call.method) for row, call in zip(errors, calls, strict=True)]

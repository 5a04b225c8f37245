"""Packing: up to 25 independent calls in one `execute`, and what to do when VK refuses that.

Each failed inner call answers `false` and leaves a row in `execute_errors`; rows named "execute" repeat
the last one and are dropped. What failed for a while, or cannot be told apart, is repeated singly. A pack
that is too large is halved and grows back; a token that may not pack makes single calls from then on, and
the calls of a refused pack go back to whoever asked, so that they do not wait for one another. What an
error says about the token itself is noted in its standing before anybody else asks with it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from core.errors import VkError, VkProtocol, VkTooLarge, VkTransient, VkUnavailable
from core.models import Pause
from core.vk.client import Answer, Meter, VkClient
from core.vk.codes import Action, rule_of
from core.vk.sizes import LEAST_SEEN, PackSizes
from core.vk.tokens import ANY, EXECUTE, Entry, Standing
from core.vk.traffic import OTHER, outcome_of

PACK_ATTEMPTS: Final = 2
_SOURCE: Final = ("owner_id", "group_id", "post_id", "topic_id", "photo_id", "video_id", "item_id")


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call that waits to be made; `weight` is how many comments its answer may hold."""

    method: str
    params: Mapping[str, str | int]
    weight: int = 1

    @property
    def size_classes(self) -> tuple[str, ...]:
        """Return which calls answer with about as many bytes per expected comment, the likest first.

        Later pages are like others of their source; first pages are guessed by another number.
        """
        if "offset" not in self.params and "comment_id" not in self.params:
            return (self.method,)
        source = "_".join(str(self.params.get(name, "")) for name in _SOURCE)
        return (f"{self.method} {source}", f"{self.method} later")


ANYTHING: Final = ApiCall(ANY, {"screen_name": "vk"})


class NotAsked(VkTransient):
    """The call was not made: it has to be asked alone, later, or with another token."""


Outcome = Answer | VkError


@dataclass(slots=True)
class _Turn:
    """One request's turn: who may end it, what counts it, and the answer of a person that goes with it."""

    cancel: threading.Event
    meter: Meter
    entry: Entry
    proof: Mapping[str, str]

    @property
    def is_alone(self) -> bool:
        """Tell whether it carries an answer that was wanted for one call, not for a pack."""
        return bool(self.proof) and self.entry.proved_method != EXECUTE

    @property
    def is_packed(self) -> bool:
        """Tell whether it carries an answer that was wanted for a pack."""
        return bool(self.proof) and self.entry.proved_method == EXECUTE


@dataclass(slots=True)
class Packer:
    """Makes calls with one client, packed as far as its token and VK's limits allow."""

    client: VkClient
    standing: Standing = field(default_factory=Standing)
    sizes: PackSizes = field(default_factory=PackSizes)

    @property
    def token(self) -> str:
        """Return the token's id, never the token."""
        return self.client.token_id

    @property
    def may_pack(self) -> bool:
        """Tell whether VK takes packed calls of this token now."""
        return self.standing.refused(EXECUTE) is None

    @property
    def barred(self) -> dict[str, VkError]:
        """Return the methods this token may never call, with VK's refusals."""
        return dict(self.standing.barred)

    @property
    def holds(self) -> dict[str, Pause]:
        """Return what waits: methods, or "*" for all of them."""
        return self.standing.holds

    def fitting(self, calls: Sequence[ApiCall]) -> list[int]:
        """Return the places of the calls that one request may hold now: at least one if there is any."""
        if not self.may_pack or self.standing.proves() not in (None, EXECUTE):
            return [0] if calls else []
        return self.sizes.fitting(calls)

    def is_full(self, calls: int) -> bool:
        """Tell whether no further call would fit beside so many."""
        return calls >= self.sizes.calls or not self.may_pack

    def run(self, calls: Sequence[ApiCall], cancel: threading.Event, meter: Meter) -> list[Outcome]:
        """Make the calls and return each one's answer or error, in order; raises TaskCancelled.

        A token that may not pack makes the first call only; the others are NotAsked.
        """
        entry = self.standing.enter()
        if entry is None:
            return _not_asked(calls)
        turn = _Turn(cancel, meter, entry, entry.proof)
        try:
            outcomes = self._run(calls, turn)
            if self.standing.is_doubted():
                self._single(ANYTHING, turn)
            return outcomes
        finally:
            if self.standing.leave(entry, is_unused=bool(turn.proof)):
                self.client.close()

    def _run(self, calls: Sequence[ApiCall], turn: _Turn) -> list[Outcome]:
        if turn.is_alone or not self.may_pack or (len(calls) == 1 and not turn.is_packed):
            return [*self._singles(calls[:1], turn), *_not_asked(calls[1:])]
        try:
            answer = self._ask(EXECUTE, {"code": code_of(calls)}, turn, PACK_ATTEMPTS)
            return self._unpack(calls, answer, turn)
        except VkProtocol:
            return self._singles(calls, turn)
        except VkError as error:
            return self._after(error, calls, turn)

    def _after(self, error: VkError, calls: Sequence[ApiCall], turn: _Turn) -> list[Outcome]:
        """Go on after a pack that VK refused as a whole: smaller, singly, or not at all with this token."""
        is_too_large = isinstance(error, VkTooLarge)
        if (is_too_large or isinstance(error, VkUnavailable)) and not (len(calls) == 1 and turn.proof):
            if is_too_large:
                self.sizes.too_large(calls)
            else:
                self.sizes.failed()
            turn.meter.add(retries=1)
            self.client.traffic.repeated(error)
            return self._halves(calls, turn)
        if isinstance(error, VkTransient):
            return [error] * len(calls)
        self.standing.note(EXECUTE, error, turn.entry)
        action = rule_of(error).action
        if action is Action.HOLD_TOKEN:
            return [error] * len(calls)
        if action is not Action.HOLD_METHOD:
            self.standing.bar(EXECUTE, error)
        return [self._single(calls[0], turn), *_not_asked(calls[1:])]

    def _halves(self, calls: Sequence[ApiCall], turn: _Turn) -> list[Outcome]:
        """Run the calls in two packs; when VK is away for the first, it is not asked for the second."""
        middle = (len(calls) + 1) // 2
        first = self._run(calls[:middle], turn)
        if all(isinstance(outcome, VkUnavailable) for outcome in first):
            return first + first[-1:] * (len(calls) - middle)
        return first + (self._run(calls[middle:], turn) if middle < len(calls) else [])

    def _singles(self, calls: Sequence[ApiCall], turn: _Turn) -> list[Outcome]:
        """Make the calls one by one."""
        return [self._single(call, turn) for call in calls]

    def _single(self, call: ApiCall, turn: _Turn) -> Outcome:
        """Make one call, unless the token was refused this method meanwhile."""
        refused = self.standing.refused(call.method)
        if refused is not None:
            return refused
        turn.meter.add(calls=1)
        try:
            answer = self._ask(call.method, call.params, turn)
        except VkTooLarge as error:
            return VkUnavailable(
                error.template,
                hint=error.hint_template,
                vk_code=error.vk_code,
                method=error.method,
                said=error.params.get("said", ""),
            )
        except VkError as error:
            self.standing.note(call.method, error, turn.entry)
            return error
        self.standing.note(call.method, None, turn.entry)
        if self.sizes.calls == 1:
            self.sizes.fitted([call], [answer.size])
        return answer

    def _ask(
        self, method: str, params: Mapping[str, str | int], turn: _Turn, attempts: int | None = None
    ) -> Answer:
        """Make one request; an answer of a person goes with it until VK has read it."""
        try:
            answer = self.client.call(
                method,
                {**params, **turn.proof},
                turn.cancel,
                turn.meter,
                attempts=attempts,
                refused=self.standing.refused,
            )
        except VkTransient:
            raise
        except VkError:
            turn.proof = {}
            raise
        turn.proof = {}
        return answer

    def _unpack(self, calls: Sequence[ApiCall], answer: Answer, turn: _Turn) -> list[Outcome]:
        parts = answer.response
        if not isinstance(parts, list) or len(parts) != len(calls):
            raise VkProtocol(
                "VK's answer to a packed call is not a list of its parts.",
                hint="Report it with the task's log.",
                method=EXECUTE,
            )
        sizes = _sizes(parts, answer.size)
        self.sizes.fitted(calls, sizes)
        turn.meter.add(calls=len(calls))
        self.standing.note(EXECUTE, None, turn.entry)
        for call in calls:
            self.client.usage.add(self.token, call.method)
        outcomes: list[Outcome] = list(map(Answer, parts, sizes))
        failed = [place for place, part in enumerate(parts) if part is False]
        for place in set(range(len(calls))).difference(failed):
            self.standing.note(calls[place].method, None, turn.entry)
            self.client.traffic.called(calls[place].method, "ok", packed=True)
        rows = self._matched([calls[place] for place in failed], answer.execute_errors)
        for place, error in zip(failed, rows, strict=True):
            outcome = OTHER if error is None else outcome_of(error)
            self.client.traffic.called(calls[place].method, outcome, packed=True)
            if error is not None and not isinstance(error, VkTransient | VkTooLarge):
                self.standing.note(calls[place].method, error, turn.entry)
                outcomes[place] = error
            elif turn.cancel.is_set():
                outcomes[place] = VkUnavailable("The task was cancelled.", method=calls[place].method)
            else:
                outcomes[place] = self._single(calls[place], turn)
        return outcomes

    def _matched(self, calls: Sequence[ApiCall], rows: Sequence[Mapping[str, Any]]) -> list[VkError | None]:
        """Give every failed call its error, or None where they cannot be told apart."""
        errors = [row for row in rows if isinstance(row, Mapping) and row.get("method") != EXECUTE]
        if any(row.get("method") is None for row in errors):
            if len(errors) == len(calls) + 1 and errors[-1] == errors[-2]:
                errors.pop()
            is_one_each = len(errors) == len(calls)
            found = dict(enumerate(errors)) if is_one_each else {}
        else:
            found = _by_method(calls, errors)
        return [
            self.client.error_of(found[place], call.method) if place in found else None
            for place, call in enumerate(calls)
        ]


def code_of(calls: Sequence[ApiCall]) -> str:
    """Write the program of an execute: a literal list of calls."""
    parts = (f"API.{call.method}({orjson.dumps(dict(call.params)).decode()})" for call in calls)
    return f"return [{','.join(parts)}];"


def _not_asked(calls: Sequence[ApiCall]) -> list[Outcome]:
    return [NotAsked("The call is asked later.", method=call.method) for call in calls]


def _sizes(parts: Sequence[Any], size: int) -> list[int]:
    """Return the bytes of each part, measured where they matter: of a large answer."""
    if size < LEAST_SEEN:
        return [size // len(parts)] * len(parts)
    return [len(orjson.dumps(part)) for part in parts]


def _by_method(calls: Sequence[ApiCall], rows: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """Match rows to failed calls method by method, as far as each failed call of a method has one."""
    found: dict[int, Mapping[str, Any]] = {}
    for method in {call.method for call in calls}:
        places = [place for place, call in enumerate(calls) if call.method == method]
        errors = [row for row in rows if row["method"] == method]
        if len(places) == len(errors):
            found |= dict(zip(places, errors, strict=True))
    return found

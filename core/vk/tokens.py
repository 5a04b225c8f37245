"""What one token may do at this moment: methods it may never call, holds, and the answer it goes on with.

Refusals and holds come from VK's answers (`core.vk.codes` says which); a hold ends by itself at its time,
by a person's answer, or by force. After an answer one call goes out alone with it, while the others wait.
"""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from core.errors import VkError, VkHumanNeeded
from core.models import Pause, PauseReason
from core.vk.codes import Action, Rule, rule_of
from core.vk.usage import utc_now

ALL: Final = "*"
EXECUTE: Final = "execute"
ANY: Final = "utils.resolveScreenName"
"""A method that every token may call."""
JITTER: Final = 0.2
_UNKNOWN_METHOD: Final = 3
_FIRST: Final = (PauseReason.CAPTCHA, PauseReason.VALIDATION, PauseReason.TOKEN)
_HELD: Final = frozenset({Action.BAR_METHOD, Action.HOLD_METHOD, Action.HOLD_TOKEN})

Kind = Literal["user", "service", "community", "unknown"]


@dataclass(frozen=True, slots=True)
class TokenState:
    """One token as it is shown: never the token itself. None means that it is not known yet."""

    id: str
    number: int
    kind: Kind
    may_execute: bool | None
    methods: dict[str, bool | None]
    checked_at: datetime | None
    problem: VkError | None
    calls_today: dict[str, int]
    limits: dict[str, int]
    pause: Pause | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A turn of one request: the answer it takes along, if any, and which holds are older than it."""

    epoch: int
    proof: Mapping[str, str] = field(default_factory=dict, repr=False)
    proved_method: str = ""


class Standing:
    """The standing of one token with VK; safe to use from any thread."""

    def __init__(
        self,
        token: str = "",
        clock: Callable[[], datetime] = utc_now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.token = token
        self.kind: Kind = "unknown"
        self.checked_at: datetime | None = None
        self.problem: VkError | None = None
        self.allowed: set[str] = set()
        self.barred: dict[str, VkError] = {}
        self.is_removed = False
        self._clock = clock
        self._chance = chance
        self._lock = threading.RLock()
        self._held: dict[str, tuple[Pause, VkError]] = {}
        self._proof: Entry | None = None
        self._is_proving = False
        self._busy = 0
        self._epoch = 0

    @property
    def holds(self) -> dict[str, Pause]:
        """Return what is on hold now: methods, or `ALL` for the token."""
        with self._lock:
            self._lift()
            return {method: pause for method, (pause, _) in self._held.items()}

    def may(self, method: str) -> bool:
        """Tell whether a call of this method may begin now."""
        with self._lock:
            return not self.is_removed and not self._is_proving and self.refused(method) is None

    def refused(self, method: str) -> VkError | None:
        """Return the error that keeps this token from the method, now or for good."""
        with self._lock:
            self._lift()
            for name in (ALL, method):
                if name in self._held:
                    return self._held[name][1]
            return self.barred.get(method)

    def refusal(self, method: str) -> VkError | None:
        """Return why this token may never call the method; None as long as a call under way may tell more.

        Where VK knew no method at all, the same turn asks whether it knows the token.
        """
        with self._lock:
            if self._busy and self._knows_nothing() and ANY not in self.barred:
                return None
            return self.barred.get(method)

    def pause(self, method: str) -> Pause | None:
        """Return what the method, or the whole token, waits for."""
        holds = self.holds
        return holds.get(ALL) or holds.get(method)

    def shown_pause(self) -> Pause | None:
        """Return what the whole token waits for, else what one of its methods does."""
        holds = self.holds
        return holds.get(ALL) or first_pause(holds.values())

    def knows(self, method: str) -> bool | None:
        """Tell whether VK allows the method to this token; None while that is not known."""
        return False if method in self.barred else True if method in self.allowed else None

    def now(self) -> datetime:
        """Return the time, aware UTC."""
        return self._clock()

    def proves(self) -> str | None:
        """Return the method that the next call should be of, since it goes out with a person's answer."""
        proof = self._proof
        return None if proof is None else proof.proved_method

    def enter(self) -> Entry | None:
        """Take the turn of one request; None when it has to wait, or the token is gone."""
        with self._lock:
            if self.is_removed or self._is_proving:
                return None
            proof, self._proof = self._proof, None
            self._is_proving = proof is not None
            self._busy += 1
            return Entry(self._epoch) if proof is None else replace(proof, epoch=self._epoch)

    def leave(self, entry: Entry, *, is_unused: bool) -> bool:
        """End the turn, keep an answer that reached nobody; tell whether a removed token has ended."""
        with self._lock:
            self._busy -= 1
            if entry.proof:
                self._is_proving = False
                if is_unused and self._proof is None and ALL not in self._held:
                    self._proof = entry
            return self.is_removed and not self._busy

    def note(self, method: str, error: VkError | None, entry: Entry) -> None:
        """Learn from an answer to a call of this method, or from its error."""
        rule = None if error is None else rule_of(error)
        with self._lock:
            if error is None or rule is None or rule.action is Action.NEXT_SOURCE:
                self.allowed.add(method)
            elif rule.action is Action.BAR_METHOD:
                self._bar(method, error)
            elif entry.epoch == self._epoch and rule.pause is not None:
                self._hold(method if rule.action is Action.HOLD_METHOD else ALL, rule, error)

    def is_doubted(self) -> bool:
        """Tell whether VK knew none of the methods asked for, so that asking for `ANY` tells more."""
        with self._lock:
            return self._knows_nothing() and ANY not in self.barred

    def bar(self, method: str, error: VkError) -> None:
        """Never call this method with this token again."""
        with self._lock:
            self.barred[method] = error

    def answer(self, answer: Mapping[str, str]) -> None:
        """Go on after a captcha or a validation: the next call goes out alone with this answer."""
        with self._lock:
            error = self._held[ALL][1] if ALL in self._held else None
            proof = {name: answer[name] for name in ("success_token", "captcha_key") if answer.get(name)}
            if "captcha_key" in proof and isinstance(error, VkHumanNeeded):
                proof["captcha_sid"] = error.captcha_sid
            self.release()
            if proof and error is not None:
                self._proof = Entry(self._epoch, proof, error.method)

    def release(self) -> None:
        """End all holds by force; what VK says next decides, not what it says to calls under way."""
        with self._lock:
            self._held.clear()
            self._epoch += 1

    def forget(self) -> None:
        """Forget which methods were refused, to learn it anew."""
        with self._lock:
            self.barred.clear()
            self.allowed.clear()
            self.problem = None

    def remove(self) -> bool:
        """Let nothing begin any more; tell whether nothing is under way."""
        with self._lock:
            self.is_removed = True
            return not self._busy

    def _bar(self, method: str, error: VkError) -> None:
        """Note a refused method; a token that knows not even names is as good as none.

        What VK still says of methods to calls that were under way tells no more about such a token.
        """
        if ALL in self._held and self._held[ALL][0].reason is PauseReason.TOKEN:
            return
        self.barred[method] = error
        if self._knows_nothing() and ANY in self.barred:
            self.barred.clear()
            self._hold(ALL, Rule(type(error), "", "", Action.HOLD_TOKEN, pause=PauseReason.TOKEN), error)

    def _knows_nothing(self) -> bool:
        barred = {name: error.vk_code for name, error in self.barred.items() if name != EXECUTE}
        is_unknown = bool(barred) and all(code == _UNKNOWN_METHOD for code in barred.values())
        return is_unknown and not self.allowed - {EXECUTE}

    def _hold(self, name: str, rule: Rule, error: VkError) -> None:
        """Put a method or all on hold; the first reason stays, because a person may be answering it."""
        self._lift()
        if name in self._held or rule.pause is None:
            return
        until = None
        if rule.wait_s:
            spread = JITTER * self._chance() if rule.pause is PauseReason.FLOOD_CONTROL else 0.0
            until = self._clock() + timedelta(seconds=rule.wait_s * (1 + spread))
        link, is_image = ("", False)
        if isinstance(error, VkHumanNeeded):
            link, is_image = error.link, error.is_image
        self._held[name] = (Pause(rule.pause, link, is_image, until, self.token), error)

    def _lift(self) -> None:
        """End the holds whose time has come."""
        if self._held:
            now = self._clock()
            over = [name for name, (pause, _) in self._held.items() if pause.until and pause.until <= now]
            for name in over:
                del self._held[name]


def token_id(token: str) -> str:
    """Return what a token is called: the beginning of its hash."""
    return hashlib.sha256(token.encode()).hexdigest()[:8]


def is_held(error: object) -> bool:
    """Tell whether an outcome concerns the token alone, so that another one may be asked the same."""
    return isinstance(error, VkError) and rule_of(error).action in _HELD


def first_pause(pauses: Iterable[Pause]) -> Pause | None:
    """Return the pause to show: what a person can end comes first, and the earliest time counts for all."""
    found = sorted(pauses, key=_order)
    if not found:
        return None
    times = [pause.until for pause in found if pause.until is not None]
    return replace(found[0], until=min(times, default=None))


def _order(pause: Pause) -> tuple[int, float]:
    place = _FIRST.index(pause.reason) if pause.reason in _FIRST else len(_FIRST)
    return place, pause.until.timestamp() if pause.until else 0.0

"""Several tokens side by side: which of them may make a call now, and what it waits for when none may."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Final

from core.errors import VkAuthorization, VkError
from core.models import Pause, PauseReason
from core.vk.execute import Packer
from core.vk.tokens import first_pause, token_id

_NO_TOKEN: Final = "No VK token is given."  # noqa: S105 - a sentence


class SeveralTokens:
    """The tokens in use, which come and go while calls are made; safe to use from any thread."""

    def __init__(self, packer_of: Callable[[str], Packer]) -> None:
        self._packer_of = packer_of
        self._packers: tuple[Packer, ...] = ()
        self._lock = threading.Lock()

    @property
    def packers(self) -> tuple[Packer, ...]:
        """Return what makes the calls, one per token."""
        return self._packers

    def add(self, token: str) -> str:
        """Take a token into use and return its id; one that is known already loses its holds."""
        name = token_id(token)
        with self._lock:
            known = next((packer for packer in self._packers if packer.token == name), None)
            if known is None:
                self._packers = (*self._packers, self._packer_of(token))
        if known is not None:
            known.standing.release()
        return name

    def remove(self, name: str) -> None:
        """Use a token no more; what is under way with it ends first."""
        with self._lock:
            gone = [packer for packer in self._packers if packer.token == name]
            self._packers = tuple(packer for packer in self._packers if packer.token != name)
        for packer in gone:
            if packer.standing.remove():
                packer.client.close()

    def able(self, method: str) -> list[Packer]:
        """Return the tokens that may call the method now."""
        return [packer for packer in self._packers if packer.standing.may(method)]

    def refusal(self, method: str) -> VkError | None:
        """Return VK's refusal when no token may ever call the method."""
        refusals = [packer.standing.refusal(method) for packer in self._packers]
        return refusals[0] if refusals and all(refusals) else None

    def hold(self, method: str) -> Pause | None:
        """Return what a method waits for when each token that may call it is on hold, or there is none."""
        packers = self._packers
        if not packers:
            return Pause(PauseReason.TOKEN)
        if any(packer.standing.refused(method) is None for packer in packers):
            return None
        pauses = [packer.standing.pause(method) for packer in packers if method not in packer.barred]
        return first_pause(pause for pause in pauses if pause is not None)

    def why_not(self, method: str) -> VkError | None:
        """Return the error of a call that no token may make now; None when one may, at once or soon."""
        packers = self._packers
        if not packers:
            return VkAuthorization(_NO_TOKEN, hint="Give a VK token.", method=method)
        errors = [packer.standing.refused(method) for packer in packers]
        if None in errors:
            return None
        held = [error for error, packer in zip(errors, packers, strict=True) if method not in packer.barred]
        return (held or errors)[0]

    def answer(self, name: str, answer: Mapping[str, str]) -> str:
        """Go on after a pause with a captcha's answer or another token; return the id of the token meant.

        A new token takes the place of one that VK no longer accepts.
        """
        held = next((packer for packer in self._packers if packer.token == name), None)
        if token := answer.get("token"):
            added = self.add(token)
            pause = held.standing.pause("") if held is not None else None
            if pause is not None and pause.reason is PauseReason.TOKEN and added != name:
                self.remove(name)
            return added
        if held is not None:
            held.standing.answer(answer)
        return name

    def release(self, name: str | None = None) -> None:
        """End the holds of a token, or of all, by force."""
        for packer in self._packers:
            if name in (None, packer.token):
                packer.standing.release()

    def close(self) -> None:
        """Close all connections."""
        for packer in self._packers:
            packer.client.close()

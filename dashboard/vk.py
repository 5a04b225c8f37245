"""The real VK as this process has it: behind its tokens, those of the environment and those of people."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core import log
from core.cache import Cache
from core.config import VK_URL, Secret, Settings
from core.errors import (
    DashboardError,
    NotFound,
    TaskCancelled,
    TaskConflict,
    TaskError,
    VkBadRequest,
    VkError,
    VkMethodRefused,
)
from core.metrics import Metrics
from core.models import PauseReason
from core.secrets import TOKEN, TokenFile
from core.vk.api import VkApi, connect
from core.vk.client import VkClient
from core.vk.tokens import TokenState, token_id

PROBE = "utils.getServerTime"
PROBE_S = 2.0
CHECK_S = 10.0

TokenSource = Literal["environment", "file", "memory"]
CallRow = tuple[date, str, str, int]


@dataclass(frozen=True, slots=True)
class HeldToken:
    """A token as it may be shown: its standing with VK, where it came from, whether it outlives us."""

    state: TokenState
    source: TokenSource
    is_remembered: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """Where calls are counted beyond the process: those stored of today, and how to store more."""

    stored: Callable[[], Sequence[CallRow]] = lambda: ()
    store: Callable[[Sequence[CallRow]], None] = lambda _rows: None


class TokenVk:
    """VK through the tokens of the environment, those in the file, and those given while it runs."""

    def __init__(
        self,
        settings: Settings,
        cache: Cache,
        file: TokenFile,
        counted: Counted = Counted(),
        url: str = VK_URL,
        *,
        metrics: Metrics | None = None,
    ) -> None:
        self._url = settings.vk_api_url or url
        self._file = file
        self._counted = counted
        self._closing = threading.Event()
        self._lock = threading.RLock()
        fixed = [token.reveal() for token in settings.vk_token]
        self._fixed = {token_id(token) for token in fixed}
        self._remembered = {token_id(token): token for token in file.read()}
        self._tokens = {token_id(token): Secret(token) for token in (*fixed, *self._remembered.values())}
        for token in self._tokens.values():
            log.hide(token.reveal())
        self._api = connect(
            self._url,
            [token.reveal() for token in self._tokens.values()],
            settings.vk_requests_per_second,
            cache=cache,
            may_be_empty=True,
            metrics=metrics,
        )
        self._api.usage.restore(counted.stored())

    @property
    def has_any(self) -> bool:
        """Tell whether there is a token."""
        return bool(self._tokens)

    def api(self) -> VkApi:
        """Return VK's API."""
        return self._api

    def begin(self) -> None:
        """Learn what the tokens may do, without waiting for it."""
        if self._tokens:
            self._checking(None)

    def check_again(self) -> list[threading.Thread]:
        """Begin to ask anew about tokens whose check a pause or an outage ended, once nothing holds them."""
        ended = [state for state in self._api.tokens() if state.problem is not None]
        return [self._checking(state.id) for state in ended if state.pause is None]

    def tokens(self) -> list[HeldToken]:
        """Return every token with what is known of it; nothing is asked."""
        return [
            HeldToken(state, self._source(state.id), state.id in self._remembered)
            for state in self._api.tokens()
        ]

    def add(self, token: str, *, remember: bool, limit_s: float = CHECK_S) -> HeldToken:
        """Take one more token and ask VK what it may do, for `limit_s` seconds at most.

        Raises TaskError, without the token in it, for one that VK does not take; it is not kept then.
        """
        token = token.strip()
        if not TOKEN.fullmatch(token):
            raise TaskError(
                "That is no VK token.", hint="Copy it again: letters, digits and signs.", reason="token"
            )
        log.hide(token)
        with self._lock:
            name = token_id(token)
            is_new = name not in self._tokens
            self._tokens[name] = Secret(token)
            self._api.add(token)
        self._checking(name).join(limit_s)
        self._refuse_lost(name, is_new=is_new)
        if remember:
            with self._lock:
                self._file.add(token)
                self._remembered[name] = token
        return self._held(name)

    def replace(self, name: str, token: str) -> None:
        """Take a new token in place of one that VK no longer takes; raises TaskError as `add` does."""
        added = self.add(token, remember=name in self._remembered)
        if name not in self._fixed and name in self._tokens and added.state.id != name:
            self.remove(name)

    def remove(self, name: str) -> None:
        """Forget a token; raises NotFound, and TaskConflict for one that the environment gives."""
        with self._lock:
            if name not in self._tokens:
                raise NotFound("There is no such token.")
            if name in self._fixed:
                raise TaskConflict(
                    "This token comes from VK_TOKEN.", hint="Take it out there and start the program again."
                )
            if name in self._remembered:
                self._file.remove(self._remembered.pop(name))
            del self._tokens[name]
            self._api.remove(name)

    def count(self) -> None:
        """Store the calls that were made since the last time; what cannot be stored is said in the log."""
        rows = self._api.usage.drain()
        if not rows:
            return
        try:
            self._counted.store(rows)
        except DashboardError as error:
            log.logger(__name__).warning("Calls could not be counted", detail=str(error))

    def problem(self) -> DashboardError | None:
        """Ask VK for the time, once and briefly; return what is wrong, None when it answers or is busy."""
        with self._lock:
            token = next(iter(self._tokens.values()), None)
        packer = next(iter(self._api.packers), None)
        if token is None or packer is None:
            return None
        cancel = threading.Event()
        impatience = threading.Timer(PROBE_S, cancel.set)
        impatience.start()
        client = VkClient(
            self._url, token.reveal(), packer.client.throttle, timeout_s=PROBE_S, traffic=self._api.traffic
        )
        try:
            client.call(PROBE, {}, cancel, attempts=1)
        except (VkMethodRefused, TaskCancelled):
            return None
        except VkError as error:
            is_answered = isinstance(error, VkBadRequest) and error.vk_code
            return None if is_answered else error
        finally:
            impatience.cancel()
            client.close()
        return None

    def close(self) -> None:
        """Count what was called and close the connections."""
        self._closing.set()
        self._api.close()

    def _source(self, name: str) -> TokenSource:
        if name in self._fixed:
            return "environment"
        return "file" if name in self._remembered else "memory"

    def _held(self, name: str) -> HeldToken:
        found = next((each for each in self.tokens() if each.state.id == name), None)
        if found is None:
            raise NotFound("There is no such token.")
        return found

    def _checking(self, name: str | None) -> threading.Thread:
        """Begin to ask what a token may do, or all may; whoever waits for the thread may stop waiting."""
        thread = threading.Thread(target=self._check, args=(name,), name="token-check", daemon=True)
        thread.start()
        return thread

    def _check(self, name: str | None) -> None:
        try:
            self._api.probe(name, self._closing)
        except TaskCancelled:
            return
        except DashboardError as error:
            log.logger(__name__).info("The tokens could not be checked", detail=str(error))
        if not self._closing.is_set():
            self.count()

    def _refuse_lost(self, name: str, *, is_new: bool) -> None:
        state = self._held(name).state
        held = next((each.standing.refused("") for each in self._api.packers if each.token == name), None)
        if state.pause is None or state.pause.reason is not PauseReason.TOKEN:
            return
        if is_new:
            self.remove(name)
        template = "VK does not take this token." if held is None else held.template
        values = {} if held is None else held.params
        raise TaskError(template, hint="Copy it again, or give another one.", reason="token", **values)

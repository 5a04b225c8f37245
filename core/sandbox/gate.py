"""Who may call what and how often: versions, tokens, requests per second, calls per day."""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from typing import Final, Literal

from core.sandbox.refusals import Params, Refusal
from core.sandbox.settings import Settings
from core.sandbox.stories import PEOPLE, TOKENS

TokenKind = Literal["user", "service", "community", "narrow"]

USER_ONLY: Final = frozenset(
    {
        "wall.getComment",
        "photos.getComments",
        "photos.getAllComments",
        "video.getComments",
        "market.getComments",
    }
)
_ANY_TOKEN: Final = frozenset({"users.get", "groups.getById", "utils.resolveScreenName", "execute"})
_LOWEST_VERSION: Final = (5, 81)
_COMMUNITY_RATE: Final = 20.0


class Gate:
    """Checks every request before a method sees it."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._started = clock()
        self._starts: dict[str, deque[float]] = defaultdict(deque)
        self._spent: Counter[tuple[str, str]] = Counter()
        self.expired: set[str] = set()

    def kind(self, token: str) -> TokenKind:
        """Return what kind of token this is, refused when it is no valid one."""
        if not token:
            raise Refusal(5, said="User authorization failed: no access_token passed.")
        is_old = bool(self._settings.token_lifetime_s) and (
            self._clock() - self._started > self._settings.token_lifetime_s
        )
        is_user = token == TOKENS.USER or token.startswith(TOKENS.USER + "-")
        if token == TOKENS.EXPIRED or token in self.expired or (is_user and is_old):
            raise Refusal(5, said="User authorization failed: access_token has expired.")
        if is_user:
            return "user"
        kinds: dict[str, TokenKind] = {
            TOKENS.SERVICE: "service",
            TOKENS.COMMUNITY: "community",
            TOKENS.NARROW: "narrow",
        }
        if token not in kinds:
            raise Refusal(5)
        return kinds[token]

    def check_version(self, params: Params) -> None:
        """Refuse calls without a version or with one VK no longer serves."""
        version = params.text("v")
        try:
            major, _, minor = version.partition(".")
            number = (int(major), int(minor or 0))
        except ValueError:
            raise Refusal(8, "v is required") from None
        if number < _LOWEST_VERSION:
            raise Refusal(8, "version is deprecated, use 5.81 or higher")

    def check_rate(self, token: str, kind: TokenKind) -> None:
        """Refuse a request above the rate; refused ones do not count against it."""
        rate = self._settings.rate
        if kind == "community" and rate > 0:
            rate = max(rate, _COMMUNITY_RATE)
        rate = self._settings.rates.get(token, rate)
        if rate <= 0:
            return
        allowed = max(1, math.floor(rate))
        window = allowed / rate
        now = self._clock()
        starts = self._starts[token]
        while starts and now - starts[0] >= window:
            starts.popleft()
        if len(starts) >= allowed:
            raise Refusal(6)
        starts.append(now)

    def check_method(self, method: str, token: str, kind: TokenKind) -> None:
        """Refuse methods this kind of token may not call, and those whose daily quantity is spent."""
        if kind == "community" and method not in _ANY_TOKEN:
            raise Refusal(27)
        if kind == "service" and (
            method in USER_ONLY or (method == "execute" and not self._settings.service_execute)
        ):
            raise Refusal(28)
        if kind == "narrow" and method.partition(".")[0] in ("photos", "video", "market"):
            raise Refusal(15, "no access to call this method with current scopes", error_subcode=1133)
        self._spent[token, method] += 1
        limit = self._settings.daily.get(method, 0)
        if limit and self._spent[token, method] > limit:
            raise Refusal(29)

    def forget_days(self) -> None:
        """Start the daily counters anew."""
        self._spent.clear()


def own_id(kind: TokenKind) -> int:
    """Return the user a token belongs to, 0 when it belongs to none."""
    return PEOPLE[0].id if kind in ("user", "narrow") else 0

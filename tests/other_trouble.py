"""What the second VK does to its clients besides answering, and what it saw of them; all off at first."""

from __future__ import annotations

import random
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

USER_METHODS = {"wall.getComment", "photos.getComments", "video.getComments", "market.getComments"}
SUCCESS = "other-vk-solved"
KEY = "z7hk"
MESSAGES = {
    1: "Unknown error occurred",
    3: "Unknown method passed",
    5: "User authorization failed: invalid access_token (4).",
    6: "Too many requests per second",
    9: "Flood control",
    10: "Internal server error: could not get application",
    13: "Runtime error occurred during code invocation: response size is too big",
    14: "Captcha needed",
    15: "Access denied: no access to call this method",
    17: "Validation required: please open redirect_uri in browser",
    28: "Application authorization failed: method is unavailable with service token",
    29: "Rate limit reached",
}


class Refused(Exception):
    """VK's error object: its number, its sentence and what comes with it."""

    def __init__(self, code: int, message: str = "", **extra: object) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message or MESSAGES.get(code, "Error")
        self.extra = extra


@dataclass
class Refuse:
    """Refuses calls that match; what is empty matches all, `times` below zero is for ever."""

    code: int
    method: str = ""
    token: str = ""
    where: Mapping[str, object] = field(default_factory=dict)
    times: int = -1
    extra: Mapping[str, object] = field(default_factory=dict)

    def check(self, method: str, token: str, params: Mapping[str, str]) -> None:
        """Refuse this call if it matches."""
        is_meant = self.method in ("", method) and self.token in ("", token)
        if self.times and is_meant and all(params.get(k) == str(v) for k, v in self.where.items()):
            self.times -= 1
            raise Refused(self.code, **self.extra)


@dataclass
class Captcha:
    """A captcha for some tokens; each has to answer on the very method it was asked on."""

    style: Literal["page", "picture"] = "page"
    tokens: frozenset[str] = frozenset()
    is_inner: bool = False
    asked: dict[str, tuple[str, str]] = field(default_factory=dict)
    solved: set[str] = field(default_factory=set)

    def check(self, method: str, token: str, params: Mapping[str, str], *, is_inner: bool) -> None:
        """Refuse until the answer comes with the method that was refused."""
        if token in self.solved or (self.tokens and token not in self.tokens):
            return
        if is_inner:
            if self.is_inner:
                raise Refused(14)
            return
        mine = [sid for sid, asked in self.asked.items() if asked == (method, token)]
        if self.style == "page":
            is_right = bool(mine) and params.get("success_token") == SUCCESS
        else:
            is_right = params.get("captcha_sid", "") in mine and params.get("captcha_key") == KEY
        if is_right:
            self.solved.add(token)
            return
        if self.is_inner and method == "execute":
            return
        for sid in mine:
            del self.asked[sid]
        sid = f"9{len(self.asked) + random.Random(method).randrange(10**11):011}"  # noqa: S311
        self.asked[sid] = (method, token)
        if self.style == "page":
            link = f"https://id.vk.example/not_robot?session_token={sid}"
            raise Refused(14, redirect_uri=link, captcha_attempt=1.0, is_sound_captcha_available=True)
        raise Refused(14, captcha_sid=sid, captcha_img=f"https://api.vk.example/captcha.php?sid={sid}&s=1")


@dataclass
class Call:
    """One call as the server saw it: inside which request, and what came of it (0 or VK's code)."""

    request: int
    method: str
    params: dict[str, str]
    token: str
    is_inner: bool
    code: int = 0


@dataclass
class Trouble:
    """Limits, refusals and faults of one server; `seed` makes the faults the same every time."""

    seed: int = 0
    kinds: dict[str, str] = field(default_factory=dict)
    """Further tokens: user, service or community."""
    rates: dict[str, int] = field(default_factory=dict)
    expired: set[str] = field(default_factory=set)
    refusals: list[Refuse] = field(default_factory=list)
    daily: dict[str, int] = field(default_factory=dict)
    captcha: Captcha | None = None
    needs_validation: bool = False
    max_bytes: int = 5 * 1024 * 1024
    faults: dict[str, float] = field(default_factory=dict)
    """Chances of error1, inner10, http502, cut, truncate, html, slow and the like."""
    next: deque[str] = field(default_factory=deque)
    """What happens to the next requests, one each; `ok` is nothing."""
    slow_s: float = 0.2
    spent: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311

    def on_the_way(self) -> str:
        """Return what happens to this request, empty when nothing does."""
        if self.next:
            return self.next.popleft().replace("ok", "")
        return self._drawn(lambda name: not name.startswith("inner"))

    def check(self, method: str, token: str, params: Mapping[str, str], *, is_inner: bool) -> None:
        """Refuse a call that something stands in the way of; count it against the day."""
        if is_inner:
            fault = self._drawn(lambda name: name.startswith("inner"))
            if fault:
                raise Refused(int(fault.removeprefix("inner")))
        for rule in self.refusals:
            rule.check(method, token, params)
        if self.needs_validation and not is_inner:
            raise Refused(17, redirect_uri="https://m.vk.example/login?act=security_check&hash=1")
        if self.captcha:
            self.captcha.check(method, token, params, is_inner=is_inner)
        kind = self.kinds.get(token, "user")
        if kind == "service" and (method in USER_METHODS or method == "execute"):
            raise Refused(28)
        if kind == "community" and method not in {"execute", "users.get", "utils.resolveScreenName"}:
            raise Refused(27, "Group authorization failed: method is unavailable with group auth.")
        self.spent[token, method] += 1
        if method in self.daily and self.spent[token, method] > self.daily[method]:
            raise Refused(29)

    def _drawn(self, is_meant: Any) -> str:
        possible = {name: chance for name, chance in self.faults.items() if is_meant(name)}
        draw = self._random.random() if possible else 1.0
        for name, chance in possible.items():
            draw -= chance
            if draw < 0:
                return name
        return ""


@dataclass
class Seen:
    """What a server saw of its clients."""

    requests: int = 0
    requests_by_token: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    most_per_second: Counter[str] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    log: list[Call] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    """The keys of all comments that were put into an answer, whether or not it arrived."""
    _starts: dict[str, deque[float]] = field(default_factory=dict)

    def start(self, token: str, places: list[str]) -> int:
        """Note a request; return how many this token has started within the last second."""
        now = time.monotonic()
        self.requests += 1
        self.requests_by_token[token] += 1
        self.places.update(places or ["nowhere"])
        starts = self._starts.setdefault(token, deque())
        while starts and starts[0] <= now - 1:
            starts.popleft()
        starts.append(now)
        self.most_per_second[token] = max(self.most_per_second[token], len(starts))
        return len(starts)

    def called(self, call: Call) -> None:
        """Note a call that was answered or refused."""
        self.log.append(call)
        self.calls[call.method] += 1
        if call.code:
            self.refused[call.code] += 1

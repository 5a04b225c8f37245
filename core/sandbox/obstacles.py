"""What stands in the way until a person, a moment or an order removes it: captchas, validation, refusals.

A captcha of style `page` names a page and is answered by its `success_token`; one of style `picture` has a
`captcha_sid` and a picture, answered by both `captcha_sid` and `captcha_key` on the same method.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Literal, Self

from core.sandbox.refusals import Params, Refusal

SUCCESS_TOKEN: Final = "sandbox-solved"  # noqa: S105 - what the captcha's page shows
CAPTCHA_KEY: Final = "oblako"
_FIRST_SID: Final = 300_000_000_001

Style = Literal["page", "picture"]


class BadObstacle(ValueError):
    """An obstacle that cannot be read."""


@dataclass(slots=True)
class Captcha:
    """A captcha for some tokens and methods (none named: all), asked for until each token has solved it."""

    style: Style = "page"
    tokens: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    is_inner: bool = False
    """Whether `execute` itself passes and the calls inside it are refused."""
    solved: set[str] = field(default_factory=set)
    asked: dict[str, str] = field(default_factory=dict)
    """Pictures under way: the method each was shown for, by sid."""

    @classmethod
    def read(cls, order: bool | dict[str, Any]) -> Self | None:
        """Read an order: a switch, or style, tokens, methods and inner."""
        if isinstance(order, bool):
            return cls() if order else None
        style = order.get("style", "page")
        if style not in ("page", "picture") or set(order) - {"style", "tokens", "methods", "inner"}:
            raise BadObstacle("a captcha has style (page or picture), tokens, methods and inner")
        return cls(
            style,
            frozenset(order.get("tokens", ())),
            frozenset(order.get("methods", ())),
            is_inner=bool(order.get("inner")),
        )

    def stands_before(self, method: str, token: str) -> bool:
        """Tell whether this call needs a captcha."""
        return (
            token not in self.solved
            and (not self.tokens or token in self.tokens)
            and (not self.methods or method in self.methods)
        )

    def takes(self, method: str, token: str, params: Params) -> bool:
        """Tell whether a call brings the answer; a picture's sid counts once, right or wrong."""
        if self.style == "page":
            is_right = params.text("success_token") == SUCCESS_TOKEN
        else:
            shown_for = self.asked.pop(params.text("captcha_sid"), "")
            is_right = shown_for == method and params.text("captcha_key").strip().lower() == CAPTCHA_KEY
        if is_right:
            self.solved.add(token)
        return is_right

    def refusal(self, method: str, url: str, number: int) -> Refusal:
        """Return the error that asks for it."""
        if self.style == "page":
            return Refusal(14, redirect_uri=url, is_refresh_enabled=False)
        sid = str(_FIRST_SID + number)
        self.asked[sid] = method
        return Refusal(14, captcha_sid=sid, captcha_img=f"{url}.svg?sid={sid}", captcha_ts=float(number))


@dataclass(slots=True)
class Rule:
    """Refuses calls that match (all that is empty matches), `times` times or until the order is replaced."""

    code: int
    method: str = ""
    token: str = ""
    params: dict[str, str] = field(default_factory=dict)
    subcode: int = 0
    times: int = -1

    def refuse(self, method: str, token: str, params: Params) -> None:
        """Refuse a call that matches."""
        wanted = all(params.text(name) == str(value) for name, value in self.params.items())
        if not self.times or self.method not in ("", method) or self.token not in ("", token) or not wanted:
            return
        self.times -= 1
        extra: dict[str, Any] = {"error_subcode": self.subcode} if self.subcode else {}
        raise Refusal(self.code, **extra)


class Obstacles:
    """The captcha, the validation and the refusals that are in force."""

    def __init__(self) -> None:
        self.captcha: Captcha | None = None
        self.needs_validation = False
        self._rules: list[Rule] = []
        self._asked = 0

    def order(self, rules: list[dict[str, Any]]) -> int:
        """Replace the refusals."""
        try:
            self._rules = [Rule(**rule) for rule in rules]
        except TypeError as error:
            raise BadObstacle("a refusal has code, method, token, params, subcode and times") from error
        return len(self._rules)

    def check(self, method: str, token: str, params: Params, captcha_url: str) -> None:
        """Refuse a request that something stands in the way of."""
        for rule in self._rules:
            rule.refuse(method, token, params)
        if self.needs_validation:
            url = captcha_url.replace("captcha", "validation")
            raise Refusal(17, "please open redirect_uri in browser", redirect_uri=url)
        captcha = self.captcha
        if captcha and captcha.stands_before(method, token) and not captcha.takes(method, token, params):
            if captcha.is_inner and method == "execute":
                return
            self._asked += 1
            raise captcha.refusal(method, captcha_url, self._asked)

    def check_inner(self, method: str, token: str, params: Params) -> None:
        """Refuse a call inside execute; its row tells the number and the sentence, nothing else."""
        for rule in self._rules:
            rule.refuse(method, token, params)
        captcha = self.captcha
        if captcha and captcha.is_inner and captcha.stands_before(method, token):
            raise Refusal(14)

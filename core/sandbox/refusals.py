"""VK's numbered refusals and the parameters of a call."""

from dataclasses import dataclass, field
from typing import Final

MESSAGES: Final[dict[int, str]] = {
    1: "Unknown error occurred",
    3: "Unknown method passed",
    5: "User authorization failed: invalid access_token (4).",
    6: "Too many requests per second",
    8: "Invalid request",
    9: "Flood control",
    10: "Internal server error",
    12: "Unable to compile code",
    13: "Runtime error occurred during code invocation",
    14: "Captcha needed",
    15: "Access denied",
    18: "User was deleted or banned",
    19: "Content blocked",
    27: "Group authorization failed: method is unavailable with group auth.",
    28: "Application authorization failed: method is unavailable with service token.",
    29: "Rate limit reached",
    30: "This profile is private",
    36: "Method execution was interrupted due to timeout",
    43: "This section is temporary unavailable",
    100: "One of the parameters specified was missing or invalid",
    104: "Not found",
    203: "Access to the group is denied",
    212: "Access to post comments denied",
}


class Refusal(Exception):
    """An answer with an error code instead of a response."""

    def __init__(self, code: int, detail: str = "", *, said: str = "", **extra: object) -> None:
        super().__init__(code, detail)
        self.code = code
        said = said or MESSAGES.get(code, "Error")
        self.message = f"{said}: {detail}" if detail else said
        self.extra = extra


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of one call, as texts; each reader says what it expects."""

    values: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        return self.values.get(name, default)

    def flag(self, name: str) -> bool:
        """Return a boolean sent as 0 or 1."""
        return self.text(name).lower() not in ("", "0", "false")

    def number(
        self, name: str, default: int = 0, *, at_least: int | None = None, at_most: int | None = None
    ) -> int:
        """Return a whole number, refused when it is none or out of bounds."""
        raw = self.text(name)
        try:
            value = int(raw) if raw else default
        except ValueError:
            raise Refusal(100, f"{name} not integer") from None
        if at_least is not None and value < at_least:
            raise Refusal(100, f"{name} should be greater or equal to {at_least}")
        if at_most is not None and value > at_most:
            raise Refusal(100, f"{name} should be less or equal to {at_most}")
        return value

    def required(self, name: str) -> int:
        """Return a whole number that has to be there."""
        if not self.text(name):
            raise Refusal(100, f"{name} is undefined")
        return self.number(name)

    def names(self, name: str) -> list[str]:
        """Return a comma-separated list."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed texts; the first is the default."""
        value = self.text(name, allowed[0]) or allowed[0]
        if value not in allowed:
            raise Refusal(100, f"{name} is invalid")
        return value

"""Misbehaviour on order, such as `error1=0.02,inner10=0.01,http502=0.02,cut=0.01,slow=0.05:1.5`.

Each part is a name and a probability; `slow` also takes seconds. Seeded draws, request by request, decide.
`errorN` refuses a call, `innerN` one inside execute, `httpN` answers with that status, `cut` closes the
connection in the middle, `truncate` sends half of the JSON, `html` a page instead of it.
"""

import random
import re
from dataclasses import dataclass
from typing import Final

from core.sandbox.refusals import Params, Refusal

_PART: Final = re.compile(
    r"(?P<name>error\d+|inner\d+|http\d{3}|cut|truncate|html|slow)=(?P<chance>[\d.]+)(?::(?P<seconds>[\d.]+))?"
)
_TRANSPORT: Final = ("http", "cut", "truncate", "html", "slow")


class FaultSpecError(ValueError):
    """A fault specification that cannot be read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of misbehaviour."""

    name: str
    chance: float
    seconds: float = 0.0


def parsed_faults(spec: str) -> tuple[Fault, ...]:
    """Read a specification."""
    found: list[Fault] = []
    for part in filter(None, (piece.strip() for piece in spec.split(","))):
        match = _PART.fullmatch(part)
        if match is None:
            raise FaultSpecError(f"cannot read fault {part!r}; write e.g. error10=0.01 or slow=0.05:1.5")
        found.append(Fault(match["name"], float(match["chance"]), float(match["seconds"] or 1.0)))
    return tuple(found)


class Faults:
    """Draws faults in a fixed order from the seed; switches hold until they are turned off."""

    def __init__(self, spec: str, seed: int) -> None:
        self._random = random.Random(seed)
        self.is_out = False
        """Whether every request is answered with HTTP 502."""
        self._next: list[str] = []
        self._due: Fault | None = None
        self.order(spec)

    def order(self, spec: str) -> None:
        """Replace the specification."""
        self._faults = parsed_faults(spec)
        self.spec = spec

    def order_next(self, names: list[str]) -> None:
        """Say what happens to the next requests, one each; `ok` is nothing."""
        for name in names:
            if name != "ok":
                parsed_faults(f"{name}=1")
        self._next = list(names)

    def transport(self) -> Fault | None:
        """Return what happens to this request on its way, None when nothing does."""
        if self.is_out:
            return Fault("http502", 1.0)
        if not self._next:
            return self._drawn(_TRANSPORT)
        name = self._next.pop(0)
        self._due = Fault(name, 1.0) if name.startswith("error") else None
        return Fault(name, 1.0, 1.0) if name.startswith(_TRANSPORT) else None

    def refuse(self, params: Params, captcha_url: str) -> None:
        """Refuse a call when its turn has come."""
        fault, self._due = self._due or self._drawn(("error",)), None
        if fault is None:
            return
        code = int(fault.name.removeprefix("error"))
        if code != 14:
            raise Refusal(code)
        if not params.text("success_token"):
            raise Refusal(14, redirect_uri=captcha_url, is_refresh_enabled=False)

    def refuse_inner(self) -> None:
        """Refuse a call inside execute when its turn has come."""
        fault = self._drawn(("inner",))
        if fault is not None:
            raise Refusal(int(fault.name.removeprefix("inner")))

    def _drawn(self, kinds: tuple[str, ...]) -> Fault | None:
        """Return one of the faults of those kinds, or none of them."""
        possible = [fault for fault in self._faults if fault.name.startswith(kinds)]
        if not possible:
            return None
        draw = self._random.random()
        for fault in possible:
            draw -= fault.chance
            if draw < 0:
                return fault
        return None

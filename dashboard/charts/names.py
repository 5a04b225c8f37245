"""Where the names of a network stand: beside their nodes, none over another name or over another node."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LETTERS: Final = 11
"""The size of the letters, in pixels."""
SIDES: Final = ("top center", "bottom center", "middle right", "middle left")
"""Where a name may stand, as Plotly calls it, the usual place first."""
HEIGHT: Final = 15.0
GAP: Final = 3.0
"""Between a node and its name, and between two names."""
FIRST: Final = 10
"""So many are named wherever no other name stands, over the fewest nodes; others where they hide none."""
NARROW: Final = frozenset("iljtfrI1.,:;!|'()[]·- гт")
WIDE: Final = frozenset("mwMWжмшщюыфЖМШЩЮЫФД@%—…")


@dataclass(frozen=True, slots=True)
class Node:
    """A node on the picture, in pixels, up is more; what it is called."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a name takes."""

    left: float
    right: float
    low: float
    high: float

    def meets(self, other: Box) -> bool:
        """Tell whether two names would touch."""
        return (
            self.left < other.right + GAP
            and other.left < self.right + GAP
            and self.low < other.high
            and other.low < self.high
        )

    def is_in(self, frame: Box | None) -> bool:
        """Tell whether a name lies wholly in a frame."""
        return frame is None or (
            frame.left <= self.left
            and self.right <= frame.right
            and frame.low <= self.low
            and self.high <= frame.high
        )

    def covers(self, node: Node) -> bool:
        """Tell whether a name would lie over a node."""
        across = node.x - min(max(node.x, self.left), self.right)
        along = node.y - min(max(node.y, self.low), self.high)
        return across**2 + along**2 < node.radius**2


def placed(
    nodes: Sequence[Node], order: Iterable[int], most: int, frame: Box | None = None
) -> dict[int, str]:
    """Return on which side of its node each name stands; what has no room, or is one too many, has none.

    The first in `order` choose first: whom the picture is about is named, however crowded it is there. No
    name reaches out of the `frame`.
    """
    found: dict[int, str] = {}
    boxes: list[Box] = []
    for at in order:
        if len(found) >= most:
            break
        if not nodes[at].name:
            continue
        others = [node for place, node in enumerate(nodes) if place != at and _is_near(node, nodes[at])]
        sides = [(side, each) for side in SIDES if (each := box(nodes[at], side)).is_in(frame)]
        free = [(side, each) for side, each in sides if not any(each.meets(taken) for taken in boxes)]
        clear = [(side, each) for side, each in free if not any(map(each.covers, others))]
        fair = sorted(free, key=lambda each: sum(map(each[1].covers, others))) if len(found) < FIRST else []
        for side, each in (clear or fair)[:1]:
            found[at] = side
            boxes.append(each)
    return found


def box(node: Node, side: str) -> Box:
    """Return the room of a node's name on one of its sides."""
    wide, away = width(node.name), node.radius + GAP
    if side in {"top center", "bottom center"}:
        low = node.y + away if side == "top center" else node.y - away - HEIGHT
        return Box(node.x - wide / 2, node.x + wide / 2, low, low + HEIGHT)
    left = node.x + away if side == "middle right" else node.x - away - wide
    return Box(left, left + wide, node.y - HEIGHT / 2, node.y + HEIGHT / 2)


def width(name: str) -> float:
    """Return how wide a name is at most, in pixels."""
    return sum(_letter(each) for each in name)


def _is_near(one: Node, other: Node) -> bool:
    """Tell whether a name of the one could reach the other."""
    reach = width(other.name) + one.radius + other.radius + 2 * GAP + HEIGHT
    return abs(one.x - other.x) < reach and abs(one.y - other.y) < reach


def _letter(letter: str) -> float:
    if letter in NARROW:
        return 0.5 * LETTERS
    if letter in WIDE:
        return 0.95 * LETTERS
    if ord(letter) >= 0x2E80:
        # Signs of the far east and emoji are as wide as they are high, or more.
        return 1.4 * LETTERS
    return (0.75 if letter.isupper() else 0.62) * LETTERS

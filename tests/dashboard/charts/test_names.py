"""Names in networks can be read: none stands over another, or over a node that is seen."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from dashboard.charts.names import FIRST, SIDES, Box, Node, box, placed, width

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяABCabcmwil ."


def layout(seed: int) -> list[Node]:
    """Return nodes anywhere on the picture, their names of any length."""
    chance = np.random.default_rng(seed)
    return [
        Node(
            chance.uniform(-290, 290),
            chance.uniform(-290, 290),
            chance.uniform(2.5, 17),
            "".join(chance.choice(list(LETTERS), chance.integers(0, 23))),
        )
        for _ in range(chance.choice([5, 60, 250]))
    ]


@pytest.mark.parametrize("seed", range(40))
def test_no_two_names_overlap(seed: int) -> None:
    """Whatever the layout and however long the names: they are apart, only the first names hide nodes."""
    nodes = layout(seed)
    sides = placed(nodes, range(len(nodes)), 30)
    boxes = {at: box(nodes[at], side) for at, side in sides.items()}
    assert not [pair for pair in combinations(boxes.values(), 2) if _overlap(*pair)]
    later = list(boxes)[FIRST:]
    hidden = [(at, other) for at in later for other in range(len(nodes)) if at != other]
    assert not [(at, other) for at, other in hidden if boxes[at].covers(nodes[other])]
    assert 0 < len(sides) <= 30


def _overlap(one: Box, other: Box) -> bool:
    return max(one.left, other.left) < min(one.right, other.right) and max(one.low, other.low) < min(
        one.high, other.high
    )


def test_a_name_takes_as_much_room_as_it_is_long() -> None:
    """Short names stand closer than a fixed room would let them; a long one keeps others away."""
    near = [Node(0, 0, 5, "Ян"), Node(40, 0, 5, "Ия")]
    assert placed(near, (0, 1), 30) == {0: "top center", 1: "top center"}
    long = [Node(0, 0, 5, "Александра Константин"), Node(40, 0, 5, "Ия")]
    assert placed(long, (0, 1), 30) == {0: "top center", 1: "bottom center"}


def test_a_name_goes_where_it_hides_no_node() -> None:
    """Another node above turns a name to another side; the first are named over the fewest nodes."""
    nodes = [Node(0, 0, 5, "Анна"), Node(0, 20, 12, "")]
    assert placed(nodes, (0, 1), 30) == {0: "bottom center"}
    around = ((0, 15), (8, 15), (0, -15), (8, -15), (22, 0), (-22, 0), (-30, 0))
    crowded = [Node(0, 0, 5, "Анна"), *(Node(x, y, 4, "") for x, y in around)]
    assert placed(crowded, (0,), 30) == {0: "middle right"}
    # Those who come later are not named there.
    apart = [Node(1000 * at, 1000, 5, str(at)) for at in range(1, FIRST + 1)]
    assert 0 not in placed([*crowded, *apart], (*range(len(crowded), len(crowded) + FIRST), 0), 30)


def test_all_sides_are_beside_the_node() -> None:
    """No name lies over its own node, and wide letters make it wider."""
    node = Node(3, 4, 10, "Анна")
    assert not [side for side in SIDES if box(node, side).covers(node)]
    assert width("ШЩШ") > width("ссс") > width("iii")

"""Colours can be told from what they stand on, in both themes."""

from itertools import combinations

import numpy as np
import pytest

from dashboard.charts.drawings import LINES
from dashboard.charts.figure import PALETTES
from dashboard.charts.webs import GROUPS, REST

TEXTS = ("@ink", "@muted", "@pick")
"""What letters are written in: titles, captions and labels, the button that lets a selection go."""
BARS = ("@main", "@bar", "@second", "@pick", *LINES, *GROUPS, REST)
"""What holds an amount; pale is context only, and its number is in the label that comes with it."""


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    """Black on white is 21:1, and the order does not matter."""
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", PALETTES)
def test_texts_can_be_read(theme: str) -> None:
    """Every text stands out by 4.5:1, also over a button that the mouse is on and in the dark note."""
    colours = PALETTES[theme]
    weak = {name for name in TEXTS if _contrast(colours[name], colours["@surface"]) < 4.5}
    assert weak == set()
    assert _contrast(colours["@ink"], colours["@seq0"]) >= 4.5


@pytest.mark.parametrize("theme", PALETTES)
def test_amounts_can_be_seen(theme: str) -> None:
    """Bars, lines, marks and the outline of what is focused stand out by 3:1."""
    colours = PALETTES[theme]
    weak = {name for name in BARS if _contrast(colours[name], colours["@surface"]) < 3}
    assert weak == set()


@pytest.mark.parametrize("theme", PALETTES)
def test_parts_of_a_bar_are_told_apart(theme: str) -> None:
    """Threads and replies differ in lightness, so that they do with every kind of colour vision."""
    assert _contrast(PALETTES[theme]["@main"], PALETTES[theme]["@second"]) >= 2


# Machado, Oliveira & Fernandes 2009: what each kind of colour vision sees, in linear RGB, at full strength.
VISION = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(
    [[0.412456, 0.357576, 0.180438], [0.212673, 0.715152, 0.072175], [0.019334, 0.119192, 0.950304]]
)
WHITE = np.array([0.95047, 1, 1.08883])


def _lab(colour: str, sight: np.ndarray) -> np.ndarray:
    """Return where a colour stands in CIE L*a*b*, as an eye sees it."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.maximum(XYZ @ np.clip(sight @ linear, 0, 1) / WHITE, 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("sight", VISION)
def test_groups_are_told_apart_by_every_eye(theme: str, sight: str) -> None:
    """Any two colours of groups, the grey of the rest too, differ by 15 and more (2.3 can just be seen)."""
    places = [_lab(PALETTES[theme][name], VISION[sight]) for name in (*GROUPS, REST)]
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(places, 2)) >= 15

"""Colours can be told from what they stand on, in both themes."""

import pytest

from dashboard.charts.drawings import LINES
from dashboard.charts.figure import PALETTES

TEXTS = ("@ink", "@muted", "@pick")
"""What letters are written in: titles, captions and labels, the button that lets a selection go."""
BARS = ("@main", "@bar", "@second", "@pick", *LINES)
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

from __future__ import annotations

import pytest

from core.text.letterpairs import resemblance


@pytest.mark.parametrize("word", ["privet", "zdravstvuyte", "nichego", "pozhaluysta", "dumayu", "vsegda"])
def test_translit_looks_russian(word: str) -> None:
    """Russian in Latin letters scores above zero."""
    assert resemblance(word) > 0.7


@pytest.mark.parametrize("word", ["through", "question", "beautiful", "height", "switch", "process"])
def test_english_does_not(word: str) -> None:
    """English words score below zero."""
    assert resemblance(word) < 0

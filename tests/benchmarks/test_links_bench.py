"""How long it takes to read what was pasted: many links, and texts made to confuse."""

from __future__ import annotations

import sys
import time

import pytest

from core.links import recognise

UNITS = ("[id1|", "[", '=HYPERLINK("', "a.", "!a", "@a(", "https://", "%2F", ",", "1_")


@pytest.mark.bench
def test_pasted_texts_take_as_long_as_they_are() -> None:
    """Four times the text takes about four times as long, whatever it is made of."""
    sys.stdout.write("\ntext            25,000 characters   100,000 characters\n")
    for unit in ("https://vk.com/wall-1_22 ", *UNITS):
        spent = []
        for size in (25_000, 100_000):
            begin = time.process_time()
            recognise(unit * (size // len(unit)) + "x")
            spent.append((time.process_time() - begin) * 1000)
        sys.stdout.write(f"{unit[:15]:15} {spent[0]:14.1f} ms {spent[1]:16.1f} ms\n")
        assert spent[1] < 12 * spent[0] + 100

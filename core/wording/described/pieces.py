"""Sentences that several methods begin or end with, so that each stands here once in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """A part of a method, with the blank that follows or precedes it."""

    english: str
    russian: str


def joined(*methods: Sequence[Piece]) -> dict[str, str]:
    """Return the Russian of methods by their English, both put together from their pieces."""
    return {
        "".join(each.english for each in pieces): "".join(each.russian for each in pieces)
        for pieces in methods
    }

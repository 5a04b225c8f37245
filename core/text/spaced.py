"""Words written with their letters apart ("с у к а", "х.у.й"), which a tokeniser would cut into letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from core.morphology.lemmas import is_russian
from core.morphology.swearing import tags

_APART: Final = "|".join(rf"(?:{sign}\p{{L}}){{2,}}" for sign in (" ", r"\.", "-", r"\*", "_", ","))
SPACED: Final = rf"(?:^|[^\p{{L}}\p{{N}}])\p{{L}}(?:{_APART})(?:$|[^\p{{L}}\p{{N}}])"
"""RE2: rows worth a look, with three or more single letters and the same space or sign between each two."""

_RUN: Final = re.compile(r"(?<![^\W_])[^\W\d_]([ .\-*_,])[^\W\d_](?:\1[^\W\d_])+(?![^\W_])")
_ONE_LETTER_WORDS: Final = frozenset("аиоуявксАИОУЯВКС")
_SHORTEST: Final = 3
_LONG: Final = 5
_ALPHABETS: Final = ("абвгдежзийклмнопрстуфхцчшщъыьэюя", "abcdefghijklmnopqrstuvwxyz")


def joined(texts: pa.Array[Any]) -> pa.Array[Any]:
    """Return the texts with letters that stand apart put together; nulls stay.

    Letters are joined where they make a known word or swearing, or else all of five and more: "а я в шоке" is
    no word apart.
    """
    return pa.array(
        [None if text is None else _RUN.sub(_together, text) for text in texts.to_pylist()], pa.string()
    )


def _together(match: re.Match[str]) -> str:
    """Return a run of letters with the word in it joined."""
    separator = match.group(1)
    letters = match.group().split(separator)
    splits = list(_splits(letters))
    found = next((each for each in splits if _is_rude(each[1])), None)
    found = found or next((each for each in splits if _is_known(each[1])), None)
    if found:
        before, word, after = found
        return separator.join([*before, word, *after])
    whole = "".join(letters)
    is_list = any(whole.lower() in alphabet for alphabet in _ALPHABETS)
    return match.group() if len(letters) < _LONG or is_list else whole


def _splits(letters: list[str]) -> Iterator[tuple[list[str], str, list[str]]]:
    """Yield the words inside a run, the longest first, between letters that are words by themselves."""
    for length in range(len(letters), _SHORTEST - 1, -1):
        for start in range(len(letters) - length + 1):
            before, after = letters[:start], letters[start + length :]
            if _ONE_LETTER_WORDS.issuperset([*before, *after]):
                yield before, "".join(letters[start : start + length]), after


def _is_rude(word: str) -> bool:
    return bool(tags(word.lower().replace("ё", "е")))


def _is_known(word: str) -> bool:
    return len(word) > _SHORTEST and is_russian(word)

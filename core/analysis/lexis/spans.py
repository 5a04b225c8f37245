"""Where the words that were read stand in the original text, which is shown as it was written.

The engine read small letters with е for ё, without VK's mentions, links and hashtags; here its words are
found again in the text, so that positions are those of the original. A position counts characters (code
points).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

Span = tuple[int, int]

_LETTER: Final = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)
_HIDDEN: Final = frozenset("\u00ad\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
_PASSED_OVER: Final = re.compile(r"\[[^\[\]|]*\|[^\]]*\]|(?:https?://|www\.)\S+|#[^\W\d]\w*")
_WORD: Final = re.compile(r"\w+(?:[*@$'’\-]+[^\W_]+)*")


def spans(text: str, words: Sequence[str]) -> list[Span | None]:
    """Return where each word, in the order of reading, begins and ends; None where it is not found."""
    folded, places = _folded(text)
    masked = _PASSED_OVER.sub(lambda found: " " * len(found[0]), folded)
    tokens = [
        (each[0], places[each.start()][0], places[each.end() - 1][1]) for each in _WORD.finditer(masked)
    ]
    found: list[Span | None] = []
    begin = 0
    for word in words:
        at, end = _next(tokens, begin, word)
        if end:
            begin = end
            found.append((tokens[at][1], tokens[end - 1][2]))
        else:
            found.append(None)
    return found


def _next(tokens: list[tuple[str, int, int]], begin: int, word: str) -> tuple[int, int]:
    """Return the first token from `begin` on that is the word, and the next one; letters may stand apart."""
    for at in range(begin, len(tokens)):
        if tokens[at][0] == word:
            return at, at + 1
    for at in range(begin, len(tokens) - len(word) + 1):
        if [token for token, _, _ in tokens[at : at + len(word)]] == list(word):
            return at, at + len(word)
    return 0, 0


def _folded(text: str) -> tuple[str, list[Span]]:
    """Return the text as it was read, and of each of its characters where it stands in the original."""
    letters: list[str] = []
    places: list[Span] = []
    for found in _LETTER.finditer(text):
        if found[0] in _HIDDEN:
            continue
        folded = unicodedata.normalize("NFC", found[0]).lower().replace("ё", "е")
        letters.append(folded)
        places.extend([found.span()] * len(folded))
    return "".join(letters), places

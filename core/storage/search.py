"""What a person types into the search box, as groups of wanted and unwanted parts.

Words are all wanted, in any order, also inside longer words; "a phrase" is wanted as it stands; `-word` and
`-"a phrase"` are unwanted; OR (capital letters) joins its two neighbours: `cat OR dog house` wants house and
one of the animals. `*` stands for any letters and digits of one word, none too: a part with it is compared
with whole words, `disc*` with those that begin so; inside a phrase a star by itself is any one word. Case
does not matter, nor does е for ё.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.errors import QueryError

STAR: Final = "*"
FORM: Final = "\ufe0f"
"""Asks for the coloured form of the sign before it, and changes nothing else."""
TEXT_FORM: Final = "\ufe0e"
"""Asks for the form without colours."""
TONES: Final = "".join(map(chr, range(0x1F3FB, 0x1F400)))
"""The five tones of skin, each written behind the emoji that has it."""

_TOKEN = re.compile(r'(-?)(?:"([^"]*)(?:"|$)|«([^»]*)(?:»|$)|[“„]([^”“]*)(?:[”“]|$))|(\S+)')
_OR = "OR"
_PIECE = re.compile(r"\*+|[^*]+")
_SYNTAX = re.compile(r"([\\^$.*+?()\[\]{}|/])")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a kind of regular expressions writes a letter or digit of a word, and that a word ends there."""

    letter: str
    start: str
    end: str


# Boundaries are spelled out: \b of RE2 and of JavaScript knows the Latin letters only.
RE2: Final = Spelling(r"[\pL\pM\pN_]", r"(?:^|[^\pL\pM\pN_])", r"(?:$|[^\pL\pM\pN_])")
PYTHON: Final = Spelling(r"[\w\u0300-\u036f]", r"(?<![\w\u0300-\u036f])", r"(?![\w\u0300-\u036f])")


@dataclass(frozen=True, slots=True)
class Part:
    """A text to be found, or not to be found, in a comment."""

    text: str
    is_wanted: bool = True

    @property
    def has_star(self) -> bool:
        """Tell whether letters are left open, so that whole words are compared."""
        return STAR in self.text

    @property
    def has_sign(self) -> bool:
        """Tell whether it holds an emoji: those are written with and without FORM."""
        return any(unicodedata.category(letter) == "So" for letter in self.text)

    def is_in(self, text: str) -> bool:
        """Tell whether a text holds it, wanted or not."""
        if self.has_sign and not self.has_star:
            return folded(self.text).replace(FORM, "") in folded(text).replace(FORM, "")
        if self.has_star:
            return re.search(spelled(folded(self.text), PYTHON), folded(text)) is not None
        return folded(self.text) in folded(text)


def read_search(text: str) -> list[list[Part]]:
    """Return the groups that must all hold; a group holds when one of its parts does.

    Raises QueryError when nothing is left to look for, or a star stands for a whole part.
    """
    groups: list[list[Part]] = []
    joins = False
    for token in _TOKEN.finditer(text):
        word = token[5]
        if word == _OR:
            joins = bool(groups)
            continue
        part = _phrase(token) if word is None else _word(word)
        if not part.text:
            continue
        if part.has_star and not any(map(_is_in_word, part.text.replace(STAR, ""))):
            raise QueryError(
                "A star without letters would be any word: '{value}'.",
                hint="Put letters beside the star: {example}.",
                key="text",
                value=part.text,
                example="скидк*",
            )
        if joins:
            groups[-1].append(part)
        else:
            groups.append([part])
        joins = False
    if not groups:
        raise QueryError(
            "The search '{value}' has no words.", hint="Type a word or a phrase.", key="text", value=text
        )
    return groups


def folded(text: str) -> str:
    """Return a text as searches compare it: accents composed, small letters, е for ё."""
    return unicodedata.normalize("NFC", text).lower().replace("ё", "е")


def escaped(text: str) -> str:
    """Return a text that stands for itself in RE2, in Python and in JavaScript with the flag `u`."""
    return _SYNTAX.sub(r"\\\1", text)


def spelled(text: str, kind: Spelling, letters: Callable[[str], str] = escaped) -> str:
    """Return a part with stars as a regular expression of whole words; `letters` writes what lies between."""
    before = kind.start if _is_in_word(text[0]) else ""
    after = kind.end if _is_in_word(text[-1]) else ""
    return f"{before}{_inside(text, kind, letters)}{after}"


def tested(text: str) -> str:
    """Return a part with stars as RE2 that only tells whether it is there: open ends are not looked at."""
    shown = text.lstrip(STAR) if _is_in_word(text.lstrip(STAR)[0]) else text
    shown = shown.rstrip(STAR) if _is_in_word(shown.rstrip(STAR)[-1]) else shown
    before = RE2.start if shown[0] == text[0] and _is_in_word(shown[0]) else ""
    after = RE2.end if shown[-1] == text[-1] and _is_in_word(shown[-1]) else ""
    return f"{before}{_inside(shown, RE2, escaped)}{after}"


def _inside(text: str, kind: Spelling, letters: Callable[[str], str]) -> str:
    return "".join(
        _star(text, piece, kind) if piece[0].startswith(STAR) else letters(piece[0])
        for piece in _PIECE.finditer(text)
    )


def _star(text: str, piece: re.Match[str], kind: Spelling) -> str:
    """Write a star: by itself between blanks it is a word, else any letters, none too."""
    before, after = text[: piece.start()][-1:], text[piece.end() :][:1]
    is_word = not before.strip() and not after.strip()
    return f"{kind.letter}{'+' if is_word else STAR}"


def _is_in_word(sign: str) -> bool:
    return sign in {STAR, "_"} or unicodedata.category(sign)[0] in "LMN"


def _phrase(token: re.Match[str]) -> Part:
    return Part((token[2] or token[3] or token[4] or "").strip(), not token[1])


def _word(word: str) -> Part:
    is_unwanted = word.startswith("-") and len(word) > 1
    return Part(word[1:], is_wanted=False) if is_unwanted else Part(word)

"""What is to be marked in the texts that a search found, as regular expressions for the browser.

Nothing here changes what is found. An expression that a person typed is passed on only where it means the
same in JavaScript as in RE2 and cannot keep a browser busy; other ones find, but are not marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from core.errors import QueryError
from core.query import Query
from core.storage.lemma_search import Terms, read_lemmas
from core.storage.search import (
    FORM,
    STAR,
    TEXT_FORM,
    TONES,
    Part,
    Spelling,
    escaped,
    folded,
    read_search,
    spelled,
)

Forms = Mapping[str, Sequence[str]]
"""The words that each word of a lemma search means, by the name of its value; see `reads.word_forms`."""

LETTER: Final = r"[\p{L}\p{M}\p{N}_]"
JAVASCRIPT: Final = Spelling(LETTER, rf"(?<!{LETTER})", rf"(?!{LETTER})")
BETWEEN: Final = r"[^\p{L}\p{M}\p{N}_]{1,9}"
"""What may stand between two words of a phrase in any form."""

JOINER: Final = "\u200d"
"""Stands between emoji that are drawn as one."""

STEPS: Final = 30_000
"""So many ways at most may a typed expression be tried at one place of a text."""
MOST_OPEN: Final = 3

_SIGN: Final = re.compile(
    r"""
    \((?:\?:|(?!\?))|\)
    |(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??
    |\\[dDwWsSbBtnr.^$*+?()\[\]{}|\\/]
    |\[\^?(?:\\[dwDW\\\]\-^]|(?!&&|--|~~)[^\\\[\]])+\]
    |[^\\\[\](){}*+?]
    """,
    re.VERBOSE,
)
_OPEN: Final = re.compile(r"(?P<mark>[*+]|\{(\d+),(\d*)\})(\??)")
_REPEATED: Final = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\??")
_NOTHING: Final = frozenset({"(", "(?:", "|", "^", "$", "\\b", "\\B"})
# Blanks are RE2's; sets that hold them are not passed on.
_ALIKE: Final = {"/": "\\/", "\\s": r"[\t\n\f\r ]", "\\S": r"[^\t\n\f\r ]"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A regular expression of JavaScript that finds what is to be marked in a text as it was written."""

    source: str
    flags: str = "giu"

    def page(self) -> dict[str, str]:
        """Return it as the browser gets it."""
        return asdict(self)


def marks(query: Query, forms: Forms) -> list[Mark]:
    """Return what the searches of a query mark: parts that are wanted, the longest first.

    A search that cannot be read marks nothing; it has been refused already.
    """
    found: list[Mark] = []
    try:
        if query.text is not None:
            parts = [part for group in read_search(query.text) for part in group if part.is_wanted]
            found += [Mark(source) for source in _longest(map(_part, parts))]
        if query.lemma is not None:
            terms = [each for group in read_lemmas(query.lemma) for each in group if each.is_wanted]
            found += [Mark(source) for source in _longest(s for each in terms for s in _terms(each, forms))]
    except QueryError:
        return []
    found += [Mark(source) for source in _longest(filter(None, map(_sign, query.has)))]
    if query.regex is not None and (source := translated(query.regex)):
        flags = "giu" if query.regex.startswith("(?i)") else "gu"
        found.append(Mark(source, flags))
    return found


def translated(regex: str) -> str:
    r"""Return an expression of RE2 for JavaScript; empty where it would mean another thing or take long.

    Known are letters, sets, groups, alternatives, `\d \w \s \b`, repetitions, and `(?i)` in front.
    """
    signs = _signs(regex.removeprefix("(?i)"))
    opened = sum(_OPEN.fullmatch(sign) is not None for sign in signs)
    if opened > MOST_OPEN or not _is_plain(signs):
        return ""
    most = int(STEPS ** (1 / opened)) if opened else 0
    return "".join(_bounded(_ALIKE.get(sign, sign), most) for sign in signs)


def _signs(regex: str) -> list[str]:
    """Part an expression into its signs; none where one of them is not known."""
    signs: list[str] = []
    place = 0
    while place < len(regex):
        sign = _SIGN.match(regex, place)
        if sign is None:
            return []
        signs.append(sign[0])
        place = sign.end()
    return signs


def _is_plain(signs: Sequence[str]) -> bool:
    """Tell whether groups are closed and nothing is repeated that holds choices or repetitions itself."""
    groups: list[bool] = []
    before, holds = "(", False
    for sign in signs:
        is_quantity = _REPEATED.fullmatch(sign) is not None
        if is_quantity and (before in _NOTHING or _REPEATED.fullmatch(before)):
            return False
        if is_quantity and before == ")" and holds and not sign.startswith("?"):
            return False
        if sign == ")":
            if not groups:
                return False
            holds = groups.pop()
            groups = [each or holds for each in groups]
        elif sign.startswith("(") and len(sign) in {1, 3}:
            groups.append(False)
        elif is_quantity or sign == "|":
            groups = [True] * len(groups)
        before = sign
    return not groups


def _bounded(sign: str, most: int) -> str:
    """Write an open repetition as one of so many times at most; other signs stay."""
    found = _OPEN.fullmatch(sign)
    if found is None:
        return sign
    low = int(found[2] or (1 if sign[0] == "+" else 0))
    high = min(int(found[3] or most), most)
    return f"{{{min(low, high)},{high}}}{found[4]}"


def _part(part: Part) -> str:
    text = folded(part.text)
    return spelled(text, JAVASCRIPT, _letters) if part.has_star else _letters(text)


def _sign(mark: str) -> str:
    """Write a mark as `kind:name`; empty for stickers and mentions, which are shown in other words.

    An emoji is no part of a longer one, which joins several or adds a tone.
    """
    kind, _, name = mark.partition(":")
    if kind in {"emoji", "any_tone"}:
        between = f"[{TEXT_FORM}{FORM}{TONES}]*" if kind == "any_tone" else f"[{TEXT_FORM}{FORM}]?"
        signs = "".join(f"{escaped(sign)}{between}" for sign in name)
        return f"(?<!{JOINER}){signs}(?![{JOINER}{TONES}])"
    if kind in {"hashtag", "domain", "link"}:
        return f"{_letters(folded(name))}{JAVASCRIPT.end}"
    return ""


def _terms(terms: Terms, forms: Forms) -> Iterator[str]:
    """Write the words of a term: a phrase as a whole, others each by itself."""
    words = [_forms(word, forms.get(name, ())) for word, name in zip(terms.words, terms.names, strict=True)]
    if terms.near is None:
        words = [BETWEEN.join(words)] if all(words) else []
    yield from (f"{JAVASCRIPT.start}{word}{JAVASCRIPT.end}" for word in words if word)


def _forms(word: str, forms: Sequence[str]) -> str:
    """Write a word in any of its forms, or with any ending; empty where no text has it."""
    if word.endswith(STAR):
        return f"{_letters(word.removesuffix(STAR))}{LETTER}*"
    every = sorted({folded(each) for each in forms}, key=lambda each: (-len(each), each))
    return f"(?:{'|'.join(map(_letters, every))})" if every else ""


def _letters(text: str) -> str:
    """Write a folded text so that it finds itself with ё for е, and with accents apart from their letters."""
    return "".join(_letter(sign) for sign in text)


def _letter(sign: str) -> str:
    if sign == "е":
        return "(?:[её]|е\u0308)"
    apart = unicodedata.normalize("NFD", sign)
    return f"(?:{sign}|{apart})" if apart != sign else escaped(sign)


def _longest(sources: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(sources), key=len, reverse=True)

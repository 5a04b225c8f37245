"""Swearing behind digits, signs and letters of another alphabet: "п1здец", "бл@ть", "х*й".

A mask comes off only where the word behind it is swearing; prices, sizes and names stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import Final

from core.morphology.lemmas import analyser
from core.morphology.newwords import swearwords
from core.morphology.swearing import INSULT, OBSCENE, tags

# What a sign or a Latin letter among Cyrillic ones can stand for.
_MEANT: Final = {
    "0": "о",
    "1": "и",
    "3": "зе",
    "4": "ч",
    "6": "б",
    "8": "в",
    "9": "яд",
    "@": "а",
    "$": "с",
    "#": "х",
    "a": "а",
    "b": "бьв",
    "c": "сц",
    "d": "д",
    "e": "е",
    "f": "ф",
    "g": "г",
    "h": "хн",
    "i": "и",
    "j": "й",
    "k": "к",
    "l": "л",
    "m": "м",
    "n": "пн",
    "o": "о",
    "p": "рп",
    "q": "я",
    "r": "рг",
    "s": "с",
    "t": "т",
    "u": "уи",
    "v": "в",
    "w": "ш",
    "x": "х",
    "y": "уй",
    "z": "з",
}
_HIDDEN: Final = re.compile(r"[*#$@]+")
_STARS: Final = re.compile(r"\*+|[^*]")
_RUSSIAN: Final = re.compile("^[а-я]+$")
_MOST: Final = 64
_RUDE: Final = OBSCENE | INSULT

_BASES: Final = """
хуй хуйня хуевый хуево нахуй похуй нихуя дохуя охуеть хуесос хуила пизда пиздец пиздеть пиздить спиздить
пиздатый пиздюк пиздобол бля блядь блять блядский ебать ебаный ебало еблан ебануть ебанутый заебать заебал
заебали заебись наебать проебать отъебись выебать уебок уебище долбоеб мудак мудила гондон гандон пидор
пидорас пидарас педик залупа манда дрочить говно говнюк жопа срать насрать обосрать засранец срач ссать сука
сучка сучара шлюха проститутка дерьмо дебил идиот дурак дура урод тварь мразь сволочь скотина ублюдок падла
быдло чмо придурок козел кретин даун гнида стерва подонок охуенно ахуенно пиздато выебнулся ебанулся
наебнулся охренел хер херня похер нахер хохол хохлы жид чурка хач
"""


def unmasked(word: str) -> str:
    """Return the swearing behind a masked word, or the word as it is."""
    return _by_signs(word) or _by_gaps(word) or word


def _by_signs(word: str) -> str:
    """Read every sign as a letter it resembles."""
    pieces = [_MEANT.get(letter, letter) for letter in word]
    guesses = ("".join(letters) for letters in islice(product(*pieces), _MOST))
    return next((guess for guess in guesses if _RUSSIAN.match(guess) and tags(guess) & _RUDE), "")


def _by_gaps(word: str) -> str:
    """Read signs as hidden letters among the forms of known swearing: one each, or stars for any few."""
    if not _HIDDEN.search(word) or len(_HIDDEN.sub("", word)) < 2:
        return ""
    exact = "".join("[а-я]" if letter in "*#$@" else re.escape(letter) for letter in word)
    loose = "".join("[а-я]{1,4}" if part[0] == "*" else re.escape(part) for part in _STARS.findall(word))
    for pattern in (re.compile(exact), re.compile(loose)):
        found = next((form for form in _forms() if pattern.fullmatch(form)), "")
        if found:
            return found
    return ""


@cache
def _forms() -> tuple[str, ...]:
    """Return the forms of known swearing, the base forms first."""
    bases = [*_BASES.split(), *swearwords()]
    return tuple(dict.fromkeys([*bases, *_inflected(bases)]))


def _inflected(bases: list[str]) -> Iterator[str]:
    for readings in analyser().analyze_many(bases):
        for form in readings[0].forms() if readings else ():
            if tags(spelt := form.word.replace("ё", "е")):
                yield spelt

"""One word as it was meant: stretched letters, look-alikes of another alphabet, masked swearing, translit.

Only the normal form changes; the word as it was typed stays beside it. A guess counts only where it leads to
a word of the dictionary or to swearing; everything else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Any, Final, cast

import pyarrow as pa
import pyarrow.compute as pc

from core.morphology.lemmas import is_russian, lemma
from core.morphology.swearing import tags
from core.text import english
from core.text.letterpairs import resemblance
from core.text.masked import unmasked
from core.text.translit import FREQUENT, cyrillic

_RUN: Final = re.compile(r"([^\W\d_])\1{2,}")
_LAUGH: Final = re.compile("^[бпыуэ]?(?:[аеиоэыу]?х){2,}[аеиоэыу]?х*$|^а?(?:за){3,}з?$|^[бпыуэ]?а*х[ах]{3,}$")
# Roman numbers, "www", "xxx": not stretched.
_LATIN_RUN: Final = re.compile(r"^(?:[ivxlcdm]+|([a-z])\1+)$")
_CYRILLIC: Final = re.compile("[а-яіїєґўқғұәөүңһҗ]")
_LATIN: Final = re.compile("[a-z]")
_PLAIN_WORD: Final = "^[а-я]+(?:-[а-я]+)*$"
_TRIPLED: Final = "|".join(letter * 3 for letter in "абвгдежзийклмнопрстуфхцчшщъыьэюя")
_WORTH_A_LOOK: Final = f"{_TRIPLED}|[хз].?[хз]|^.-"
_MASK: Final = re.compile(r"[*#$@0-9]")
_STUTTER: Final = re.compile(r"^([^\W\d_])-(?:\1-)*(?=\1)")

# Letters that look alike: Latin to Cyrillic. The rest of either alphabet decides which of the two was meant.
_TWINS: Final = dict(zip("aceopxykmthb", "асеорхукмтнв", strict=True))
_TO_CYRILLIC: Final = str.maketrans(_TWINS)
_TO_LATIN: Final = str.maketrans({twin: letter for letter, twin in _TWINS.items()} | {"ь": "b"})
_OWN_CYRILLIC: Final = re.compile("[бгджзийлпфцчшщъыьэюя]")
_OWN_LATIN: Final = re.compile("[dfgjlnqrsuvwz]")
_MOST_GUESSES: Final = 64
# How much like Russian the letters must look before a Latin word is read as a Russian one; swearing less so.
_RESEMBLANCE: Final = 0.7
_LONG_RESEMBLANCE: Final = -0.5
_RUDE_RESEMBLANCE: Final = -4.0
# Translit that the rules would read as a rarer word.
_CHAT: Final = {
    "ludi": "люди",
    "lubov": "любовь",
    "lublu": "люблю",
    "lubimyj": "любимый",
    "lubimaya": "любимая",
    "seychas": "сейчас",
    "est": "есть",
    "che": "че",
    "cho": "чо",
    "eshe": "еще",
    "esche": "еще",
    "eshche": "еще",
    "ewe": "еще",
    "eto": "это",
    "etot": "этот",
    "eta": "эта",
    "eti": "эти",
    "etogo": "этого",
    "pochemu": "почему",
    "tolko": "только",
    "skolko": "сколько",
    "bolshe": "больше",
    "mat": "мать",
    "noch": "ночь",
    "byt": "быть",
    "bil": "был",
    "bila": "была",
    "bilo": "было",
    "bili": "были",
    "mi": "мы",
    "ti": "ты",
    "vi": "вы",
}


def is_unusual(words: pa.Array[Any]) -> pa.Array[Any]:
    """Tell for each word whether `normal` could change it: most words have nothing to undo."""
    is_plain = pc.match_substring_regex(words, pattern=_PLAIN_WORD)
    return cast(
        "pa.Array[Any]", pc.or_(pc.invert(is_plain), pc.match_substring_regex(words, pattern=_WORTH_A_LOOK))
    )


@lru_cache(maxsize=100_000)
def normal(word: str) -> str:
    """Return the word as it was meant; `word` is lower-case with "е" for "ё"."""
    word = word.strip("_'’-").replace("’", "'") or word
    if _LAUGH.match(word):
        return "хаха"
    if _RUN.search(word) and not _LATIN_RUN.match(word):
        word = _unstretched(word)
    if word[1:2] == "-":
        word = _unspelt(word)
    if not _LATIN.search(word):
        return _without_digits(word) if _MASK.search(word) else word
    if _CYRILLIC.search(word):
        pure = "-".join(_of_one_alphabet(part) for part in word.split("-"))
        rude = "" if is_russian(pure) else unmasked(word)
        return rude if rude != word and tags(rude) else pure
    return _russian(word)


def _without_digits(word: str) -> str:
    """Return a Cyrillic word without signs: swearing, or a known word with 4 for "ч" and 0 for "о"."""
    spelt = word.replace("4", "ч").replace("0", "о")
    return spelt if len(word) > 3 and is_russian(spelt) else unmasked(word)


def _unspelt(word: str) -> str:
    """Return "хуй" for "х-у-й" and "спасибо" for "с-с-спасибо"."""
    joined = word.replace("-", "")
    if len(joined) * 2 == len(word) + 1 and (tags(joined) or is_russian(joined)):
        return joined
    return _STUTTER.sub("", word)


def _unstretched(word: str) -> str:
    """Return the word with each run of three or more letters cut to one or two, as the dictionary has it."""
    if is_russian(word) and len(set(word)) > 1:
        return word
    guesses = list(islice(_shortened(word), _MOST_GUESSES))
    if word.isascii():
        guesses.reverse()  # "goood" is "good" before it is "god"
    known = (guess for guess in guesses if is_russian(guess) or guess in english.WORDS)
    rude = (guess for guess in guesses if tags(guess))
    return next(known, None) or next(rude, min(guesses, key=len))


def _shortened(word: str) -> Iterator[str]:
    """Yield the word with its runs cut, all to one letter first."""
    pieces = _RUN.split(word)
    letters = pieces[1::2]
    for lengths in product((1, 2), repeat=len(letters)):
        runs = [letter * length for letter, length in zip(letters, lengths, strict=True)]
        yield "".join(text + run for text, run in zip(pieces[::2], [*runs, ""], strict=True))


def _of_one_alphabet(word: str) -> str:
    """Return a word of two alphabets in the one that was meant, where only look-alikes differ."""
    if not (_LATIN.search(word) and _CYRILLIC.search(word)):
        return word
    own_cyrillic, own_latin = _OWN_CYRILLIC.search(word), _OWN_LATIN.search(word)
    if own_cyrillic and own_latin:
        return word
    russian, latin = word.translate(_TO_CYRILLIC).replace("i", "і"), word.translate(_TO_LATIN)
    if own_cyrillic or is_russian(russian) or tags(russian):
        return russian
    is_latin = own_latin or latin in english.WORDS or len(_LATIN.findall(word)) * 2 > len(word)
    return latin if is_latin else russian


def _russian(word: str) -> str:
    """Return a Latin word in Cyrillic where it is Russian by look-alikes or in translit; else as it is."""
    if word in english.WORDS or len(word) < 2:
        return word
    return _twin(word) or _CHAT.get(word) or _spelt(word) or word


def _twin(word: str) -> str:
    """Return swearing that is typed in Latin letters of the same look: "cyka"."""
    twin = word.translate(_TO_CYRILLIC)
    return twin if not _LATIN.search(twin) and tags(twin) else ""


def _spelt(word: str) -> str:
    """Return the Russian word that a Latin one is in translit, or nothing."""
    guesses = list(cyrillic(word))
    frequent = next((guess for guess in guesses if guess in FREQUENT), "")
    score = resemblance(word)
    if frequent or score < _RUDE_RESEMBLANCE:
        return frequent
    is_likely = score > (_LONG_RESEMBLANCE if len(word) > 5 else _RESEMBLANCE)
    is_rude = {guess: bool(tags(guess)) for guess in guesses}
    known = [
        each for each in guesses if is_russian(each) and (is_likely or (is_rude[each] and len(word) > 3))
    ]
    if known:
        return _likeliest(known)
    if _MASK.search(word):
        return unmasked(word)
    return next((each for each in guesses if is_likely and is_rude[each]), "")


def _likeliest(guesses: list[str]) -> str:
    """Return the first guess, or its twin with a soft sign where only that one is a base form: "очень"."""
    plain, soft = guesses[0], guesses[0] + "ь"
    if soft in guesses and lemma(soft) == soft and lemma(plain) != plain:
        return soft
    return plain

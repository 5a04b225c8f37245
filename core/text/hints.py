"""Which language one word speaks for: by its letters, its endings and small lists of words.

A hint is a reason, not a verdict: words that several languages write alike speak for none.
"""

from __future__ import annotations

import re
from typing import Final

from core.text import english, tonguewords

EXCLUSIVE: Final = {"ї": "uk", "є": "uk", "ґ": "uk", "ў": "be", "қ": "kk", "ғ": "kk", "ұ": "kk", "җ": "tt"}
"""Letters that one of these languages alone writes."""
TURKIC: Final = frozenset("әөүңһ")
"""Letters that Kazakh and Tatar share."""

_PLAIN: Final = re.compile("^[а-я-]+$")
_APOSTROPHE: Final = re.compile("[а-я]'[яюєїеі]")
_LATE_TATAR_VOWEL: Final = re.compile("[аәоөуүыиеэяю].*ә")
_TATAR: Final = re.compile("[чвэ]|^й|ләр|нәр")
_KAZAKH: Final = re.compile("[жш].*[өүң]|[өүң].*[жш]|[лдтн]ер|[гк]ен$|ейді$")
_BELARUSIAN_I: Final = re.compile("[ыэ]|дз[еіья]|[сц]ц[аяеі]|ц[ьіяе]$|[лк]і$|лася$|нні?$|скі|а[гм][ау]$")
_UKRAINIAN_I: Final = re.compile(
    "[ищ]|ськ|цьк|ість|ння|тт[яі]|ться|ів$|ій$|ії|ього$|ок$|ові|від|під|ніх|ніж|рі[кчшз]|ід|і?ють$|ію$|іше$"
    "|[аоу]є"
)
_NOT_UKRAINIAN: Final = re.compile("[ыэ]")
_NOT_BELARUSIAN: Final = re.compile("[ищ]")
# Where Kazakh writes "і" its vowels are front ones; some letters stand in foreign words only; no word of its
# own begins with two consonants; a word of one syllable can be Ukrainian as well.
_NOT_KAZAKH: Final = re.compile("[аоыэяювфхцчщьъ']|^[бгджзйклмнпрст]{2}|^[^іеиу]*[іеиу][^іеиу]*$")
_BELARUSIAN: Final = re.compile("дз[еьяю]|[аыу]ць$|цца$|[жшч]эн|эцц|энн|ньне$|[а-я]{3}а(?:га|му)$|'е")
_UKRAINIAN: Final = re.compile(
    "(?:[иаяу]ти(?:ся|сь)?|[сзц]ьк(?:ий|а|е|ого|ою|их)|нням?|ттям?|увал[аио]|ував|[ндвлмтрбг]ий)$"
)
_TATAR_ENDS: Final = re.compile("(?:мыйм|[гб]ыз|[ыа]рга|гызны|ганнар|лыкка|сызлык)$|ыйк|ыйс")
_ENGLISH_ENDS: Final = re.compile("(?:ing|tion|ness|ment|able|ful|ously|ally|ght|ould|'s|n't|ies|ed|ly)$")


def hint(word: str, is_russian: bool) -> str:
    """Return the language that a lower-case word speaks for, '' when it could be several.

    `is_russian`: the Russian dictionary has the word.
    """
    listed = tonguewords.LANGUAGE.get(word)
    if listed is not None:
        return listed
    if is_russian:
        return "ru"
    if word.isascii():
        return "en" if word in english.WORDS or (len(word) > 4 and _ENGLISH_ENDS.search(word)) else ""
    if _PLAIN.match(word):
        return _ending_hint(word)
    return _letter_hint(word)


def _ending_hint(word: str) -> str:
    """Return whose ending an unknown word of plain letters has."""
    if len(word) < 4:
        return ""
    if "ъ" in word or ("ы" in word and "щ" in word):
        return "ru"
    return _single(
        {
            "uk": bool(_UKRAINIAN.search(word)) and not _NOT_UKRAINIAN.search(word),
            "be": bool(_BELARUSIAN.search(word)) and not _NOT_BELARUSIAN.search(word),
            "tt": bool(_TATAR_ENDS.search(word)),
        }
    )


def _letter_hint(word: str) -> str:
    """Return whose letters a word has."""
    for letter in word:
        if letter in EXCLUSIVE:
            return EXCLUSIVE[letter]
    if TURKIC.intersection(word):
        return _turkic_hint(word)
    if "і" in word:
        return _i_hint(word)
    if _APOSTROPHE.search(word):
        return "be" if _NOT_UKRAINIAN.search(word) or "'е" in word else "uk"
    return ""


def _turkic_hint(word: str) -> str:
    """Tell Tatar from Kazakh: Kazakh writes "і", and "ә" only in its first syllable."""
    if "і" in word:
        return "kk"
    if _LATE_TATAR_VOWEL.search(word) or _TATAR.search(word):
        return "tt"
    return "kk" if _KAZAKH.search(word) else ""


def _i_hint(word: str) -> str:
    """Return whose "і" it is, by what stands around it."""
    return _single(
        {
            "uk": bool(_UKRAINIAN_I.search(word)) and not _NOT_UKRAINIAN.search(word),
            "be": bool(_BELARUSIAN_I.search(word)) and not _NOT_BELARUSIAN.search(word),
            "kk": not _NOT_KAZAKH.search(word),
        }
    )


def _single(fits: dict[str, bool]) -> str:
    """Return the one language that fits, '' when none or several do."""
    found = [language for language, is_fit in fits.items() if is_fit]
    return found[0] if len(found) == 1 else ""

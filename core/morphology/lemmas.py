"""Base forms of Russian words, by the dictionary and, for words it lacks, by their ending.

rumorph lemmatises after the guide of Universal Dependencies: participles belong to their verb, a superlative
stands alone. Every lemma is written with "е" for "ё", as the comments' words are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from rumorph import Analysis, Analyzer

from core.morphology.newwords import patterns
from core.morphology.swearing import tags

# Readings of more words at once only fill the memory.
_BATCH: Final = 2000
# Below this share of a form's uses a reading is noise: "нее" as a form of the river Нея.
_PLAUSIBLE: Final = 0.001

# What the forms mean in comments, where the treebanks behind the shares are of another mind.
_PREFERRED: Final = {
    "путина": "путин",
    "путину": "путин",
    "путине": "путин",
    "лайка": "лайк",
    "лайки": "лайк",
    "лайку": "лайк",
    "чел": "чел",
    "чела": "чел",
    "челы": "чел",
    "челов": "чел",
    "ваще": "вообще",
    "вобще": "вообще",
    "воще": "вообще",
    "тож": "тоже",
    "норм": "нормально",
    "спс": "спасибо",
    "пасиб": "спасибо",
    "спасиб": "спасибо",
    "пж": "пожалуйста",
    "плиз": "пожалуйста",
    "пожалуста": "пожалуйста",
    "инфа": "инфа",
    "инфы": "инфа",
    "инфу": "инфа",
    "тыщ": "тысяча",
    "нету": "нет",
    "скок": "сколько",
    "скока": "сколько",
    "чет": "что-то",
    "чето": "что-то",
    "че-то": "что-то",
    "кста": "кстати",
}

# Forms that are their own base form in a comment: names and cities, which the treebanks hardly know in small
# letters, and swearing that is no longer inflected.
_KEPT: Final = """
    киев сочи ростов иваново львов берлин вена баку германия маша дима рома паша люба катя юля лена света
    ира женя валера коля толя гена жора костя рустам милана байден лавров песков соловьев скабеева бузова
    яна черт сизо суши виски трусы хаха похуй нихуя дохуя нехуй похер нахер дохера нихера похуям сучка сцука
"""
_BASE_FORMS: Final = frozenset(_KEPT.split())

_SUPPLETIVE: Final = {
    "лучший": "хороший",
    "наилучший": "хороший",
    "худший": "плохой",
    "больший": "большой",
    "наибольший": "большой",
    "меньший": "маленький",
    "наименьший": "маленький",
    "наихудший": "плохой",
    "наивысший": "высокий",
    "наинизший": "низкий",
    "первейший": "первый",
    "высший": "высокий",
    "низший": "низкий",
    "старший": "старый",
    "младший": "молодой",
}
_SUPERLATIVE: Final = ("ейший", "айший")
_VELAR: Final = {"ж": "к", "ч": "к", "ш": "х"}
_PARTICLES: Final = ("-то", "-ка", "-таки", "-де", "-с", "-же", "-ли", "-нибудь")
_VOWELS: Final = frozenset("аеиоуыэюя")


@cache
def analyser() -> Analyzer:
    """Return the analyser of this process: the dictionary and the new words."""
    return Analyzer(words=patterns())


def is_russian(word: str) -> bool:
    """Tell whether the dictionary has the form, new words included."""
    return analyser().is_known(word)


def lemma(word: str) -> str:
    """Return the most probable lemma of one word."""
    return next(lemmatised([word]))[0]


def lemmatised(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield for each word its lemmas, the most probable first; never an empty list."""
    for start in range(0, len(words), _BATCH):
        batch = words[start : start + _BATCH]
        for word, readings in zip(batch, analyser().analyze_many(batch), strict=True):
            yield _lemmas(word, readings)


def _lemmas(word: str, readings: list[Analysis]) -> list[str]:
    if len(readings) == 1 and readings[0].source == "dictionary" and not _preferred(word):
        return _widened([_plain(readings[0].lemma)])
    if readings and readings[0].source == "guess":
        return _guessed(word, readings)
    lemmas = _weighed(readings) or [word]
    preferred = _preferred(word)
    if preferred:
        lemmas = [preferred, *(lemma for lemma in lemmas if lemma != preferred)]
    return _widened(lemmas)


def _preferred(word: str) -> str:
    return word if word in _BASE_FORMS else _PREFERRED.get(word, "")


def _weighed(readings: list[Analysis]) -> list[str]:
    """Return the plausible lemmas, ordered by the share of the form's uses that they take."""
    shares: dict[str, float] = {}
    for reading in readings:
        lemma = _plain(reading.lemma)
        shares[lemma] = shares.get(lemma, 0.0) + reading.prob
    if len(shares) < 2:
        return list(shares)
    ordered = sorted(shares, key=shares.__getitem__, reverse=True)
    return [lemma for lemma in ordered if shares[lemma] >= _PLAUSIBLE] or ordered[:1]


def _guessed(word: str, readings: list[Analysis]) -> list[str]:
    """Return the lemmas of a word the dictionary lacks; the word itself is always among them.

    A masculine noun in the nominative is likelier than a genitive plural, which the endings alone suggest;
    a word without a vowel is an abbreviation.
    """
    preferred = _preferred(word)
    if preferred:
        return [preferred, word] if preferred != word else [word]
    if not _VOWELS.intersection(word):
        return [word]
    bare = _without_particle(word)
    if bare:
        return [*_lemmas(bare, analyser().analyze(bare)), word]
    lemmas = _weighed(readings)
    if tags(word):
        lemmas = [lemma for lemma in lemmas if tags(lemma)] or [word]
    is_nominative = word in lemmas and word[-1] not in _VOWELS and readings[0].pos == "NOUN"
    ordered = [word, *lemmas] if is_nominative or lemmas[0][:2] != word[:2] else [*lemmas, word]
    return list(dict.fromkeys(ordered))


def _without_particle(word: str) -> str:
    """Return a known word before a particle ("давай-ка"), or nothing."""
    for particle in _PARTICLES:
        if word.endswith(particle) and is_russian(word.removesuffix(particle)):
            return word.removesuffix(particle)
    return ""


def _widened(lemmas: list[str]) -> list[str]:
    """Add the positive of a superlative, so that a search for "хороший" finds "лучшая" too."""
    for lemma in lemmas:
        positive = _SUPPLETIVE.get(lemma) or (lemma.endswith(_SUPERLATIVE) and _positive(lemma))
        if positive and positive not in lemmas:
            return [*lemmas, positive]
    return lemmas


@cache
def _positive(lemma: str) -> str:
    """Return "важный" for "важнейший" and "наиважнейший" where the dictionary has it, or nothing."""
    stem = lemma[:-5].removeprefix("наи")
    last = _VELAR.get(stem[-1:], "")
    stems = (stem[:-1] + last, stem) if last else (stem,)
    candidates = (stem + ending for stem in stems for ending in ("ый", "ий", "ой", "кий"))
    return next((word for word in candidates if is_russian(word)), "")


def _plain(lemma: str) -> str:
    return lemma.replace("ё", "е")

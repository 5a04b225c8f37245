from __future__ import annotations

from core.morphology.lemmas import lemma
from core.text.stopwords import STOP


def test_function_words_are_stop_words() -> None:
    """Pronouns, prepositions, particles and chat words stand in the list, by form or by lemma."""
    words = [
        "и",
        "не",
        "что",
        "это",
        "мне",
        "меня",
        "их",
        "бы",
        "вот",
        "ну",
        "ага",
        "лол",
        "этими",
        "the",
        "що",
    ]
    assert [word for word in words if word not in STOP and lemma(word) not in STOP] == []


def test_words_with_a_subject_are_not() -> None:
    """What a comment can be about stands not in the list."""
    words = [
        "цена",
        "война",
        "хороший",
        "плохо",
        "деньги",
        "спасибо",
        "работа",
        "президент",
        "купить",
        "смерть",
    ]
    assert [word for word in words if word in STOP] == []


def test_stop_words_are_written_as_words_are() -> None:
    """The list is in small letters with "е" for "ё", else it would never match."""
    assert [word for word in STOP if word != word.lower().strip()] == []

from __future__ import annotations

import pytest

from core.morphology.lemmas import is_russian
from core.text.hints import hint

WORDS = {
    "ru": "комментарий вайбом пожалуйста который объявление спасибо работает",
    "uk": "дякую сподобалося їжа об'єднання українська чекати зараз життя міністерство цікавий навіть",
    "be": "дзякуй ўсё вельмі чакаць людзі прыгожыя каментары дзяржаўны цікава трымаць надвор'е",
    "kk": "қазақ рахмет керек жігіттер сіздің өмір әлі білмеймін келеді үшін",
    "tt": "рәхмәт җыр белән икән кешеләр сәламәтлек мөмкин үзәге яшәү",
    "en": "hello thanks people beautiful working don't everything",
}


@pytest.mark.parametrize(("language", "words"), WORDS.items())
def test_a_word_of_one_language_speaks_for_it(language: str, words: str) -> None:
    """Letters, endings and frequent words tell a language; a few may tell nothing, none tells another."""
    hints = [hint(word, is_russian(word)) for word in words.split()]
    assert set(hints) <= {language, ""}
    assert hints.count(language) >= 0.8 * len(hints)


@pytest.mark.parametrize("word", ["на", "не", "я", "ты", "там", "без", "мама", "та", "xyzzy", "абырвалг"])
def test_a_word_of_several_languages_speaks_for_none(word: str) -> None:
    """Words that several languages write alike, and what is no word, give no hint."""
    assert hint(word, is_russian(word)) == ""

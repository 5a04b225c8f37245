from __future__ import annotations

import pyarrow as pa
import pytest

from core.text.normal import is_unusual, normal

STRETCHED = {
    "оооочень": "очень",
    "даааа": "да",
    "нуууу": "ну",
    "длиннннный": "длинный",
    "ссссылка": "ссылка",
    "спасииибо": "спасибо",
    "вообщеее": "вообще",
    "урааааа": "ура",
    "ебааать": "ебать",
    "класссс": "класс",
    "goooood": "good",
    "ааааа": "а",
}

LOOK_ALIKES = {
    "cпасибо": "спасибо",
    "poccия": "россия",
    "мoлoдцы": "молодцы",
    "hеllо": "hello",
    "кaк": "как",
    "xудшая": "худшая",
}

MASKED = {
    "п1здец": "пиздец",
    "бл@ть": "блять",
    "х*й": "хуй",
    "6лять": "блять",
    "xyйня": "хуйня",
    "п@дла": "падла",
    "е6ать": "ебать",
    "3аебал": "заебал",
    "бл*ть": "блять",
    "п***ц": "пиздец",
    "с*ка": "сука",
    "д*рак": "дурак",
    "г0вно": "говно",
    "жoпа": "жопа",
    "cyka": "сука",
    "еб@ный": "ебаный",
    "н@х@й": "нахуй",
    "у***к": "уебок",
    "х-у-й": "хуй",
}

TRANSLIT = {
    "privet": "привет",
    "spasibo": "спасибо",
    "4to": "что",
    "chto": "что",
    "kak": "как",
    "horosho": "хорошо",
    "xorosho": "хорошо",
    "ochen": "очень",
    "delat": "делать",
    "pochemu": "почему",
    "zdravstvuyte": "здравствуйте",
    "bolshoe": "большое",
    "rossiya": "россия",
    "zhizn": "жизнь",
    "lyudi": "люди",
    "ponimayu": "понимаю",
    "blyat": "блять",
    "suka": "сука",
    "pizdec": "пиздец",
}

UNCHANGED = [
    *("длинный", "ссылка", "ванна", "кооператив", "зоопарк", "ссср", "касса", "аллея"),
    *(
        "hello",
        "love",
        "sport",
        "internet",
        "random",
        "value",
        "most",
        "son",
        "www",
        "xxx",
        "xviii",
        "iphone",
    ),
    *("м*сква", "п*тин", "к*т", "100$", "covid-19", "iphone-12", "b2b", "mp3"),
    *("що", "дякую", "қазақ", "рәхмәт", "дзякуй", "п'ять"),
    *("кто-то", "по-русски", "всё-таки", "интернет-магазин", "не-е-ет"),
]


@pytest.mark.parametrize(("word", "expected"), STRETCHED.items())
def test_stretched_letters_collapse(word: str, expected: str) -> None:
    """Runs of three letters and more become one or two, as the dictionary has the word."""
    assert normal(word) == expected


@pytest.mark.parametrize(("word", "expected"), LOOK_ALIKES.items())
def test_look_alikes_of_the_other_alphabet_are_undone(word: str, expected: str) -> None:
    """A word of two alphabets is written in the one that was meant."""
    assert normal(word) == expected


@pytest.mark.parametrize(("word", "expected"), MASKED.items())
def test_masks_come_off_swearing(word: str, expected: str) -> None:
    """Digits, signs and foreign letters in swearing are read as the letters they hide."""
    assert normal(word) == expected


@pytest.mark.parametrize(("word", "expected"), TRANSLIT.items())
def test_translit_becomes_cyrillic(word: str, expected: str) -> None:
    """Russian in Latin letters is written in Cyrillic ones."""
    assert normal(word) == expected


@pytest.mark.parametrize("word", UNCHANGED)
def test_everything_else_stays(word: str) -> None:
    """A word that is what it seems is not touched."""
    assert normal(word) == word


@pytest.mark.parametrize("word", ["ахахах", "хахаха", "хахахахаха", "ахахахах", "пхахаха", "хехехе"])
def test_laughter_is_one_word(word: str) -> None:
    """Laughter of any length counts as one word."""
    assert normal(word) == "хаха"


@pytest.mark.parametrize("word", ["духах", "эпохах", "махать", "схема", "страхах", "ухо", "хохот", "хохол"])
def test_words_with_the_letters_of_laughter_stay(word: str) -> None:
    """A word that only sounds like laughter stays."""
    assert normal(word) == word


def test_most_words_need_no_look() -> None:
    """A word of Russian letters without a run is usual; what the normal form could change is looked at."""
    usual = ["комментарий", "кто-то", "длинный", "ссылка"]
    assert is_unusual(pa.array(usual)).to_pylist() == [False] * 4
    changed = [*STRETCHED, *LOOK_ALIKES, *MASKED, *TRANSLIT, "хахаха", "ахах", "азазаза"]
    assert all(is_unusual(pa.array(changed)).to_pylist())

"""Russian typed in Latin letters: which Cyrillic words it can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Final

_PIECE: Final = re.compile(
    "shch|sch|sh|ch|zh|kh|ts|tz|ya|ja|yu|ju|yo|jo|ye|je|(?:iy|ij|yj|ii|ey|ay|oy|uy)(?![aeou])|yi|[a-z]|[0-9]|'|-|."
)
_LETTERS: Final = {
    "shch": ("щ",),
    "sch": ("щ", "сч", "ш"),
    "sh": ("ш", "сх"),
    "ch": ("ч",),
    "zh": ("ж",),
    "kh": ("х",),
    "ts": ("ц", "тс"),
    "tz": ("ц",),
    "ya": ("я", "ья"),
    "ja": ("я", "жа", "ья"),
    "yu": ("ю", "ью"),
    "ju": ("ю", "жу", "ью"),
    "yo": ("е", "йо"),
    "jo": ("е", "жо", "йо"),
    "ye": ("е", "ье", "ые"),
    "je": ("е", "же", "ье"),
    "iy": ("ий",),
    "ij": ("ий",),
    "yj": ("ый",),
    "yi": ("ый", "ыи"),
    "ii": ("ий", "ии"),
    "ey": ("ей",),
    "ay": ("ай",),
    "oy": ("ой",),
    "uy": ("уй",),
    "y": ("ы", "й", "у"),
    "a": ("а",),
    "b": ("б",),
    "c": ("ц", "с", "к"),
    "d": ("д",),
    "e": ("е", "э"),
    "f": ("ф",),
    "g": ("г", "ж"),
    "h": ("х", "н"),
    "i": ("и", "ы", "й"),
    "j": ("й", "ж"),
    "k": ("к",),
    "l": ("л", "ль"),
    "m": ("м",),
    "n": ("н", "нь"),
    "o": ("о",),
    "p": ("п",),
    "q": ("к", "я"),
    "r": ("р",),
    "s": ("с",),
    "t": ("т",),
    "u": ("у", "ю"),
    "v": ("в",),
    "w": ("в", "ш"),
    "x": ("х", "кс"),
    "z": ("з",),
    "4": ("ч",),
    "6": ("ш",),
    "3": ("з",),
    "0": ("о",),
    "'": ("ь",),
    "-": ("-",),
}
_FREQUENT: Final = """
    а без бог больше брат был была были было быть в вам вас весь вечер видео вместе вот все всего всем всех
    вы где говорить год город да даже дать два делать деле делаю день деньги дети для дней до добрый дом
    друг думал думать его ее если есть еще за здесь и из или им иметь их как класс конечно кто куда люблю
    люди мама мать меня мир мне много мог может мой молодец мы на надо нам написал нас не нет ничего но ну о
    он она они опять отец от очень папа парень перед писать по пока понял понятно почему привет про просто
    раз раньше рад русский с сам сделал себе сегодня сейчас семья сидеть сказать скоро слово смерть снег со
    согласен спасибо спать сын так там тебе тебя телефон тем теперь только тот ты у уже учеба хорошо хотеть
    хочу час часть чем черт читать что чтобы школа это этого этом этот я интересно блин типа норм лучше
    человек друзья девушка завтра вчера утро ночь пожалуйста здравствуйте путин медведев россия украина
    москва навальный зеленский трамп крым донбасс фильм музыка игра деньги работа любовь
"""
FREQUENT: Final = frozenset(_FREQUENT.split())
"""Russian words of every chat, which are Russian in translit however English the letters look."""

_CONSONANT_END: Final = re.compile("[бвдзлмнпрстфжшч]$")
_MOST: Final = 24
_LONGEST: Final = 24
_CHAT_SHORT: Final = {
    "ya": "я",
    "ja": "я",
    "ty": "ты",
    "vy": "вы",
    "da": "да",
    "ne": "не",
    "nu": "ну",
    "na": "на",
    "za": "за",
}


def cyrillic(word: str) -> Iterator[str]:
    """Yield the Cyrillic spellings that a Latin word can stand for, the plainest first.

    Words of two letters are spelt only where a list knows them: they would be Russian by chance.
    """
    if len(word) < 3:
        yield from filter(None, [_CHAT_SHORT.get(word)])
        return
    if len(word) > _LONGEST:
        return
    pieces = [_LETTERS.get(piece, ()) for piece in _PIECE.findall(word)]
    if not all(pieces):
        return
    for letters in islice(_plainest_first(pieces), _MOST):
        spelt = "".join(letters)
        yield spelt
        if _CONSONANT_END.search(spelt):
            yield spelt + "ь"


def _plainest_first(pieces: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield choices by how many letters differ from the plain spelling: none, then one, then any number."""
    plain = tuple(piece[0] for piece in pieces)
    yield plain
    for place, piece in enumerate(pieces):
        for other in piece[1:]:
            yield (*plain[:place], other, *plain[place + 1 :])
    yield from product(*pieces)

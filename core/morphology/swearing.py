"""Swearing, insults and threats: which tags a word carries, and which phrases threaten.

The roots are our own reading of Russian. They look at a word alone: an expletive, a quotation and an attack
look the same, so a tag says "the word is there" and never "somebody was rude". Patterns use only what both
Python's `re` and RE2 know, so that DuckDB and pyarrow run them as they stand.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.morphology import roots

OBSCENE: Final = 1
INSULT: Final = 2
THREAT_WORD: Final = 4


def _pattern(rows: str) -> str:
    return "(?:^|-)(?:" + "|".join(rows.split()) + ")"


_ROOTS: Final = {
    OBSCENE: _pattern(roots.OBSCENE),
    INSULT: _pattern(roots.INSULT),
    THREAT_WORD: _pattern(roots.THREAT),
}
_INNOCENT: Final = _pattern(roots.INNOCENT)
_COMPILED: Final = {bit: re.compile(pattern) for bit, pattern in _ROOTS.items()}
_COMPILED_INNOCENT: Final = re.compile(_INNOCENT)

_YOU: Final = "(?:тебя|тя|вас)"
_ANYONE: Final = "(?:тебя|тя|вас|его|ее|их|всех|таких)"
_TO_YOU: Final = "(?:тебе|те|вам)"
_TO_ANYONE: Final = "(?:тебе|те|вам|ему|ей|им|всем)"
_PART: Final = (
    "(?:голову|башку|бошку|руки|ноги|шею|яйца|язык|глаза|зубы|морду|челюсть|кости|хребет|кишки|рожу|лицо)"
)
_TEAR: Final = "(?:оторву|отрежу|отрублю|сверну|проломлю|вырву|выбью|выколю|выпущу|набью|отобью)"
# What one can also do to oneself ("ноги сломаю на вашей лестнице") threatens only with a pronoun.
_BREAK: Final = "(?:сломаю|переломаю|разобью|расшибу)"
_HUNT: Final = "(?:найду|найдем|достану|достанем|поймаю|поймаем|посажу|закрою|выловлю|вычислю)"
_KILL: Final = (
    "(?:закопаю|закопаем|порву|порвем|урою|убью|прибью|грохну|сожгу|порежу|зарежу|придушу|пристрелю|уничтожу)"
)
_BEAT: Final = "(?:изобью|побью|покалечу|искалечу|размажу|накажу|отпизжу|отхуярю|выебу|уебу|въебу)"
_PUT_TO_DEATH: Final = (
    "(?:убивать|убить|расстрелять|расстреливать|стрелять|вешать|повесить|резать|сжечь|жечь|давить|мочить|душить|"
    "уничтожить|уничтожать|перестрелять|перевешать|закопать)"
)
_DIE: Final = "(?:сдох|подох|умер|сгор|сгни|повес|разорвал|убил)[а-я]*"
THREAT: Final = (
    "(?:^|[^а-я])(?:"
    f"чтоб(?:ы)? (?:ты|вы|он|она|они|вас|тебя|вам|тебе)(?: [а-я]+){{0,2}} {_DIE}"
    f"|{_TO_YOU} (?:конец|хана|крышка|кранты|капец|каюк|не жить|недолго осталось|пизд[а-я]*)"
    f"|(?:конец|хана|крышка|кранты) {_TO_YOU}|{_TO_ANYONE} не жить|не жить {_TO_ANYONE}"
    f"|{_YOU} (?:все равно |еще |лично |сам )?{_HUNT}|{_HUNT} {_YOU}"
    f"|{_ANYONE} (?:всех |все равно |еще |лично |сам )?{_KILL}|{_KILL} {_ANYONE}"
    f"|найд(?:у|ем)(?: {_ANYONE})?,? и (?:{_KILL}|{_TEAR}|{_BREAK}|{_BEAT})"
    f"|{_TEAR} (?:{_TO_ANYONE} |нахуй |нафиг )?{_PART}|{_PART} (?:{_TO_ANYONE} |нахуй )?{_TEAR}"
    f"|{_BREAK} {_TO_ANYONE} {_PART}|{_TO_ANYONE} {_PART} {_BREAK}|{_PART} {_TO_ANYONE} {_BREAK}"
    "|гори(?:те)? (?:ты |вы |все )?(?:в аду|синим пламенем)"
    f"|смерть {_TO_ANYONE}|смерть (?:предател|враг|хохл|москал|русн|либерал|укр)[а-я]*"
    "|(?:ходи|ходите|живи|живите)(?: и| теперь)? (?:оглядывай(?:ся|тесь)|бой(?:ся|тесь)|оглядываясь)"
    "|(?:знаю|знаем|узнаю),? где (?:ты|вы) (?:живешь|живете|работаешь|учишься)"
    "|(?:жди|ждите) (?:в гости|гостей|расправы|беды|пулю|ответки)"
    f"|пул[юя] (?:{_TO_ANYONE} )?в (?:лоб|голову|затылок|башку)"
    f"|{_ANYONE} (?:надо|нужно|бы|пора) (?:бы )?{_PUT_TO_DEATH}|{_PUT_TO_DEATH} (?:таких|вас|их|всех)"
    f"|(?:к стенке|на виселицу|на кол) {_ANYONE}"
    f"|{_ANYONE} (?:всех )?(?:к стенке|на виселицу|на кол|на фонар[а-я]+)"
    "|(?:ты|вы) (?:у меня )?(?:еще )?(?:пожале(?:ешь|ете)|поплати(?:шься|тесь))"
    ")"
)
"""Phrases that threaten or wish death, over small letters with "е" for "ё"; RE2 and `re` agree on it."""


def tagged(words: pa.Array[Any]) -> pa.Array[Any]:
    """Return the tags of many words at once as int8 bits: 1 obscene, 2 insult, 4 threat word."""
    bits = np.zeros(len(words), dtype=np.int8)
    for bit, pattern in _ROOTS.items():
        bits |= _matches(words, pattern) * np.int8(bit)
    bits[_matches(words, _INNOCENT)] = 0
    return pa.array(bits, pa.int8())


def _matches(words: pa.Array[Any], pattern: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    found = pc.match_substring_regex(words, pattern=pattern)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


@lru_cache(maxsize=50_000)
def tags(word: str) -> int:
    """Return the tags of one word, as `tagged` does."""
    if _COMPILED_INNOCENT.search(word):
        return 0
    return sum(bit for bit, pattern in _COMPILED.items() if pattern.search(word))

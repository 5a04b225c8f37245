"""What analyses call their parameters, columns and values, and say of themselves, in both languages.

Analyses speak English, as their API does. What stands here is the same for readers of Russian: names by name,
sentences by the English sentence; a sentence without its Russian is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from core.wording.amounts import Lang
from core.wording.described import (
    names_asked,
    names_measured,
    names_own,
    names_told,
    texts_activity,
    texts_attention,
    texts_contrast,
    texts_coordination,
    texts_copies,
    texts_engagement,
    texts_everywhere,
    texts_lexis,
    texts_mood,
    texts_pairs,
    texts_replies,
    texts_service,
    texts_themes,
)

__all__ = ["CODED", "NAMES", "RU", "explained", "is_named", "meaning", "named", "values_named"]

NAMES: Final[dict[str, tuple[str, str]]] = {
    **names_asked.NAMES,
    **names_measured.NAMES,
    **names_told.NAMES,
    **names_own.NAMES,
}
"""What has a name; `analysis.name` is what a name means in one analysis alone."""

RU: Final[dict[str, str]] = {
    english: russian
    for module in (
        *(texts_activity, texts_attention, texts_contrast, texts_coordination, texts_copies),
        *(texts_engagement, texts_everywhere, texts_lexis, texts_mood, texts_pairs, texts_replies),
        *(texts_service, texts_themes),
    )
    for english, russian in module.RU.items()
}

CODED: Final = frozenset(
    {
        *("against", "counter", "finding", "group", "kind", "measure"),
        *("rule", "sentiment", "side", "state", "variant", "verdict"),
    }
)
"""Columns of text whose cells may be words of ours, not of those who wrote comments."""

_CODE: Final = re.compile(r"`([a-z0-9_ ]+)`")
_PLAINLY: Final[dict[str, tuple[str, str]]] = {
    (
        "`likes_` per comment or `replies_` per root comment: `mean`, `median`, `p90`, `gini`, `none` "
        "(share without any); `comments_per_post`, `comments_per_1000_views`; `er_view`, "
        "`like_rate_view` and `talk_rate_view` in percent."
    ): (
        "Which figure it is; rates by views are in percent.",
        "Что измерено; доли от просмотров в процентах.",
    ),
    "co_text, co_similar, co_link, co_reply or co_timing.": (
        "What is shared: the text, nearly the text, a link or hashtag, the answered comment, or the time.",
        "Что общего: текст, почти тот же текст, ссылка или хештег, ответ на тот же комментарий или время.",
    ),
    "Its group, by size from 0.": (
        "Its group, the largest is 1; programs and files count from 0.",
        "Номер круга общения, самый большой: 1; в программах и файлах отсчёт с 0.",
    ),
    "Of a node with ties: its group, by size from 0.": (
        "Of a node with ties: its group, the largest is 1; programs and files count from 0.",
        "У слова со связями: номер группы, самая большая: 1; в программах и файлах отсчёт с 0.",
    ),
    "What may explain it: common, official, talk, busy, varied.": (
        "What else may explain it.",
        "Чем ещё это может объясняться.",
    ),
}
"""Sentences that speak to programs, as the page says them: in English, in Russian."""

_IN_ZONE: Final[dict[Lang, re.Pattern[str]]] = {
    "en": re.compile("`tz`"),
    "ru": re.compile("(часовом )?поясе `tz`"),
}
_ZONE: Final[dict[Lang, str]] = {"en": "the chosen time zone", "ru": "выбранном часовом поясе"}
_QUOTED: Final[dict[Lang, str]] = {"en": "“{}”", "ru": "«{}»"}
_GAP: Final = "_"
_AND: Final = ", "
_TOPIC: Final = re.compile(r"topic_(\d+)_share", re.ASCII)
_ENDINGS: Final[dict[str, tuple[str, str]]] = {
    "_low": ("{of}, 95 % from", "{of}, 95 % от"),
    "_high": ("{of}, 95 % to", "{of}, 95 % до"),
    "_n": ("{of}, n", "{of}, n"),
    "_median": ("{of}: median", "{of}: медиана"),
    "_p90": ("{of}: P90", "{of}: 90-й перцентиль"),
    "_changes_in": ("{of}: changes in", "{of}: когда меняется"),
}
"""Figures that many names have beside them: a name that ends so needs no row of its own."""
_OF_SHARES: Final = frozenset({"_low", "_high", "_n"})
"""Ends of `x_share` are called `x_low` and `x_high` by most analyses."""


def named(name: str, lang: Lang, analysis: str = "") -> str:
    """Return what a parameter, a column or a value is called; one without words by its own name.

    `analysis` is the one that says it: some names mean something of their own there.
    """
    pair = _pair(name, analysis)
    if pair is None:
        return _plain(name)
    english, russian = pair
    return russian if lang == "ru" else english


def is_named(name: str, analysis: str = "") -> bool:
    """Tell whether a name has words."""
    return _pair(name, analysis) is not None


def values_named(cell: str, lang: Lang, analysis: str = "") -> str | None:
    """Return what the values of a cell are called, with commas; None where one of them has no words."""
    values = cell.split(_AND)
    if not all(is_named(value, analysis) for value in values):
        return None
    first, *others = (named(value, lang, analysis) for value in values)
    return _AND.join([first, *(each[:1].lower() + each[1:] for each in others)])


def meaning(text: str, lang: Lang) -> str:
    """Return a sentence of an analysis in a language."""
    return RU.get(text, text) if lang == "ru" else text


def explained(text: str, lang: Lang, analysis: str) -> str:
    """Return a sentence of an analysis for people: names that programs know stand as the page writes them."""

    def called(name: re.Match[str]) -> str:
        known = is_named(name[1], analysis)
        return _QUOTED[lang].format(named(name[1], lang, analysis)) if known else name[0]

    if text in _PLAINLY:
        english, russian = _PLAINLY[text]
        return russian if lang == "ru" else english
    return _CODE.sub(called, _IN_ZONE[lang].sub(_ZONE[lang], meaning(text, lang)))


def _pair(name: str, analysis: str) -> tuple[str, str] | None:
    """Return a name in English and Russian: as it stands, or as an ending of another."""
    for key in (f"{analysis}.{name}", name):
        if key in NAMES:
            english, russian = NAMES[key]
            return english or _plain(name), russian
    topic = _TOPIC.fullmatch(name)
    if topic is not None:
        return f"Share of topic {topic[1]}", f"Доля темы {topic[1]}"
    return next(_with_endings(name, analysis), None)


def _with_endings(name: str, analysis: str) -> Iterator[tuple[str, str]]:
    """Yield the name of what an ending is of, with the ending's words; of a share before a count."""
    for ending, (english, russian) in _ENDINGS.items():
        if not name.endswith(ending):
            continue
        stem = name.removesuffix(ending)
        for of in (f"{stem}_share", stem) if ending in _OF_SHARES else (stem,):
            pair = _pair(of, analysis)
            if pair is not None:
                yield english.format(of=pair[0]), russian.format(of=pair[1])


def _plain(name: str) -> str:
    words = name.replace(_GAP, " ")
    return words[:1].upper() + words[1:]

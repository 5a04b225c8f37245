"""Numbers, shares, plurals, sizes and durations as a reader of that language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Lang = Literal["ru", "en"]

NBSP = "\u00a0"
WHOLE_FROM = 9.5
"""What is expected and rounds to ten or more is a whole number."""

NOUNS: dict[str, tuple[tuple[str, str], tuple[str, str, str]]] = {
    "comments": (("comment", "comments"), ("комментарий", "комментария", "комментариев")),
    "comments_of": (("comment", "comments"), ("комментария", "комментариев", "комментариев")),
    "replies": (("reply", "replies"), ("ответ", "ответа", "ответов")),
    "roots": (("top-level comment", "top-level comments"), ("начало ветки", "начала веток", "начал веток")),
    "posts": (("post", "posts"), ("запись", "записи", "записей")),
    "sources": (("source", "sources"), ("источник", "источника", "источников")),
    "authors": (("author", "authors"), ("автор", "автора", "авторов")),
    "authors_of": (("author", "authors"), ("автора", "авторов", "авторов")),
    "likes": (("like", "likes"), ("лайк", "лайка", "лайков")),
    "labels": (("label", "labels"), ("метка", "метки", "меток")),
    "rows": (("row", "rows"), ("строка", "строки", "строк")),
    "rows_of": (("row", "rows"), ("строки", "строк", "строк")),
    "links": (("link", "links"), ("ссылка", "ссылки", "ссылок")),
    "calls": (("call", "calls"), ("вызов", "вызова", "вызовов")),
    "requests": (("request", "requests"), ("запрос", "запроса", "запросов")),
    "threads": (("thread", "threads"), ("ветка", "ветки", "веток")),
    "pages": (("page", "pages"), ("страница", "страницы", "страниц")),
    "filters": (("filter", "filters"), ("фильтр", "фильтра", "фильтров")),
    "columns": (("column", "columns"), ("столбец", "столбца", "столбцов")),
    "times": (("time", "times"), ("раз", "раза", "раз")),
    "tokens": (("token", "tokens"), ("токен", "токена", "токенов")),
    "hours": (("hour", "hours"), ("час", "часа", "часов")),
    "words_of": (("word", "words"), ("слова", "слов", "слов")),
    "photo": (("photo", "photos"), ("фото", "фото", "фото")),
    "album": (("album", "albums"), ("альбом", "альбома", "альбомов")),
    "video": (("video", "videos"), ("видео", "видео", "видео")),
    "market_item": (("product", "products"), ("товар", "товара", "товаров")),
}

_UNITS = {
    "en": (("s", 1), ("min", 60), ("h", 3600), ("d", 86400)),
    "ru": (("с", 1), ("мин", 60), ("ч", 3600), ("дн.", 86400)),
}
_SIZES = {"en": ("B", "KB", "MB", "GB"), "ru": ("Б", "КБ", "МБ", "ГБ")}


def number(value: float, lang: Lang, digits: int = 0) -> str:
    """Write a number with the language's separators: 1,234.5 or 1 234,5; no sign of zero."""
    text = f"{value:z,.{digits}f}".replace("-", "\u2212")
    if lang == "en":
        return text
    return text.replace(",", NBSP).replace(".", ",")


def trimmed(value: float, lang: Lang, digits: int) -> str:
    """Write a number with at most so many decimals, none of them a needless zero."""
    text = number(value, lang, digits)
    return text.rstrip("0").rstrip(".,") if digits else text


def expected(value: float, lang: Lang) -> str:
    """Write how many are expected: from ten on, a part of one says nothing."""
    return number(value, lang) if value >= WHOLE_FROM else trimmed(value, lang, 2)


def percent(share: float, lang: Lang) -> str:
    """Write a share (0 to 1) as per cent; below ten it keeps one decimal, and never rounds to 0 or 100."""
    value = share * 100
    if 0 < value < 0.1:
        return ("<0.1%") if lang == "en" else f"<0,1{NBSP}%"
    if 99.9 < value < 100:
        return ">99.9%" if lang == "en" else f">99,9{NBSP}%"
    digits = 1 if 0 < value < 10 or 99 < value < 100 else 0
    text = number(value, lang, digits)
    return f"{text}%" if lang == "en" else f"{text}{NBSP}%"


def count(value: int, noun: str, lang: Lang) -> str:
    """Write a number with its noun in the right form: 1 comment, 2 комментария."""
    return f"{number(value, lang)}{NBSP}{noun_form(value, noun, lang)}"


def counts(low: int, high: int, noun: str, lang: Lang) -> str:
    """Write a range of numbers with its noun: 1,200–1,900 comments; one number where both ends meet."""
    if low >= high:
        return count(high, noun, lang)
    return f"{number(low, lang)}–{count(high, noun, lang)}"


def rounded(low: int, high: int) -> tuple[int, int]:
    """Return a range of guesses without digits nobody can know: two that count, outwards, from 100 on."""
    return low - low % _step(low), high + -high % _step(high)


def _step(value: int) -> int:
    return 10 ** max(0, len(str(value)) - 2) if value >= 100 else 1


def listed(parts: Sequence[str], lang: Lang) -> str:
    """Write parts as a list of a sentence: walls, photos and videos."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {'и' if lang == 'ru' else 'and'} {parts[-1]}"


def noun_form(value: int, noun: str, lang: Lang) -> str:
    """Return the form of a noun that goes with a number."""
    english, russian = NOUNS[noun]
    if lang == "en":
        return english[0] if abs(value) == 1 else english[1]
    tens, ones = abs(value) % 100, abs(value) % 10
    if 11 <= tens <= 14 or ones == 0 or ones >= 5:
        return russian[2]
    return russian[0] if ones == 1 else russian[1]


def size(value: int, lang: Lang) -> str:
    """Write a size in bytes with the unit that suits it."""
    amount, unit = float(value), 0
    while amount >= 1024 and unit < 3:
        amount, unit = amount / 1024, unit + 1
    digits = 1 if unit and amount < 10 else 0
    return f"{number(amount, lang, digits)}{NBSP}{_SIZES[lang][unit]}"


def duration(seconds: float, lang: Lang) -> str:
    """Write seconds in the largest unit that fits, rounded to something a person would say."""
    return _in_units(seconds, _UNITS[lang], lang)


def age(hours: float, lang: Lang) -> str:
    """Write how old something is: in hours up to two days, then in days."""
    units = _UNITS[lang]
    return _in_units(hours * 3600, units if hours >= 48 else units[:-1], lang)


def _in_units(seconds: float, units: Sequence[tuple[str, int]], lang: Lang) -> str:
    name, unit = units[0]
    if 0 < seconds < 0.5:
        return f"<1{NBSP}{name}"
    for candidate, each in units:
        if seconds >= each:
            name, unit = candidate, each
    amount = seconds / unit
    digits = 1 if unit > 60 and amount < 10 and round(amount, 1) != round(amount) else 0
    return f"{number(amount, lang, digits)}{NBSP}{name}"


def between(low: float, high: float, lang: Lang) -> str:
    """Write a range of seconds as one or two durations: 20-40 s, 1-3 min."""
    first, last = duration(low, lang), duration(high, lang)
    if first == last:
        return last
    amount, _, unit = first.partition(NBSP)
    return f"{amount}–{last}" if last.endswith(f"{NBSP}{unit}") else f"{first} – {last}"

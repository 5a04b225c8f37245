"""Days, moments, periods and time zones in words, in the zone they are asked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.wording.amounts import NBSP, Lang

MONTHS = {
    "en": (
        ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May", "May"),
        ("June", "Jun"), ("July", "Jul"), ("August", "Aug"), ("September", "Sep"), ("October", "Oct"),
        ("November", "Nov"), ("December", "Dec"),
    ),
    "ru": (
        ("января", "янв."), ("февраля", "фев."), ("марта", "мар."), ("апреля", "апр."), ("мая", "мая"),
        ("июня", "июн."), ("июля", "июл."), ("августа", "авг."), ("сентября", "сен."),
        ("октября", "окт."), ("ноября", "ноя."), ("декабря", "дек."),
    ),
}  # fmt: skip
MONTHS_ALONE = {
    "en": tuple(long for long, _ in MONTHS["en"]),
    "ru": (
        "январь", "февраль", "март", "апрель", "май", "июнь",
        "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    ),
}  # fmt: skip
MONTHS_ALONE_SHORT = {
    "en": tuple(short for _, short in MONTHS["en"]),
    "ru": ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
}
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
}
WEEKDAYS_SHORT = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
}
WEEKDAYS_ON = {
    "en": ("on Mondays", "on Tuesdays", "on Wednesdays", "on Thursdays", "on Fridays", "on Saturdays",
           "on Sundays"),
    "ru": ("по понедельникам", "по вторникам", "по средам", "по четвергам", "по пятницам", "по субботам",
           "по воскресеньям"),
}  # fmt: skip

ZONES: tuple[tuple[str, str, str], ...] = (
    ("Europe/Kaliningrad", "Kaliningrad", "Калининград"),
    ("Europe/Moscow", "Moscow", "Москва"),
    ("Europe/Samara", "Samara", "Самара"),
    ("Asia/Yekaterinburg", "Yekaterinburg", "Екатеринбург"),
    ("Asia/Omsk", "Omsk", "Омск"),
    ("Asia/Novosibirsk", "Novosibirsk", "Новосибирск"),
    ("Asia/Krasnoyarsk", "Krasnoyarsk", "Красноярск"),
    ("Asia/Irkutsk", "Irkutsk", "Иркутск"),
    ("Asia/Yakutsk", "Yakutsk", "Якутск"),
    ("Asia/Vladivostok", "Vladivostok", "Владивосток"),
    ("Asia/Magadan", "Magadan", "Магадан"),
    ("Asia/Kamchatka", "Kamchatka", "Камчатка"),
    ("Europe/Minsk", "Minsk", "Минск"),
    ("Europe/Kyiv", "Kyiv", "Киев"),
    ("Asia/Almaty", "Almaty", "Алматы"),
    ("Asia/Tashkent", "Tashkent", "Ташкент"),
    ("Asia/Tbilisi", "Tbilisi", "Тбилиси"),
    ("Asia/Yerevan", "Yerevan", "Ереван"),
    ("UTC", "UTC", "UTC"),
    ("Europe/London", "London", "Лондон"),
    ("Europe/Berlin", "Berlin", "Берлин"),
    ("America/New_York", "New York", "Нью-Йорк"),
)


def day(value: date, lang: Lang, *, short: bool = False, year: bool = True) -> str:
    """Write a day: 5 March 2026, 5 мар. 2026."""
    name = MONTHS[lang][value.month - 1][1 if short else 0]
    text = f"{value.day}{NBSP}{name}"
    return f"{text}{NBSP}{value.year}" if year else text


def month(value: date, lang: Lang) -> str:
    """Write a month with its year: March 2026."""
    return f"{MONTHS_ALONE[lang][value.month - 1]} {value.year}"


def moment(value: datetime, lang: Lang, tz: str | None = None, *, short: bool = True) -> str:
    """Write a moment to the minute, moved to `tz` when it is aware and a zone is given."""
    local = value.astimezone(ZoneInfo(tz)) if tz and value.tzinfo else value
    return f"{day(local.date(), lang, short=short)}, {local:%H:%M}"


def period(first: date, last: date, lang: Lang) -> str:
    """Write a period of days without repeating what both ends share: 1–14 March 2026."""
    if first == last:
        return day(first, lang)
    end = day(last, lang)
    if first.year != last.year:
        return f"{day(first, lang)} – {end}"
    if first.month != last.month:
        return f"{day(first, lang, year=False)} – {end}"
    return f"{first.day}–{end}"


def zone(tz: str, lang: Lang, at: datetime) -> str:
    """Write a time zone as its city and offset at a moment: Moscow (UTC+3)."""
    offset = at.astimezone(ZoneInfo(tz)).utcoffset() or timedelta()
    return "UTC" if tz == "UTC" else f"{city(tz, lang)} (UTC{_offset(offset)})"


def city(tz: str, lang: Lang) -> str:
    """Return the city of a time zone; the zone itself where none is known."""
    names = {key: (english, russian) for key, english, russian in ZONES}
    english, russian = names.get(tz, (tz, tz))
    return russian if lang == "ru" else english


def hours(first: int, lang: Lang) -> str:
    """Write one hour of the day as a range: 21:00–22:00, the same in every language."""
    del lang
    return f"{first:02d}:00–{(first + 1) % 24:02d}:00"


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    sign = "+" if minutes >= 0 else "\u2212"
    whole, rest = divmod(abs(minutes), 60)
    return f"{sign}{whole}" + (f":{rest:02d}" if rest else "")

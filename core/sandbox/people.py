"""Synthetic people and communities as VK describes them: names from a number, fields when asked for."""

from typing import Final

from core.sandbox import stories
from core.sandbox.chance import mixed

Row = dict[str, object]

_MEN: Final = (
    "Арсений", "Богдан", "Вадим", "Глеб", "Демид", "Егор", "Захар", "Игнат", "Кирилл", "Лев", "Матвей",
    "Назар", "Олег", "Прохор", "Родион", "Савва", "Тимур", "Фёдор", "Эрик", "Ярослав", "Алмаз", "Ерлан",
    "Остап",
)  # fmt: skip
_WOMEN: Final = (
    "Агата", "Белла", "Варвара", "Дарина", "Ева", "Злата", "Инга", "Кира", "Лидия", "Майя", "Нонна",
    "Оксана", "Полина", "Регина", "Снежана", "Таисия", "Ульяна", "Фаина", "Эмма", "Яна", "Гузель",
    "Айгуль", "Соломия",
)  # fmt: skip
_SURNAMES: Final = (
    "Берёзкин", "Ветров", "Грозов", "Дождев", "Ельников", "Журавлёв", "Зимин", "Инеев", "Каменев",
    "Листьев", "Морозкин", "Небов", "Озёров", "Парусов", "Рассветов", "Снегов", "Туманов", "Утёсов",
    "Фонарёв", "Хлебов", "Цветов", "Чайкин", "Шишкин", "Щеглов", "Юлин", "Яблочков", "Лугов", "Песков",
    "Радугин", "Сугробов",
)  # fmt: skip
_CITIES: Final = ((101, "Липовск"), (102, "Заречье"), (103, "Кирпичный"), (104, "Северный Мыс"))
_NAMED: Final = {person.id: person for person in stories.PEOPLE}
_PLACES: Final = {place.id: place for place in stories.COMMUNITIES}


def _is_woman(user_id: int) -> bool:
    """Tell a person's sex."""
    return mixed(11, user_id) % 100 < 56


def deactivated(user_id: int) -> str:
    """Return deleted, banned or an empty text."""
    if user_id in _NAMED:
        return "deleted" if _NAMED[user_id].state == "deleted" else ""
    draw = mixed(13, user_id) % 1_000
    return "deleted" if draw < 14 else "banned" if draw < 22 else ""


def is_missing(user_id: int) -> bool:
    """Tell whether VK leaves this author out of `profiles`."""
    return user_id not in _NAMED and mixed(17, user_id) % 1_000 < 12


def names(user_id: int) -> tuple[str, str]:
    """Return first and last name."""
    if user_id in _NAMED:
        return _NAMED[user_id].first_name, _NAMED[user_id].last_name
    if deactivated(user_id) == "deleted":
        return "DELETED", ""
    draw = mixed(19, user_id)
    surname = _SURNAMES[draw // 64 % len(_SURNAMES)]
    if _is_woman(user_id):
        return _WOMEN[draw % len(_WOMEN)], surname + "а"
    return _MEN[draw % len(_MEN)], surname


def exists(user_id: int) -> bool:
    """Tell whether a person with that number lives in this world."""
    return user_id in _NAMED or user_id >= stories.FIRST_USER


def profile(user_id: int, fields: frozenset[str]) -> Row:
    """Return a user object with the fields that were asked for."""
    first_name, last_name = names(user_id)
    row: Row = {"id": user_id, "first_name": first_name, "last_name": last_name}
    state = deactivated(user_id)
    if state:
        return row | {"deactivated": state}
    draw = mixed(23, user_id)
    is_closed = user_id in _NAMED and _NAMED[user_id].state == "closed"
    is_closed = is_closed or (user_id not in _NAMED and draw % 100 < 27)
    row |= {"can_access_closed": not is_closed, "is_closed": is_closed}
    if "sex" in fields:
        row["sex"] = 1 if _is_woman(user_id) else 2
    if "screen_name" in fields or "domain" in fields:
        name = _NAMED[user_id].screen_name if user_id in _NAMED else f"id{user_id}"
        row |= {field: name for field in ("screen_name", "domain") if field in fields}
    if "city" in fields and draw // 128 % 3:
        city_id, title = _CITIES[draw // 512 % len(_CITIES)]
        row["city"] = {"id": city_id, "title": title}
    if "bdate" in fields and draw // 4_096 % 2:
        row["bdate"] = f"{draw % 28 + 1}.{draw // 32 % 12 + 1}.{1955 + draw // 8_192 % 52}"
    for size in (50, 100, 200):
        if f"photo_{size}" in fields:
            row[f"photo_{size}"] = f"https://photo.example/u{user_id}_{size}.jpg"
    if "online" in fields:
        row["online"] = 0
    if "followers_count" in fields:
        row["followers_count"] = draw % 900
    return row


def group(group_id: int, fields: frozenset[str]) -> Row | None:
    """Return a community object, None when there is no such community."""
    place = _PLACES.get(group_id)
    if place is None:
        return None
    row: Row = {
        "id": place.id,
        "name": place.name,
        "screen_name": place.screen_name,
        "is_closed": 1 if place.access == "members" else 0,
        "type": place.kind,
    }
    if place.access == "banned":
        return row | {"name": "DELETED", "deactivated": "banned"}
    for size in (50, 100, 200):
        row[f"photo_{size}"] = f"https://photo.example/g{group_id}_{size}.jpg"
    if "members_count" in fields:
        row["members_count"] = 1_200 + mixed(29, group_id) % 90_000
    if "description" in fields:
        row["description"] = f"{place.name}. Вымышленное сообщество."
    return row


def resolved(screen_name: str) -> Row | None:
    """Return what a short name stands for, None when it is nobody's."""
    name = screen_name.lower().removeprefix("@")
    for place in stories.COMMUNITIES:
        if name in (place.screen_name, f"club{place.id}", f"public{place.id}", f"event{place.id}"):
            return {"type": place.kind, "object_id": place.id}
    for person in stories.PEOPLE:
        if name in (person.screen_name, f"id{person.id}"):
            return {"type": "user", "object_id": person.id}
    if name in stories.APPLICATIONS:
        return {"type": "application", "object_id": stories.APPLICATIONS[name]}
    if name.startswith("id") and name[2:].isdecimal() and exists(int(name[2:])):
        return {"type": "user", "object_id": int(name[2:])}
    return None

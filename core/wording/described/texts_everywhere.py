"""What analyses of several groups say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    "Length of a period in `tz`; weeks begin on Monday.": (
        "Длина периода в часовом поясе `tz`; недели начинаются с понедельника."
    ),
    "When the period begins.": "Начало периода.",
    "Comments written in it.": "Комментарии, написанные за это время.",
    "Different authors of them.": "Сколько среди них разных авторов.",
    "How many to name.": "Сколько строк показать.",
    "Key of the source.": "Ключ источника.",
    "Its title, often empty.": "Название; часто пустое.",
    "Comments of the query under it.": "Комментарии выборки в этом источнике.",
    "Communities negative; null for one who has only a name.": (
        "У сообществ отрицательный; пусто, если известно только имя."
    ),
    "As it was last seen.": "Имя, каким его видели в последний раз.",
    "Whether a community wrote.": "Написано ли от имени сообщества.",
    "Of the random draw: the same seed gives the same intervals.": (
        "Зерно случайного отбора: при том же зерне интервалы те же."
    ),
    "Lower end of the 95 % interval.": "Нижняя граница 95 % интервала.",
    "Upper end of the 95 % interval.": "Верхняя граница 95 % интервала.",
    "Lower end of its 95 % interval.": "Нижняя граница его 95 % интервала.",
    "Upper end of its 95 % interval.": "Верхняя граница его 95 % интервала.",
    "When it was published.": "Время публикации.",
    "Key of the comment.": "Ключ комментария.",
    "Key of its source.": "Ключ его источника.",
    "Its text.": "Его текст.",
    "Of communities and places: the same seed draws the same picture.": (
        "Зерно для групп и расположения: при том же зерне рисунок тот же."
    ),
}

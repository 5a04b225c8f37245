"""Faults of collecting in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "VK lists the same at place {place} as before.": "На месте {place} ВК показывает то же, что и раньше.",
    "Nothing was found under these links.": "По этим ссылкам ничего не нашлось.",
    "Check the links and names: they may be misspelt, deleted or closed.": (
        "Проверьте ссылки и имена: возможно, в них опечатка или всё это удалено либо закрыто."
    ),
    "Comments are closed everywhere here.": "Комментарии здесь везде закрыты.",
    "There is nothing to collect.": "Собирать нечего.",
    "This token may not read any of these.": "Этому токену ничего из этого читать нельзя.",
    "VK denied access to everything here.": "ВК ни к чему здесь не дал доступа.",
    "Use the token of somebody who may see these pages.": "Нужен токен того, кому эти страницы видны.",
    "VK gives the same comments at place {place} as at the beginning.": (
        "На месте {place} ВК отдаёт те же комментарии, что и в начале."
    ),
    "The list moved faster than it could be read.": "Список менялся быстрее, чем его удавалось прочитать.",
    "VK counts {lacks} more in all than its first level and its threads together.": (
        "Всего ВК насчитывает на {lacks} больше, чем на верхнем уровне и в ветках вместе."
    ),
    "The collection was cancelled; what had arrived is kept.": "Сбор отменён; собранное сохранено.",
    "The collection waits; what had arrived is kept.": "Сбор ждёт; собранное сохранено.",
}

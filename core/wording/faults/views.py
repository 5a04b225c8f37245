"""Faults of saved views in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "A view cannot have the name '{value}'.": "У вида не может быть имени «{value}».",
    "A name has 1 to {most} characters.": "В имени от 1 до {most} знаков.",
    "The view has more parameters than an address can hold.": (
        "В виде больше параметров, чем помещается в адрес."
    ),
    "Take some filters away and save it again.": "Уберите часть фильтров и сохраните ещё раз.",
    "There are {most} saved views, which is as many as there can be.": (
        "Сохранённых видов уже {most}, больше нельзя."
    ),
    "Delete some first.": "Сначала удалите лишние.",
    "There is a view with the name '{name}' already.": "Вид с именем «{name}» уже есть.",
    "Give another name, or replace it by sending replace: true.": (
        "Дайте другое имя или замените его, прислав replace: true."
    ),
    "There is no such view.": "Такого вида нет.",
}

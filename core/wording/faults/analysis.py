"""Faults of analyses and computing in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "There is no analysis '{value}'.": "Анализа «{value}» нет.",
    "It is one of: {allowed}.": "Возможные значения: {allowed}.",
    "The parameter '{key}' cannot be '{value}'.": "Параметр «{key}» не может быть «{value}».",
    "A whole number from {low} to {high} is expected.": "Нужно целое число от {low} до {high}.",
    "There is no such parameter; known: {known}.": "Такого параметра нет; известны: {known}.",
    "It is an object with the analysis's parameters.": "Это объект с параметрами анализа.",
    "The comments span {days} days: too long a time for this analysis.": (
        "Комментарии охватывают {days} дн.: для этого анализа срок слишком велик."
    ),
    "Narrow the dates, or choose longer periods.": "Сузьте даты или выберите периоды длиннее.",
    "The computation was stopped.": "Расчёт остановлен.",
    "The server is stopping; nothing more is computed.": "Сервер останавливается, новых расчётов не будет.",
    "The computation ended before it had an answer: its process was killed or ran out of memory.": (
        "Расчёт оборвался, не дав ответа: его процесс завершили извне или ему не хватило памяти."
    ),
    "Try again with narrower filters or fewer resamples; close other programs.": (
        "Повторите с более узкими фильтрами или меньшим числом повторных выборок; закройте другие программы."
    ),
}

"""Faults of filters in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "A number from 0 to 1 is expected, such as 0.5.": "Нужно число от 0 до 1, например 0.5.",
    "A mark is written kind:name, such as hashtag:#news; kinds: {allowed}.": (
        "Знак пишется вид:имя, например hashtag:#новости; виды: {allowed}."
    ),
    "A label is written name:value, such as sentiment:negative.": (
        "Метка пишется как имя:значение, например sentiment:negative."
    ),
    "How near words stand is a whole number from 1 to 99 behind a phrase, not '~{value}'.": (
        "Близость слов: целое число от 1 до 99 после фразы, а не «~{value}»."
    ),
    'Write "first second"~5: within five words of each other.': (
        'Напишите "первое второе"~5: не дальше пяти слов друг от друга.'
    ),
    "The search has too many words: {count}.": "В поиске слишком много слов: {count}.",
    "At most {most} can be looked for at a time.": "За один раз можно искать не больше {most}.",
    "The filter '{key}' cannot be '{value}'.": "В фильтре «{key}» не может быть «{value}».",
    "There is no such filter.": "Такого фильтра нет.",
    "None of them is among the sources asked for.": "Среди выбранных источников таких нет.",
    "This filter takes one value.": "У этого фильтра одно значение.",
    "The page has no such choice.": "На странице нет такого выбора.",
    "This value is not possible.": "Такое значение невозможно.",
    "The end lies before the beginning, {since}, so there is no period.": (
        "Конец раньше начала ({since}), поэтому период не задан."
    ),
    "A source looks like wall:-1_2, topic:-1_2 or import:0123456789ab.": (
        "Источник пишется так: wall:-1_2, topic:-1_2 или import:0123456789ab."
    ),
    "A thread is named by its first comment, such as wall:-1_2:3.": (
        "Ветка называется по первому комментарию, например wall:-1_2:3."
    ),
    "A day is written 2026-03-01, an instant 2026-03-01T12:00:00Z.": (
        "День пишется 2026-03-01, момент 2026-03-01T12:00:00Z."
    ),
    "A date lies between 1970-01-02 and 9000-01-01.": "Дата должна быть от 1970-01-02 до 9000-01-01.",
    "An instant needs its offset, such as 2026-03-01T12:00:00Z.": (
        "Моменту нужен часовой пояс, например 2026-03-01T12:00:00Z."
    ),
    "A whole number from {low} to {high} is expected.": "Нужно целое число от {low} до {high}.",
    "It is one of: {allowed}.": "Возможные значения: {allowed}.",
    "The search text is empty.": "Текст для поиска пуст.",
    "Look for a shorter part of it.": "Ищите часть покороче.",
    "The search text is longer than {most:,} characters.": "Текст для поиска длиннее {most:,} знаков.",
    "A time zone looks like Europe/Moscow.": "Часовой пояс пишется так: Europe/Moscow.",
}

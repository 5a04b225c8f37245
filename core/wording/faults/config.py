"""Faults of settings in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "The model {path} does not judge {judged}.": "Модель {path} оценивает не то, что нужно: {judged}.",
    "A model of sentiment gives three probabilities for a text, one of toxicity gives one.": (
        "Модель тональности даёт для текста три вероятности, модель токсичности одну."
    ),
    "{setting} cannot be '{value}'.": "{setting} не может быть «{value}».",
    "{setting} cannot be that value.": "У {setting} не может быть такого значения.",
    "The settings file {path} cannot be read.": "Файл настроек {path} не читается.",
    "Save it as plain UTF-8 text.": "Сохраните его как простой текст в UTF-8.",
    "Give a whole number from {low} to {high}.": "Укажите целое число от {low} до {high}.",
    "Choose one of: {allowed}.": "Возможные значения: {allowed}.",
    "Give a number of requests, such as 3 or 0.5; 0 means without a limit.": (
        "Укажите число запросов, например 3 или 0.5; 0 значит без ограничения."
    ),
    "Use Latin letters, digits and signs, without spaces.": (
        "Нужны латинские буквы, цифры и знаки без пробелов."
    ),
    "Give an address such as https://host/path, without a password, '?' or '#'.": (
        "Укажите адрес вида https://host/path без пароля, «?» и «#»."
    ),
    "Give a name or an address without port, such as 127.0.0.1.": (
        "Укажите имя или адрес без порта, например 127.0.0.1."
    ),
    "There is a file of that name; give a directory.": "Под этим именем есть файл; укажите папку.",
    "This system cannot have a directory of that name; give another one.": (
        "Папки с таким именем в этой системе быть не может; укажите другую."
    ),
    "DuckLake is not built yet; use duckdb:///data/comments.duckdb.": (
        "DuckLake ещё не готов; используйте duckdb:///data/comments.duckdb."
    ),
    "Give a DuckDB file, such as duckdb:///data/comments.duckdb.": (
        "Укажите файл DuckDB, например duckdb:///data/comments.duckdb."
    ),
    "Dask is not built yet; use local://.": "Dask ещё не готов; используйте local://.",
    "That level is not built yet and would not be honoured; use identified.": (
        "Этот уровень ещё не готов и не соблюдался бы; используйте identified."
    ),
    "The file of remembered tokens {path} cannot be used: {reason}.": (
        "Файл запомненных токенов {path} не подходит: {reason}."
    ),
    "Remove it, or make it yours alone: chmod 600.": "Удалите его или закройте от других: chmod 600.",
}

"""Faults of the cache in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "CACHE_URL cannot be '{value}'.": "CACHE_URL не может быть «{value}».",
    "Give memory://, redis://host:6379/0, rediss://host:6379/0 or unix:///path?db=0.": (
        "Укажите memory://, redis://host:6379/0, rediss://host:6379/0 или unix:///path?db=0."
    ),
    "Check its parts: :password@ (signs other than letters and digits as %XX), host, port, /database.": (
        "Проверьте части: :пароль@ (знаки, кроме букв и цифр, в виде %XX), сервер, порт, /номер базы."
    ),
    "After '?' it may have: {allowed}.": "После «?» возможно: {allowed}.",
    "'{option}' cannot have that value there.": "У «{option}» там не может быть такого значения.",
    "The cache is closed.": "Кэш закрыт.",
    "Start the program again.": "Запустите программу снова.",
    "The Redis server has not answered within {seconds} s.": "Сервер Redis не ответил за {seconds} с.",
    "See that it runs and is not overloaded.": "Проверьте, что он работает и не перегружен.",
    "The Redis server does not accept the name and password, or forbids what is needed.": (
        "Сервер Redis не принимает имя и пароль или запрещает нужное."
    ),
    "Check the user and password of CACHE_URL.": "Проверьте имя и пароль в CACHE_URL.",
    "The Redis server is full.": "На сервере Redis нет места.",
    "Raise its maxmemory, or set maxmemory-policy allkeys-lru.": (
        "Увеличьте его maxmemory или задайте maxmemory-policy allkeys-lru."
    ),
    "The Redis server is a replica that takes no writes.": (
        "Этот сервер Redis — реплика и не принимает записей."
    ),
    "Name the primary in CACHE_URL.": "Укажите в CACHE_URL основной сервер.",
    "The Redis server is starting and reads its data.": "Сервер Redis запускается и читает свои данные.",
    "It is used as soon as it is ready.": "Он будет использован, как только будет готов.",
    "The Redis server refused a command.": "Сервер Redis отказался выполнять команду.",
    "Its own log says why.": "Причина — в его собственном журнале.",
    "The Redis server cannot be reached.": "До сервера Redis не достучаться.",
    "See that it runs and that CACHE_URL names it.": (
        "Проверьте, что он работает и что CACHE_URL ведёт к нему."
    ),
}

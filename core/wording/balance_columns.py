"""What each column of the balance sheet is called and means, in Russian and English."""

from __future__ import annotations

from core.wording.columns import ColumnWords

BALANCE_WORDS: tuple[ColumnWords, ...] = (
    ColumnWords("source", "Источник", "Source", "Ключ источника.", "Key of the source.", width=24),
    ColumnWords("title", "Название", "Title", "Начало записи.", "How the post begins.", width=40),
    ColumnWords("state", "Состояние", "State", "Всё ли собрано.", "Whether all is here.", width=20),
    ColumnWords("declared", "Заявлено ВК", "Declared by VK", "Всего по ВК.", "In all, as VK says."),
    ColumnWords(
        "declared_roots",
        "Заявлено: верхний уровень",
        "Declared, top level",
        "Комментариев верхнего уровня по ВК.",
        "Comments of the top level, as VK says.",
        width=16,
    ),
    ColumnWords("collected", "Собрано", "Collected", "Сколько здесь.", "How many are here."),
    ColumnWords("roots", "Верхний уровень", "Top level", "Из них не ответы.", "Those that are no replies."),
    ColumnWords("replies", "Ответы", "Replies", "Из них ответы.", "Those that are replies.", width=10),
    ColumnWords(
        "tombstones",
        "Удалённые",
        "Tombstones",
        "Удалены, но место в ветке осталось.",
        "Deleted, while their place in the thread stayed.",
    ),
    ColumnWords(
        "placeholders",
        "Для подписчиков",
        "For subscribers",
        "Текст виден только платным подписчикам.",
        "Only paying subscribers see the text.",
        width=14,
    ),
    ColumnWords("refused_code", "Код отказа", "Refusal", "Номер ошибки ВК.", "VK's error number."),
    ColumnWords("reason", "Почему", "Why", "Почему чего-то нет.", "Why something is missing.", width=44),
    ColumnWords(
        "missing_roots",
        "Не хватает: верхний уровень",
        "Missing, top level",
        "Заявлены, но не пришли.",
        "Declared, but they did not come.",
        width=16,
    ),
    ColumnWords(
        "missing_threads",
        "Не хватает: ветки",
        "Missing threads",
        "Ссылки на ветки и сколько ответов в них не пришло.",
        "Links to the threads and how many of their replies did not come.",
        width=50,
    ),
    ColumnWords("calls", "Вызовы", "Calls", "Вызовов ВК.", "Calls to VK.", width=10),
    ColumnWords("retries", "Повторы", "Retries", "Из них повторных.", "Repeated ones.", width=10),
    ColumnWords("bytes", "Байт получено", "Bytes", "Ответы ВК.", "VK's answers.", width=14),
    ColumnWords(
        "updated_at",
        "Проверено",
        "Last checked",
        "Когда источник читали в последний раз.",
        "When the source was read last.",
        width=20,
        is_time=True,
    ),
)


def balance_header(words: ColumnWords, lang: str, tz: str) -> str:
    """Return the column's header in a file, as `core.wording.columns.header` does for comments."""
    if lang != "ru":
        return words.name
    return f"{words.ru} ({tz})" if words.is_time else words.ru

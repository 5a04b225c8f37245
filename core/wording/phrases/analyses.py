"""What the analyses are called, and what a task says while it works one out."""

PHRASES: dict[str, tuple[str, str]] = {
    "analysis.volume.title": ("Comments over time", "Комментарии по времени"),
    "analysis.rhythm.title": ("Weekdays and hours", "Дни недели и часы"),
    "analysis.sources.title": ("The most discussed sources", "Самые обсуждаемые источники"),
    "analysis.authors.title": ("The most active authors", "Самые активные авторы"),
    "analysis.likes.title": ("Comments by likes", "Комментарии по числу лайков"),
    "analysis.replies.title": ("Threads by replies", "Ветки по числу ответов"),
    "analysis.concentration.title": (
        "How unevenly comments are spread",
        "Неравномерность комментариев",
    ),
    "note.unread": (
        "{unread} comments of this selection have not been read by the text engine yet; they are left out.",
        "Ещё не разобрано комментариев этой выборки: {unread}; здесь они не учтены.",
    ),
    "enrich.reading": ("reading the texts", "разбираем тексты"),
    "analyze.computing": ("computing", "идёт расчёт"),
    "analyze.done": ("computed", "рассчитано"),
}

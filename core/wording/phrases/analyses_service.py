"""What the analyses of `core.analysis.service` are called, and what they say beside their figures."""

PHRASES: dict[str, tuple[str, str]] = {
    "analysis.questions.title": ("Questions and answers", "Вопросы и ответы"),
    "analysis.response_times.title": ("How fast questions are answered", "Как быстро отвечают на вопросы"),
    "note.questions_by_rule": (
        (
            "What asks is found by a rule: questions that expect no answer are counted too. Answered means "
            "that the owner of the page or the author of the post replied; answers in private messages are "
            "not seen."
        ),
        (
            "Вопросы находит правило: вопросы, на которые ответа не ждут, тоже учтены. Отвеченным считается "
            "вопрос, на который ответил владелец страницы или автор записи; личные сообщения не видны."
        ),
    ),
    "note.questions_no_owner": (
        (
            "An imported file does not say who runs the page: which questions were answered on its behalf "
            "is not known."
        ),
        (
            "Загруженный файл не говорит, кто ведёт страницу: на какие вопросы ответили от её имени, "
            "неизвестно."
        ),
    ),
    "note.questions_few": (
        "Too few to say: shares and times need {least} questions of {askers} authors.",
        "Данных слишком мало: для долей и времени нужно вопросов не меньше {least} от {askers} авторов.",
    ),
    "note.median_not_reached": (
        "The median time is not known: fewer than half of the questions got an answer so far.",
        "Медианное время неизвестно: ответ пока получили меньше половины вопросов.",
    ),
}

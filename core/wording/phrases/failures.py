"""Failures: what happened, and what to do about it. Keys are the errors' codes."""

PHRASES: dict[str, tuple[str, str]] = {
    "failure.again": ("Try again", "Повторить"),
    "failure.title": ("This did not work", "Это не получилось"),
    "failure.error": ("Something unexpected went wrong.", "Случилось что-то непредвиденное."),
    "failure.error.hint": (
        "Try again. If it stays, the log of the program has the details under {reference}.",
        "Попробуйте ещё раз. Если не пройдёт, подробности в журнале программы под меткой {reference}.",
    ),
    "failure.configuration": ("A setting is wrong.", "Неверная настройка."),
    "failure.configuration.hint": (
        "Correct it in .env and start again.",
        "Исправьте её в .env и перезапустите.",
    ),
    "failure.sandbox": ("The demo VK did not start.", "Демо-ВК не запустился."),
    "failure.sandbox.hint": (
        "Start the dashboard again; if another program holds its port, close that one.",
        "Перезапустите дашборд; если порт занят другой программой, закройте её.",
    ),
    "failure.vk_error": ("VK refused the request.", "ВК отклонил запрос."),
    "failure.vk_error.hint": ("Try again later.", "Повторите позже."),
    "failure.vk_transient": ("VK did not answer properly.", "ВК не ответил как следует."),
    "failure.vk_transient.hint": (
        "Try again in a minute; what arrived is kept.",
        "Повторите через минуту; собранное сохранено.",
    ),
    "failure.rate_limited": ("VK asks to go slower.", "ВК просит реже обращаться."),
    "failure.rate_limited.hint": (
        "Lower VK_REQUESTS_PER_SECOND, or wait a minute and try again.",
        "Уменьшите VK_REQUESTS_PER_SECOND или повторите через минуту.",
    ),
    "failure.vk_unavailable": ("VK is out of reach.", "ВК недоступен."),
    "failure.vk_unavailable.hint": (
        "Check the network and try again; what arrived is kept.",
        "Проверьте сеть и повторите; собранное сохранено.",
    ),
    "failure.batch_too_large": ("VK found the request too large.", "ВК счёл запрос слишком большим."),
    "failure.batch_too_large.hint": ("Try again.", "Повторите."),
    "failure.authorization": ("VK does not accept the token.", "ВК не принимает токен."),
    "failure.authorization.hint": (
        "Add another under “Access to VK” and try again.",
        "Добавьте другой в разделе «Доступ к ВК» и повторите.",
    ),
    "failure.method_refused": (
        "This kind of token may not read that.",
        "Токен этого вида не может такое читать.",
    ),
    "failure.method_refused.hint": (
        "Photos, videos and products need a user token; add one under “Access to VK”.",
        "Для фото, видео и товаров нужен токен пользователя; добавьте его в разделе «Доступ к ВК».",
    ),
    "failure.access_denied": ("VK gives no access to this source.", "ВК не даёт доступа к источнику."),
    "failure.access_denied.hint": (
        "It is private or removed. A token of a member may help.",
        "Он закрыт или удалён. Может помочь токен участника.",
    ),
    "failure.comments_closed": ("Comments are closed there.", "Комментарии там закрыты."),
    "failure.comments_closed.hint": ("There is nothing to collect.", "Собирать нечего."),
    "failure.not_found": ("VK has nothing under this link.", "В ВК по этой ссылке ничего нет."),
    "failure.not_found.hint": (
        "Check the link; it may have been deleted.",
        "Проверьте ссылку; возможно, это удалили.",
    ),
    "failure.daily_limit": ("The day's allowance of requests is spent.", "Дневной запас запросов исчерпан."),
    "failure.daily_limit.hint": (
        "Go on tomorrow, or add a second token.",
        "Продолжите завтра или добавьте второй токен.",
    ),
    "failure.human_needed": ("VK wants to see a person.", "ВК хочет убедиться, что вы человек."),
    "failure.human_needed.hint": (
        "Open VK in the browser, pass the check, and try again.",
        "Откройте ВК в браузере, пройдите проверку и повторите.",
    ),
    "failure.paused": ("The work is paused.", "Работа на паузе."),
    "failure.paused.hint": (
        "The Collect page says what it waits for.",
        "На странице «Сбор» сказано, чего она ждёт.",
    ),
    "failure.bad_request": ("The request to VK was wrong.", "Запрос к ВК составлен неверно."),
    "failure.bad_request.hint": (
        "This is a defect here; please report it.",
        "Это наша ошибка; сообщите о ней.",
    ),
    "failure.protocol": ("VK answered in an unknown form.", "ВК ответил в незнакомом виде."),
    "failure.protocol.hint": (
        "VK may have changed; look for a newer version.",
        "Возможно, ВК изменился; нужна новая версия.",
    ),
    "failure.storage": ("The database refused.", "База данных отказала."),
    "failure.storage.hint": (
        "Check the free space and that no other copy of the program is running.",
        "Проверьте место на диске и что не запущена вторая копия программы.",
    ),
    "failure.query_timed_out": ("The question took too long.", "Вопрос занял слишком много времени."),
    "failure.query_timed_out.hint": ("Narrow the dates or the sources.", "Сузьте даты или источники."),
    "failure.busy": ("The database is busy.", "База данных занята."),
    "failure.busy.hint": ("Repeat it in a few seconds.", "Повторите через несколько секунд."),
    "failure.compute_failed": (
        "A process that computed this was ended before it had an answer.",
        "Процесс, который это считал, завершился без ответа.",
    ),
    "failure.compute_failed.hint": (
        "Try again; if it stays, take fewer comments or free some memory.",
        "Попробуйте ещё раз; если не пройдёт, возьмите меньше комментариев или освободите память.",
    ),
    "failure.cache": ("The cache does not answer.", "Кэш не отвечает."),
    "failure.cache.hint": ("Check CACHE_URL.", "Проверьте CACHE_URL."),
    "failure.task": ("The task cannot do that now.", "Задача сейчас не может этого сделать."),
    "failure.task.hint": ("Look at its state below.", "Посмотрите на её состояние ниже."),
    "failure.cancelled": ("Cancelled.", "Отменено."),
    "failure.cancelled.hint": ("What had arrived is kept.", "Собранное сохранено."),
    "failure.timed_out": ("It ran out of time.", "Не хватило времени."),
    "failure.timed_out.hint": (
        "What had arrived is kept; try again to go on.",
        "Собранное сохранено; повторите, чтобы продолжить.",
    ),
    "failure.place_gone": (
        "It was collecting with other access to VK than there is now.",
        "Сбор шёл с другим доступом к ВК, чем есть сейчас.",
    ),
    "failure.place_gone.hint": (
        "Restore that access (the token, or the demo without one) and retry, or start a new collection.",
        "Верните прежний доступ (токен или демо без него) и повторите либо начните новый сбор.",
    ),
    "failure.import_refused": (
        "This file could not be read as comments.",
        "Файл не удалось прочитать как комментарии.",
    ),
    "failure.import_refused.hint": (
        "Save it as CSV in UTF-8 with a header row and try again.",
        "Сохраните его как CSV в UTF-8 со строкой заголовков и повторите.",
    ),
    "failure.conflict": ("Another task is in the way.", "Мешает другая задача."),
    "failure.conflict.hint": ("Wait for it, or cancel it.", "Дождитесь её или отмените."),
    "failure.interrupted": ("The program was stopped in the middle.", "Программу остановили на полпути."),
    "failure.interrupted.hint": (
        "Try again to go on from there.",
        "Повторите, чтобы продолжить с того же места.",
    ),
    "failure.internal": ("The program made a mistake.", "Ошибка в самой программе."),
    "failure.internal.hint": (
        "Try again; the log has the details.",
        "Попробуйте ещё раз; подробности в журнале.",
    ),
    "failure.export": ("The file could not be written.", "Файл не удалось записать."),
    "failure.export.hint": (
        "Check the free space, or choose another format.",
        "Проверьте место на диске или выберите другой формат.",
    ),
    "failure.bad_query": ("A filter has a value it cannot have.", "У фильтра невозможное значение."),
    "failure.bad_query.hint": ("Change it or reset the filters.", "Измените его или сбросьте фильтры."),
    "failure.not_here": ("There is nothing under that key.", "По этому ключу ничего нет."),
    "failure.not_here.hint": ("It may have been removed.", "Возможно, это удалили."),
}

"""Faults of tasks in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    # parameters
    "The parameter '{key}' cannot be '{value}'.": "Параметр «{key}» не может быть «{value}».",
    "The parameter '{key}' cannot hold {count:,} links.": (
        "В параметре «{key}» не может быть столько ссылок: {count:,}."
    ),
    "Give 1 to {most:,}.": "Дайте от 1 до {most:,}.",
    "The parameter '{key}' cannot hold so much text.": "В параметре «{key}» слишком много текста.",
    "A link has at most {most:,} characters; split them.": (
        "В ссылке не больше {most:,} знаков; разделите их."
    ),
    "It is a list of links.": "Это список ссылок.",
    "The end lies before the beginning.": "Конец раньше начала.",
    "It is a number of posts, 1 or more.": "Это число записей, 1 или больше.",
    "Send the file by POST /imports.": "Пришлите файл запросом POST /imports.",
    "It holds half a character.": "В нём половина знака.",
    "It is an object with the keys {keys}.": "Это объект с ключами {keys}.",
    "It is text of at most {most:,} characters.": "Это текст не длиннее {most:,} знаков.",
    "A day is written 2026-03-01.": "День пишется так: 2026-03-01.",
    "It is one of: {allowed}.": "Возможные значения: {allowed}.",
    "There is no such parameter; known: {known}.": "Такого параметра нет; известны: {known}.",
    # pauses
    "That is no answer to a pause.": "Это не ответ на паузу.",
    "Give one of {allowed}, or nothing to try again.": (
        "Дайте что-то одно: {allowed}; или ничего, чтобы попробовать снова."
    ),
    "The '{key}' cannot be that.": "Поле «{key}» не может быть таким.",
    "It is one line of text; copy it again.": "Это одна строка текста; скопируйте её ещё раз.",
    # the pool
    "Tasks of the kind '{kind}' are not built yet.": "Задачи вида «{kind}» пока не сделаны.",
    "There is no such task, or it is long finished.": "Такой задачи нет, или она давно закончена.",
    "The task is finished; nothing is left to cancel.": "Задача закончена; отменять нечего.",
    "A task that is {state} cannot be retried.": "Задачу в состоянии «{state}» нельзя повторить.",
    "Another task does the same already.": "То же самое уже делает другая задача.",
    "A task that is {state} waits for no answer.": "Задача в состоянии «{state}» не ждёт ответа.",
    "This Idempotency-Key was used for another task.": "Этот Idempotency-Key уже был у другой задачи.",
    "Use a new key.": "Возьмите новый ключ.",
    "The server is stopping; no task can be started.": (
        "Сервер останавливается; новую задачу начать нельзя."
    ),
    "The former attempt of the task has not stopped yet.": (
        "Прошлая попытка этой задачи ещё не остановилась."
    ),
    "Try again in a while, or restart the server.": ("Попробуйте чуть позже или перезапустите сервер."),
    "A task did not stop when told to; its slot is given to others.": (
        "Задача не остановилась, когда её попросили; её место отдано другим."
    ),
    "Restart the server if this happens again, and report it with the log.": (
        "Если это повторится, перезапустите сервер и сообщите нам, приложив журнал."
    ),
    "The task was cancelled.": "Задача отменена.",
    # how an attempt ended
    "The task ran past its time limit; what it had fetched is kept.": (
        "Задаче не хватило отведённого времени; то, что она успела, сохранено."
    ),
    "Retry goes on from there.": "Повтор продолжит с этого места.",
    "The task ran past its time limit.": "Задаче не хватило отведённого времени.",
    "Retry begins it anew with the same limit; started with a larger one it may come to its end.": (
        "Повтор начнёт её заново с тем же пределом; с большим пределом она может успеть до конца."
    ),
    "The task was collecting in the demo, and there is a VK token now.": (
        "Задача собирала в демо, а теперь есть токен ВК."
    ),
    "Start it anew to collect from VK, or remove the token and retry.": (
        "Начните её заново, чтобы собирать из ВК, или удалите токен и повторите."
    ),
    "The task was collecting from VK, and there is no token any more.": (
        "Задача собирала из ВК, а токена больше нет."
    ),
    "Add a token, then retry: it goes on from where it was.": (
        "Добавьте токен и повторите: она продолжит с того же места."
    ),
    "The task failed because of a defect of the program.": "Задача не удалась из-за ошибки в программе.",
    "The log of the server says more; retry, or report it.": (
        "В журнале сервера сказано больше; повторите или сообщите нам."
    ),
    # schedules and uploads
    "There are too many schedules.": "Расписаний слишком много.",
    "Delete some first.": "Сначала удалите лишние.",
    "There is no such schedule.": "Такого расписания нет.",
    "The parameter 'every_hours' cannot be that.": "Параметр «every_hours» не может быть таким.",
    "It is a whole number of hours, 1 to {most:,}.": "Это целое число часов, от 1 до {most:,}.",
    "The parameter 'quiet_hours' cannot be that.": "Параметр «quiet_hours» не может быть таким.",
    'It is two different times of the day, such as {"from": "23:00", "to": "07:00"}.': (
        'Это два разных времени суток, например {"from": "23:00", "to": "07:00"}.'
    ),
    "The parameter 'tz' cannot be that.": "Параметр «tz» не может быть таким.",
    "Give a name such as Europe/Moscow.": "Дайте название вроде Europe/Moscow.",
    "The file could not be kept: {problem}.": "Файл не удалось сохранить: {problem}.",
    "See that the disk has room.": "Проверьте, есть ли место на диске.",
}

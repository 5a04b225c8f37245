"""Faults of requests to the API in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    # access
    "This needs the key of this server.": "Нужен ключ этого сервера.",
    "Send the header 'Authorization: Bearer <API_KEY>'.": (
        "Пришлите заголовок «Authorization: Bearer <API_KEY>»."
    ),
    "This server can be reached from other machines, so it needs a key first.": (
        "Сервер доступен с других машин, поэтому сначала нужен ключ."
    ),
    "Set API_KEY and start it again, or set HOST=127.0.0.1 and open it on its own machine.": (
        "Задайте API_KEY и перезапустите его или задайте HOST=127.0.0.1 и откройте его на той же машине."
    ),
    "Another site may not change anything here.": "Другой сайт не может здесь ничего менять.",
    "Ask from the dashboard's own page or a program.": "Запрашивайте со страницы дашборда или из программы.",
    "Too many wrong keys came from this address.": "С этого адреса пришло слишком много неверных ключей.",
    "Wait {wait_s} s, then give the right one.": "Подождите {wait_s} с и пришлите верный.",
    # addresses
    "The address cannot be read.": "Адрес не читается.",
    "Send UTF-8, percent-encoded (RFC 3986), without NUL.": (
        "Пришлите UTF-8 с процентным кодированием (RFC 3986), без нулевых байтов."
    ),
    "There is no parameter '{key}' here.": "Параметра «{key}» здесь нет.",
    "The parameter '{key}' is given more than once.": "Параметр «{key}» задан несколько раз.",
    "It takes one value.": "У него одно значение.",
    "There is nothing at {path}.": "По адресу {path} ничего нет.",
    "/api/v1/docs lists what there is.": "Что есть, перечислено в /api/v1/docs.",
    "{method} is not possible at {path}.": "{method} по адресу {path} невозможен.",
    "Possible here: {allowed}.": "Здесь возможны: {allowed}.",
    # bodies and values
    "The request cannot be read: {reason}.": "Запрос не читается: {reason}.",
    "See that its body has the form that its Content-Type says.": (
        "Проверьте, что тело такое, как говорит его Content-Type."
    ),
    "The body is no JSON: {reason} at character {position}.": "Тело не JSON: {reason}, знак {position}.",
    "Send one JSON object.": "Пришлите один объект JSON.",
    "The body is no JSON.": "Тело не JSON.",
    "Send it with the header 'Content-Type: application/json'.": (
        "Пришлите его с заголовком «Content-Type: application/json»."
    ),
    "'{field}' cannot be used: {reason}.": "«{field}» не годится: {reason}.",
    "The documentation shows what fits: /api/v1/docs.": "Что подходит, показано в /api/v1/docs.",
    "'{field}' is missing.": "Не хватает «{field}».",
    "'{field}' is not known here.": "«{field}» здесь неизвестно.",
    "'{field}' has to be text.": "«{field}» должно быть текстом.",
    "'{field}' is longer than {max_length} characters.": "В «{field}» больше {max_length} знаков.",
    "'{field}' is shorter than {min_length} characters.": "В «{field}» меньше {min_length} знаков.",
    "'{field}' does not have the form it needs: {pattern}.": "У «{field}» не та форма, нужна: {pattern}.",
    "'{field}' has to be a whole number.": "«{field}» должно быть целым числом.",
    "'{field}' is too large.": "«{field}» слишком велико.",
    "'{field}' has to be a number.": "«{field}» должно быть числом.",
    "'{field}' has to be a finite number.": "«{field}» должно быть конечным числом.",
    "'{field}' is true or false.": "«{field}» бывает true или false.",
    "'{field}' has to be greater than {gt}.": "«{field}» должно быть больше {gt}.",
    "'{field}' has to be {ge} or more.": "«{field}» должно быть не меньше {ge}.",
    "'{field}' has to be less than {lt}.": "«{field}» должно быть меньше {lt}.",
    "'{field}' has to be {le} or less.": "«{field}» должно быть не больше {le}.",
    "'{field}' has to be one of: {expected}.": "«{field}» бывает: {expected}.",
    "'{field}' has to be one of: {expected_tags}.": "«{field}» бывает: {expected_tags}.",
    "'{field}' does not say what it is: {discriminator} is missing.": (
        "В «{field}» не сказано, что это: не хватает {discriminator}."
    ),
    "'{field}' has to be a list.": "«{field}» должно быть списком.",
    "'{field}' has to be an object.": "«{field}» должно быть объектом.",
    "'{field}' needs at least {min_length} of them.": "В «{field}» должно быть не меньше {min_length}.",
    "'{field}' takes at most {max_length} of them.": "В «{field}» может быть не больше {max_length}.",
    "'{field}' has to be a day, such as 2026-03-01.": "«{field}» должно быть днём, например 2026-03-01.",
    # routes
    "What it names is gone; start again without it.": "Того, что он называет, больше нет; начните без него.",
    "A dataset version, a day (2026-03-01) or an instant (2026-03-01T09:00:00Z) is expected.": (
        "Ожидается версия данных, день (2026-03-01) или момент (2026-03-01T09:00:00Z)."
    ),
    "There is no source {key} here.": "Источника {key} здесь нет.",
    "A key looks like wall:-1_2 or import:0123456789ab.": (
        "Ключ выглядит так: wall:-1_2 или import:0123456789ab."
    ),
    "The source {source} is being worked on by the task {task}.": (
        "С источником {source} сейчас работает задача {task}."
    ),
    "Cancel that task, or wait for its end, and try again.": (
        "Отмените эту задачу или дождитесь её конца и повторите."
    ),
    "The task is not finished; it has no result yet.": "Задача не закончена, результата ещё нет.",
    "Follow it at /api/v1/tasks/{task}/events.": "Следите за ней по адресу /api/v1/tasks/{task}/events.",
    "The mapping is not a JSON object.": "Сопоставление столбцов не объект JSON.",
    'It looks like {"columns": {"body": "text"}}.': 'Оно выглядит так: {"columns": {"body": "text"}}.',
}

"""Faults of VK in Russian, by English template."""

from __future__ import annotations

from typing import Final

_SAID: Final = {
    "VK had an unknown error.": "У ВК неизвестная ошибка.",
    "The token's application is switched off.": "Приложение этого токена отключено.",
    "VK does not know this method for this token.": "ВК не знает этого метода для такого токена.",
    "VK refused the request's signature.": "ВК не принял подпись запроса.",
    "VK did not accept the token: expired, revoked or of another address.": (
        "ВК не принял токен: он истёк, отозван или выдан для другого адреса."
    ),
    "Too many requests in one second.": "Слишком много запросов за секунду.",
    "The token lacks the right to do this.": "У токена нет на это прав.",
    "VK calls the request invalid.": "ВК считает запрос неверным.",
    "VK's flood control stopped repeated calls.": "ВК остановил частые одинаковые запросы.",
    "VK failed inside.": "Внутри ВК произошёл сбой.",
    "The token's application is in test mode.": "Приложение этого токена работает в тестовом режиме.",
    "VK could not compile a packed call.": "ВК не смог разобрать пакетный запрос.",
    "VK could not run a packed call: it was too large.": (
        "ВК не выполнил пакетный запрос: он слишком большой."
    ),
    "VK asks for a captcha.": "ВК просит ввести капчу.",
    "VK denied access.": "ВК не дал доступа.",
    "VK wants HTTPS.": "ВК требует HTTPS.",
    "VK asks the token's owner to confirm it.": "ВК просит владельца токена подтвердить вход.",
    "The page was deleted or banned.": "Страница удалена или заблокирована.",
    "VK blocked this content.": "ВК заблокировал этот материал.",
    "The token's application may not do this.": "Приложению этого токена это запрещено.",
    "Only standalone applications may do this.": "Это разрешено только standalone-приложениям.",
    "VK switched this method off.": "ВК отключил этот метод.",
    "VK wants the token's owner to confirm this action.": "ВК ждёт, что владелец токена подтвердит действие.",
    "VK wants the token itself confirmed.": "ВК ждёт подтверждения самого токена.",
    "A community's token may not do this.": "Токену сообщества это запрещено.",
    "A service key may not do this.": "Сервисному ключу это запрещено.",
    "The day's quantity of calls is spent.": "Дневной запас запросов исчерпан.",
    "The profile is private.": "Профиль закрыт.",
    "VK asks to wait.": "ВК просит подождать.",
    "VK has not built this yet.": "В ВК этого ещё нет.",
    "VK no longer supports this version of its API.": "ВК больше не поддерживает эту версию API.",
    "VK wants a newer client.": "ВК требует более новую программу.",
    "VK took too long for one call.": "ВК слишком долго выполнял один запрос.",
    "The token's owner is banned.": "Владелец токена заблокирован.",
    "VK does not know this application.": "ВК не знает такого приложения.",
    "VK does not know this user.": "ВК не знает такого пользователя.",
    "VK does not know this community.": "ВК не знает такого сообщества.",
    "The token's owner has to finish signing up.": "Владельцу токена нужно завершить регистрацию.",
    "VK does not accept this token from this address.": "ВК не принимает этот токен с этого адреса.",
    "This part of VK is down for a while.": "Эта часть ВК временно не работает.",
    "VK finds nothing there.": "ВК ничего там не нашёл.",
    "VK does not know the token's application.": "ВК не знает приложения этого токена.",
    "A value is out of VK's limits.": "Значение выходит за пределы, допустимые в ВК.",
    "VK finds nothing by this name.": "ВК ничего не нашёл под этим именем.",
    "VK could not do it.": "ВК не смог этого сделать.",
    "VK does not know this album.": "ВК не знает такого альбома.",
    "VK does not know this note.": "ВК не знает такой заметки.",
    "The comment is closed to this token.": "Комментарий закрыт для этого токена.",
    "The album is closed to this token.": "Альбом закрыт для этого токена.",
    "The audio is closed to this token.": "Аудиозапись закрыта для этого токена.",
    "The community is closed to this token.": "Сообщество закрыто для этого токена.",
    "The video is closed to this token.": "Видео закрыто для этого токена.",
    "The market is closed to this token.": "Магазин закрыт для этого токена.",
    "The post is closed to this token.": "Запись закрыта для этого токена.",
    "The comments of this post are closed.": "Комментарии к этой записи закрыты.",
    "The replies are closed to this token.": "Ответы закрыты для этого токена.",
    "Too many actions for one day.": "Слишком много действий за день.",
    "The comments of this video are closed.": "Комментарии к этому видео закрыты.",
    "The anonymous token has expired.": "Анонимный токен истёк.",
    "The anonymous token is not usable here.": "Анонимный токен здесь не действует.",
    "The anonymous token is not valid.": "Анонимный токен недействителен.",
    "The token has expired.": "Токен истёк.",
    "The anonymous token belongs to another address.": "Анонимный токен выдан для другого адреса.",
    "The comments of this item are closed.": "Комментарии к этому товару закрыты.",
    "VK does not know this market album.": "ВК не знает такой подборки товаров.",
    "VK does not know this market item.": "ВК не знает такого товара.",
    "The community's market is switched off.": "Магазин этого сообщества отключён.",
    "VK asks for a phone number.": "ВК просит указать номер телефона.",
    "VK asks for the password.": "ВК просит ввести пароль.",
    "VK asks for a one-time code.": "ВК просит одноразовый код.",
    "VK asks for an e-mail address.": "ВК просит указать почту.",
    "VK asks to extend the token.": "ВК просит продлить токен.",
    "The token's owner is deactivated.": "Страница владельца токена отключена.",
    "The token's service is deactivated.": "Сервис этого токена отключён.",
    "VK does not accept this HTTP method.": "ВК не принимает такой метод HTTP.",
    "VK asks to confirm an action.": "ВК просит подтвердить действие.",
    "VK answered with an error that this program does not know.": (
        "ВК ответил ошибкой, которой программа не знает."
    ),
    "The token lacks the right to read this.": "У токена нет права это читать.",
}
"""What VK says no with: the sentences of its error codes, which its own words may follow."""

_ANSWERS: Final = {
    "": "",
    " ({method}, error {vk_code})": " ({method}, ошибка {vk_code})",
    " ({method}, error {vk_code}: {said})": " ({method}, ошибка {vk_code}: {said})",
}

RU: dict[str, str] = {
    f"{english}{tail}": f"{russian}{tail_in_russian}"
    for english, russian in _SAID.items()
    for tail, tail_in_russian in _ANSWERS.items()
} | {
    "It is tried again by itself; if it lasts, start the task again later.": (
        "Программа попробует сама; если не пройдёт, запустите задачу позже."
    ),
    "Give a new token: the task goes on from where it stopped.": (
        "Дайте новый токен: задача продолжится с того же места."
    ),
    "Use a token of another kind: a service key reads walls and boards, a user token everything.": (
        "Нужен токен другого вида: сервисный ключ читает стены и обсуждения, токен пользователя всё."
    ),
    "Use the token of somebody who may see this page.": "Нужен токен того, кому эта страница видна.",
    "Check the link: the object may have been deleted or never existed.": (
        "Проверьте ссылку: возможно, это удалили или такого не было."
    ),
    "This is a defect of the program or of the server in between: report it with the task's log.": (
        "Это ошибка программы или сервера на пути к ВК: сообщите о ней и приложите журнал задачи."
    ),
    "Follow VK's link and confirm: the task goes on from where it stopped.": (
        "Откройте ссылку ВК и подтвердите: задача продолжится с того же места."
    ),
    "It is tried again by itself, at most within a day, and goes on from where it stopped.": (
        "Программа попробует сама, самое позднее через сутки, и продолжит с того же места."
    ),
    "Nothing can be collected there until its owner opens the comments.": (
        "Пока владелец не откроет комментарии, собирать там нечего."
    ),
    "Enable the application at VK.": "Включите приложение в ВК.",
    "Set VK_API_URL to an address that starts with https://.": (
        "Укажите в VK_API_URL адрес, который начинается с https://."
    ),
    "It usually passes within minutes; if not, check the network and VK_API_URL.": (
        "Обычно это проходит за несколько минут; если нет, проверьте сеть и VK_API_URL."
    ),
    "VK did not answer in time.": "ВК не ответил вовремя.",
    "VK could not be reached ({reason}).": "Не удалось связаться с ВК ({reason}).",
    "VK's answer broke off.": "Ответ ВК оборвался.",
    "VK answered {method} with HTTP {status} instead of data.": (
        "ВК ответил на {method} кодом HTTP {status} вместо данных."
    ),
    "The address of VK's API answered {method} with HTTP {status}.": (
        "Адрес API ВК ответил на {method} кодом HTTP {status}."
    ),
    "Check VK_API_URL.": "Проверьте VK_API_URL.",
    "VK's answer to {method} is not JSON, or broke off.": "Ответ ВК на {method} не JSON или оборвался.",
    "VK's answer to {method} has neither a response nor an error.": (
        "В ответе ВК на {method} нет ни данных, ни ошибки."
    ),
    "VK's answer to {method} is not an object.": "Ответ ВК на {method} незнакомого вида.",
    "VK's answer to {method} has no list of items.": "В ответе ВК на {method} нет списка.",
    "VK's answer holds an item without an id.": "В ответе ВК есть запись без номера.",
    "VK's answer holds a thread without a list of replies.": "В ответе ВК есть ветка без списка ответов.",
    "VK's answer about a name names nobody.": "ВК ответил об имени, но не сказал, чьё оно.",
    "VK's answer to a packed call is not a list of its parts.": (
        "ВК ответил на пакетный запрос не по частям."
    ),
    "Report it with the task's log.": "Сообщите об этом и приложите журнал задачи.",
    "No VK token is given.": "Нет токена ВК.",
    "Set VK_TOKEN.": "Укажите VK_TOKEN.",
    "Give a VK token.": "Добавьте токен ВК.",
    "The call has to wait.": "Запросу придётся подождать.",
    "The call is asked later.": "Этот запрос будет задан позже.",
}

"""Faults of starting and its parts in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "PORT {port} is in use by another program.": "PORT {port} занят другой программой.",
    "Stop that one, or choose another, such as PORT=8502.": (
        "Остановите её или выберите другой, например PORT=8502."
    ),
    "PORT {port} may not be used by this user.": "PORT {port} недоступен этому пользователю.",
    "Choose one above 1023.": "Выберите порт выше 1023.",
    "HOST {host} is not an address of this machine.": "HOST {host} не адрес этого компьютера.",
    "Use 127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses.": (
        "127.0.0.1 открывает только этому компьютеру, 0.0.0.0 по всем его адресам."
    ),
    "The folder {path} cannot be made: {reason}.": "Папку {path} не создать: {reason}.",
    "Put aside what stands in its place, or choose another folder with DATA_DIR.": (
        "Уберите то, что стоит на её месте, или укажите в DATA_DIR другую папку."
    ),
    "VK_API_URL is set but VK_TOKEN is not.": "VK_API_URL указан, а VK_TOKEN нет.",
    "Set VK_TOKEN to a token of that server, or remove VK_API_URL to get the demo.": (
        "Укажите в VK_TOKEN токен этого сервера или уберите VK_API_URL, чтобы получить демо."
    ),
    "There is no demo while VK_TOKEN is set.": "Пока указан VK_TOKEN, демо нет.",
    "That is no VK token.": "Это не токен ВК.",
    "Copy it again: letters, digits and signs.": "Скопируйте его ещё раз: буквы, цифры и знаки.",
    "There is no such token.": "Такого токена нет.",
    "This token comes from VK_TOKEN.": "Этот токен указан в VK_TOKEN.",
    "Take it out there and start the program again.": "Уберите его там и перезапустите программу.",
    "VK does not take this token.": "ВК не принимает этот токен.",
    "Copy it again, or give another one.": "Скопируйте его ещё раз или дайте другой.",
    "The synthetic VK did not start.": "Демо-ВК не запустился.",
    "Run `python -m core.sandbox` in the project folder to see why.": (
        "Причину покажет команда `python -m core.sandbox` в папке проекта."
    ),
    "The synthetic VK is closed.": "Демо-ВК остановлен.",
    "Start the program again.": "Запустите программу снова.",
    "The synthetic VK has stopped.": "Демо-ВК остановился.",
    "It is started again at its next use.": "Он запустится сам при следующем обращении.",
}

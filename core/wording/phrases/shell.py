"""What stands around every page: menu, notices, states, buttons used everywhere."""

PHRASES: dict[str, tuple[str, str]] = {
    "app.title": ("VK comments", "Комментарии ВК"),
    "menu.overview": ("Overview", "Обзор"),
    "menu.comments": ("Comments", "Комментарии"),
    "menu.collect": ("Collect", "Сбор"),
    "menu.export": ("Export", "Выгрузка"),
    "menu.tasks": ("Tasks", "Задачи"),
    "menu.system": ("System", "Система"),
    "language.label": ("Language", "Язык"),
    "language.ru": ("Русский", "Русский"),
    "language.en": ("English", "English"),
    "dataset.label": ("Data", "Данные"),
    "dataset.demo": ("Demo", "Демо"),
    "dataset.own": ("Mine", "Мои"),
    "dataset.help": (
        "Demo data is synthetic and lives in a database of its own; it never mixes with yours.",
        "Демо-данные вымышлены и лежат в отдельной базе; с вашими они не смешиваются.",
    ),
    "demo.note": (
        "Demo data: synthetic communities, people and comments, made up for trying the dashboard.",
        "Демо-данные: сообщества, люди и комментарии вымышлены, чтобы попробовать дашборд.",
    ),
    "notice.ignored": (
        (
            "Part of the link cannot be used and is left out, so more may be shown than the sender meant: "
            "{list}. The rest of the link holds."
        ),
        (
            "Часть ссылки не подходит и не учтена, поэтому показано, возможно, больше, чем имел в виду "
            "отправитель: {list}. Остальное в ссылке действует."
        ),
    ),
    "notice.no_page": (
        "There is no page “{name}” here. This is {shown}; the others are in the menu.",
        "Страницы «{name}» здесь нет. Показан раздел «{shown}»; остальные в меню.",
    ),
    "notice.dismiss": ("Understood", "Понятно"),
    "notice.item": ("{key} = “{value}”", "{key} = «{value}»"),
    "running.page": ("Counting …", "Считаем…"),
    "running.filters": ("Counting what can be chosen …", "Считаем, что можно выбрать…"),
    "running.note": (
        "Comments are being collected right now: figures grow as they arrive.",
        "Прямо сейчас идёт сбор: цифры растут по мере поступления комментариев.",
    ),
    "running.link": ("Show progress", "Показать ход сбора"),
    "button.reset": ("Reset all", "Сбросить все"),
    "button.undo": ("Undo", "Отменить"),
    "button.undo.help": (
        "Take back the last change of the filters. The browser's Back does the same.",
        "Отменить последнее изменение фильтров. Кнопка «Назад» браузера делает то же.",
    ),
}

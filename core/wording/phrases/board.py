"""The board of charts: what can be done with each chart, and the columns of its numbers."""

PHRASES: dict[str, tuple[str, str]] = {
    "board.loading": ("Drawing the charts…", "Рисуем графики…"),
    "board.failed": (
        (
            "The charts could not be drawn: their library did not load. Reload the page; if a proxy stands "
            "in between, let it pass {path}."
        ),
        (
            "Графики не нарисованы: не загрузилась библиотека. Обновите страницу; если между вами и сервером "
            "стоит прокси, разрешите в нём {path}."
        ),
    ),
    "board.about": ("What is this?", "Что это?"),
    "board.clear": ("Clear selection", "Снять выделение"),
    "board.tools": ("Save and share", "Сохранить и поделиться"),
    "board.png": ("Picture (PNG)", "Картинка (PNG)"),
    "board.svg": ("Picture (SVG)", "Картинка (SVG)"),
    "board.csv": ("Data (CSV)", "Данные (CSV)"),
    "board.link": ("Copy link", "Скопировать ссылку"),
    "board.copied": ("Copied", "Скопировано"),
    "board.not_copied": (
        "The browser did not allow copying: take the link from the address bar",
        "Браузер не дал скопировать: возьмите ссылку из адресной строки",
    ),
    "board.no_picture": (
        "The picture could not be made. Reload the page and try again.",
        "Картинка не получилась. Обновите страницу и попробуйте ещё раз.",
    ),
    "board.points": (
        "Arrow keys go through the chart, Enter chooses",
        "Стрелки ведут по графику, Enter выбирает",
    ),
    "board.points.first": (
        "The first {n} points can be reached by keyboard",
        "С клавиатуры доступны первые {n} точек",
    ),
    "board.chosen": ("Chosen", "Выбрано"),
    "board.released": ("No longer chosen", "Больше не выбрано"),
    "table.hour": ("Hour", "Час"),
    "table.day": ("Day", "День"),
    "table.week": ("Week from", "Неделя с"),
    "table.month": ("Month from", "Месяц с"),
    "table.weekday": ("Weekday", "День недели"),
    "table.hour_of_day": ("Hour of the day", "Час дня"),
    "table.comments": ("Comments", "Комментарии"),
    "table.roots": ("Threads", "Начала веток"),
    "table.replies": ("Replies", "Ответы"),
    "table.such_hours": ("Such hours in the period", "Таких часов в периоде"),
    "table.per_hour": ("Comments per such hour", "Комментариев за такой час"),
    "table.title": ("Title", "Название"),
    "table.source": ("Source", "Источник"),
    "table.published": ("Published", "Опубликовано"),
    "table.author": ("Author", "Автор"),
    "table.author_id": ("Author's id", "Номер автора"),
    "table.authors": ("Authors", "Авторы"),
    "table.likes": ("Likes", "Лайки"),
    "table.from": ("{of}: from", "{of}: от"),
    "table.to": ("{of}: to", "{of}: до"),
    "table.share": ("Share of comments (0 to 1)", "Доля комментариев (0–1)"),
}

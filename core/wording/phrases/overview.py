"""The Overview page: figures, and charts that say what they found."""

PHRASES: dict[str, tuple[str, str]] = {
    "overview.title": ("Overview", "Обзор"),
    "figure.comments": ("Comments", "Комментарии"),
    "figure.replies": ("Replies", "Ответы"),
    "figure.replies.note": ("{share} of comments", "{share} комментариев"),
    "figure.authors": ("Authors", "Авторы"),
    "figure.authors.note": ("{mean} comments each", "в среднем по {mean}"),
    "figure.sources": ("Posts and sources", "Записи и источники"),
    "figure.likes": ("Likes", "Лайки"),
    "figure.likes.note": ("{mean} per comment", "{mean} на комментарий"),
    "figure.deleted": ("Deleted", "Удалено"),
    "figure.unknown": ("not known", "неизвестно"),
    "figure.deleted.note": ("{share} of comments", "{share} комментариев"),
    "figure.edited.note": ("{n} edited", "изменено: {n}"),
    "chart.caption": ("{comments} · {period} · {zone}", "{comments} · {period} · {zone}"),
    "chart.caption.undated": ("{comments} · no dates", "{comments} · без дат"),
    "chart.chosen": ("selected: {n}", "выделено: {n}"),
    "chart.context.none": ("the selection is not among these", "выбранного нет среди показанного"),
    "chart.context": ("the selection is highlighted", "выделено выбранное"),
    "chart.activity.name": ("Comments over time", "Комментарии по времени"),
    "chart.rhythm.name": ("Weekdays and hours", "Дни недели и часы"),
    "chart.sources.name": ("The most discussed", "Самое обсуждаемое"),
    "chart.authors.name": ("The most active authors", "Самые активные авторы"),
    "chart.likes.name": ("Likes", "Лайки"),
    "chart.replies.name": ("Replies to threads", "Ответы в ветках"),
    "chart.authors.empty": (
        "Nobody is named as the author of these comments.",
        "У этих комментариев не указаны авторы.",
    ),
    "chart.likes.empty": (
        "The likes of these comments are not known.",
        "Лайки этих комментариев неизвестны.",
    ),
    "chart.replies.empty": ("There are only replies here.", "Здесь только ответы."),
    "chart.sources.empty": ("Nothing to show for these filters.", "Под эти фильтры показать нечего."),
    "chart.undated": ("These comments have no dates.", "У этих комментариев нет дат."),
    "chart.axis.comments": ("comments", "комментарии"),
    "chart.legend.roots": ("Threads", "Начала веток"),
    "chart.legend.replies": ("Replies", "Ответы"),
    "chart.activity.peak.day": ("Busiest on {when}: {n}", "Больше всего писали {when}: {n}"),
    "chart.activity.peak.hour": ("Busiest at {when}: {n}", "Больше всего писали {when}: {n}"),
    "chart.activity.peak.week": (
        "Busiest in the week of {when}: {n}",
        "Больше всего писали на неделе с {when}: {n}",
    ),
    "chart.activity.peak.month": ("Busiest month, {when}: {n}", "Самый активный месяц, {when}: {n}"),
    "chart.activity.one": ("{n} on {when}", "{n} за {when}"),
    "chart.activity.about": (
        (
            "Comments by the time they were written, per {unit}. "
            "Click a bar or drag across the chart to keep that time only; the rest stays pale for comparison."
        ),
        (
            "Комментарии по времени написания, столбик: {unit}. "
            "Щёлкните столбик или проведите по графику, чтобы оставить это время; остальное станет бледным."
        ),
    ),
    "chart.activity.alt": ("Bar chart of comments over time.", "Столбики: комментарии по времени."),
    "unit.hour": ("hour", "час"),
    "unit.day": ("day", "день"),
    "unit.week": ("week", "неделя"),
    "unit.month": ("month", "месяц"),
    "chart.rhythm.peak": ("Most is written {weekday}, {hours}", "Чаще всего пишут {weekday}, {hours}"),
    "chart.rhythm.level": ("No hour of the week stands out", "Ни один час недели не выделяется"),
    "chart.rhythm.short": (
        "Too few weeks to call an hour usual",
        "Недель слишком мало, чтобы назвать привычный час",
    ),
    "chart.rhythm.evening": (
        "The evening is {times} times as busy as the morning",
        "Вечером пишут больше, чем утром: ×{times}",
    ),
    "chart.rhythm.about": (
        (
            "Comments per hour on average, by weekday and hour: how often such an hour was between the first "
            "and the last comment is allowed for. Darker means more. Click a cell to keep that hour of that "
            "weekday; click it again to let it go."
        ),
        (
            "Сколько комментариев в среднем пишут за такой час: учтено, сколько раз он был между первым и "
            "последним комментарием. Чем темнее, тем больше. Щёлкните клетку, чтобы оставить этот час этого "
            "дня; ещё раз, чтобы снять."
        ),
    ),
    "chart.rhythm.mean": (
        "{rate} per hour on average; such hours: {hours}",
        "в среднем {rate} за час; таких часов: {hours}",
    ),
    "chart.rhythm.never": ("no such hour in the time covered", "такого часа в этом периоде не было"),
    "chart.rhythm.alt": (
        "Heat map of comments per hour, by weekday and hour.",
        "Тепловая карта: комментарии за час по дням недели и часам.",
    ),
    "chart.sources.first": (
        "The most discussed source holds {share} of the comments",
        "Самый обсуждаемый источник собрал {share} комментариев",
    ),
    "chart.sources.one": ("All comments stand under one source", "Все комментарии под одним источником"),
    "chart.sources.about": (
        "The {n} sources with the most comments that match. Click a bar to keep one; click others to add.",
        (
            "{n} источников с наибольшим числом подходящих комментариев. Щёлкните столбик, чтобы оставить "
            "один; щёлкните другие, чтобы добавить."
        ),
    ),
    "chart.sources.alt": (
        "Bar chart of the most discussed sources.",
        "Столбики: самые обсуждаемые источники.",
    ),
    "chart.authors.top": (
        "The {n} most active authors wrote {share} of the comments",
        "{n} самых активных авторов написали {share} комментариев",
    ),
    "chart.authors.one": (
        "One author wrote {share} of the comments",
        "Один автор написал {share} комментариев",
    ),
    "chart.authors.even": (
        "The top {n} authors wrote no more than {share}",
        "Первые {n} авторов написали всего {share}",
    ),
    "chart.authors.about": (
        "Authors by comments that match. Click a bar to read one author.",
        "Авторы по числу подходящих комментариев. Щёлкните столбик, чтобы читать его одного.",
    ),
    "chart.authors.alt": ("Bar chart of the most active authors.", "Столбики: самые активные авторы."),
    "chart.authors.community": ("{name} (community)", "{name} (сообщество)"),
    "chart.authors.unknown": ("no name", "без имени"),
    "chart.likes.none": ("{share} of comments got no like", "{share} комментариев остались без лайков"),
    "chart.likes.about": (
        "How many likes comments got. Click a bar to keep comments with at least that many.",
        (
            "Сколько лайков получили комментарии. Щёлкните столбик, чтобы оставить те, где лайков столько "
            "и больше."
        ),
    ),
    "chart.likes.least": ("Click: {likes} or more", "Щелчок: {likes} и больше"),
    "chart.likes.every": ("Click: any number of likes", "Щелчок: сколько угодно лайков"),
    "chart.likes.click": ("a click keeps a bar and all to its right", "щелчок оставит столбик и все правее"),
    "chart.likes.alt": (
        "Bar chart of comments by number of likes.",
        "Столбики: комментарии по числу лайков.",
    ),
    "chart.likes.axis": ("likes", "лайки"),
    "chart.replies.none": (
        "{share} of threads stayed without a reply",
        "{share} начал веток остались без ответа",
    ),
    "chart.replies.about": (
        "Top-level comments by the number of replies under them. A click here sets no filter.",
        "Комментарии первого уровня по числу ответов под ними. Щелчок здесь фильтра не ставит.",
    ),
    "chart.replies.alt": ("Bar chart of threads by number of replies.", "Столбики: ветки по числу ответов."),
    "chart.replies.axis": ("replies", "ответы"),
    "chart.hover.comments": ("{n}", "{n}"),
}

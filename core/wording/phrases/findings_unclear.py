"""What charts of analyses found where no estimate stands clear of all others."""

PHRASES: dict[str, tuple[str, str]] = {
    "finding.changes.deleted_share.row.same": (
        "Deleted: {none} stands out",
        "Доля удалённых: {none} не выделяется",
    ),
    "finding.changes.edited_share.row.same": (
        "Edited: {none} stands out",
        "Доля изменённых: {none} не выделяется",
    ),
    "finding.response_times.row.same": (
        "Answered: {none} stands out",
        "Доля вопросов с ответом: {none} не выделяется",
    ),
    "finding.engagement_by_source.row.same": (
        "Likes per comment: {none} stands out",
        "Лайки на комментарий: {none} не выделяется",
    ),
    "finding.author_activity.row.same": (
        "Likes per comment of the most active: {none} stands out",
        "Лайки на комментарий у самых активных: {none} не выделяется",
    ),
    "finding.mood.negative_share.time.same": (
        "Negative: {none} stands out",
        "Доля негативных: {none} не выделяется",
    ),
    "finding.mood.positive_share.time.same": (
        "Positive: {none} stands out",
        "Доля позитивных: {none} не выделяется",
    ),
    "finding.mood.toxic_share.time.same": (
        "Toxic: {none} stands out",
        "Доля токсичных: {none} не выделяется",
    ),
    "finding.mood.unsure_share.time.same": (
        "Not certain: {none} stands out",
        "Доля неуверенных: {none} не выделяется",
    ),
    "finding.mood.negative_share.row.same": (
        "Negative: {none} stands out",
        "Доля негативных: {none} не выделяется",
    ),
    "finding.mood.positive_share.row.same": (
        "Positive: {none} stands out",
        "Доля позитивных: {none} не выделяется",
    ),
    "finding.mood.toxic_share.row.same": ("Toxic: {none} stands out", "Доля токсичных: {none} не выделяется"),
    "finding.mood.unsure_share.row.same": (
        "Not certain: {none} stands out",
        "Доля неуверенных: {none} не выделяется",
    ),
    "finding.topics_over.time.same": (
        "Topics over time: no peak stands out",
        "Темы по времени: ни один пик не выделяется",
    ),
    "finding.topics_over.row.same": (
        "Among the largest shares of a topic: {label}, {value}",
        "Среди самых больших долей темы: {label}, {value}",
    ),
    "finding.bursts.row.same": (
        "Among the clearest bursts, {label}: {value} {noun} as much as expected",
        "Один из самых заметных всплесков, {label}: больше ожидаемого в {value} {noun}",
    ),
    "finding.words.row.same": (
        "Among the most frequent words: “{label}”, in {value} of comments",
        "Среди самых частых слов «{label}»: в {value} комментариев",
    ),
    "finding.ngrams.row.same": (
        "Among the most frequent sequences: “{label}”, in {value} of comments",
        "Среди самых частых сочетаний подряд «{label}»: в {value} комментариев",
    ),
    "finding.marks.row.same": (
        "Among the most frequent: {label}, in {value} of comments",
        "Среди самых частых {label}: в {value} комментариев",
    ),
    "finding.keyness.a.row.same": (
        "Among the words most telling of the first set: “{label}”",
        "Среди слов, которые сильнее всего отличают первый набор: «{label}»",
    ),
    "finding.keyness.b.row.same": (
        "Among the words most telling of the second set: “{label}”",
        "Среди слов, которые сильнее всего отличают второй набор: «{label}»",
    ),
    "finding.word_tree.row.same": (
        "Among the words most often next to it: “{label}”, {value}",
        "Среди слов, которые чаще всего рядом: «{label}», {value}",
    ),
    "finding.topics.row.same": (
        "Among the largest topics: “{label}”, {value}",
        "Одна из самых больших тем: «{label}», {value}",
    ),
    "finding.entities.row.same": (
        "Among those named most: {label}, in {value} of the sample",
        "Среди тех, кого называют чаще всего, {label}: в {value} выборки",
    ),
    "finding.none": ("none", "ни одна группа"),
    "finding.none.day": ("no day", "ни один день"),
    "finding.none.week": ("no week", "ни одна неделя"),
    "finding.none.month": ("no month", "ни один месяц"),
    "finding.none.hour": ("no hour of the day", "ни один час суток"),
    "finding.none.weekday": ("no weekday", "ни один день недели"),
    "finding.none.hour_of_week": ("no hour of the week", "ни один час недели"),
    "finding.none.author": ("nobody", "никто"),
    "finding.none.source": ("no post", "ни одна запись"),
    "finding.none.community": ("no community", "ни одно сообщество"),
    "finding.none.topic": ("no topic", "ни одна тема"),
    "finding.none.author_group": ("no group of authors", "ни одна группа авторов"),
    "finding.none.language": ("no language", "ни один язык"),
    "finding.mood.negative_share.time.above": (
        "More negative than usual ({usual}): {when}, {value}",
        "Негатива больше обычного ({usual}): {when}, {value}",
    ),
    "finding.mood.negative_share.row.above": (
        "More negative than usual ({usual}): “{label}”, {value}",
        "Негатива больше обычного ({usual}): «{label}», {value}",
    ),
    "finding.mood.positive_share.time.above": (
        "More positive than usual ({usual}): {when}, {value}",
        "Позитива больше обычного ({usual}): {when}, {value}",
    ),
    "finding.mood.positive_share.row.above": (
        "More positive than usual ({usual}): “{label}”, {value}",
        "Позитива больше обычного ({usual}): «{label}», {value}",
    ),
    "finding.mood.toxic_share.time.above": (
        "More toxic than usual ({usual}): {when}, {value}",
        "Токсичных больше обычного ({usual}): {when}, {value}",
    ),
    "finding.mood.toxic_share.row.above": (
        "More toxic than usual ({usual}): “{label}”, {value}",
        "Токсичных больше обычного ({usual}): «{label}», {value}",
    ),
    "finding.mood.unsure_share.time.above": (
        "Less certain than usual ({usual}): {when}, {value}",
        "Неуверенных больше обычного ({usual}): {when}, {value}",
    ),
    "finding.mood.unsure_share.row.above": (
        "Less certain than usual ({usual}): “{label}”, {value}",
        "Неуверенных больше обычного ({usual}): «{label}», {value}",
    ),
    "finding.changes.deleted_share.row.above": (
        "Deleted more than usual ({usual}): “{label}”, {value}",
        "Удаляют больше обычного ({usual}): «{label}», {value}",
    ),
    "finding.changes.edited_share.row.above": (
        "Edited more than usual ({usual}): “{label}”, {value}",
        "Изменяют больше обычного ({usual}): «{label}», {value}",
    ),
    "finding.response_times.row.above": (
        "Answered more than usual ({usual}): {label}, {value}",
        "Отвечают чаще обычного ({usual}): {label}, {value}",
    ),
    "finding.topics_over.time.above": (
        "More of “{group}” than usual ({usual}): {when}, {value}",
        "Темы «{group}» больше обычного ({usual}): {when}, {value}",
    ),
}

"""What charts of analyses found: their titles."""

PHRASES: dict[str, tuple[str, str]] = {
    "finding.week": ("the week of {day}", "неделя с {day}"),
    "finding.bursts.row": (
        "The clearest burst, {label}: {value} times as much as expected",
        "Самый заметный всплеск, {label}: больше ожидаемого в {value} раз",
    ),
    "finding.half_lives.row": (
        "Under “{label}” half the comments came within {value}",
        "Под «{label}» половина комментариев пришла за {value}",
    ),
    "finding.first_comments.row": (
        "Under “{label}” the first comment came after {value}",
        "Под «{label}» первый комментарий появился через {value}",
    ),
    "finding.engagement_by_source.row": (
        "The most discussed, “{label}”: {value} likes per comment",
        "Самая обсуждаемая запись, «{label}»: {value} лайка на комментарий",
    ),
    "finding.newcomers.time": (
        "Most newcomers among authors: {when}, {value}",
        "Больше всего новых авторов: {when}, {value}",
    ),
    "finding.author_activity.row": (
        "{label} wrote most: {value}",
        "Больше всех комментариев у автора {label}: {value}",
    ),
    "finding.words.row": (
        "The most frequent word is “{label}”: in {value} of comments",
        "Самое частое слово: «{label}», в {value} комментариев",
    ),
    "finding.ngrams.row": (
        "The most frequent sequence is “{label}”: in {value} of comments",
        "Самое частое сочетание подряд: «{label}», в {value} комментариев",
    ),
    "finding.marks.row": (
        "Most often: {label}, in {value} of comments",
        "Чаще всего {label}: в {value} комментариев",
    ),
    "finding.collocations.row": (
        "“{label}” go together most firmly",
        "Крепче всего связаны слова «{label}»",
    ),
    "finding.keyness.a.row": (
        "Most telling of the first set: “{label}”",
        "Сильнее всего первый набор отличает слово «{label}»",
    ),
    "finding.keyness.b.row": (
        "Most telling of the second set: “{label}”",
        "Сильнее всего второй набор отличает слово «{label}»",
    ),
    "finding.collocates.row": (
        "“{label}” goes with it most firmly",
        "Крепче всего с ним связано слово «{label}»",
    ),
    "finding.word_tree.row": ("Most often: “{label}”, {value}", "Чаще всего: «{label}», {value}"),
    "finding.mood.negative_share.time": (
        "Most negative: {when}, {value}",
        "Больше всего негатива: {when}, {value}",
    ),
    "finding.mood.positive_share.time": (
        "Most positive: {when}, {value}",
        "Больше всего позитива: {when}, {value}",
    ),
    "finding.mood.toxic_share.time": (
        "Most toxic: {when}, {value}",
        "Больше всего грубости: {when}, {value}",
    ),
    "finding.mood.unsure_share.time": (
        "Least certain: {when}, {value}",
        "Больше всего неясных: {when}, {value}",
    ),
    "finding.mood.negative_share.row": (
        "Most negative: “{label}”, {value}",
        "Больше всего негатива: «{label}», {value}",
    ),
    "finding.mood.positive_share.row": (
        "Most positive: “{label}”, {value}",
        "Больше всего позитива: «{label}», {value}",
    ),
    "finding.mood.unsure_share.row": (
        "Least certain: “{label}”, {value}",
        "Больше всего неясных: «{label}», {value}",
    ),
    "finding.mood.toxic_share.row": (
        "Most toxic: “{label}”, {value}",
        "Больше всего грубости: «{label}», {value}",
    ),
    "finding.response_times.row": (
        "Answered most: {label}, {value}",
        "Отвечают чаще всего: {label}, {value}",
    ),
    "finding.topics.row": (
        "The largest topic is “{label}”: {value}",
        "Самая большая тема: «{label}», {value}",
    ),
    "finding.entities.row": (
        "Named most often: {label}, in {value} of the sample",
        "Чаще всего называют: {label}, в {value} выборки",
    ),
    "finding.copies.row": (
        "The most copied text: {value} comments",
        "Самый повторяемый текст: комментариев {value}",
    ),
    "finding.near_copies.row": (
        "The largest group of similar texts: {value} comments",
        "Самая большая группа похожих текстов: комментариев {value}",
    ),
    "finding.reply_pairs.row": (
        "{label} answered each other most: {value}",
        "Чаще всех отвечали друг другу {label}: {value}",
    ),
    "finding.coword.row": (
        "“{label}” is in most comments of the map",
        "На карте больше всего комментариев со словом «{label}»",
    ),
    "finding.reply_network.row": (
        "{label} is at the centre: {value} replies given and received",
        "В центре {label}: ответов дано и получено {value}",
    ),
}

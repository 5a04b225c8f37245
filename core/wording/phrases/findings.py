"""What charts of analyses found: their titles."""

PHRASES: dict[str, tuple[str, str]] = {
    "finding.week": ("the week of {day}", "неделя с {day}"),
    "finding.bursts.row": (
        "The clearest burst, {label}: {value} {noun} as much as expected",
        "Самый заметный всплеск, {label}: больше ожидаемого в {value} {noun}",
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
        "Most likes under “{label}”: {value} per comment",
        "Больше всего лайков под «{label}»: {value} на комментарий",
    ),
    "finding.newcomers.last": (
        "Newcomers among authors at last: {when}, {value}",
        "Новых среди авторов в последнее время: {when}, {value}",
    ),
    "finding.author_activity.row": (
        "Of the most active, {label} has most likes: {value} per comment",
        "Из самых активных больше всего лайков у автора {label}: {value} на комментарий",
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
    "finding.collocations.g2.row": (
        "Best supported link: “{label}”",
        "Надёжнее всего подтверждена связь слов «{label}»",
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
    "finding.word_tree.row": (
        "Next to it most often: “{label}”, {value}",
        "Рядом чаще всего: «{label}», {value}",
    ),
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
        "Больше всего токсичных: {when}, {value}",
    ),
    "finding.mood.unsure_share.time": (
        "Least certain: {when}, {value}",
        "Больше всего неуверенных: {when}, {value}",
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
        "Больше всего неуверенных: «{label}», {value}",
    ),
    "finding.mood.toxic_share.row": (
        "Most toxic: “{label}”, {value}",
        "Больше всего токсичных: «{label}», {value}",
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
        "Most replies between two: {label}, {value}",
        "Больше всего ответов в паре: {label}, {value}",
    ),
    "finding.coword.row": (
        "“{label}” is in more comments than other words of the map",
        "На карте больше всего комментариев со словом «{label}»",
    ),
    "finding.reply_network.row": (
        "Most replies, given and received: {label}, {value}",
        "Больше всего ответов, своих и полученных: {label}, {value}",
    ),
    "finding.corrected": (
        "{found} (errors of the model allowed for)",
        "{found} (с поправкой на ошибки модели)",
    ),
    "finding.volume.time": ("Most comments: {when}, {value}", "Больше всего комментариев: {when}, {value}"),
    "finding.sources.row": (
        "Most comments are under “{label}”: {value}",
        "Больше всего комментариев под «{label}»: {value}",
    ),
    "finding.authors.row": (
        "{label} wrote most: {value}",
        "Больше всех комментариев у автора {label}: {value}",
    ),
    "finding.likes": (
        "Most often likes: {label}, for {share} of comments",
        "Чаще всего лайков {label}: столько у {share} комментариев",
    ),
    "finding.replies": (
        "Most often replies: {label}, for {share} of threads",
        "Чаще всего ответов {label}: столько у {share} веток",
    ),
    "finding.concentration.author": (
        "The {top} most active authors wrote {share} of the comments",
        "{top} самых активных авторов написали {share} комментариев",
    ),
    "finding.concentration.source": (
        "The {top} most discussed sources hold {share} of the comments",
        "{top} самых обсуждаемых источников собрали {share} комментариев",
    ),
    "finding.decay": (
        "{share} of comments come within {after} of the post",
        "За {after} после выхода записи приходит {share} комментариев",
    ),
    "finding.half_lives.usual": (
        "Usually half the comments of a post come within {value}",
        "Обычно половина комментариев к записи приходит за {value}",
    ),
    "finding.first_comments.usual": (
        "Usually the first comment of a post comes after {value}",
        "Обычно первый комментарий к записи появляется через {value}",
    ),
    "finding.robustness.author_gini": (
        "How unevenly authors write (Gini)",
        "Неравномерность авторов (индекс Джини)",
    ),
    "finding.changes.deleted_share.row": (
        "Most deleted: “{label}”, {value}",
        "Больше всего удалённых: «{label}», {value}",
    ),
    "finding.changes.edited_share.row": (
        "Most edited: “{label}”, {value}",
        "Больше всего изменённых: «{label}», {value}",
    ),
    "finding.response_times.curve": (
        "{share} of questions are answered within {after}",
        "За {after} ответ получают {share} вопросов",
    ),
    "finding.topics_over.time": (
        "The clearest peak, “{group}”: {when}, {value}",
        "Самый заметный пик, «{group}»: {when}, {value}",
    ),
    "finding.topics_over.row": (
        "The largest share of one topic: {label}, {value}",
        "Самая большая доля одной темы: {label}, {value}",
    ),
    "finding.labels.time": (
        "Most labels: “{group}”, {when}, {value}",
        "Больше всего меток: «{group}», {when}, {value}",
    ),
    "finding.labels.row": (
        "The most frequent label: {label}, {value}",
        "Чаще всего ставили метку: {label}, {value}",
    ),
    "finding.keyness.a.none": (
        "No word is seen to tell the first set apart",
        "Слов, которые отличали бы первый набор, не видно",
    ),
    "finding.keyness.b.none": (
        "No word is seen to tell the second set apart",
        "Слов, которые отличали бы второй набор, не видно",
    ),
    "finding.compare.none": (
        "No difference in shares is seen between A and B",
        "Различий в долях между A и B не видно",
    ),
    "finding.compare.one": (
        "One share differs, the {measure}: {a} in A, {b} in B",
        "Различается {measure}: {a} в A, {b} в B",
    ),
    "finding.compare.many": (
        "{n} shares differ, most of all the {measure}: {a} in A, {b} in B",
        "Различаются доли ({n}), сильнее всего {measure}: {a} в A, {b} в B",
    ),
    "finding.robustness.holds": (
        "{finding}, {value}: holds in all checks ({of})",
        "{finding}, {value}: вывод держится во всех проверках ({of})",
    ),
    "finding.robustness.changes": (
        "{finding}, {value}: changes in {n} of {of} checks ({variants})",
        "{finding}, {value}: вывод меняется, проверок {n} из {of} ({variants})",
    ),
    "finding.robustness.mood_balance.in_none": (
        "Balance of sentiment, {value}: neither side is seen to prevail in any check ({of})",
        "Баланс тональности, {value}: перевеса не видно ни в одной проверке ({of})",
    ),
    "finding.robustness.mood_balance.in_some": (
        "Balance of sentiment, {value}: no side is seen to prevail but in {n} of {of} checks ({variants})",
        "Баланс тональности, {value}: перевеса не видно; он есть в проверках, {n} из {of} ({variants})",
    ),
    "finding.tied": (
        "{found}; others have as many",
        "{found}; столько же и у других",
    ),
    "finding.reply_links.row": (
        "Most replies: {label}, {value}",
        "Больше всего ответов: {label}, {value}",
    ),
    "finding.reply_communities": (
        "{share} of replies stay within their community",
        "{share} ответов остаются внутри своего круга общения",
    ),
    "finding.reply_communities.named": (
        "{share} of replies stay within the communities named here",
        "{share} ответов остаются внутри названных здесь кругов общения",
    ),
    "finding.reply_communities.unsteady": (
        "Communities are not steady: they differ from run to run",
        "Круги общения неустойчивы: от расчёта к расчёту они разные",
    ),
    "finding.reply_communities.chance": (
        "Communities are no clearer than by chance",
        "Круги общения выражены не сильнее, чем случайно",
    ),
    "finding.compare.among": (
        "{n} shares differ, among them the {measure}: {a} in A, {b} in B",
        "Различаются доли ({n}), в их числе {measure}: {a} в A, {b} в B",
    ),
}

"""What the analyses of accounts that act together say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    (
        "Two accounts act together when both comment on the same object within the interval (CooRTweet: "
        "Righetti & Balluff 2025; CooRnet: Giglietto et al. 2020): a text, a near-copy, a link or "
        "hashtag, the same answered comment, or within seconds the same source. An object counts once "
        "per source. Their weight is compared with shuffles that give the same texts, times and sources "
        "to other authors: comments that stand next to each other (about 100; for answers and moments "
        "30, of one source) exchange them. p: single-step maxT over all pairs of accounts (Westfall & "
        "Young 1993) of the Poisson surprise of a weight, (b + 1) / (shuffles + 1) (Phipson & Smyth "
        "2010). q: the patterns' smallest p by Benjamini & Hochberg 1995, all others of a pattern grown "
        "alike. Groups are accounts connected by pairs with q <= alpha; p and q are the strongest pair's."
    ): (
        "Два аккаунта действуют вместе, если оба комментируют один объект в пределах интервала "
        "(CooRTweet: Righetti & Balluff 2025; CooRnet: Giglietto et al. 2020): текст, почти-копию, "
        "ссылку или хештег, один и тот же комментарий ответом или за секунды один источник. В каждом "
        "источнике объект считается один раз. Вес пары сравнивается с перемешиваниями, где те же тексты, "
        "времена и источники достаются другим авторам: ими обмениваются соседние комментарии (около 100; "
        "для ответов и моментов 30, из одного источника). p: одношаговый maxT по всем парам аккаунтов "
        "(Westfall & Young 1993) от пуассоновской неожиданности веса, (b + 1) / (shuffles + 1) (Phipson "
        "& Smyth 2010). q: наименьшие p видов по Benjamini & Hochberg 1995, остальные p того же вида "
        "увеличены так же. Группы: аккаунты, соединённые парами с q <= alpha; p и q взяты у самой "
        "сильной пары."
    ),
    "What accounts may share.": "Что может быть общего у аккаунтов.",
    "Seconds between two comments that count as together.": (
        "Сколько секунд между двумя комментариями ещё считается «вместе»."
    ),
    "The same for co-timing.": "То же для совпадений по времени.",
    "Different things that two accounts share at least.": (
        "Сколько разных объектов самое меньшее должно быть общими у двух аккаунтов."
    ),
    "Shuffles of the authors; the least p is 1 over one more.": (
        "Сколько раз перемешать авторов; наименьшее p равно 1, делённой на это число плюс один."
    ),
    "The rate of false findings where nothing but chance is at work.": (
        "Доля ложных находок, если всё происходит случайно."
    ),
    "Texts this much alike or more are near-copies.": (
        "Тексты с таким сходством или большим считаются почти-копиями."
    ),
    "Number of the group, the surest first.": "Номер группы, начиная с самой достоверной.",
    "co_text, co_similar, co_link, co_reply or co_timing.": (
        "co_text, co_similar, co_link, co_reply или co_timing."
    ),
    "Accounts that are joined.": "Сколько аккаунтов соединено.",
    "Their ids, with commas; a name where there is no id.": (
        "Их номера через запятую; имя, если номера нет."
    ),
    "Their names, with commas.": "Их имена через запятую.",
    "Different texts, links, answered comments or sources shared.": (
        "Сколько общих разных текстов, ссылок, комментариев, на которые отвечают, или источников."
    ),
    "The same, counted once per source.": "То же, но в каждом источнике объект считается один раз.",
    "Comments that take part.": "Комментарии, которые в этом участвуют.",
    "Pairs of accounts that are joined directly.": "Пары аккаунтов, соединённые напрямую.",
    "What such a pair shares, on average over them.": "Сколько общего у такой пары в среднем.",
    "What a shuffle gives such a pair, on average.": (
        "Сколько общего у такой пары в среднем при перемешивании."
    ),
    "Median time between two comments of a pair.": "Медианное время между двумя комментариями пары.",
    "Of the strongest pair, for all pairs of the kind at once.": (
        "Для самой сильной пары, с учётом всех пар этого вида сразу."
    ),
    "The same, for all kinds that were looked for.": "То же, с учётом всех видов, которые искали.",
    "The q of the weakest pair that joins the group.": "Значение q самой слабой пары, соединяющей группу.",
    "Others that shared repeatedly with two of them, not established.": (
        "Другие аккаунты с повторяющимся общим у двух из группы; для них связь не установлена."
    ),
    "Keys of comments on the object shared most, with commas.": (
        "Ключи комментариев к самому общему объекту, через запятую."
    ),
    "Text of the first of them.": "Текст первого из них.",
    "Counter-evidence: other accounts with the same objects.": (
        "Довод против: другие аккаунты с теми же объектами."
    ),
    "Counter-evidence: objects of ten other accounts or more.": (
        "Довод против: объекты, которые есть у десяти и более других аккаунтов."
    ),
    "All comments of these accounts in the query.": "Все комментарии этих аккаунтов в выборке.",
    "Part of those that take part; null below 30.": (
        "Доля тех из них, которые в этом участвуют; пусто, если их меньше 30."
    ),
    "Lower end of its 95 % interval (Wilson 1927).": "Нижняя граница 95 % интервала доли (Wilson 1927).",
    "Upper end of its 95 % interval (Wilson 1927).": "Верхняя граница 95 % интервала доли (Wilson 1927).",
    "Counter-evidence: other long texts they wrote.": ("Довод против: другие длинные тексты этих аккаунтов."),
    "Counter-evidence: communities and authors of posts.": "Довод против: сообщества и авторы записей.",
    "Pairs of comments that are the evidence.": "Пары комментариев, на которых основан вывод.",
    "Counter-evidence: those in one thread.": "Довод против: пары внутри одной ветки.",
    "Counter-evidence: comments around within the interval, median.": (
        "Довод против: сколько комментариев вокруг в пределах интервала, медиана."
    ),
    "What may explain it: common, official, talk, busy, varied.": (
        "Чем это может объясняться: common, official, talk, busy, varied."
    ),
    "Number of the group in `coordination`; 0: all of them.": (
        "Номер группы в `coordination`; 0: все группы."
    ),
    "How many pairs of comments to show.": "Сколько пар комментариев показать.",
    "Number of the group.": "Номер группы.",
    "Number of the text, the link, or the key of comment or source.": (
        "Номер текста, ссылка, ключ комментария или источника."
    ),
    "Key of the earlier comment.": "Ключ более раннего комментария.",
    "Id of its author, or the name where there is no id.": "Номер его автора или имя, если номера нет.",
    "When it was written.": "Время, когда он написан.",
    "Key of the later comment.": "Ключ более позднего комментария.",
    "Between the two.": "Время между ними.",
}

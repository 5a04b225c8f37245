"""What the analyses of volume, rhythm, ranking and unevenness say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    (
        "Counts by local time, from the first comment's period to the last one's, empty periods as 0. "
        "Comments without a date are left out."
    ): (
        "Подсчёт по местному времени от периода первого комментария до периода последнего; пустые "
        "периоды равны 0. Комментарии без даты не учтены."
    ),
    "Those that are replies.": "Сколько из них ответов.",
    (
        "Counts by local weekday and hour, divided by the number of such hours between the first and the "
        "last comment, so that ten days do not make one weekday look twice as busy."
    ): (
        "Число комментариев по дням недели и часам местного времени, делённое на число таких часов между "
        "первым и последним комментарием, чтобы за десять дней один день недели не выглядел вдвое "
        "активнее."
    ),
    "1 = Monday, in `tz`.": "1 = понедельник, в часовом поясе `tz`.",
    "0 to 23, in `tz`.": "От 0 до 23, в часовом поясе `tz`.",
    "Comments written in that hour of that weekday.": (
        "Комментарии, написанные в этот час этого дня недели."
    ),
    "How many such hours the time covered touches.": "Сколько таких часов пришлось на охваченное время.",
    "Comments per such hour; null without any.": (
        "Комментариев в среднем за такой час; пусто, если таких часов не было."
    ),
    "Counts, most comments first; equal ones by key. A share is of all comments of the query.": (
        "Подсчёт, сначала те, у кого больше комментариев; при равенстве по ключу. Доля взята от всех "
        "комментариев выборки."
    ),
    "Likes of them together.": "Сумма их лайков.",
    "When the source was published.": "Время публикации источника.",
    "0 to 1.": "От 0 до 1.",
    "Comments of the query written by this author.": "Комментарии выборки, написанные этим автором.",
    (
        "Counts in bars that begin at 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000. Comments whose likes "
        "are unknown are left out."
    ): (
        "Подсчёт по интервалам, которые начинаются с 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000. "
        "Комментарии с неизвестным числом лайков не учтены."
    ),
    "The bar as people read it, such as `2–4` or `1000+`.": (
        "Интервал в привычной записи, например `2–4` или `1000+`."
    ),
    "Its lowest value.": "Наименьшее значение в интервале.",
    "Its highest value; null where it is open.": (
        "Наибольшее значение в интервале; пусто, если интервал открытый."
    ),
    "How many comments fall into it.": "Сколько комментариев попало в интервал.",
    (
        "Counts in bars that begin at 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000. Top-level comments, "
        "by the replies that VK declares for them."
    ): (
        "Подсчёт по интервалам, которые начинаются с 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000. Учтены "
        "начала веток, ответы по данным ВК."
    ),
    (
        "Gini: Damgaard & Weiner 2000, Ecology 81(4), 1139-1142, eq. 2, without the small-sample factor. "
        "Top share: concentration ratio (OECD), the number of the top rounded up. Lorenz curve: Lorenz "
        "1905. Intervals: percentile bootstrap over those counted (Efron & Tibshirani 1993, ch. 13); too "
        "narrow where few hold much. Comments without an author are left out when authors are compared."
    ): (
        "Коэффициент Джини: Damgaard & Weiner 2000, Ecology 81(4), 1139-1142, eq. 2, без поправки на "
        "малую выборку. Доля самых активных: коэффициент концентрации (OECD), их число округлено вверх. "
        "Кривая Лоренца: Lorenz 1905. Интервалы: перцентильный бутстреп по тем, кого сравнивают (Efron & "
        "Tibshirani 1993, ch. 13); они слишком узки, если немногим принадлежит почти всё. При сравнении "
        "авторов комментарии без автора не учтены."
    ),
    "Whose counts are compared.": "Чьи количества сравниваются.",
    "Resamples of the bootstrap; 0: no intervals.": ("Число повторных выборок бутстрепа; 0: без интервалов."),
    "`gini`, `top_share` or `lorenz`.": "`gini`, `top_share` или `lorenz`.",
    "Which share: of the top, or of the bottom for `lorenz`.": (
        "О какой доле речь: о доле самых активных, а для `lorenz` о доле наименее активных."
    ),
    "Gini; or the share of comments that they hold.": (
        "Коэффициент Джини или доля комментариев, которая на них приходится."
    ),
}

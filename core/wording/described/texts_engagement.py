"""What the analyses of engagement, authors, threads and changes say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    (
        "Over comments: intervals clustered by author and post at once (Cameron, Gelbach & Miller 2011): "
        "Student's t for means, Wilson's over the effective size for shares (Korn & Graubard 1998), "
        "Woodruff's (1952) for median and P90, t of the linearised figure (Deville 1999) for Gini. By "
        "views, as Popsters defines them, means over posts with a comment in the query: er_view = 100 "
        "(likes + reposts + comments) / views, like_rate_view = 100 likes / views, talk_rate_view = 100 "
        "comments / views, all of the post itself; views stand for the followers of LR and TR, whose "
        "number is not collected. comments_per_1000_views is 1000 times all comments of the query over all "
        "views of their posts. Replies are those that VK declares for a root comment. Comments whose likes "
        "are unknown are left out. Below 30 comments or posts, or 5 authors, figures are null."
    ): (
        "По комментариям: интервалы с кластерами по авторам и записям одновременно (Cameron, Gelbach & "
        "Miller 2011): t Стьюдента для средних, Уилсона по эффективному объёму для долей (Korn & Graubard "
        "1998), Woodruff (1952) для медианы и 90-го перцентиля, t линеаризованной величины (Deville 1999) "
        "для коэффициента Джини. По просмотрам, как определяет Popsters, средние по записям, у которых "
        "есть комментарий в выборке: er_view = 100 (лайки + репосты + комментарии) / просмотры, "
        "like_rate_view = 100 лайки / просмотры, talk_rate_view = 100 комментарии / просмотры, всё у самой "
        "записи; просмотры стоят вместо числа подписчиков в LR и TR, которое не собирается. "
        "comments_per_1000_views: 1000 раз все комментарии выборки, делённые на все просмотры их записей. "
        "Ответы на начало ветки по данным ВК. Комментарии с неизвестным числом лайков не учтены. Если "
        "комментариев или записей меньше 30 или авторов меньше 5, показатели пусты."
    ),
    (
        "`likes_` per comment or `replies_` per root comment: `mean`, `median`, `p90`, `gini`, `none` "
        "(share without any); `comments_per_post`, `comments_per_1000_views`; `er_view`, "
        "`like_rate_view` and `talk_rate_view` in percent."
    ): (
        "`likes_` на комментарий или `replies_` на начало ветки: `mean`, `median`, `p90`, `gini`, `none` "
        "(доля без них); `comments_per_post`, `comments_per_1000_views`; `er_view`, `like_rate_view` и "
        "`talk_rate_view` в процентах."
    ),
    "The estimate; null where there is too little to say.": "Оценка; пусто, если данных слишком мало.",
    "Comments, root comments or posts that were counted.": (
        "Сколько учтено комментариев, начал веток или записей."
    ),
    (
        "Likes per comment: the ratio's linearised variance over authors (Cochran 1977, 6.4) and "
        "Student's t; the share liked: Wilson's interval over the effective size, authors as clusters "
        "(Kish 1965, 6.5). By views: Wilson's interval, for comments widened by how many one author "
        "writes. er_view is Popsters' ERview. Estimates on fewer than 30 comments or views, or 5 "
        "authors, are null."
    ): (
        "Лайков на комментарий: линеаризованная дисперсия отношения по авторам (Cochran 1977, 6.4) и t "
        "Стьюдента; доля с лайками: интервал Уилсона по эффективному объёму, кластеры: авторы (Kish "
        "1965, 6.5). По просмотрам: интервал Уилсона, для комментариев расширенный с учётом того, "
        "сколько пишет один автор. er_view: показатель ERview сервиса Popsters. Если комментариев или "
        "просмотров меньше 30 или авторов меньше 5, оценки пусты."
    ),
    "How many sources to name, most comments first.": (
        "Сколько источников показать, начиная с самых комментируемых."
    ),
    "Their authors; unknown ones are not counted.": ("Их авторы; неизвестные не считаются."),
    "Comments whose likes are known.": "Комментарии, у которых число лайков известно.",
    "Mean over the known ones.": "Среднее по комментариям с известным числом лайков.",
    "Part of the known ones with a like.": (
        "Доля комментариев хотя бы с одним лайком среди тех, у которых число лайков известно."
    ),
    "Comments that are no replies.": "Комментарии, которые не являются ответами.",
    "Replies to them, as VK declares them.": "Ответы на них, по данным ВК.",
    "Views of the post; null where nobody said them.": "Просмотры записи; пусто, если они неизвестны.",
    "Comments of the query; n = `views`.": "Комментарии выборки; n = `views`.",
    "(likes + reposts + comments of the post) / views; n = `views`.": (
        "(лайки + репосты + комментарии записи) / просмотры; n = `views`."
    ),
    (
        "New is an author whose first comment in the whole dataset, whatever the query is, stands in the "
        "period. Stayed: wrote again, within the query, in one of the next `after` periods; known once "
        "these are over. Regular: wrote, within the query, in `weeks` or more different local weeks. "
        "Shares of authors with Wilson's (1927) 95 % interval; below 30 authors they are null."
    ): (
        "Новый автор: его первый комментарий во всём наборе данных, какова бы ни была выборка, написан в "
        "этом периоде. Остался: написал снова, в пределах выборки, в одном из следующих `after` "
        "периодов; известно, когда они прошли. Постоянный: писал, в пределах выборки, не меньше чем в "
        "`weeks` разных неделях по местному времени. Доли авторов с 95 % интервалом Wilson (1927); если "
        "авторов меньше 30, они пусты."
    ),
    "Who writes again within so many periods after the first has stayed.": (
        "Автор остался, если написал снова за столько периодов после первого."
    ),
    "In how many different weeks a regular wrote at least.": (
        "В скольких разных неделях пишет постоянный автор самое меньшее."
    ),
    "Comments of known authors written in it.": "Комментарии известных авторов за период.",
    "Those whose first comment in the whole dataset it has.": (
        "Авторы, чей первый комментарий во всём наборе данных написан в этом периоде."
    ),
    "The others.": "Остальные авторы.",
    "Comments of the newcomers.": "Комментарии новых авторов.",
    "Part of the authors that is new; n = `authors`.": "Доля новых среди авторов; n = `authors`.",
    "Newcomers who wrote again soon; null while that is not over.": (
        "Новые авторы, которые вскоре написали снова; пусто, пока срок не истёк."
    ),
    "Part of the newcomers who stayed; n = `newcomers`.": (
        "Доля оставшихся среди новых авторов; n = `newcomers`."
    ),
    "Authors of the period who write in many weeks.": "Авторы периода, которые пишут много недель.",
    "Part of the authors that is regular; n = `authors`.": "Доля постоянных среди авторов; n = `authors`.",
    (
        "Counts, most comments first; equal ones by key. A reply without a parent answers the root of "
        "its thread. Shares with Wilson's interval over the effective size, sources (for the night: "
        "days) as clusters (Kish 1965, 6.5); likes per comment with the ratio's linearised variance over "
        "sources (Cochran 1977, 6.4) and Student's t. Below 30 comments, or 5 sources or days, they are "
        "null."
    ): (
        "Подсчёт, сначала те, у кого больше комментариев; при равенстве по ключу. Ответ, у которого "
        "неизвестно, на что он, считается ответом началу ветки. Доли с интервалом Уилсона по "
        "эффективному объёму, кластеры: источники, а для ночной доли дни (Kish 1965, 6.5); лайки на "
        "комментарий с линеаризованной дисперсией отношения по источникам (Cochran 1977, 6.4) и t "
        "Стьюдента. Если комментариев меньше 30 или источников или дней меньше 5, они пусты."
    ),
    "How many authors to name, most comments first.": ("Сколько авторов показать, начиная с самых активных."),
    "Whether the author wrote under a post of their own.": "Писал ли автор под собственной записью.",
    "Comments of the query.": "Комментарии выборки.",
    "Different sources they stand under.": "В скольких разных источниках они написаны.",
    "Different local days with a comment.": "Разные дни по местному времени, в которые есть комментарии.",
    "Most local days in a row with a comment.": (
        "Наибольшее число дней подряд с комментариями, по местному времени."
    ),
    "The first of these comments.": "Первый из этих комментариев.",
    "The last of these comments.": "Последний из этих комментариев.",
    "Comments of others that answer these, whatever the filters keep of them.": (
        "Комментарии других авторов в ответ на эти, даже если фильтры их не оставили."
    ),
    "Own comments that are replies.": "Собственные комментарии, которые являются ответами.",
    "Part that is replies; n = `comments`.": "Доля ответов; n = `comments`.",
    "Comments with a date.": "Комментарии с известной датой.",
    "Part from 0 to 6 in `tz`; n = `dated`.": (
        "Доля написанных с 0 до 6 часов в часовом поясе `tz`; n = `dated`."
    ),
    (
        "Trees from the comment that each reply answers; a reply without one answers the root, and so "
        "does one whose parent is not in the query. Depth, width and structural virality: Goel, "
        "Anderson, Hofman & Watts 2016, Management Science 62(1), eq. 1. Reciprocity: pairs of authors "
        "who answered each other over pairs of whom one answered the other, with Wilson's (1927) "
        "interval. The summary has median and P90 over all threads of two or more comments, with "
        "Woodruff's (1952) interval clustered by source, and the share of threads that were answered; "
        "below 30 threads or 5 sources they are null."
    ): (
        "Деревья построены по комментарию, на который отвечает каждый ответ; если он неизвестен или не "
        "входит в выборку, ответ относится к началу ветки. Глубина, ширина и структурная виральность: "
        "Goel, Anderson, Hofman & Watts 2016, Management Science 62(1), eq. 1. Взаимность: пары авторов, "
        "ответивших друг другу, делённые на пары, где один ответил другому, с интервалом Wilson (1927). "
        "Вверху даны медиана и 90-й перцентиль по всем веткам из двух и более комментариев с интервалом "
        "Woodruff (1952), кластеры: источники, и доля веток, где есть ответ; если веток меньше 30 или "
        "источников меньше 5, они пусты."
    ),
    "Which threads to name first.": "Какие ветки показать первыми.",
    "How many threads to name.": "Сколько веток показать.",
    "Key of the comment that began it.": "Ключ комментария, с которого началась ветка.",
    "Comments of the query, the first one included.": "Комментарии выборки вместе с первым.",
    "The longest way down from the root.": "Самый длинный путь вниз от начала ветки.",
    "Most comments at one depth.": "Наибольшее число комментариев на одной глубине.",
    "Structural virality: mean distance of two comments.": (
        "Структурная виральность: среднее расстояние между двумя комментариями."
    ),
    "Median time from a comment to its answer.": "Медианное время от комментария до ответа на него.",
    "Answers that this median is of.": "По скольким ответам посчитана эта медиана.",
    "Pairs of authors of whom one answered the other.": "Пары авторов, в которых один ответил другому.",
    "Part that answered both ways; n = `pairs`.": "Доля пар, где ответили оба; n = `pairs`.",
    "Its first comment of the query.": "Первый комментарий ветки в выборке.",
    "Its last comment of the query.": "Последний комментарий ветки в выборке.",
    (
        "Deleted is what VK shows as deleted, or what a complete pass over its place no longer showed; "
        "edited is what was seen with another text. Shares with Wilson's interval over the effective "
        "size, authors within a source or else sources as clusters (Kish 1965, 6.5; Korn & Graubard "
        "1998); in the summary over all sources, with the median time from writing to noticing (Woodruff "
        "1952). Below 30 comments looked at again or 5 clusters they are null."
    ): (
        "Удалённым считается комментарий, который ВК показывает как удалённый или которого не оказалось "
        "при полном обходе его места; изменённым тот, у которого увидели другой текст. Доли с интервалом "
        "Уилсона по эффективному объёму, кластеры: авторы внутри источника, иначе источники (Kish 1965, "
        "6.5; Korn & Graubard 1998); вверху они даны по всем источникам вместе с медианным временем от "
        "написания до обнаружения (Woodruff 1952). Если проверенных повторно комментариев меньше 30 или "
        "кластеров меньше 5, доли пусты."
    ),
    "What the comments are grouped by.": "По чему сгруппированы комментарии.",
    "How many groups: those with most comments, or the latest periods.": (
        "Сколько групп показать: самые большие или последние по времени."
    ),
    "The source's key, the topic's number, or the date a period begins.": (
        "Ключ источника, номер темы или дата начала периода."
    ),
    "The source's title, often empty.": "Название источника; часто пустое.",
    "Those looked at again, so that a change could be seen.": (
        "Комментарии, которые проверены повторно, так что изменение можно было заметить."
    ),
    "Comments that are known to have been deleted.": "Комментарии, о которых известно, что они удалены.",
    "Part of all comments; n = `comments`.": "Доля среди всех комментариев; n = `comments`.",
    "Comments that were edited and not deleted.": "Изменённые и не удалённые комментарии.",
}

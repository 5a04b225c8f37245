"""What the analyses of bursts, beginnings and endings say of themselves in Russian."""

from __future__ import annotations

from typing import Final

from core.wording.described.pieces import Piece, joined

_HALF_LIFE: Final = Piece(
    (
        "Half-life: the median age of the post at its comments, only those within the window, with order "
        "statistics as the interval (David & Nagaraja 2003, 7.1). Over posts: the median with Woodruff's "
        "(1952) interval, null below 30 posts. Fitted: ln 2 / rate of the exponential law cut off at the "
        "window, by maximum likelihood from the mean age (Deemer & Votaw 1955); null where comments do "
        "not grow fewer with age. Posts that were not looked at as long as the window are left out: "
        "their later comments are unknown."
    ),
    (
        "Период полузатухания: медианный возраст записи в момент комментария, только по комментариям "
        "окна, с интервалом по порядковым статистикам (David & Nagaraja 2003, 7.1). По записям: медиана "
        "с интервалом Woodruff (1952); пусто, если записей меньше 30. По закону: ln 2 / скорость "
        "экспоненциального закона, усечённого окном, методом максимального правдоподобия по среднему "
        "возрасту (Deemer & Votaw 1955); пусто, если с возрастом комментариев не становится меньше. "
        "Записи, за которыми наблюдали меньше длины окна, не учтены: их поздние комментарии неизвестны."
    ),
)
_DECAY: Final = Piece(
    (
        "Share of comments within so many hours, with Wilson's interval over the effective size, posts "
        "as clusters (Korn & Graubard 1998); null below 30 comments or 5 posts. "
    ),
    (
        "Доля комментариев за столько часов с интервалом Уилсона по эффективному объёму, кластеры: "
        "записи (Korn & Graubard 1998); пусто, если комментариев меньше 30 или записей меньше 5. "
    ),
)

RU: dict[str, str] = {
    (
        "Level: the mean of the same hour of the week in the weeks around, no week counted above mean + "
        "3 sqrt(mean + 1) (Huber 1964). Robust z: 2 sqrt(x + 3/8) of the count less that of the level "
        "(Anscombe 1948), over 1.4826 times the median absolute deviation (Hampel 1974), at least 1. A "
        "burst is a run of periods with z above the normal quantile of 1 - false_alarms / periods "
        "(Bonferroni), or of the high state of Kleinberg's (2002) two-state automaton with Poisson "
        "counts, entered at the cost ln(periods / false_alarms); it holds whole waves. At the default "
        "0.05 at most 3 % of simulated Poisson histories of 8 to 52 weeks had a burst; comments that "
        "draw comments give more. Excess: the part of (comments - expected) a source, author or repeated "
        "text accounts for above its usual, with Wilson's (1927) interval; below 30 comments it is null."
    ): (
        "Уровень: среднее за тот же час недели в соседних неделях, причём ни одна неделя не учитывается "
        "выше, чем среднее + 3 sqrt(среднее + 1) (Huber 1964). Робастный z: 2 sqrt(x + 3/8) от числа "
        "комментариев минус то же от уровня (Anscombe 1948), делённое на 1,4826 медианного абсолютного "
        "отклонения (Hampel 1974), но не меньше чем на 1. Всплеск: подряд идущие периоды, где z выше "
        "нормального квантиля 1 - false_alarms / periods (Bonferroni), или верхнее состояние автомата с "
        "двумя состояниями и пуассоновскими числами (Kleinberg 2002), переход в которое стоит ln(periods "
        "/ false_alarms); такой всплеск охватывает волну целиком. При значении по умолчанию 0,05 всплеск "
        "был не больше чем в 3 % смоделированных пуассоновских историй длиной от 8 до 52 недель; если "
        "комментарии вызывают новые комментарии, случайных всплесков больше. Превышение: какую часть "
        "(комментарии - ожидаемые) источник, автор или повторяющийся текст объясняет сверх своего "
        "обычного, с интервалом Wilson (1927); меньше 30 комментариев: пусто."
    ),
    "Length of a period in `tz`.": "Длина периода в часовом поясе `tz`.",
    "`mad`: periods whose robust z is high; `kleinberg`: the high state of a two-state automaton.": (
        "`mad`: периоды с высоким робастным z; `kleinberg`: верхнее состояние автомата с двумя состояниями."
    ),
    "Bursts to expect by chance where comments come independently.": (
        "Сколько всплесков ожидать случайно, если комментарии независимы."
    ),
    "For `kleinberg`: how many times the usual the high state is.": (
        "Для `kleinberg`: во сколько раз верхнее состояние выше обычного."
    ),
    "Cycles (weeks) before and after that tell the level; 0: all.": (
        "По скольким циклам (неделям) до и после оценивается уровень; 0: по всем."
    ),
    "Comments that a burst has at least.": "Сколько комментариев во всплеске самое меньшее.",
    "How many bursts to name, largest excess first.": (
        "Сколько всплесков показать, начиная с наибольшего превышения."
    ),
    "When the first unusual period begins.": "Начало первого необычного периода.",
    "When the last one is over.": "Конец последнего необычного периода.",
    "How many periods it lasts.": "Сколько периодов длится всплеск.",
    "How many there usually are at such hours.": "Сколько комментариев обычно бывает в такие часы.",
    "Comments over the expected ones.": "Отношение числа комментариев к ожидаемому.",
    "Lower end of the ratio's 95 % interval, the level taken as known.": (
        "Нижняя граница 95 % интервала отношения; уровень считается известным."
    ),
    "Upper end of it.": "Верхняя граница этого интервала.",
    "The highest robust z of its periods.": "Наибольший робастный z среди периодов всплеска.",
    "Different authors.": "Число разных авторов.",
    "Key of the source with most comments in it.": (
        "Ключ источника, в котором за всплеск больше всего комментариев."
    ),
    "Title of that source, often empty.": "Название этого источника; часто пустое.",
    "Comments of that source in the burst.": "Комментарии этого источника за всплеск.",
    "Part of the excess that that source accounts for; n = `comments`.": (
        "Доля превышения, которая приходится на этот источник; n = `comments`."
    ),
    "The author with most comments in it; null for one with only a name.": (
        "Автор, у которого за всплеск больше всего комментариев; пусто, если известно только имя."
    ),
    "Comments of that author in the burst.": "Комментарии этого автора за всплеск.",
    "Part of the excess that that author accounts for; n = `comments`.": (
        "Доля превышения, которая приходится на этого автора; n = `comments`."
    ),
    "The text repeated most in it, of 20 or more letters; null without any.": (
        "Самый частый повторяющийся текст всплеска, от 20 букв; пусто, если такого нет."
    ),
    "Comments of that text in the burst.": "Комментарии с этим текстом за всплеск.",
    "Part of the excess that that text accounts for; n = `comments`.": (
        "Доля превышения, которая приходится на этот текст; n = `comments`."
    ),
    (
        "Time from a post to its first comment of the query, over posts with a date that have one; a "
        "post nobody commented on has no time. Median and P90 with Woodruff's (1952) 95 % interval, the "
        "share within an hour with Wilson's (1927); below 30 posts they are null."
    ): (
        "Время от записи до её первого комментария в выборке, по записям с известной датой, у которых он "
        "есть; у записи без комментариев такого времени нет. Медиана и 90-й перцентиль с 95 % интервалом "
        "Woodruff (1952), доля первого часа с интервалом Wilson (1927); если записей меньше 30, они "
        "пусты."
    ),
    "How many posts to name, most comments first.": (
        "Сколько записей показать, начиная с самых комментируемых."
    ),
    "Key of the post.": "Ключ записи.",
    "When its first comment of the query was written.": "Когда написан первый её комментарий из выборки.",
    "Time between the two.": "Сколько времени прошло между ними.",
    "Whether the post's own author wrote the first comment.": (
        "Написан ли первый комментарий самим автором записи."
    ),
    "Hours after publication that are looked at; posts not looked at so long are left out.": (
        "Сколько часов после публикации рассматривать; записи, за которыми наблюдали меньше, не учитываются."
    ),
    "A post with fewer comments within it is too few to say.": (
        "Если комментариев под записью за это время меньше, данных слишком мало."
    ),
    "Age of the post.": "Возраст записи.",
    "Part of the window's comments that came before it.": (
        "Доля комментариев окна, которые появились к этому времени."
    ),
    "All comments within the window.": "Все комментарии окна.",
    "Posts that these comments are under.": "Сколько записей с этими комментариями.",
    "Comments of the query within the window.": "Комментарии выборки в пределах окна.",
    "`measured`, or why it is not: `too few` comments or `too young`.": (
        "`measured` или причина, почему не измерено: `too few` мало комментариев, `too young` мало времени."
    ),
    "When half of them had come; n = `comments`.": (
        "За какое время появилась половина комментариев; n = `comments`."
    ),
    "Half-life of the fitted exponential law.": (
        "Период полузатухания по подобранному экспоненциальному закону."
    ),
    **joined(
        (
            _DECAY,
            _HALF_LIFE,
        ),
        (_HALF_LIFE,),
    ),
}

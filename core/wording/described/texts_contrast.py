"""What the analyses that compare and vary say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    "Permutations for each measure.": "Число перестановок для каждого показателя.",
    "Of the permutations: the same seed gives the same p-values.": (
        "Зерно перестановок: при том же зерне значения p те же."
    ),
    "What is compared; its name says whether it is a share, rate or mean.": (
        "Что сравнивается; по названию видно, доля это, частота или среднее."
    ),
    "In the first set; shares from 0 to 1, `median_length` in words.": (
        "В первой выборке; доли от 0 до 1, `median_length` в словах."
    ),
    "What it stands on: comments looked at, authors, or days.": (
        "На чём основано: число рассмотренных комментариев, авторов или дней."
    ),
    "In the second set, or in all the rest.": "Во второй выборке или во всём остальном.",
    "First less second.": "Первое значение минус второе.",
    "Of a difference as large by chance.": "Вероятность такой же или большей разности случайно.",
    "The same, adjusted over all measures.": "То же, с поправкой на все показатели.",
    "`differs`, `no difference seen` or `too few to say`.": (
        "`differs`, `no difference seen` или `too few to say`."
    ),
    "Of moods: share in the first set without the model's errors, or null.": (
        "Для тональности: доля в первой выборке с поправкой на ошибки модели; пусто, если поправить нельзя."
    ),
    "The same in the second set.": "То же во второй выборке.",
    (
        "Shares and means with intervals clustered by author and source (Korn & Graubard 1998; Hall "
        "1992), Gini by percentile bootstrap over authors (Efron & Tibshirani 1993), words by Spearman's "
        "correlation of the 50 most frequent ones (Bonett & Wright 2000). Variants: without the 1 % of "
        "authors with most comments, each text of 20 letters or more once, roots alone, by another "
        "zone's clock, moods by lists of words that praise and blame (negation is not seen), and the "
        "earlier half of comments against the later. A finding survives if the intervals overlap; the "
        "balance of moods keeps its sign (or stays unclear); the ranks correlate at 0.7 or more; the "
        "busiest hour is at most one away; the largest source is the same."
    ): (
        "Доли и средние с интервалами, кластеры: авторы и источники (Korn & Graubard 1998; Hall 1992), "
        "коэффициент Джини с перцентильным бутстрепом по авторам (Efron & Tibshirani 1993), слова по "
        "ранговой корреляции Спирмена 50 самых частых (Bonett & Wright 2000). Варианты: без 1 % самых "
        "активных авторов, каждый текст от 20 букв один раз, только начала веток, по часам другого "
        "пояса, тональность по спискам слов похвалы и порицания (отрицание не учитывается), более ранняя "
        "половина комментариев против более поздней. Вывод устойчив, если интервалы пересекаются; баланс "
        "тональности сохраняет знак (или остаётся неясным); ранговая корреляция не меньше 0,7; самый "
        "активный час сдвинулся не больше чем на один; самый большой источник тот же."
    ),
    "The other time zone.": "Другой часовой пояс.",
    "Resamples of the bootstrap of Gini.": "Число повторных выборок бутстрепа для коэффициента Джини.",
    "Which headline result.": "Какой из главных выводов.",
    "Of which comments, or judged how; `baseline` is the query as it is.": (
        "По каким комментариям или по какой оценке; `baseline`: выборка как есть."
    ),
    "Which variant it is judged against; null for the baseline.": (
        "С каким вариантом он сравнивается; у исходного пусто."
    ),
    "Shares 0 to 1; `top_words`: rank correlation.": "Доли от 0 до 1; `top_words`: ранговая корреляция.",
    "Comments, authors (Gini), words or questions that it stands on.": (
        "На скольких комментариях, авторах (Джини), словах или вопросах основано."
    ),
    "The hour, source or words that it names; else empty.": (
        "Час, источник или слова, о которых вывод; иначе пусто."
    ),
    "By which rule it is judged.": "По какому правилу проверяется.",
    "Whether the finding survives; null: the finding itself, or too few.": (
        "Устойчив ли вывод; пусто: это сам вывод или данных слишком мало."
    ),
    "`the finding`, `holds`, `changes` or `too few to say`.": (
        "`the finding`, `holds`, `changes` или `too few to say`."
    ),
    "Lower end of its 95 % interval; an hour has none.": (
        "Нижняя граница его 95 % интервала; у часа её нет."
    ),
    "Upper end of its 95 % interval; an hour has none.": (
        "Верхняя граница его 95 % интервала; у часа её нет."
    ),
    (
        "Shares with Wilson's interval over the effective number of comments clustered by author and "
        "post (Korn & Graubard 1998; Cameron, Gelbach & Miller 2011), means with the t interval freed of "
        "skewness (Hall 1992), the median by Woodruff (1952); differences by Newcombe (1998), of medians "
        "as if independent. p-values: studentised permutation of whole authors between the sets (Chung & "
        "Romano 2013; Phipson & Smyth 2010), of the median by the shares above the common one (Mood "
        "1950); for comments per day the larger of a permutation of days and of turning authors round "
        "(Fisher 1935); adjusted by Benjamini & Hochberg (1995). Differs: q at most 0.05 and the "
        "interval without 0. Where a set has fewer than 5 posts, authors alone are the clusters. "
        "Comments per day are over all local days from a set's first to its last; comments per author "
        "grow with the size of a set."
    ): (
        "Доли с интервалом Уилсона по эффективному числу комментариев, кластеры: авторы и записи (Korn & "
        "Graubard 1998; Cameron, Gelbach & Miller 2011), средние с t-интервалом с поправкой на "
        "асимметрию (Hall 1992), медиана по Woodruff (1952); разности по Newcombe (1998), у медиан как у "
        "независимых. Значения p: стьюдентизированный перестановочный тест с перестановкой авторов "
        "целиком между выборками (Chung & Romano 2013; Phipson & Smyth 2010), для медианы по долям выше "
        "общей медианы (Mood 1950); для комментариев в день большее из двух: при перестановке дней и при "
        "обмене выборок у авторов (Fisher 1935); поправка по Benjamini & Hochberg (1995). Различаются: q "
        "не больше 0,05, и 0 не входит в интервал. Если в одной из выборок меньше 5 записей, кластеры "
        "образуют только авторы. Комментарии в день посчитаны по всем дням местного времени от первого "
        "до последнего дня выборки; число комментариев на автора растёт с размером выборки."
    ),
}

"""What the analyses of sentiment and toxicity say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    (
        "Shares by the model's labels, with Wilson's interval over the effective number of comments "
        "clustered by author and post (Korn & Graubard 1998; Cameron, Gelbach & Miller 2011), by author "
        "alone where there are fewer than five posts. Once codings suffice, shares are corrected: of all "
        "comments together by the truth among coded ones of each predicted class (post-stratified; "
        "Angelopoulos, Duchi & Zrnic 2023), of groups by the adjusted count (Forman 2008), with intervals "
        "that know how few were coded. An author whose first comment in the dataset stands under the same "
        "source is a newcomer there."
    ): (
        "Доли по ответам модели с интервалом Уилсона по эффективному числу комментариев, кластеры: "
        "авторы и записи (Korn & Graubard 1998; Cameron, Gelbach & Miller 2011), а если записей меньше "
        "пяти, только авторы. Когда размечено достаточно, доли "
        "исправлены: для всех комментариев вместе по правде среди размеченных в каждом предсказанном "
        "классе (постстратификация; Angelopoulos, Duchi & Zrnic 2023), для групп скорректированным "
        "подсчётом (Forman 2008); интервалы учитывают, как мало размечено. Автор, чей первый комментарий "
        "в наборе данных стоит в том же источнике, считается там новым."
    ),
    "What the comments are grouped by, periods in `tz`.": (
        "По чему сгруппированы комментарии; периоды в часовом поясе `tz`."
    ),
    "From which probability on a comment is toxic.": ("С какой вероятности комментарий считается токсичным."),
    "How many of the largest groups; periods are all shown.": (
        "Сколько самых больших групп показать; периоды показаны все."
    ),
    "Day on which a period begins, or the name of the group.": (
        "День, с которого начинается период, или название группы."
    ),
    "When a period begins; null for other groups.": "Начало периода; для других групп пусто.",
    "Comments that the model judged.": "Комментарии, оценённые моделью.",
    "False: too few comments or authors to say anything.": (
        "Нет: комментариев или авторов слишком мало для вывода."
    ),
    "Comments that are negative by the model.": "Комментарии, которые модель считает негативными.",
    "Their raw share; null below too few to say.": "Их исходная доля; пусто, если данных слишком мало.",
    "Share without the model's errors, or null.": (
        "Доля с поправкой на ошибки модели; пусто, если поправить нельзя."
    ),
    "Comments that are neutral by the model.": "Комментарии, которые модель считает нейтральными.",
    "Comments that are positive by the model.": "Комментарии, которые модель считает позитивными.",
    "Comments that are not sure of mood by the model.": (
        "Комментарии, в тональности которых модель не уверена."
    ),
    "Comments that are toxic with at least the probability `toxic_from` by the model.": (
        "Комментарии, токсичные по модели с вероятностью не меньше `toxic_from`."
    ),
    "Mean probability of being toxic.": "Средняя вероятность токсичности.",
    (
        "Exact copies are shown once. The model is a sum over words, so what a word adds to the score of "
        "its class, over the best of the other classes, explains the answer; pairs of words, which add "
        "little, are not shown. Random ones are the first by a seeded hash of their keys."
    ): (
        "Точные копии показаны один раз. Модель складывает вклады слов, поэтому ответ объясняет то, "
        "сколько слово добавляет своему классу сверх лучшего из остальных; пары слов добавляют мало и не "
        "показаны. Случайные примеры: первые по хешу ключа с зерном."
    ),
    "The class that examples are of.": "Класс, примеры которого нужны.",
    "Which of its comments.": "Какие из его комментариев показать.",
    "How many to show.": "Сколько показать.",
    "Which random ones, and the order among equals.": (
        "Какие взять случайно и в каком порядке при равенстве."
    ),
    "Its likes.": "Его лайки.",
    "Mood by the model.": "Тональность по модели.",
    "Calibrated.": "Калиброванная вероятность.",
    "Up to five words that add most to the class, the first the most.": (
        "До пяти слов, которые сильнее всего говорят за этот класс, по убыванию."
    ),
}

"""What the analyses of topics, names and co-words say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    (
        "Non-negative matrix factorisation (Lee & Seung 1999; start: Boutsidis & Gallopoulos 2008) of "
        "TF-IDF over lemmas (a lemma weighs more the more it gathers under few posts, Church & Gale "
        "1995), on at most 50,000 different texts that have 3 lemmas or more that carry meaning; every "
        "comment is then placed by least squares. It belongs to a topic that has half of its weight or "
        "more, and at least 0.1; shorter, weaker and divided ones belong to none. Names: log-likelihood "
        "of the words against the other texts (Dunning 1993). Stability: mean Jaccard similarity of the "
        "ten heaviest words, matched one to one (Greene, O'Callaghan & Cunningham 2014). Coherence: mean "
        "NPMI (Lau, Newman & Baldwin 2014). Intervals: Wilson 1927 over the effective number of "
        "comments, clustered by author (Korn & Graubard 1998)."
    ): (
        "Неотрицательное матричное разложение (Lee & Seung 1999; начало: Boutsidis & Gallopoulos 2008) "
        "матрицы TF-IDF по леммам (лемма весит тем больше, чем сильнее собрана под немногими записями, "
        "Church & Gale 1995), не больше чем по 50 000 разных текстов, где есть хотя бы 3 значимые леммы; "
        "затем каждый комментарий размещён методом наименьших квадратов. Он относится к теме, на которую "
        "приходится не меньше половины его веса и не меньше 0,1; короткие, слабые и поделённые между "
        "темами не относятся ни к одной. Названия: логарифм отношения правдоподобия слов против "
        "остальных текстов (Dunning 1993). Устойчивость: среднее сходство Жаккара десяти главных слов "
        "при сопоставлении один к одному (Greene, O'Callaghan & Cunningham 2014). Связность: средний "
        "NPMI (Lau, Newman & Baldwin 2014). Интервалы: Wilson 1927 по эффективному числу комментариев, "
        "кластеры: авторы (Korn & Graubard 1998)."
    ),
    "How many topics to look for.": "Сколько тем искать.",
    "How many different texts to look in at most.": "В скольких разных текстах искать самое большее.",
    "Of the sample and the fits: the same seed finds the same topics.": (
        "Зерно выборки и подборов: при том же зерне темы те же."
    ),
    "Whether to find them anew although they were kept.": "Искать ли темы заново, хотя они сохранены.",
    "Number of the topic, as the filter has it; 0: belongs to none.": (
        "Номер темы, как в фильтре; 0: не относится ни к одной."
    ),
    "The words that most set its comments apart; null for none.": (
        "Слова, которые сильнее всего отличают её комментарии; пусто, если темы нет."
    ),
    "Its heaviest words, the heaviest first.": "Слова с наибольшим весом, по убыванию.",
    "Comments of the query that belong to it.": "Комментарии выборки, которые относятся к теме.",
    "Comments of the query that were looked at: the share is of these.": (
        "Рассмотренные комментарии выборки: от этого числа взята доля."
    ),
    "0 to 1; null where there are too few to say.": "От 0 до 1; пусто, если данных слишком мало.",
    "How alike it is in three fits that begin at random.": (
        "Насколько тема повторяется в трёх подборах со случайным началом."
    ),
    "How alike it is in fits of 90 % of the texts, three.": (
        "Насколько тема повторяется в трёх подборах по 90 % текстов."
    ),
    (
        "Whether both are 0.3 or more; others are shown in grey. Words that only chance joins can be "
        "steady too, but hardly coherent."
    ): (
        "Обе ли величины не меньше 0,3; прочие темы показаны серым. Устойчивыми могут быть и слова, "
        "соединённые случайно, но они едва ли связны."
    ),
    "How far its ten heaviest words stand together.": (
        "Насколько её десять главных слов встречаются вместе."
    ),
    "Keys of up to three comments that belong to it most plainly.": (
        "Ключи до трёх комментариев, которые относятся к ней яснее всего."
    ),
    (
        "Counts of comments by the topics that were found last, see `topics`. Intervals: Wilson 1927 "
        "over the effective number of comments, clustered by author (Kish 1965; Korn & Graubard 1998), "
        "with Student's t. Below 30 comments or 5 authors: too few to say. Periods without comments are "
        "left out."
    ): (
        "Подсчёт комментариев по темам, найденным последними, см. `topics`. Интервалы: Wilson 1927 по "
        "эффективному числу комментариев, кластеры: авторы (Kish 1965; Korn & Graubard 1998), с t "
        "Стьюдента. Если комментариев меньше 30 или авторов меньше 5, данных слишком мало. Периоды без "
        "комментариев не показаны."
    ),
    "Periods in `tz` (weeks begin on Monday) or sources.": (
        "Периоды в часовом поясе `tz` (недели начинаются с понедельника) или источники."
    ),
    "When the period begins; null by source.": "Начало периода; по источникам пусто.",
    "Key of the source; null by period.": "Ключ источника; по периодам пусто.",
    "Its title, often empty; null by period.": "Название; часто пустое, по периодам пусто всегда.",
    "Number of the topic, 0: belongs to none; null: was not looked at.": (
        "Номер темы; 0: не относится ни к одной; пусто: не рассматривался."
    ),
    "What the topic is called; null for none.": "Как называется тема; пусто, если темы нет.",
    "Comments of the period or source that have the topic.": (
        "Комментарии периода или источника с этой темой."
    ),
    "Its comments that were looked at: the share is of these.": (
        "Его рассмотренные комментарии: от этого числа взята доля."
    ),
    (
        "Names by slovnet's recogniser, trained on news, in a random sample of comments with text; "
        "mentions of VK users and links are taken out first. A comment counts once for a name, in its "
        "base form. Shares: Wilson 1927 over the effective number of comments, clustered by author (Korn "
        "& Graubard 1998). Below 30 comments or 5 authors: too few to say."
    ): (
        "Имена и названия находит распознаватель slovnet, обученный на новостях, в случайной выборке "
        "комментариев с текстом; упоминания пользователей ВК и ссылки сначала убраны. Комментарий "
        "считается для имени в начальной форме один раз. Доли: Wilson 1927 по эффективному числу "
        "комментариев, кластеры: авторы (Korn & Graubard 1998). Если комментариев меньше 30 или авторов "
        "меньше 5, данных слишком мало."
    ),
    "How many comments to look at, about 150 a second.": (
        "Сколько комментариев рассмотреть, примерно 150 в секунду."
    ),
    "Which names: all, people, places or organisations.": (
        "Какие имена искать: все, людей, мест или организаций."
    ),
    "How many names to return.": "Сколько имён показать.",
    "Of the sample: the same seed looks at the same comments.": (
        "Зерно выборки: при том же зерне рассматриваются те же комментарии."
    ),
    "`per` a person, `loc` a place, `org` an organisation.": (
        "`per`: человек, `loc`: место, `org`: организация."
    ),
    "The name in its base form, as the filter has it.": (
        "Имя или название в начальной форме, как в фильтре."
    ),
    "Comments of the sample that name it.": "Комментарии выборки, где оно названо.",
    "Comments of the sample: the share is of these.": "Комментарии выборки: от этого числа взята доля.",
    "Comments that name it and have a sentiment, unsure ones too.": (
        "Комментарии, где оно названо и есть оценка тональности, включая неуверенную."
    ),
    "Keys of up to three comments that name it.": "Ключи до трёх комментариев, где оно названо.",
    "The share without the model's errors, as codings tell; null where too few were coded.": (
        "Доля с поправкой на ошибки модели по размеченным текстам; пусто, если размечено слишком мало."
    ),
    (
        "Words in the same text, copies counted once (or in all an author wrote): cosine (Ochiai 1957) "
        "and NPMI (Bouma 2009). A tie is a pair more frequent than by chance. Backbone: disparity filter "
        "(Serrano, Boguna & Vespignani 2009, eq. 2). Communities: Louvain (Blondel et al. 2008). Places: "
        "Fruchterman & Reingold 1991."
    ): (
        "Слова в одном тексте, копии один раз (или во всём, что написал автор): косинус (Ochiai 1957) и "
        "NPMI (Bouma 2009). Связь: пара, которая встречается чаще случайного. Каркас сети: дисперсионный "
        "фильтр (Serrano, Boguna & Vespignani 2009, eq. 2). Группы: лувенский алгоритм (Blondel et al. "
        "2008). Расположение: Fruchterman & Reingold 1991."
    ),
    "How many of the most frequent words to look at.": "Сколько самых частых слов рассмотреть.",
    "How many of them to draw at most.": "Сколько из них нарисовать самое большее.",
    "What makes a tie strong.": "Чем измеряется сила связи.",
    "What holds words: different texts, or authors.": "Что содержит слова: разные тексты или авторы.",
    "In how many texts (or authors) words must stand together for a tie.": (
        "В скольких текстах (или у скольких авторов) слова должны встретиться вместе, чтобы была связь."
    ),
    "`node` a word, or `edge` a tie of two.": "`node`: слово, `edge`: связь двух слов.",
    "The word (lemma), of an edge the first one.": "Слово (лемма); у связи первое из двух.",
    "Of an edge the second word.": "У связи: второе слово.",
    "How many have the word, of an edge both words.": (
        "Сколько текстов или авторов со словом; у связи с обоими словами."
    ),
    "Of an edge the measure, of a node the sum over its ties.": (
        "У связи выбранная мера, у слова сумма по его связям."
    ),
    "Of a node: its ties, drawn or not; null: none.": (
        "У слова: число связей, нарисованных и нет; пусто, если их нет."
    ),
    "Of a node with ties: its group, by size from 0.": "У слова со связями: номер группы по размеру, с 0.",
    "Of a node: where it stands, -1 to 1; null: not drawn.": (
        "У слова: место на рисунке, от −1 до 1; пусто, если не нарисовано."
    ),
    "Of a node: how large it is, in the unit of x, y.": "У слова: размер на рисунке, в единицах x и y.",
    "Of an edge: together / sqrt(first * second).": "У связи: вместе / sqrt(первое * второе).",
    "Of an edge: 0 as often as by chance, 1 always together.": (
        "У связи: 0 означает так часто, как случайно, 1 всегда вместе."
    ),
    "Of an edge: how likely such strength is by chance.": (
        "У связи: насколько такая сила вероятна случайно."
    ),
    "Of an edge: whether alpha is below 0.05.": "У связи: меньше ли alpha, чем 0,05.",
    (
        "Counts of the labels that people gave, by value. A comment that coders judge differently counts "
        "for each of their values. Nothing is estimated for comments without a label: they were chosen by "
        "hand, not drawn."
    ): (
        "Подсчёт меток, поставленных людьми, по значениям. Комментарий, который кодировщики оценили "
        "по-разному, учтён в каждом из значений. Для комментариев без меток ничего не оценивается: "
        "их выбирали вручную, а не случайно."
    ),
    "All together, periods in `tz` (weeks begin on Monday) or sources.": (
        "Всё вместе, периоды в поясе `tz` (неделя с понедельника) или источники."
    ),
    "Only the label of this name; empty: all labels.": "Только метка с этим названием; пусто: все метки.",
    "When the period begins; null otherwise.": "Начало периода; иначе пусто.",
    "Key of the source; null otherwise.": "Ключ источника; иначе пусто.",
    "Its title, often empty; null otherwise.": "Его название, часто пустое; иначе пусто.",
    "What the label is called.": "Название метки.",
    "The value that was given.": "Поставленное значение.",
    "Comments that somebody gave this value.": "Комментарии, которым кто-то поставил это значение.",
    "How many different people gave it.": "Сколько разных людей его поставили.",
}

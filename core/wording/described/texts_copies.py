"""What the analyses of copies and near-copies say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    (
        "Two texts are the same when their letters, digits and words in order are, whatever the case, "
        "punctuation, links, hashtags, mentions, emoji and invisible letters; comments are grouped by a "
        "64-bit hash of that. Short texts are set aside, and cliches: texts of many authors on many "
        "days, a third of them at most on one day. `share` is that of comments whose text, not a short "
        "one, another comment has, with Wilson's 95 % interval over the effective number of comments "
        "(Wilson 1927; sources as clusters: Kish 1965). The first comment is the first of those "
        "collected."
    ): (
        "Два текста одинаковы, если у них по порядку совпадают буквы, цифры и слова, каковы бы ни были "
        "регистр, знаки препинания, ссылки, хештеги, упоминания, эмодзи и невидимые знаки; комментарии "
        "сгруппированы по 64-битному хешу от этого. Отложены короткие тексты и расхожие: тексты многих "
        "авторов в разные дни, из которых на один день приходится не больше трети. `share`: доля "
        "комментариев, чей текст, не короткий, есть и у другого комментария, с 95 % интервалом Уилсона "
        "по эффективному числу комментариев (Wilson 1927; кластеры: источники, Kish 1965). Первым "
        "считается первый из собранных комментариев."
    ),
    "How many texts to show.": "Сколько текстов показать.",
    "Comments that share a text at least.": "У скольких комментариев самое меньшее один и тот же текст.",
    "Authors that share it at least; 1: repeating oneself counts.": (
        "У скольких авторов он самое меньшее; 1: повторы одного автора тоже считаются."
    ),
    "A text of fewer letters and digits is short.": "Текст, где букв и цифр меньше, считается коротким.",
    "A text of fewer words is short.": "Текст, где слов меньше, считается коротким.",
    "A cliche has at least so many authors.": "Сколько авторов самое меньшее у расхожего текста.",
    "A cliche was written on at least so many days.": (
        "В скольких разных днях самое меньшее написан расхожий текст."
    ),
    "Whether short texts and cliches are listed too.": "Показывать ли короткие и расхожие тексты.",
    "Number of the text: the same in every dataset.": (
        "Номер текста; во всех наборах данных он один и тот же."
    ),
    "`copy`, `cliche` or `short`.": "`copy`: копия, `cliche`: расхожий текст, `short`: короткий.",
    "As its first comment has it.": "Текст, как он стоит в первом комментарии.",
    "Comments with this text.": "Комментарии с этим текстом.",
    "Different sources of them.": "Сколько среди них разных источников.",
    "Different days in `tz` on which it was written.": (
        "В скольких разных днях он написан, в часовом поясе `tz`."
    ),
    "Comments with it on the busiest of these days.": "Комментарии с ним за самый богатый ими день.",
    "Key of the comment that had it first.": "Ключ комментария, где он появился впервые.",
    "Author of that comment; communities negative.": (
        "Автор этого комментария; у сообществ номер отрицательный."
    ),
    "When it was written first.": "Когда написан впервые.",
    "When it was written last.": "Когда написан в последний раз.",
    "From the first to the last.": "От первого до последнего.",
    (
        "Likeness: 2 L / (n + m), L the longest common subsequence of the n and m words (Dice 1945; "
        "Hyyro 2004), of the first 64 words. Pairs to compare: MinHash of pairs of neighbouring words "
        "(Broder 1997) in 24 bands of 2 (Leskovec, Rajaraman & Ullman, ch. 3.4): of texts of ten words "
        "with two of them changed 97 % or more are met. Clusters by single linkage: texts far apart may "
        "be joined through others, which `least_likeness` shows."
    ): (
        "Сходство: 2 L / (n + m), L: наибольшая общая подпоследовательность n и m слов (Dice 1945; Hyyro "
        "2004), по первым 64 словам. Какие пары сравнивать: MinHash пар соседних слов (Broder 1997), 24 "
        "полосы по 2 (Leskovec, Rajaraman & Ullman, ch. 3.4): из текстов в десять слов, где изменены "
        "два, встречаются не меньше 97 %. Группы по методу одиночной связи: далёкие тексты могут "
        "соединиться через другие, это видно по `least_likeness`."
    ),
    "How many clusters to show.": "Сколько групп показать.",
    "Authors that a cluster has at least.": "Сколько авторов самое меньшее в группе.",
    "Two texts this much alike or more are near-copies.": (
        "Два текста с таким сходством или большим считаются почти-копиями."
    ),
    "A text of fewer words is short and left out.": (
        "Текст, где слов меньше, считается коротким и не учитывается."
    ),
    "Different texts to compare; of more a sample.": (
        "Сколько разных текстов сравнить; если их больше, берётся выборка."
    ),
    "Of the hashes and of a sample.": "Зерно хешей и выборки.",
    "Number of the cluster, the one with most comments first.": (
        "Номер группы, начиная с группы, где больше всего комментариев."
    ),
    "Different texts in it.": "Сколько в ней разных текстов.",
    "Comments with one of these texts.": "Комментарии с одним из этих текстов.",
    "Of the text least like the most used one.": (
        "Сходство с самым частым текстом у наименее похожего на него."
    ),
    "Of the texts to the most used one.": "Медианное сходство текстов группы с самым частым.",
    "Key of the cluster's first comment.": "Ключ первого комментария группы.",
    "When the first was written.": "Когда написан первый.",
    "When the last was written.": "Когда написан последний.",
}

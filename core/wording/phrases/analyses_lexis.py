"""What the analyses of `core.analysis.lexis` are called, and what they say beside their figures."""

PHRASES: dict[str, tuple[str, str]] = {
    "analysis.words.title": ("Frequent words", "Частые слова"),
    "note.lexis_few": (
        "Only {n} were read; below {least} a share is too uncertain to be shown.",
        "Прочитано всего {n}; при числе меньше {least} доли слишком неточны, чтобы их показывать.",
    ),
    "analysis.keyness.title": ("Words that tell two sets apart", "Ключевые слова двух выборок"),
    "note.keyness_few": (
        "One of the sets is too small to compare words: {n_a} and {n_b} votes; each needs {least}.",
        "Одна из выборок слишком мала, чтобы сравнивать слова: голосов {n_a} и {n_b}, нужно по {least}.",
    ),
    "note.keyness_copies": (
        "{copies} copies of texts of {length} letters and more are set aside: each counts once in a set.",
        "Отложено копий текстов от {length} букв: {copies}; такой текст считается в выборке один раз.",
    ),
    "note.keyness_both": (
        "{comments} comments are in both sets; they are counted in the first one alone.",
        "Комментариев, которые входят в обе выборки: {comments}; они учтены только в первой.",
    ),
    "note.keyness_loud": (
        "Comments vote here, so one author who writes a lot can make a word stand out; authors can vote too.",
        (
            "Здесь голосуют комментарии, и один автор, который много пишет, может сделать "
            "слово заметным; можно считать и голоса авторов."
        ),
    ),
    "analysis.concordance.title": ("A word in its context", "Слово в контексте"),
    "analysis.word_tree.title": (
        "Word tree",
        "Дерево слов",
    ),
    "note.word_missing": ("Type a word to look for.", "Введите слово, которое нужно найти."),
    "analysis.marks.title": (
        "Emoji, stickers, hashtags, links",
        "Эмодзи, стикеры, хештеги, ссылки",
    ),
    "analysis.ngrams.title": ("Frequent sequences of words", "Частые сочетания слов (n-граммы)"),
    "analysis.collocations.title": ("Collocations: pairs of words", "Коллокации: устойчивые пары слов"),
    "analyze.lexis_counting": ("counting", "идёт подсчёт"),
    "analysis.collocates.title": ("Words near a word", "Слова рядом со словом"),
}

"""Filters: their names, their help, and the sentence on a chip."""

PHRASES: dict[str, tuple[str, str]] = {
    "filters.title": ("Filters", "Фильтры"),
    "filters.active": ("Shown now", "Сейчас показано"),
    "filters.all": ("All comments, no filter", "Все комментарии, без фильтров"),
    "filters.text": ("Words in the text", "Слова в тексте"),
    "filters.text.placeholder": ("price “no heating” -ads", "цена «нет тепла» -реклама"),
    "filters.text.help": (
        (
            "All words must occur, also inside longer ones. “Quotes” look for a phrase, -word excludes, "
            "OR means either. A star stands for any letters: price* finds whole words that begin so. "
            "Case and е/ё make no difference."
        ),
        (
            "Должны встретиться все слова, в том числе внутри длинных. «Кавычки» ищут фразу, "
            "-слово исключает, OR означает «или». Звёздочка заменяет любые буквы: "
            "скидк* находит целые слова с таким началом. "
            "Регистр и е/ё не важны."
        ),
    ),
    "filters.lemma.placeholder": ("accident “hot water”", "авария «горячая вода»"),
    "filters.lemma.help": (
        (
            "Finds every form of a word. “Quotes” want the words side by side, ~5 behind them within five "
            "words; -word excludes, OR means either, begin* any word that begins so."
        ),
        (
            "Находит все формы слова. «Кавычки»: слова подряд, ~5 после них: не дальше пяти слов; "
            "-слово исключает, OR означает «или», нача* любое слово с таким началом."
        ),
    ),
    "filters.regex.placeholder": ("\\d+ roubles", "\\d+ руб"),
    "filters.regex.help": (
        (
            "A regular expression in RE2's syntax, looked for in the text as it was written; "
            "(?i) in front ignores case."
        ),
        "Регулярное выражение (синтаксис RE2) по тексту, как он написан; (?i) в начале: регистр не важен.",
    ),
    "search.mode": ("How to search", "Как искать"),
    "search.mode.text": ("As typed", "Как есть"),
    "search.mode.lemma": ("All forms", "Все формы"),
    "search.mode.regex": ("Pattern", "Шаблон"),
    "search.together": (
        "Only comments that also meet this: {conditions}.",
        "Только комментарии, которые подходят ещё и под это: {conditions}.",
    ),
    "search.unchanged": ("The view has not changed.", "Показанное не изменилось."),
    "filters.option": ("{name} · {n}", "{name} · {n}"),
    "filters.group": ("{title}: {n}", "{title}: {n}"),
    "filters.said": ("What is said", "О чём и как говорят"),
    "filters.who": ("Who", "Кто"),
    "filters.when": ("When", "Когда"),
    "filters.unread": (
        "Not yet read: {n}. They count here once their texts are read.",
        "Ещё не прочитано: {n}. Они войдут сюда, когда тексты будут прочитаны.",
    ),
    "filters.sentiment": ("Sentiment", "Тональность"),
    "filters.toxicity_min": ("Toxicity, at least", "Токсичность не ниже"),
    "filters.lang": ("Language", "Язык"),
    "filters.topic": ("Topics", "Темы"),
    "filters.topic.name": ("{n}. {name}", "{n}. {name}"),
    "filters.topic.unknown": ("there is no such topic", "такой темы нет"),
    "filters.topic.none": ("No topic", "Без темы"),
    "filters.topic.help": (
        "Those found last by the analysis of topics.",
        "Те, что последними нашёл анализ тем.",
    ),
    "filters.entity": ("People, places, organisations", "Люди, места, организации"),
    "filters.entity.help": (
        "Named most often in the comments that were looked at last under Topics; others are not counted.",
        "Кого и что чаще называют в комментариях, просмотренных последними в «Темах»; прочие не считаются.",
    ),
    "filters.label": ("Labels", "Метки"),
    "filters.kind": ("Kind of source", "Вид источника"),
    "filters.author": ("Authors", "Авторы"),
    "filters.author.all": ("All; type a name or id", "Все; введите имя или id"),
    "filters.author.help": (
        "Those who write most are listed. For others type a part of the name, an id or a link, then Enter.",
        "В списке те, кто пишет больше всех. Других найдёт часть имени, id или ссылка, затем Enter.",
    ),
    "filters.author.nobody": ("Nobody here is called “{text}”.", "Здесь никого не зовут «{text}»."),
    "filters.author.several": ("Who of these is “{text}”?", "Кто из них «{text}»?"),
    "filters.source": ("Posts and other sources", "Записи и другие источники"),
    "filters.source.all": ("All", "Все"),
    "filters.source.help": (
        "Only comments of the chosen posts, topics or files. Numbers follow the other filters.",
        "Только комментарии выбранных записей, обсуждений или файлов. Числа учитывают остальные фильтры.",
    ),
    "filters.since": ("From", "С"),
    "filters.until": ("To", "По"),
    "filters.dates.help": (
        (
            "The first and the last day, both included, in the chosen time zone; either may stay open. "
            "A day that is typed is applied by Enter or Esc, or by a click elsewhere."
        ),
        (
            "Первый и последний день включительно, в выбранном часовом поясе; любой можно не задавать. "
            "Введённый с клавиатуры день применяется клавишей Enter или Esc либо щелчком в другом месте."
        ),
    ),
    "filters.dates.turned": (
        "The other end of the period lay on the wrong side of this day and was taken away.",
        "Другая граница периода оказалась по другую сторону этого дня и убрана.",
    ),
    "filters.dates.instant": (
        "The link narrows the time to the hour; choosing days here replaces that.",
        "Ссылка ограничивает время с точностью до часа; выбор дней здесь это заменит.",
    ),
    "filters.level": ("Place in the conversation", "Место в разговоре"),
    "filters.level.root": ("Threads", "Начала"),
    "filters.level.reply": ("Replies", "Ответы"),
    "filters.level.help": (
        "Threads are comments under the post itself; replies answer another comment.",
        "Начала: комментарии к самой записи; ответы: к другому комментарию.",
    ),
    "filters.likes_min": ("Likes, at least", "Лайков не меньше"),
    "filters.has_attachments": ("Attachments", "Вложения"),
    "filters.has_attachments.true": ("With", "Есть"),
    "filters.has_attachments.false": ("Without", "Нет"),
    "filters.state": ("What became of it", "Что с ним стало"),
    "filters.state.live": ("As written", "Как написан"),
    "filters.state.edited": ("Edited", "Изменён"),
    "filters.state.deleted": ("Deleted", "Удалён"),
    "filters.state.help": (
        "Deleted comments are kept as they were last seen, when they had been seen at all.",
        "Удалённые хранятся такими, какими их видели в последний раз, если видели.",
    ),
    "filters.tz": ("Time zone", "Часовой пояс"),
    "filters.tz.help": (
        "Hours, weekdays and days on the page and in filters are counted in this zone.",
        "Часы, дни недели и даты на странице и в фильтрах считаются в этом поясе.",
    ),
    "filters.weekday": ("Weekdays", "Дни недели"),
    "filters.hour": ("Hours", "Часы"),
    "filters.more": ("More filters", "Ещё фильтры"),
    "chip.remove": ("Remove this filter", "Убрать этот фильтр"),
    "chip.source": ("In: {value}", "Где: {value}"),
    "chip.kind": ("Kind: {value}", "Вид: {value}"),
    "chip.root": ("One thread: {value}", "Одна ветка: {value}"),
    "chip.root.name": ("{author}: “{text}”", "{author}: «{text}»"),
    "chip.root.wordless": ("{key}, {author}", "{key}, {author}"),
    "chip.since": ("From {value}", "С {value}"),
    "chip.until": ("Until {value}", "По {value}"),
    "chip.period": ("{value}", "{value}"),
    "chip.hour": ("Hour: {value}", "Час: {value}"),
    "chip.weekday": ("Weekday: {value}", "День недели: {value}"),
    "chip.author": ("Author: {value}", "Автор: {value}"),
    "chip.level.root": ("Threads only", "Только начала веток"),
    "chip.level.reply": ("Replies only", "Только ответы"),
    "chip.text": ("Text: {value}", "Текст: {value}"),
    "chip.regex": ("Pattern: {value}", "Шаблон: {value}"),
    "chip.likes_min": ("Likes: {value} or more", "Лайков: {value} и больше"),
    "chip.has_attachments.true": ("With attachments", "С вложениями"),
    "chip.has_attachments.false": ("Without attachments", "Без вложений"),
    "chip.state": ("State: {value}", "Состояние: {value}"),
    "chip.lemma": ("Word in any form: {value}", "Слово в любой форме: {value}"),
    "chip.lemma.beside": (
        "Words in any form, side by side: {value}",
        "Слова в любой форме, рядом: {value}",
    ),
    "chip.lemma.near": (
        "Words in any form, within {n} of each other: {value}",
        "Слова в любой форме, не дальше {n} друг от друга: {value}",
    ),
    "chip.sentiment": ("Sentiment: {value}", "Тональность: {value}"),
    "chip.toxicity_min": ("Toxicity: {value} or more", "Токсичность: {value} и выше"),
    "chip.lang": ("Language: {value}", "Язык: {value}"),
    "chip.topic": ("Topic: {value}", "Тема: {value}"),
    "chip.topic.unknown": ("{n} (there is no such topic)", "{n} (такой темы нет)"),
    "chip.entity": ("Mentions: {value}", "Упоминается: {value}"),
    "chip.has": ("Has: {value}", "Содержит: {value}"),
    "chip.has.sticker": ("a sticker", "стикер"),
    "chip.has.any_tone": ("{name} of any skin tone", "{name} с любым тоном кожи"),
    "chip.has.mention": ("a mention of {name}", "упоминание: {name}"),
    "chip.label": ("Label: {value}", "Метка: {value}"),
    "sentiment.negative": ("negative", "негативный"),
    "sentiment.neutral": ("neutral", "нейтральный"),
    "sentiment.positive": ("positive", "позитивный"),
    "sentiment.unsure": ("not sure", "не уверены"),
    "lang.ru": ("Russian", "русский"),
    "lang.uk": ("Ukrainian", "украинский"),
    "lang.be": ("Belarusian", "белорусский"),
    "lang.kk": ("Kazakh", "казахский"),
    "lang.tt": ("Tatar", "татарский"),
    "lang.en": ("English", "английский"),
    "lang.other": ("another", "другой"),
    "lang.unknown": ("too short to tell", "слишком короткий текст"),
    "chip.more": ("{first} and {n} more", "{first} и ещё {n}"),
    "kind.wall": ("post", "запись"),
    "kind.topic": ("topic", "обсуждение"),
    "kind.photo": ("photo", "фото"),
    "kind.video": ("video", "видео"),
    "kind.market": ("product", "товар"),
    "kind.import": ("file", "файл"),
}

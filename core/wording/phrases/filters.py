"""Filters: their names, their help, and the sentence on a chip."""

PHRASES: dict[str, tuple[str, str]] = {
    "filters.title": ("Filters", "Фильтры"),
    "filters.active": ("Shown now", "Сейчас показано"),
    "filters.all": ("All comments, no filter", "Все комментарии, без фильтров"),
    "filters.text": ("Words in the text", "Слова в тексте"),
    "filters.text.placeholder": ("price “no heating” -ads", "цена «нет тепла» -реклама"),
    "filters.text.help": (
        (
            "All words must occur. “Quotes” look for a phrase, -word excludes, OR means either. "
            "Case and е/ё make no difference."
        ),
        (
            "Должны встретиться все слова. «Кавычки» ищут фразу, -слово исключает, OR означает «или». "
            "Регистр и е/ё не важны."
        ),
    ),
    "filters.source": ("Posts and other sources", "Записи и другие источники"),
    "filters.source.all": ("All", "Все"),
    "filters.source.help": (
        "Only comments of the chosen posts, topics or files. The number says how many comments are stored.",
        "Только комментарии выбранных записей, обсуждений или файлов. Число: сколько комментариев сохранено.",
    ),
    "filters.source.option": ("{title} · {n}", "{title} · {n}"),
    "filters.dates": ("Dates", "Даты"),
    "filters.dates.help": (
        "From the first day to the last, both included, in the chosen time zone.",
        "С первого дня по последний включительно, в выбранном часовом поясе.",
    ),
    "filters.dates.instant": (
        "The link narrows the time to the hour; choosing days here replaces that.",
        "Ссылка ограничивает время с точностью до часа; выбор дней здесь это заменит.",
    ),
    "filters.level": ("Place in the conversation", "Место в разговоре"),
    "filters.level.all": ("All", "Все"),
    "filters.level.root": ("Threads", "Начала"),
    "filters.level.reply": ("Replies", "Ответы"),
    "filters.level.help": (
        "Threads are comments under the post itself; replies answer another comment.",
        "Начала: комментарии к самой записи; ответы: к другому комментарию.",
    ),
    "filters.likes": ("Likes, at least", "Лайков не меньше"),
    "filters.attachments": ("Attachments", "Вложения"),
    "filters.attachments.any": ("Any", "Любые"),
    "filters.attachments.with": ("With", "Есть"),
    "filters.attachments.without": ("Without", "Нет"),
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
    "chip.more": ("{first} and {n} more", "{first} и ещё {n}"),
    "kind.wall": ("post", "запись"),
    "kind.topic": ("topic", "обсуждение"),
    "kind.photo": ("photo", "фото"),
    "kind.video": ("video", "видео"),
    "kind.market": ("product", "товар"),
    "kind.import": ("file", "файл"),
}

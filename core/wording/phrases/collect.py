"""Starting a collection: links, a file with links, options, the estimate, the demo."""

PHRASES: dict[str, tuple[str, str]] = {
    "collect.title": ("Collect comments", "Сбор комментариев"),
    "collect.lead": (
        "Paste links to posts, walls, discussions, photos, videos or products; other text does no harm.",
        "Вставьте ссылки на записи, стены, обсуждения, фото, видео или товары; текст вокруг не мешает.",
    ),
    "collect.tab.links": ("From VK", "Из ВК"),
    "collect.tab.file": ("From a file", "Из файла"),
    "collect.links": ("Links", "Ссылки"),
    "collect.links.placeholder": (
        "https://vk.com/wall-1_2\nhttps://vk.com/club1",
        "https://vk.com/wall-1_2\nhttps://vk.com/club1",
    ),
    "collect.links.help": (
        (
            "Any number of links. A link to a community or a person means their wall, a link to a comment "
            "means its whole post. Press Ctrl+Enter or click outside to see what was recognised."
        ),
        (
            "Сколько угодно ссылок. Ссылка на сообщество или человека означает стену, на комментарий: всю "
            "запись. Нажмите Ctrl+Enter или щёлкните снаружи, чтобы увидеть, что распознано."
        ),
    ),
    "collect.recognised": ("Recognised: {n}", "Распознано: {n}"),
    "collect.column.input": ("Link", "Ссылка"),
    "collect.column.kind": ("What it means", "Что это"),
    "target.post": ("post", "запись"),
    "target.wall": ("whole wall", "вся стена"),
    "target.topic": ("discussion topic", "обсуждение"),
    "target.board": ("all topics of a community", "все обсуждения"),
    "target.photo": ("photo", "фотография"),
    "target.album": ("all photos of an album", "все фото альбома"),
    "target.video": ("video", "видео"),
    "target.market_item": ("product", "товар"),
    "target.comment": ("a comment: its whole post", "комментарий: вся его запись"),
    "target.user": ("a person's wall", "стена человека"),
    "target.group": ("a community's wall", "стена сообщества"),
    "target.name": ("a name, looked up at the start", "имя, выясним при сборе"),
    "refused.not_vk": ("not a link to VK", "это не ссылка на ВК"),
    "refused.not_vk.hint": (
        "Paste an address that begins with vk.com.",
        "Нужен адрес, начинающийся с vk.com.",
    ),
    "refused.unsupported": (
        "this part of VK has no comments we can read",
        "здесь нет комментариев, доступных нам",
    ),
    "refused.unsupported.hint": (
        "Paste a post, a wall, a topic, a photo, a video or a product.",
        "Вставьте запись, стену, обсуждение, фото, видео или товар.",
    ),
    "refused.short_link": ("a short link: it hides where it leads", "короткая ссылка: не видно, куда ведёт"),
    "refused.short_link.hint": (
        "Open it in the browser and paste the address it leads to.",
        "Откройте её в браузере и вставьте адрес, который получится.",
    ),
    "refused.article": ("an article, not a post", "это статья, а не запись"),
    "refused.article.hint": ("Paste the post that announces it.", "Вставьте запись, которая её объявляет."),
    "refused.ambiguous": ("it can mean two things", "можно понять двояко"),
    "refused.ambiguous.hint": ("Paste the full address of the post.", "Вставьте полный адрес записи."),
    "refused.malformed": ("broken off or mistyped", "оборвана или с опечаткой"),
    "refused.malformed.hint": ("Copy the address again.", "Скопируйте адрес ещё раз."),
    "refused.no_link": ("no link in this text", "в тексте нет ссылки"),
    "refused.no_link.hint": (
        "Paste the address of a post, a wall, a topic, a photo, a video or a product.",
        "Вставьте адрес записи, стены, обсуждения, фото, видео или товара.",
    ),
    "refused.unknown_name": ("VK knows no such name", "ВК не знает такого имени"),
    "refused.unknown_name.hint": ("Check the spelling.", "Проверьте написание."),
    "refused.other_service": ("another service", "это другой сервис"),
    "refused.other_service.hint": ("Only VK is collected here.", "Здесь собирается только ВК."),
    "collect.walls": ("From walls take", "Со стен брать"),
    "collect.walls.latest": ("the latest posts", "последние записи"),
    "collect.walls.dates": ("posts of a period", "записи за период"),
    "collect.walls.all": ("everything", "всё"),
    "collect.walls.help": (
        "Counts for whole walls only; a linked post or topic is always collected completely.",
        "Касается только целых стен; запись или обсуждение по ссылке собирается целиком.",
    ),
    "collect.posts": ("How many posts", "Сколько записей"),
    "collect.period": ("Posts written between", "Записи, написанные"),
    "collect.period.nothing": (
        "Choose the first day; without a last one, everything up to today is read.",
        "Выберите первый день; без последнего читается всё по сегодня.",
    ),
    "collect.start": ("Start collecting", "Начать сбор"),
    "collect.start.nothing": (
        "Paste at least one usable link first.",
        "Сначала вставьте хотя бы одну ссылку.",
    ),
    "collect.start.token": (
        "The real VK answers to a key only; how to get one is said below.",
        "Настоящий ВК отвечает только с ключом; как его получить, сказано ниже.",
    ),
    "collect.demo": ("Open the demo", "Открыть демо"),
    "collect.demo.elsewhere": (
        "Links to the real VK: {n}. They need a VK token; how to get one is said below.",
        "Ссылок на настоящий ВК: {n}. Без токена ВК их не собрать; как его получить, сказано ниже.",
    ),
    "collect.demo.title": ("See it work in a minute", "Посмотрите за минуту, как это работает"),
    "collect.demo.body": (
        (
            "A made-up VK runs beside the dashboard: several communities, thousands of comments, stories "
            "to find in them. No token, no network."
        ),
        (
            "Рядом с дашбордом работает вымышленный ВК: несколько сообществ, тысячи комментариев, в них есть "
            "что найти. Ни токена, ни сети не нужно."
        ),
    ),
    "collect.demo.propose": ("Links into the demo", "Ссылки для пробы в демо"),
    "collect.demo.only": (
        "There is no VK token, so only the demo communities can be reached.",
        "Токена ВК нет, поэтому доступны только демо-сообщества.",
    ),
    "links.file": ("Links from a file", "Ссылки из файла"),
    "links.file.help": (
        "CSV, Excel or plain text. The column with links is found by itself; the file is read, not kept.",
        "CSV, Excel или простой текст. Столбец со ссылками найдётся сам; файл читается, но не хранится.",
    ),
    "links.file.column": ("Column with the links", "Столбец со ссылками"),
    "collect.words": ("Only posts with these words", "Только записи с этими словами"),
    "collect.words.help": (
        "Counts for whole walls only: comments are collected under posts whose own text holds all the words.",
        "Касается только целых стен: комментарии берутся под записями, в тексте которых есть все эти слова.",
    ),
    "collect.words.placeholder": ("all posts", "все записи"),
    "refresh.label": ("What to read again", "Что читать заново"),
    "refresh.new": ("only what is new", "только новое"),
    "refresh.changed": ("what has changed", "что изменилось"),
    "refresh.all": ("everything", "всё"),
    "refresh.new.about": (
        (
            "Sources not collected yet, and the others where VK's count has moved: new comments, and new "
            "replies under old ones; on a wall where counts have fallen, the first level of every post. "
            "Edits of what is here already are not looked for."
        ),
        (
            "Несобранные источники и те, где изменился счётчик ВК: новые комментарии и новые ответы под "
            "старыми; на стене, где счётчики уменьшились, — первый уровень каждой записи. Правки того, что "
            "уже собрано, не ищутся."
        ),
    ),
    "refresh.changed.about": (
        (
            "The same; the most recent posts and topics; and a sample of the rest, another one each time. "
            "Outside of what it reads it cannot see an edit, a like, or a new reply beside a deleted one in "
            "the same long thread: how many edits that may be is estimated at the end."
        ),
        (
            "То же; самые свежие записи и обсуждения; и выборка из остального, каждый раз другая. Вне "
            "прочитанного не видно правок, лайков и нового ответа рядом с удалённым в той же длинной ветке: "
            "сколько может быть таких правок, оценивается в конце."
        ),
    ),
    "refresh.all.about": (
        "Every comment is read again: each edit and deletion is found. It costs as much as the first time.",
        "Каждый комментарий читается заново: найдутся все правки и удаления. Запросов как в первый раз.",
    ),
    "estimate.working": ("Asking VK how much that is…", "Спрашиваем у ВК, сколько это…"),
    "estimate.about": ("≈ {what}", "≈ {what}"),
    "estimate.exactly": ("{what}", "{what}"),
    "estimate.daily": ("{share} of today's limit for {method}", "{share} дневного лимита на {method}"),
    "estimate.over": (
        "This is more than today's limit for {method} allows: the collection will pause and go on by itself.",
        "Это больше дневного лимита на {method}: сбор встанет на паузу и потом продолжится сам.",
    ),
    "estimate.anew": (
        "Counted as if nothing were here yet; what has not moved is not read again and costs less.",
        "Посчитано так, будто здесь ещё ничего нет; что не изменилось, не читается заново и стоит меньше.",
    ),
    "estimate.needs": ("{what}: a user token is needed.", "{what}: нужен токен пользователя."),
    "estimate.unknown": (
        "How much that is could not be estimated; the collection can start all the same.",
        "Оценить объём не удалось; начать сбор это не мешает.",
    ),
}

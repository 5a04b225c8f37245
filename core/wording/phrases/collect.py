"""The Collect page: links, options, running tasks, the balance sheet."""

PHRASES: dict[str, tuple[str, str]] = {
    "collect.title": ("Collect comments", "Сбор комментариев"),
    "collect.lead": (
        "Paste links to VK posts, walls or discussion topics; the text around them does not matter.",
        "Вставьте ссылки на записи, стены или обсуждения ВК; текст вокруг них не мешает.",
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
    "target.board": ("all topics of a community", "все обсуждения сообщества"),
    "target.photo": ("photo", "фотография"),
    "target.album": ("all photos of an album", "все фото альбома"),
    "target.video": ("video", "видео"),
    "target.market_item": ("product", "товар"),
    "target.comment": ("a comment: its whole post", "комментарий: вся его запись"),
    "target.user": ("a person's wall", "стена человека"),
    "target.group": ("a community's wall", "стена сообщества"),
    "target.name": ("a name: looked up when the collection starts", "имя: выясним в начале сбора"),
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
    "collect.again": (
        "What was collected before is read again: new comments and edits are added, nothing is lost.",
        "Собранное раньше читается заново: добавятся новые комментарии и правки, ничего не пропадёт.",
    ),
    "collect.start": ("Start collecting", "Начать сбор"),
    "collect.start.nothing": (
        "Paste at least one usable link first.",
        "Сначала вставьте хотя бы одну ссылку.",
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
    "collect.token.title": ("How to collect from the real VK", "Как собирать из настоящего ВК"),
    "collect.token.body": (
        (
            "Open dev.vk.com and create an application (any name, type “Mini App” or “Website”). "
            "In its settings, copy the service key of access. "
            "Put the line VK_TOKEN=your-key into the file .env beside the README. "
            "Start the dashboard again; the demo note disappears. "
            "The key stays on this machine, goes to VK only, and is never shown or logged."
        ),
        (
            "Откройте dev.vk.com и создайте приложение (любое имя, тип «Мини-приложение» или «Сайт»). "
            "В его настройках скопируйте сервисный ключ доступа. "
            "Впишите строку VK_TOKEN=ваш-ключ в файл .env рядом с README. "
            "Перезапустите дашборд; пометка о демо исчезнет. "
            "Ключ остаётся на этой машине, отправляется только в ВК, не показывается и не пишется в журнал."
        ),
    ),
    "tasks.title": ("Running and recent", "Идёт сейчас и недавно"),
    "tasks.empty": ("Nothing has run since the start.", "С запуска ничего не собирали."),
    "tasks.keeps": (
        "You may close this tab: the work goes on, and you will find it here.",
        "Вкладку можно закрыть: работа продолжится, и вы найдёте её здесь.",
    ),
    "task.kind.collect": ("Collection", "Сбор"),
    "task.kind.import": ("Import", "Загрузка файла"),
    "task.kind.export": ("Export", "Выгрузка"),
    "task.kind.other": ("Task", "Задача"),
    "task.name": ("{kind}: {what}", "{kind}: {what}"),
    "task.state.queued": ("waiting its turn", "ждёт очереди"),
    "task.state.running": ("running", "идёт"),
    "task.state.paused": ("paused", "на паузе"),
    "task.state.interrupted": ("interrupted", "прервано"),
    "task.state.succeeded": ("complete", "готово полностью"),
    "task.state.partial": ("done in part", "готово частично"),
    "task.state.failed": ("failed", "не удалось"),
    "task.state.cancelled": ("cancelled", "отменено"),
    "task.state.timed_out": ("ran out of time", "не хватило времени"),
    "task.progress": ("{done} of {total}", "{done} из {total}"),
    "task.progress.open": ("{done} so far", "пока {done}"),
    "task.eta": ("{range} left", "осталось {range}"),
    "task.cancel": ("Cancel, keep what arrived", "Отменить, оставив собранное"),
    "task.retry": ("Try again", "Повторить"),
    "task.when": ("{moment}, took {duration}", "{moment}, заняло {duration}"),
    "task.show": ("Show the comments", "Показать комментарии"),
    "task.balance": ("What arrived and what did not", "Что собрано и чего не хватает"),
    "collect.listing": ("finding the posts", "ищем записи"),
    "collect.comments": ("reading comments", "читаем комментарии"),
    "collect.pacing": ("keeping to VK's pace", "соблюдаем темп ВК"),
    "collect.retry": (
        "VK hesitates: try {attempt} of {attempts} in {seconds} s",
        "ВК медлит: попытка {attempt} из {attempts} через {seconds} с",
    ),
    "collect.done": ("everything arrived", "всё собрано"),
    "collect.partial": ("what could be had arrived", "собрано, что удалось"),
    "balance.total": (
        "{collected} collected; VK states {declared}; {requests} to VK.",
        "Собрано: {collected}; по данным ВК {declared}; к ВК ушло: {requests}.",
    ),
    "balance.total.undeclared": (
        "{collected} collected; {requests} to VK.",
        "Собрано: {collected}; к ВК ушло: {requests}.",
    ),
    "balance.more": ("and {n} more", "и ещё {n}"),
    "balance.part": ("{name}: {collected} of {declared}", "{name}: {collected} из {declared}"),
    "state.collecting": ("being collected", "собирается"),
    "state.complete": ("complete", "полностью"),
    "state.partial": ("in part", "частично"),
    "state.refused": ("refused", "отказано"),
    "state.closed": ("comments closed", "комментарии закрыты"),
    "state.empty": ("no comments", "без комментариев"),
    "state.unknown": ("unknown", "неизвестно"),
    "remedy.refused": (
        "VK lets only members or nobody read it. A token of a member may help.",
        "ВК показывает это только участникам или никому. Может помочь токен участника.",
    ),
    "remedy.closed": (
        "Comments are switched off there; there is nothing to collect.",
        "Комментарии там выключены; собирать нечего.",
    ),
    "remedy.partial": (
        "VK states more than it gave. Try again later; deleted threads cannot be fetched.",
        "ВК заявляет больше, чем отдал. Повторите позже; удалённые ветки собрать нельзя.",
    ),
    "remedy.stopped": (
        "The collection stopped before. Try again to go on from there.",
        "Сбор остановился раньше. Повторите, чтобы продолжить с того же места.",
    ),
    "remedy.unknown": ("Try again.", "Повторите."),
    "remedy.demo": (
        "The demo has nothing like it. If it is a link to the real VK, a VK token is needed.",
        "В демо такого нет. Если это ссылка на настоящий ВК, нужен токен ВК.",
    ),
}

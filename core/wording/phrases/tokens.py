"""Access to VK: what each token may do, how much of its day is spent, how to get and give one."""

PHRASES: dict[str, tuple[str, str]] = {
    "tokens.title": ("Access to VK: {what}", "Доступ к ВК: {what}"),
    "tokens.title.demo": ("Access to VK: the demo only, no key yet", "Доступ к ВК: только демо, ключа нет"),
    "tokens.name": ("Token {n}", "Токен {n}"),
    "tokens.kind.user": ("a user's token", "токен пользователя"),
    "tokens.kind.service": ("a service key", "сервисный ключ"),
    "tokens.kind.community": ("a community's token", "токен сообщества"),
    "tokens.kind.unknown": ("kind not known yet", "вид пока неизвестен"),
    "tokens.what.walls": ("walls", "стены"),
    "tokens.what.boards": ("discussions", "обсуждения"),
    "tokens.what.photos": ("photos", "фото"),
    "tokens.what.videos": ("videos", "видео"),
    "tokens.what.market": ("products", "товары"),
    "tokens.reads": ("Reads {what}.", "Читает: {what}."),
    "tokens.reads.all": (
        "Reads everything: walls, discussions, photos, videos and products.",
        "Читает всё: стены, обсуждения, фото, видео и товары.",
    ),
    "tokens.reads.nothing": ("It cannot read any comments.", "Комментарии с ним читать нельзя."),
    "tokens.needs_user": (
        "A user token is needed for {what}.",
        "Нужен токен пользователя, чтобы читать: {what}.",
    ),
    "tokens.lacks": ("It has no right to read {what}.", "Нет права читать: {what}."),
    "tokens.untried": ("Not tried yet: {what}.", "Пока не проверено: {what}."),
    "tokens.packs.yes": (
        "It may pack up to 25 calls into one request.",
        "Может передавать до 25 вызовов одним запросом.",
    ),
    "tokens.packs.no": (
        "It may not pack calls, so each travels alone, which is slower.",
        "Не может объединять вызовы: каждый идёт отдельно, это медленнее.",
    ),
    "tokens.packs.unknown": (
        "Whether it may pack calls is not known yet.",
        "Может ли объединять вызовы, пока неизвестно.",
    ),
    "tokens.calls": ("Calls today: {n}", "Вызовов сегодня: {n}"),
    "tokens.calls.help": (
        "Counted here, from midnight UTC; what other programs spend with the same token is not seen.",
        "По нашему счёту, с полуночи UTC; что тратят с этим токеном другие программы, не видно.",
    ),
    "tokens.quota": ("{method}: {n} of {limit}, {left} left", "{method}: {n} из {limit}, осталось {left}"),
    "tokens.nearly": (
        "{share} of today's limit for {method} is spent. At the limit a collection pauses till it may go on.",
        "Израсходовано {share} дневного лимита на {method}. На лимите сбор встаёт на паузу до сброса.",
    ),
    "tokens.lost": (
        "VK no longer accepts token {n}: it has expired or was revoked. Add a new one below.",
        "ВК больше не принимает токен {n}: он истёк или отозван. Добавьте ниже новый.",
    ),
    "tokens.on_hold": ("On hold: {why}", "Ждёт: {why}"),
    "tokens.remove": ("Remove", "Убрать"),
    "tokens.source.environment": ("given by VK_TOKEN", "задан в VK_TOKEN"),
    "tokens.source.file": ("remembered on this machine", "запомнен на этой машине"),
    "tokens.source.memory": ("until the program stops", "до остановки программы"),
    "tokens.add": ("Check and add", "Проверить и добавить"),
    "tokens.add.field": ("Service key or token", "Сервисный ключ или токен"),
    "tokens.add.help": (
        "It goes to VK only and is never shown, logged or stored with the comments.",
        "Он отправляется только в ВК, не показывается, не пишется в журнал и не хранится с комментариями.",
    ),
    "tokens.remember": ("Remember on this machine", "Запомнить на этой машине"),
    "tokens.remember.help": (
        "In a file that only you may read. Otherwise it is forgotten when the program stops.",
        "В файле, который можете читать только вы. Иначе он забудется при остановке программы.",
    ),
    "tokens.added": ("VK takes the token. {what}", "ВК принял токен. {what}"),
    "tokens.added.next": (
        "Now paste a link above and start collecting.",
        "Теперь вставьте ссылку выше и начните сбор.",
    ),
    "tokens.how": ("How to get a service key", "Как получить сервисный ключ"),
    "tokens.how.1": (
        "Sign in to VK and open {link}.",
        "Войдите в ВК и откройте {link}.",
    ),
    "tokens.how.2": (
        "Create a mini app: any name will do, and it need not be published.",
        "Создайте мини-приложение: имя любое, публиковать его не нужно.",
    ),
    "tokens.how.3": (
        "Find the service key in its settings; VK shows it after asking for your phone.",
        "Найдите в его настройках сервисный ключ; ВК покажет его, спросив код с телефона.",
    ),
    "tokens.how.4": (
        "Paste it below and press the button: VK is asked what this key may read.",
        "Вставьте его ниже и нажмите кнопку: мы спросим у ВК, что этот ключ может читать.",
    ),
    "tokens.how.5": (
        "It does not expire and reads walls and discussions; the rest needs a user's token (VK ID, an hour).",
        "Он бессрочный, читает стены и обсуждения; для прочего нужен токен пользователя (VK ID, на час).",
    ),
    "tokens.how.env": (
        "For good: the line VK_TOKEN=your-key in the file .env beside the README.",
        "Насовсем: строка VK_TOKEN=ваш-ключ в файле .env рядом с README.",
    ),
}

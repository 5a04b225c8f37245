"""The balance sheet: the seal, what is missing and why, what a refresh found."""

PHRASES: dict[str, tuple[str, str]] = {
    "balance.seal": (
        "Complete: VK declares {declared}, here are {collected}",
        "Полностью: ВК заявляет {declared}, здесь {collected}",
    ),
    "balance.seal.undeclared": ("Complete: here are {collected}", "Полностью: здесь {collected}"),
    "balance.seal.empty": (
        "Complete: VK declares no comments there",
        "Полностью: по данным ВК, комментариев там нет",
    ),
    "balance.seal.help": (
        "Every level balances: the top-level comments, each thread, and the whole as VK counts it.",
        "Сходится на каждом уровне: комментарии верхнего уровня, каждая ветка и всё вместе, как считает ВК.",
    ),
    "balance.total": (
        "{collected} collected; VK declares {declared}; {requests} to VK.",
        "Собрано: {collected}; ВК заявляет {declared}; к ВК ушло: {requests}.",
    ),
    "balance.total.undeclared": (
        "{collected} collected; {requests} to VK.",
        "Собрано: {collected}; к ВК ушло: {requests}.",
    ),
    "balance.more": ("and {n} more", "и ещё {n}"),
    "balance.part": ("{name}: {collected} of {declared}", "{name}: {collected} из {declared}"),
    "balance.missing.roots": ("top-level comments: {n}", "комментарии верхнего уровня: {n}"),
    "balance.missing.thread": ("thread {id}", "ветка {id}"),
    "balance.missing.replies": ("{thread}: {replies}", "{thread}: {replies}"),
    "balance.missing": ("Missing: {what}.", "Не хватает: {what}."),
    "balance.details": ("Details by source", "Подробно по источникам"),
    "balance.column.source": ("Source", "Источник"),
    "balance.column.state": ("State", "Состояние"),
    "balance.column.declared": ("Declared", "Заявлено"),
    "balance.column.collected": ("Collected", "Собрано"),
    "balance.column.roots": ("Top level", "Верхний уровень"),
    "balance.column.replies": ("Replies", "Ответы"),
    "balance.column.tombstones": ("Deleted", "Удалённые"),
    "balance.column.placeholders": ("For subscribers", "Для подписчиков"),
    "balance.column.missing": ("Missing", "Не хватает"),
    "balance.column.calls": ("Calls", "Вызовы"),
    "balance.column.retries": ("Retries", "Повторы"),
    "balance.column.bytes": ("Received", "Получено"),
    "changes.found": (
        "Since the last time: {what}.",
        "С прошлого раза: {what}.",
    ),
    "changes.none": ("Nothing has changed since the last time.", "С прошлого раза ничего не изменилось."),
    "changes.new": ("{n} new", "новых {n}"),
    "changes.edited": ("{n} edited", "изменённых {n}"),
    "changes.deleted": ("{n} deleted", "удалённых {n}"),
    "changes.restored": ("{n} restored", "восстановленных {n}"),
    "refreshed.unmoved": (
        "{sources} not read again, because no count had moved there.",
        "Не читали заново, потому что счётчики не изменились: {sources}.",
    ),
    "refreshed.rate": (
        "In a sample of {n} older comments {edited} had been edited: {rate} ({low} to {high}, 95% sure).",
        "В выборке старых комментариев ({n}) изменено {edited}: {rate} (от {low} до {high}, на 95 %).",
    ),
    "refreshed.rate.none": (
        "In a sample of {n} older comments none had been edited: at most {high} were, 95% sure.",
        "В выборке старых комментариев ({n}) правок нет: на 95 % их не больше {high}.",
    ),
    "refreshed.unseen": (
        "So {low}–{high} edits may be unseen among the {unread} not read again.",
        "Значит, среди непрочитанных заново ({unread}) может быть незамеченных правок: {low}–{high}.",
    ),
    "refreshed.unseen.most": (
        "So up to {high} edits may be unseen among the {unread} not read again.",
        "Значит, среди непрочитанных заново ({unread}) может быть незамеченных правок: до {high}.",
    ),
    "refreshed.cost": ("It took {requests}.", "К ВК ушло: {requests}."),
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
        "VK declares more than it gave. Fetch it later; deleted threads cannot be fetched.",
        "ВК заявляет больше, чем отдал. Дособерите позже; удалённые ветки собрать нельзя.",
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

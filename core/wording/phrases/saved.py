"""Saved views, and the link to what is seen."""

PHRASES: dict[str, tuple[str, str]] = {
    "saved.open": ("Views", "Виды"),
    "saved.about": (
        "A view is this page with its filters, under a name; everybody who works here sees it.",
        "Вид — эта страница с её фильтрами под именем; его видят все, кто здесь работает.",
    ),
    "saved.name": ("Name of this view", "Имя этого вида"),
    "saved.name.placeholder": ("Angry replies in March", "Злые ответы в марте"),
    "saved.save": ("Save", "Сохранить"),
    "saved.kept": ("Saved: {name}.", "Сохранено: {name}."),
    "saved.same": ("Saved already, nothing has changed: {name}.", "Уже сохранено, изменений нет: {name}."),
    "saved.replaced": (
        "Replaced: {name} now means this page.",
        "Заменено: {name} теперь означает эту страницу.",
    ),
    "saved.taken": (
        "There is a view with the name {name} already. Give another name, or replace it.",
        "Вид с именем {name} уже есть. Дайте другое имя или замените его.",
    ),
    "saved.replace": ("Replace it", "Заменить"),
    "saved.full": (
        "There are {most} saved views, which is as many as there can be. Delete some first.",
        "Сохранённых видов уже {most}, больше нельзя. Сначала удалите лишние.",
    ),
    "saved.list": ("Saved views", "Сохранённые виды"),
    "saved.none": (
        "None yet. Set filters, give the view a name above, and press Enter.",
        "Пока нет. Настройте фильтры, дайте виду имя выше и нажмите Enter.",
    ),
    "saved.delete": ("Delete", "Удалить"),
    "saved.delete.help": ("Delete the view {name}", "Удалить вид {name}"),
    "saved.deleted": ("Deleted: {name}.", "Удалено: {name}."),
    "saved.undo": ("Undo", "Вернуть"),
    "link.copy": ("Copy link", "Скопировать ссылку"),
    "link.copied": ("Copied", "Скопировано"),
    "link.by_hand": (
        "Press Ctrl+C (⌘C) to copy the link",
        "Нажмите Ctrl+C (⌘C), чтобы скопировать ссылку",
    ),
}

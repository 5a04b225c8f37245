"""The first minutes: two ways to begin, and a tour in four steps."""

PHRASES: dict[str, tuple[str, str]] = {
    "start.lead": (
        "There are two ways to begin. Data of the demo and your own never mix.",
        "Начать можно двумя способами. Данные демо и ваши собственные не смешиваются.",
    ),
    "start.own": ("Or collect your own", "Или соберите своё"),
    "start.own.body": (
        "Paste a link to a post, and you see at once what it means and what collecting it takes.",
        "Вставьте ссылку на запись: сразу будет видно, что это и сколько займёт сбор.",
    ),
    "empty.title": ("There are no comments here yet", "Комментариев пока нет"),
    "empty.body": (
        "Open the demo and look around in a minute, or paste links to VK posts on the Collect page.",
        "Откройте демо и осмотритесь за минуту или вставьте ссылки на записи ВК на странице «Сбор».",
    ),
    "empty.body.own": (
        "Paste links to VK posts on the Collect page, or bring a file of comments there.",
        "Вставьте ссылки на записи ВК на странице «Сбор» или загрузите там файл с комментариями.",
    ),
    "empty.collect": ("Paste a link", "Вставить ссылку"),
    "arriving.title": ("The first comments are on their way", "Первые комментарии уже в пути"),
    "arriving.body": (
        "This page fills by itself as soon as they are here.",
        "Страница заполнится сама, как только они придут.",
    ),
    "nothing.title": ("Nothing matches these filters", "Под эти фильтры ничего не подходит"),
    "nothing.body": (
        "Remove a filter above, or reset them all.",
        "Уберите один из фильтров выше или сбросьте все.",
    ),
    "tour.open": ("Short tour", "Знакомство"),
    "tour.title": ("Four things to know", "Четыре вещи, которые стоит знать"),
    "tour.close": ("Got it", "Понятно"),
    "tour.narrow": ("Narrow", "Сузьте"),
    "tour.narrow.body": (
        "Filters count on every page. Each stands as a chip above, and a click takes it away.",
        "Фильтры действуют на всех страницах. Каждый виден сверху, щелчок по нему его снимает.",
    ),
    "tour.click": ("Click a chart", "Щёлкните по графику"),
    "tour.click.body": (
        "A bar, a cell or a stretch of time filters everything else. The browser's Back undoes it.",
        "Столбец, клетка или отрезок времени отфильтруют всё остальное. «Назад» в браузере это отменит.",
    ),
    "tour.read": ("Read", "Прочтите"),
    "tour.read.body": (
        "Comments shows what people said: choose a row, and its whole conversation opens below.",
        "В «Комментариях» видно, что писали люди: выберите строку, и ниже откроется весь разговор.",
    ),
    "tour.take": ("Take it along", "Заберите с собой"),
    "tour.take.body": (
        "A copied link opens exactly this view, Views keep it under a name, Export makes a file of it.",
        "Ссылка откроет ровно это, «Виды» сохранят его под именем, «Выгрузка» сделает из него файл.",
    ),
}

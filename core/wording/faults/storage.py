"""Faults of the database in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "The database {path} is in use by another process.": "База данных {path} занята другой программой.",
    "Stop the other one, or give this one its own DATA_DIR.": (
        "Остановите ту программу или задайте этой свою папку в DATA_DIR."
    ),
    "There is no room on the disk for the database {path}.": "На диске нет места для базы данных {path}.",
    "What is stored is safe; make room and start again.": (
        "Сохранённое в целости; освободите место и запустите программу снова."
    ),
    "The database {path} cannot be written: {reason}.": "В базу данных {path} нельзя писать: {reason}.",
    "Choose a folder this user may write to, with DATA_DIR or DATABASE_URL.": (
        "Укажите в DATA_DIR или DATABASE_URL папку, куда этому пользователю можно писать."
    ),
    "The database {path} was made by a newer program: {reason}": (
        "База данных {path} создана более новой программой: {reason}"
    ),
    "The database was made by a newer program: it has schema {found}, this one knows up to {known}.": (
        "База данных создана более новой программой: её схема — {found}, а эта знает только до {known}."
    ),
    "Update the program, or point DATABASE_URL at another file.": (
        "Обновите программу или укажите в DATABASE_URL другой файл."
    ),
    "The last changes of the database, in {path}.wal, cannot be read: {reason}": (
        "Последние изменения базы данных, в {path}.wal, не читаются: {reason}"
    ),
    "Put {path}.wal aside (rename it) to start without them, or restore both from a backup.": (
        "Отложите {path}.wal (переименуйте), чтобы начать без них, или восстановите оба файла из копии."
    ),
    "The file {path} is not a database this program can read: {reason}": (
        "Файл {path} — не база данных, которую эта программа может прочитать: {reason}"
    ),
    "Put it aside (rename it) to start empty, or restore it from a backup.": (
        "Отложите его (переименуйте), чтобы начать с пустой базы, или восстановите из копии."
    ),
    "The database file is damaged: {reason}": "Файл базы данных повреждён: {reason}",
    "Stop the program, put the file aside and restore it from a backup, or collect again.": (
        "Остановите программу, отложите файл и восстановите его из копии или соберите данные заново."
    ),
    "There is not enough memory or room on the disk for this question: {reason}": (
        "Для этого запроса не хватает памяти или места на диске: {reason}"
    ),
    "Narrow the filters, for example the dates, or make room, and try again.": (
        "Сузьте фильтры, например даты, или освободите место и повторите."
    ),
    "The database refused to read: {reason}": "База данных не дала прочитать: {reason}",
    "The disk is full; the database could not write: {reason}": (
        "На диске кончилось место, база данных не смогла записать: {reason}"
    ),
    "What was stored before is safe, nothing of this step was kept. Make room and try again.": (
        "Сохранённое раньше в целости, из этого шага не сохранено ничего. Освободите место и повторите."
    ),
    "The folder of the database cannot be written: {reason}": ("В папку базы данных нельзя писать: {reason}"),
    "Nothing of this step was kept; let this user write to the folder, then try again.": (
        "Из этого шага не сохранено ничего; разрешите этому пользователю писать в папку и повторите."
    ),
    "The database refused to write: {reason}": "База данных не дала записать: {reason}",
    "Nothing of this step was kept; see the log for the reason, then try again.": (
        "Из этого шага не сохранено ничего; посмотрите причину в журнале и повторите."
    ),
    "A fatal error has stopped the database.": "База данных остановилась из-за тяжёлой ошибки.",
    "What was committed is safe. See that the disk has room, then try again; if that does not help, "
    "start the program again.": (
        "Сохранённое в целости. Проверьте, есть ли место на диске, и повторите; если не поможет, "
        "запустите программу снова."
    ),
    "The database is closed.": "База данных закрыта.",
    "Start the program again.": "Запустите программу снова.",
    "As many downloads are running as can at a time.": (
        "Скачиваний идёт уже столько, сколько может идти сразу."
    ),
    "Wait for one of them to end, then try again.": "Дождитесь, пока одно закончится, и повторите.",
    "The database is busy: no reader came free in {wait_s} s.": (
        "База данных занята: за {wait_s} с чтение не освободилось."
    ),
    "The database is busy: the turn to write did not come in {wait_s} s.": (
        "База данных занята: за {wait_s} с очередь на запись не подошла."
    ),
    "Wait a little and try again.": "Немного подождите и повторите.",
    "The question to the database was cancelled.": "Запрос к базе данных отменён.",
    "The query took longer than {limit_s} s and was stopped.": (
        "Запрос шёл дольше {limit_s} с и был остановлен."
    ),
    "Narrow the filters, for example the dates, and try again.": (
        "Сузьте фильтры, например даты, и повторите."
    ),
    "DATABASE_URL names DuckLake, which is not built yet.": (
        "DATABASE_URL указывает на DuckLake, который пока не сделан."
    ),
    "DATABASE_URL cannot be '{scheme}:…'.": "DATABASE_URL не может быть «{scheme}:…».",
    "Use duckdb:///data/comments.duckdb.": "Укажите duckdb:///data/comments.duckdb.",
    "The search '{value}' has no words.": "В поиске «{value}» нет слов.",
    "Type a word or a phrase.": "Введите слово или фразу.",
    "A star without letters would be any word: '{value}'.": (
        "Звёздочка без букв означала бы любое слово: «{value}»."
    ),
    "Put letters beside the star: {example}.": "Добавьте к звёздочке буквы: {example}.",
    "The regular expression cannot be read: {reason}.": "Регулярное выражение не читается: {reason}.",
    "The syntax is RE2's; look at brackets and backslashes.": (
        "Синтаксис — RE2; проверьте скобки и обратные косые черты."
    ),
    "There is no comment {key} here.": "Комментария {key} здесь нет.",
    "A key looks like wall:-1_2:3.": "Ключ выглядит так: wall:-1_2:3.",
    "There is no source {key} here.": "Источника {key} здесь нет.",
    "See the list of sources.": "Посмотрите список источников.",
    "There are no counts by '{value}'.": "Подсчёта по «{value}» нет.",
    "It is one of: {known}.": "Возможные значения: {known}.",
    "The cursor does not belong to this list.": "Курсор — не от этого списка.",
    "Take it from `next` of the answer before, with the same sort.": (
        "Возьмите его из `next` предыдущего ответа, с той же сортировкой."
    ),
}

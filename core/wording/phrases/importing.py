"""The import of a file: reading it, mapping its columns, starting."""

PHRASES: dict[str, tuple[str, str]] = {
    "import.lead": (
        "A table of comments from anywhere: CSV, JSON Lines or Excel. A column with the text is enough.",
        "Таблица комментариев откуда угодно: CSV, JSON Lines или Excel. Достаточно столбца с текстом.",
    ),
    "import.file": ("File", "Файл"),
    "import.file.help": (
        (
            "The file stays on this machine and becomes a source like any other, under “Mine”. "
            "Importing the same file again changes nothing."
        ),
        (
            "Файл остаётся на этой машине и становится обычным источником в данных «Мои». "
            "Повторная загрузка того же файла ничего не меняет."
        ),
    ),
    "import.preview": ("The first of {n}", "Первые строки, всего {n}"),
    "import.preview.open": ("First rows", "Первые строки"),
    "import.mapping": ("Which column is what", "Что в каком столбце"),
    "import.mapping.help": (
        "Guessed from the names; correct what is wrong.",
        "Угадано по названиям; поправьте, если неверно.",
    ),
    "import.none": ("not in the file", "в файле нет"),
    "import.field.text": ("Text", "Текст"),
    "import.field.published_at": ("Date and time", "Дата и время"),
    "import.field.author_id": ("Author's id", "id автора"),
    "import.field.author_name": ("Author's name", "Имя автора"),
    "import.field.likes": ("Likes", "Лайки"),
    "import.field.comment_id": ("Comment's id", "id комментария"),
    "import.field.parent_id": ("Answers comment", "Ответ на комментарий"),
    "import.field.root_id": ("Thread", "Ветка"),
    "import.field.url": ("Link", "Ссылка"),
    "import.field.title": ("Title", "Заголовок"),
    "import.field.other": ("{name}", "{name}"),
    "import.start": ("Import", "Загрузить"),
    "import.no_text": ("Choose the column that holds the text.", "Выберите столбец с текстом."),
    "import.done": ("{rows} imported.", "Загружено: {rows}."),
    "import.note.bad_dates": (
        "{n} dates could not be read; they stay empty.",
        "Не прочитано дат: {n}; они пусты.",
    ),
    "import.note.bad_numbers": (
        "{n} likes or replies are not whole numbers; they stay empty.",
        "Лайки или ответы не целыми числами: {n}; они пусты.",
    ),
    "import.note.bad_author_ids": (
        "{n} authors' ids are not numbers; these authors are known by name only.",
        "id автора не число: {n}; такие авторы известны только по имени.",
    ),
    "import.note.unknown_parents": (
        "{n} answers are to comments that are not in the file.",
        "Ответов на комментарии, которых нет в файле: {n}.",
    ),
    "import.note.repeated_ids": (
        "{n} ids of comments occur twice; answers go to the first.",
        "Повторяющихся id комментариев: {n}; ответы отнесены к первому.",
    ),
    "import.note.short_rows": (
        "{n} rows end early; the missing cells are empty.",
        "Строк, оборванных раньше времени: {n}; недостающие ячейки пусты.",
    ),
    "import.note.renamed_columns": (
        "{n} columns had no name or one that was taken.",
        "Столбцов без названия или с повтором: {n}.",
    ),
    "import.note.lone_surrogates": (
        "{n} rows held broken characters; they were replaced.",
        "Строк с испорченными символами: {n}; символы заменены.",
    ),
    "import.note.already_here": (
        "{n} rows are here since an earlier import. To read the file otherwise, delete its source first.",
        "Уже загружено раньше: {n}. Чтобы прочитать файл иначе, сначала удалите его источник.",
    ),
    "import.started": ("The import has started.", "Загрузка началась."),
}

"""The Export page: formats, what goes into the file, the download."""

PHRASES: dict[str, tuple[str, str]] = {
    "export.title": ("Export", "Выгрузка"),
    "export.rows": (
        "The file will hold exactly {rows}: those that the filters let through.",
        "В файле будет ровно {rows}: те, что пропускают фильтры.",
    ),
    "export.format": ("Format", "Формат"),
    "export.format.xlsx": ("Excel", "Excel"),
    "export.format.csv": ("CSV", "CSV"),
    "export.format.parquet": ("Parquet", "Parquet"),
    "export.format.jsonl": ("JSON Lines", "JSON Lines"),
    "export.about.xlsx": (
        (
            "For reading and sorting by hand. Every text is a text: nothing in it can act as a formula. "
            "Beyond 1,048,575 rows the table goes on in a second sheet."
        ),
        (
            "Чтобы читать и сортировать руками. Любой текст остаётся текстом: формулой он стать не может. "
            "Больше 1\u00a0048\u00a0575 строк не помещаются на лист, остальное идёт на следующий."
        ),
    ),
    "export.about.csv": (
        (
            "For every other program. “For Excel” opens right by double click in Russian Excel; "
            "“exact” keeps each text byte for byte."
        ),
        (
            "Для любой другой программы. «Для Excel» правильно открывается двойным щелчком в русском Excel; "
            "«точный» сохраняет каждый текст байт в байт."
        ),
    ),
    "export.about.parquet": (
        "For pandas, R and DuckDB: typed columns, exact texts, the smallest file.",
        "Для pandas, R и DuckDB: типы столбцов, точные тексты, самый маленький файл.",
    ),
    "export.about.jsonl": (
        "One comment per line with exact texts; for scripts.",
        "Один комментарий в строке, тексты точные; для скриптов.",
    ),
    "export.dialect": ("Kind of CSV", "Вид CSV"),
    "export.dialect.excel": ("for Excel", "для Excel"),
    "export.dialect.data": ("exact", "точный"),
    "export.dialect.help": (
        "For Excel: semicolons, BOM, and an apostrophe before texts that begin like a formula.",
        "Для Excel: точки с запятой, BOM и апостроф перед текстами, которые начинаются как формула.",
    ),
    "export.headers": ("Column names", "Названия столбцов"),
    "export.headers.ru": ("по-русски", "по-русски"),
    "export.headers.en": ("English", "English"),
    "export.download": ("Download {format}, {rows}", "Скачать {format}, {rows}"),
    "export.estimate": ("about {size}", "примерно {size}"),
    "export.large": (
        "A large file: it is written while it is being sent, the download begins in a few seconds.",
        "Большой файл: он пишется по ходу передачи, загрузка начнётся через несколько секунд.",
    ),
    "export.preview": (
        "The first rows, as they will stand in the file",
        "Первые строки, как они будут в файле",
    ),
    "export.link": ("The same by address, for scripts", "То же по адресу, для скриптов"),
    "export.balance.total": ("Total", "Всего"),
    "export.balance.none": ("There are no sources here.", "Источников здесь нет."),
    "export.balance.complete": (
        "Complete: {sources}, each with everything that VK declares.",
        "Собрано полностью: {sources}, в каждом всё, что заявляет ВК.",
    ),
    "export.balance.partial": ("Not complete: {what}.", "Собрано не всё: {what}."),
}

"""Faults of reading files in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "The file is empty.": "Файл пуст.",
    "The file has no rows.": "В файле нет строк.",
    "The file holds no comments.": "В файле нет комментариев.",
    "Choose another file.": "Выберите другой файл.",
    "The file is larger than 1 GiB.": "Файл больше 1 ГиБ.",
    "The file is larger than {most} MiB.": "Файл больше {most} МиБ.",
    "The file has more than {most:,} rows.": "В файле больше {most:,} строк.",
    "The column holds more text than links need.": "В столбце больше текста, чем нужно для ссылок.",
    "Split it into several files.": "Разделите его на несколько файлов.",
    "Keep only the column with the links.": "Оставьте только столбец со ссылками.",
    "Keep only the links.": "Оставьте только ссылки.",
    "The file is not {encoding} text.": "Файл не в кодировке {encoding}.",
    "Choose another encoding.": "Выберите другую кодировку.",
    "The encoding of the file is not known.": "Не удалось определить кодировку файла.",
    "Save it as UTF-8, or choose its encoding.": "Сохраните его в UTF-8 или выберите кодировку.",
    "The file is UTF-8, but byte {byte} of it is damaged.": "Файл в UTF-8, но байт {byte} повреждён.",
    "Save it again as UTF-8.": "Сохраните его заново в UTF-8.",
    "The quotes in the row that begins at line {line} do not pair up.": (
        "В строке {line} файла не закрыта кавычка."
    ),
    'Inside a quoted cell a quote is written twice: "". Save the file again as CSV.': (
        'Внутри ячейки в кавычках кавычка пишется дважды: "". Сохраните файл как CSV ещё раз.'
    ),
    "A cell in the row that begins at line {line} is longer than {most:,} characters.": (
        "В строке {line} файла ячейка длиннее {most:,} знаков."
    ),
    "Check the quotes of that row.": "Проверьте кавычки в этой строке.",
    "The row at line {line} has {cells} cells, the first row has {columns}.": (
        "В строке {line} файла ячеек {cells}, а в первой строке {columns}."
    ),
    "A text with a delimiter or a line break in it has to stand in quotes.": (
        "Текст с разделителем или переносом строки должен стоять в кавычках."
    ),
    "The file has no column '{column}'.": "В файле нет столбца «{column}».",
    "It has: {columns}.": "В нём есть: {columns}.",
    "No column of the file holds links to VK.": "Ни в одном столбце файла нет ссылок на ВК.",
    "Links look like https://vk.com/wall-1_2; or name the column that holds them.": (
        "Ссылки выглядят так: https://vk.com/wall-1_2; или назовите столбец, где они стоят."
    ),
    "The file holds no links to VK.": "В файле нет ссылок на ВК.",
    "Links look like https://vk.com/wall-1_2, one or more in a line.": (
        "Ссылки выглядят так: https://vk.com/wall-1_2, одна или несколько в строке."
    ),
    "None of the columns looks like the text of comments.": "Ни один столбец не похож на текст комментариев.",
    "Choose the column that holds the text.": "Выберите столбец с текстом.",
    "The mapping's '{key}' cannot be '{value}'.": "В разметке «{key}» не может быть «{value}».",
    'It is an object such as {"body": "text"}.': 'Это объект, например {"body": "text"}.',
    "It is text.": "Это текст.",
    "It is true or false.": "Это true или false.",
    "A column can be: {known}.": "Столбец может быть таким: {known}.",
    "Only one column can be that.": "Таким может быть только один столбец.",
    "Known: , ; tab | or nothing for one column.": (
        "Есть такие: , ; табуляция | или ничего, если столбец один."
    ),
    "A time zone looks like Europe/Moscow.": "Часовой пояс пишется так: Europe/Moscow.",
    "The workbook is protected by a password.": "Книга Excel защищена паролем.",
    "Save it without one.": "Сохраните её без пароля.",
    "The workbook is damaged or not one.": "Книга Excel повреждена, или это не книга Excel.",
    "Open it in Excel and save it again as .xlsx.": "Откройте её в Excel и сохраните заново как .xlsx.",
    "The workbook needs more memory than is allowed.": "Книге Excel нужно больше памяти, чем разрешено.",
    "Delete stray cells far below or to the right, or save it as CSV.": (
        "Удалите лишние ячейки далеко внизу или справа или сохраните её как CSV."
    ),
    "The workbook has no such sheet, or no rows at all.": "В книге Excel нет такого листа или нет строк.",
    "Choose another sheet.": "Выберите другой лист.",
    "The archive is not an Excel workbook.": "Этот архив не книга Excel.",
    "Unpack it and choose a file.": "Распакуйте его и выберите файл.",
    "The workbook would unpack to far more than its size.": "Распакованная книга Excel слишком велика.",
    "Save the sheet with the comments as CSV.": "Сохраните лист с комментариями как CSV.",
    "The import was cancelled.": "Загрузка файла отменена.",
    "Nothing of the file was kept.": "Из файла ничего не сохранено.",
    "The file is too large for one JSON value.": "Файл слишком велик для одного значения JSON.",
    "Save it as JSONL: one object per line.": "Сохраните его как JSONL: по объекту в строке.",
    "The JSON is broken off or malformed.": "JSON в файле оборван или с ошибкой.",
    "Save the file again.": "Сохраните файл ещё раз.",
    "Line {line} is not a JSON object.": "В строке {line} не объект JSON.",
    "A JSONL file has one object per line, a JSON file an array of objects.": (
        "В файле JSONL по объекту в строке, в файле JSON массив объектов."
    ),
    "The file is not text.": "Это не текстовый файл.",
    "Save it as CSV (UTF-8), JSONL or .xlsx.": "Сохраните его как CSV (UTF-8), JSONL или .xlsx.",
    "The file is a PDF.": "Это файл PDF.",
    "The file is an old Excel file (.xls).": "Это старый файл Excel (.xls).",
    "The file is a Parquet file.": "Это файл Parquet.",
    "The file is a gzip archive.": "Это архив gzip.",
    "The file is a zstd archive.": "Это архив zstd.",
    "The file is a 7z archive.": "Это архив 7z.",
    "The file is a RAR archive.": "Это архив RAR.",
    "The file is a picture.": "Это картинка.",
    "The file is an SQLite database.": "Это база данных SQLite.",
}

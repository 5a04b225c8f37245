"""Faults of writing files in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "There is no export format '{format}'.": "Нет формата выгрузки «{format}».",
    "There is no CSV dialect '{dialect}'.": "Нет вида CSV «{dialect}».",
    "There are no headers in '{headers}'.": "Нет заголовков на языке «{headers}».",
    "Known: {known}.": "Есть такие: {known}.",
    "The file '{file}' cannot be written: {reason}.": "Файл «{file}» не записывается: {reason}.",
    "Check the free space and the rights of the folder.": "Проверьте место на диске и права на папку.",
    "The export was cancelled.": "Выгрузка отменена.",
    "Start it again when it is needed.": "Запустите её снова, когда понадобится.",
    "The workbook's frame has an unknown form.": "У заготовки книги Excel незнакомый вид.",
    "Install the pinned XlsxWriter.": "Установите XlsxWriter той версии, что указана в requirements.txt.",
    "The workbook would be larger than Excel opens.": "Такую большую книгу Excel не откроет.",
    "Narrow the filters, or take CSV or Parquet.": "Сузьте фильтры или возьмите CSV либо Parquet.",
    "The workbook's frame changed while it was filled.": "Заготовка книги Excel изменилась при заполнении.",
    "Export again.": "Выгрузите ещё раз.",
}

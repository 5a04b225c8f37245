"""What a workbook says about itself: what it holds, chosen how, made when, and what had to be changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.export.job import Changes, Headers, Job, Written
from core.wording.columns import about, header, label
from core.wording.filters import sentence

Line = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class SheetNames:
    """The names of the sheets in one language."""

    data: str
    balance: str
    about: str
    columns: str


_NAMES: Final = {
    "en": SheetNames("Comments", "Balance", "About", "Columns"),
    "ru": SheetNames("Комментарии", "Баланс", "О файле", "Столбцы"),
}
_WORDS: Final = {
    "en": {
        "what": "What",
        "title": "VK comments",
        "filter": "Filter",
        "all": "all comments of the dataset",
        "address": "Filter as in the address",
        "rows": "Comments",
        "made": "Made at",
        "version": "Dataset version",
        "tz": "Time zone of the times",
        "sheets": "Sheets with comments",
        "replaced": "Cells with control characters replaced by U+FFFD",
        "cut": "Cells cut to 32,767 characters",
        "in_column": "in the column",
        "keys": "the first such comments",
        "column": "Column",
        "label": "Name",
        "meaning": "Meaning",
    },
    "ru": {
        "what": "Что это",
        "title": "Комментарии ВКонтакте",
        "filter": "Отбор",
        "all": "все комментарии базы",
        "address": "Отбор, как в адресе",
        "rows": "Комментариев",
        "made": "Выгружено",
        "version": "Версия базы",
        "tz": "Часовой пояс времени",
        "sheets": "Листов с комментариями",
        "replaced": "Ячейки, где управляющие символы заменены на U+FFFD",
        "cut": "Ячейки, обрезанные до 32 767 символов",
        "in_column": "в столбце",
        "keys": "первые такие комментарии",
        "column": "Столбец",
        "label": "Название",
        "meaning": "Значение",
    },
}


def sheet_names(headers: Headers) -> SheetNames:
    """Return the names of the sheets."""
    return _NAMES[headers]


def about_lines(job: Job, written: Written) -> list[Line]:
    """Return the lines of the sheet about the file: a name and a value each."""
    say = _WORDS[job.headers]
    made_at = job.made_at.astimezone(job.zone).replace(microsecond=0)
    return [
        (say["what"], say["title"]),
        *_filter_lines(job),
        (say["rows"], written.rows),
        (say["made"], made_at.isoformat(" ")),
        (say["version"], job.version),
        (say["tz"], job.query.tz),
        (say["sheets"], written.sheets),
        *_change_lines(say["replaced"], written.replaced, job.headers),
        *_change_lines(say["cut"], written.cut, job.headers),
    ]


def column_lines(columns: Sequence[str], job: Job) -> list[Line]:
    """Return the dictionary of columns, its header first."""
    say = _WORDS[job.headers]
    lines: list[Line] = [(say["column"], say["label"], say["meaning"])]
    for name in columns:
        title = label(name, "ru") if job.headers == "ru" else name
        lines.append((title, label(name, job.headers), about(name, job.headers)))
    return lines


def _filter_lines(job: Job) -> Iterator[Line]:
    say = _WORDS[job.headers]
    query = job.query
    if not query.active():
        yield say["filter"], say["all"]
    for field in query.active():
        if field == "until" and query.since is not None:
            continue  # the sentence of `since` says both ends
        yield say["filter"], sentence(query, field, job.headers)
    if query.params():
        yield say["address"], job.address


def _change_lines(title: str, changes: Changes, headers: Headers) -> Iterator[Line]:
    say = _WORDS[headers]
    yield title, changes.total
    for column, cells in changes.cells.items():
        yield f"  {say['in_column']} {header(column, headers)}", cells
    for key in changes.keys:
        yield f"  {say['keys']}", key

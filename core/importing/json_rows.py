"""Rows of JSON: one object per line, an array of objects, or an object with such an array in it.

Objects inside objects become columns with a dot: `likes.count`. The raw row is the object as it came.
"""

from __future__ import annotations

import io
import json
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from typing import Any, Final

import orjson

from core.errors import ImportRefused
from core.importing.encoding import detect
from core.importing.mapping import Mapping
from core.importing.upload import Cell, Opened, Row, Tally, Upload

_SAMPLE_OBJECTS: Final = 200
_MAX_DEPTH: Final = 5
_LISTS: Final = ("items", "comments", "data", "results")
_WHOLE_LIMIT: Final = 256 * 2**20


def looks_like_json(upload: Upload) -> bool:
    """Tell whether the file holds JSON objects, judged by its beginning (and all of it for an array)."""
    head = upload.head(4096).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    if head.startswith(b"{"):
        return True
    return head.startswith(b"[") and head[1:].lstrip(b" \t\r\n\x00")[:1] in (b"{", b"]")


def open_rows(upload: Upload, mapping: Mapping) -> Opened:
    """Open the file; raises ImportRefused when a line is not an object."""
    encoding = mapping.encoding or detect(upload)
    tally = Tally()
    seen: dict[str, None] = {}
    for row in islice(_rows(upload, encoding, Tally()), _SAMPLE_OBJECTS):
        seen.update(dict.fromkeys(row.cells))
    if not seen:
        raise ImportRefused("The file holds no comments.", hint="Choose another file.", reason="empty")
    return Opened("jsonl", tuple(seen), _rows(upload, encoding, tally), tally, encoding=encoding)


def _rows(upload: Upload, encoding: str, tally: Tally) -> Generator[Row]:
    for value, raw in _objects(upload, encoding):
        cells: dict[str, Cell] = {}
        _flatten(value, "", cells, 1)
        if any(isinstance(cell, str) and not _is_sound(cell) for cell in cells.values()):
            tally.add("lone_surrogates")
            cells = {name: _sound(cell) for name, cell in cells.items()}
        yield Row(cells, raw)


def _objects(upload: Upload, encoding: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    whole = _whole(upload, encoding)
    if whole is None:
        yield from _lines(upload, encoding)
        return
    for number, value in enumerate(whole, 1):
        if not isinstance(value, dict):
            raise _not_an_object(number)
        yield value, _dumped(value)


def _lines(upload: Upload, encoding: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    with closing(io.TextIOWrapper(upload.open(), encoding=encoding, newline="\n")) as file:
        for number, line in enumerate(file, 1):
            text = line.strip(" \t\r\n")
            if not text:
                continue
            try:
                value = _loaded(text)
            except ValueError as error:
                raise _not_an_object(number) from error
            if not isinstance(value, dict):
                raise _not_an_object(number)
            yield value, text.encode()


def _whole(upload: Upload, encoding: str) -> list[Any] | None:
    """Return the objects of a file that is one JSON value, None when it has an object per line."""
    with closing(io.TextIOWrapper(upload.open(), encoding=encoding, newline="\n")) as file:
        first = next((line for line in file if line.strip()), "").strip()
    is_array = first.startswith("[")
    if not is_array:
        try:
            value = _loaded(first)
        except ValueError:
            value = None
        if isinstance(value, dict) and not _list_in(value):
            return None
    if upload.size > _WHOLE_LIMIT:
        raise ImportRefused(
            "The file is too large for one JSON value.",
            hint="Save it as JSONL: one object per line.",
            reason="too_large",
        )
    try:
        value = _loaded(upload.head(upload.size).decode(encoding).strip())
    except ValueError as error:
        if not is_array:
            return None  # lines, of which the first holds a list: or broken, as the walk will say
        raise ImportRefused(
            "The JSON is broken off or malformed.", hint="Save the file again.", reason="json"
        ) from error
    if isinstance(value, dict):
        return _list_in(value) or [value]
    return list(value)


def _list_in(value: dict[str, Any]) -> list[Any] | None:
    """Return the list of objects in the ways APIs wrap one, such as `{"response": {"items": [...]}}`."""
    inner = value.get("response", value)
    if not isinstance(inner, dict):
        return None
    for name in _LISTS:
        found = inner.get(name)
        if isinstance(found, list) and found and all(isinstance(each, dict) for each in found):
            return found
    return None


def _loaded(text: str) -> Any:
    """Read JSON; what orjson refuses (lone surrogates, NaN) the standard library still reads."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)


def _dumped(value: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()


def _flatten(value: dict[str, Any], prefix: str, cells: dict[str, Cell], depth: int) -> None:
    for name, each in value.items():
        if isinstance(each, dict) and depth < _MAX_DEPTH:
            _flatten(each, f"{prefix}{name}.", cells, depth + 1)
        else:
            cells[prefix + name] = json.dumps(each, ensure_ascii=False) if isinstance(each, dict) else each


def _is_sound(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sound(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return cell.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _not_an_object(number: int) -> ImportRefused:
    return ImportRefused(
        "Line {line} is not a JSON object.",
        hint="A JSONL file has one object per line, a JSON file an array of objects.",
        reason="json",
        line=number,
    )

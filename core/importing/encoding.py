"""Find out how a text file is encoded; never guess so that letters change silently."""

from __future__ import annotations

import codecs
import re
from typing import Final

from core.errors import ImportRefused
from core.importing.upload import Upload

_SAMPLE: Final = 64 * 1024
_CHUNK: Final = 2**20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN: Final = (
    (b"%PDF", "The file is a PDF."),
    (b"\xd0\xcf\x11\xe0", "The file is an old Excel file (.xls)."),
    (b"PAR1", "The file is a Parquet file."),
    (b"\x1f\x8b", "The file is a gzip archive."),
    (b"\x28\xb5\x2f\xfd", "The file is a zstd archive."),
    (b"7z\xbc\xaf", "The file is a 7z archive."),
    (b"Rar!", "The file is a RAR archive."),
    (b"\x89PNG", "The file is a picture."),
    (b"\xff\xd8\xff", "The file is a picture."),
    (b"GIF8", "The file is a picture."),
    (b"SQLite format 3", "The file is an SQLite database."),
)
_RUSSIAN_RUN: Final = re.compile(rb"[\xc0-\xff\xa8\xb8]{2,}")
"""Letters of cp1251 side by side; accents of other languages mostly stand alone."""


def detect(upload: Upload) -> str:
    """Return the encoding's Python name; raises ImportRefused for what is not text."""
    head = upload.head(_SAMPLE)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    _refuse_foreign(head)
    wide = _without_mark(head)
    if wide:
        return wide
    _refuse_binary(head)
    broken_at = _first_broken_byte(upload)
    if broken_at is None:
        return "utf-8"
    return _one_byte(upload, broken_at)


def _refuse_foreign(head: bytes) -> None:
    for magic, sentence in _FOREIGN:
        if head.startswith(magic):
            raise ImportRefused(sentence, hint="Save it as CSV (UTF-8), JSONL or .xlsx.", reason="foreign")


def _without_mark(head: bytes) -> str | None:
    """Recognise UTF-16 without its mark: every other byte is the high byte of a Latin or Russian letter."""
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(high) > 1 and sum(high.count(each) for each in (b"\x00", b"\x04", b"\x20")) > 0.9 * len(high):
            low = head[0::2] if encoding == "utf-16-le" else head[1::2]
            if low.count(b"\x00") < 0.5 * len(low) and high.count(b"\x20") < 0.5 * len(high):
                return encoding
    return None


def _refuse_binary(head: bytes) -> None:
    control = sum(head.count(bytes([code])) for code in range(32) if code not in (9, 10, 13))
    if control > 0.1 * len(head):
        raise ImportRefused(
            "The file is not text.", hint="Save it as CSV (UTF-8), JSONL or .xlsx.", reason="binary"
        )


def _first_broken_byte(upload: Upload) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    place = 0
    with upload.open() as file:
        while True:
            chunk = file.read(_CHUNK)
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return place - waiting + error.start
            if not chunk:
                return None
            place += len(chunk)


def _one_byte(upload: Upload, broken_at: int) -> str:
    with upload.open() as file:
        file.seek(max(0, broken_at - _SAMPLE // 2))
        around = file.read(_SAMPLE)
    as_utf8 = around.decode("utf-8", "replace")
    russian = sum("а" <= each <= "я" for each in as_utf8.lower())
    if russian > 10 * as_utf8.count("\ufffd"):
        raise ImportRefused(
            "The file is UTF-8, but byte {byte} of it is damaged.",
            hint="Save it again as UTF-8.",
            reason="damaged",
            byte=broken_at + 1,
        )
    high = sum(each >= 0x80 for each in around)
    russian_bytes = sum(map(len, _RUSSIAN_RUN.findall(around)))
    if russian_bytes < 0.6 * high or b"\x98" in around:
        raise ImportRefused(
            "The encoding of the file is not known.",
            hint="Save it as UTF-8, or choose its encoding.",
            reason="encoding",
        )
    return "cp1251"

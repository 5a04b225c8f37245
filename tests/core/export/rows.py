"""Tables of comments for export tests: contract columns, with texts that break careless writers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from core.export.job import Dialect, Headers, Job
from core.query import Query
from core.storage.columns import SCHEMA

NASTY = (
    "=1+1",
    '=HYPERLINK("http://x.ru";"жми")',
    "+7 900 000-00-00",
    "-1",
    "@club1",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u00a0\u200b=1",
    "＝1",
    "＋1",
    "'в кавычке",
    "''=1",
    "'",
    "",
    " ",
    "  с пробелами  ",
    "две\r\nстроки",
    "две\nстроки",
    "одна\rдругая",
    'он сказал "да"',
    '"',
    "а,б;в\tг|д",
    "<b>&amp;</b> ]]>",
    "<script>alert(1)</script>",
    "_x000D_ и _x000D_x0041_",
    "007",
    "12345678901234567890",
    "1e5",
    "TRUE",
    "1-2",
    "NA",
    "null",
    "NaN",
    "None",
    "\\N",
    "\\",
    "\ufeffметка",
    "👩‍👩‍👧‍👦 семья 🇷🇺",
    "מימין לשמאל",
    "е\u0308 и ё",
    "\u2028\u2029\u0085",
    "\x7f",
    "ï¿½ \ufffd",
)
CONTROL = ("\x00", "a\x00b", "\x01\x08\x0b\x0c\x1f", "звонок\x07", "\ufffe и \uffff")
LONG = ("я" * 32_768, "👍" * 16_384, "а" * 32_766 + "👍")
LONG_ENOUGH = ("ж" * 32_767, "👍" * 16_383 + "!")

START = datetime(2026, 3, 1, 9, 0, 5)  # noqa: DTZ001 - storage keeps naive UTC


def row(number: int, text: str | None, **changed: Any) -> dict[str, Any]:
    """Return one comment as a row of the contract."""
    values: dict[str, Any] = {
        "comment_key": f"wall:-1_2:{number}",
        "source": "wall:-1_2",
        "kind": "wall",
        "owner_id": -1,
        "item_id": 2,
        "comment_id": number,
        "root_id": None if number % 3 else number - 1,
        "parent_id": None if number % 3 else number - 1,
        "author_id": 1000 + number,
        "author_name": "Иван <Грозный>",
        "author_is_community": number % 2 == 0,
        "is_post_author": False,
        "published_at": START + timedelta(minutes=number),
        "text": text,
        "likes": number if number % 4 else None,
        "replies": 0,
        "attachments": ["photo", "sticker"] if number % 2 else [],
        "state": "live",
        "edited_at": None,
        "deleted_at": START if text is None else None,
        "first_seen_at": START,
        "last_seen_at": START + timedelta(microseconds=123_000),
        "url": f"https://vk.com/wall-1_2?reply={number}&thread=1",
        "lang": "ru" if number % 2 else None,
        "sentiment": "unsure" if number % 2 else None,
        "negative": 0.1234 if number % 2 else None,
        "neutral": 0.5 if number % 2 else None,
        "positive": 0.3766 if number % 2 else None,
        "toxicity": 0.25 if number % 2 else None,
        "tags": ["insult", "threat"] if number % 2 else None,
        "is_question": number % 4 == 1 if number % 2 else None,
    }
    return values | changed


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Return rows as the table an export reads."""
    return pa.Table.from_pylist(rows, SCHEMA)


def texts(*values: str | None) -> pa.Table:
    """Return a table with a comment per text."""
    return table([row(number, text) for number, text in enumerate(values, 1)])


def job(dialect: Dialect = "data", headers: Headers = "en", query: Query | None = None) -> Job:
    """Return the circumstances of an export at a fixed moment."""
    return Job(query or Query(), 7, datetime(2026, 11, 23, 12, tzinfo=UTC), dialect, headers)

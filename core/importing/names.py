"""What programs and people call the columns of a comment, in Russian and English.

Besides plain words these are the names used by our own exports, 4CAT, YouTube Data Tools, yt-dlp,
youtube-comment-downloader, minet, Popsters, Brand Analytics and VK itself.
"""

from __future__ import annotations

import re
from typing import Final

from core.wording.columns import COLUMN_WORDS

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "text": (
        *("text", "body", "comment text", "text original", "textoriginal", "message text", "full text"),
        *("comment", "message", "content", "comment body", "review", "tweet", "selftext", "caption"),
        *("текст", "текст комментария", "комментарий", "сообщение", "текст сообщения", "отзыв"),
        *("текст отзыва", "текст поста", "содержание", "реплика", "высказывание"),
    ),
    "published_at": (
        *("published at", "unix timestamp", "timestamp unix", "time parsed", "created utc", "timestamp"),
        *("publishedat", "created at", "createdat", "datetime", "date time", "date", "published", "created"),
        *("post date", "comment date", "time", "publish date", "publication date"),
        *("дата публикации", "дата и время", "дата", "дата создания", "дата комментария", "опубликовано"),
        *("опубликован", "время публикации", "время", "дата сообщения"),
    ),
    "author_id": (
        *("author id", "from id", "user id", "userid", "authorid", "authorchannelid", "author channel id"),
        *("authorchannelid value", "channel", "author user id", "uid", "sender id"),
        *("номер автора", "id автора", "id пользователя", "автор id", "ид автора"),
    ),
    "author_name": (
        *("author name", "authorname", "author", "authordisplayname", "author display name", "user name"),
        *("username", "user", "screen name", "author fullname", "nickname", "sender", "name", "from"),
        *("автор", "имя автора", "автор комментария", "имя", "пользователь", "ник", "никнейм", "фио"),
    ),
    "likes": (
        *("likes", "like count", "likecount", "likes count", "num likes", "votes", "score", "ups"),
        *("лайки", "лайков", "кол во лайков", "количество лайков", "число лайков", "нравится"),
    ),
    "replies": (
        *("replies", "reply count", "replycount", "replies count", "totalreplycount", "num replies"),
        *("thread count", "ответы", "ответов", "количество ответов", "кол во ответов", "число ответов"),
    ),
    "comment_id": (
        *("comment id", "commentid", "id", "cid", "message id", "tweet id"),
        *("номер комментария", "id комментария", "ид комментария", "номер"),
    ),
    "parent_id": (
        *("parent id", "parentid", "reply to comment", "parent comment id", "parent", "isreplyto"),
        *(
            "in reply to id",
            "in reply to",
            "reply to",
            "reply to id",
            "reply to message id",
            "reply to msg id",
        ),
        *("ответ на", "id родителя", "родитель", "родительский комментарий"),
    ),
    "root_id": ("root id", "thread id", "root", "thread", "ветка", "id ветки"),
    "attachments": ("attachments", "attachment types", "вложения"),
}
"""Names per field, the likeliest first, as `plain_name` writes them."""

KNOWN: Final = frozenset(name for names in NAMES.values() for name in names)

_ZONE = re.compile(r"\(([A-Z][A-Za-z_]+(?:/[A-Za-z_+\-0-9]+)*)\)\s*$")
_GAPS = re.compile(r"[\s_.\-:/#]+")


def plain_name(header: str) -> str:
    """Return a header as names are compared: lower case, no punctuation, no time zone."""
    return _GAPS.sub(" ", _ZONE.sub("", header)).strip().casefold().replace("ё", "е")


def zone_in(header: str) -> str | None:
    """Return the time zone our exports put behind the name of a time, as in `Дата (Europe/Moscow)`."""
    found = _ZONE.search(header)
    return found[1] if found else None


_OURS: Final = tuple(
    frozenset(plain_name(name) for name in names)
    for names in ([words.name for words in COLUMN_WORDS], [words.ru for words in COLUMN_WORDS])
)


def is_ours(columns: tuple[str, ...]) -> bool:
    """Tell whether these are the columns of one of our own exports."""
    names = {plain_name(column) for column in columns}
    return any(ours <= names for ours in _OURS)

"""The meaning of columns is guessed from names people and programs use, and from what stands in them."""

from __future__ import annotations

import pytest

from core.importing import Mapping, from_params, peek
from core.wording.columns import COLUMN_WORDS

FOUR_CAT = (
    "id,thread_id,timestamp,body,subject,author\n"
    "2,1,2026-03-01 12:00:00,Привет всем,,Анна\n3,1,2026-03-01 12:05:00,И тебе,,Борис\n"
)
YOUTUBE = (
    "id,replyCount,likeCount,publishedAt,authorName,text,authorChannelId,isReply,isReplyTo\n"
    "Ugx,1,5,2026-03-01T12:00:00Z,Анна,Хорошее видео,UCabc,0,\n"
)
RUSSIAN = "№;Дата;Автор;Текст комментария;Лайки;Ссылка\n1;31.12.2025 23:59;Анна;Спасибо!;3;https://vk.com/wall-1_2\n"
VK_DATA_SET = "text,toxicity,distortion,source\nпривет,0,1,дождь\nпока,1,0,дождь\n"
NAMELESS = (
    "a,b,c\n1,2026-01-01,Это довольно длинный комментарий о погоде\n2,2026-01-02,И этот тоже не короткий\n"
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            FOUR_CAT,
            {"id": "comment_id", "thread_id": "root_id", "timestamp": "published_at", "body": "text"}
            | {"author": "author_name"},
        ),
        (
            YOUTUBE,
            {"id": "comment_id", "replyCount": "replies", "likeCount": "likes", "publishedAt": "published_at"}
            | {"authorName": "author_name", "text": "text", "authorChannelId": "author_id"}
            | {"isReplyTo": "parent_id"},
        ),
        (
            RUSSIAN,
            {"Дата": "published_at", "Автор": "author_name", "Текст комментария": "text", "Лайки": "likes"},
        ),
        (VK_DATA_SET, {"text": "text"}),
        (NAMELESS, {"c": "text"}),
    ],
    ids=["4CAT", "YouTube", "Russian", "VK data set", "no known name"],
)
def test_columns_are_recognised(content: str, expected: dict[str, str]) -> None:
    """Exports of other tools, and plain Russian tables, are mapped without a hand."""
    assert dict(peek(content.encode(), "a.csv").guess.columns) == expected


def test_a_name_does_not_outweigh_what_stands_below_it() -> None:
    """A column called `comment` that holds numbers is not the text, one of words is no number of likes."""
    content = "comment,likes,message\n17,много,Длинный текст сообщения\n18,мало,И ещё один текст\n".encode()
    assert dict(peek(content, "a.csv").guess.columns) == {"message": "text"}


def test_times_of_4cat_are_utc() -> None:
    """4CAT writes UTC without saying so; other tables are taken to be in Moscow's time."""
    assert peek(FOUR_CAT.encode(), "a.csv").guess.tz == "UTC"
    assert peek(RUSSIAN.encode(), "a.csv").guess.tz == "Europe/Moscow"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_our_own_columns_are_recognised(lang: str) -> None:
    """A file we exported maps onto itself in either language, with the zone of its times."""
    zone = " (Asia/Omsk)" if lang == "ru" else ""
    header = [words.ru + zone * words.is_time if lang == "ru" else words.name for words in COLUMN_WORDS]
    guess = peek(
        (";".join(header) + "\n" + ";".join("1" * len(header)) + "\n").encode("utf-8-sig"), "a.csv"
    ).guess
    fields = {field for _, field in guess.columns}
    assert fields >= {"comment_id", "parent_id", "root_id", "author_id", "likes", "replies", "source"}
    assert guess.tz == ("Asia/Omsk" if lang == "ru" else "Europe/Moscow")
    assert guess.guarded


def test_what_somebody_said_outweighs_the_guess() -> None:
    """A given zone, delimiter or set of columns is kept as it is."""
    given = Mapping((("subject", "text"),), tz="Asia/Omsk", delimiter=",")
    guess = peek(FOUR_CAT.encode(), "a.csv", given).guess
    assert (guess.columns, guess.tz, guess.delimiter) == (given.columns, "Asia/Omsk", ",")


def test_a_mapping_survives_json() -> None:
    """What the API is given is what the importer uses, and a pair may be written either way round."""
    mapping = Mapping((("body", "text"), ("when", "published_at")), tz="UTC", has_header=True, delimiter="")
    assert from_params(mapping.as_dict()) == mapping
    assert from_params({"columns": {"text": "body", "published_at": "when"}}).columns == mapping.columns

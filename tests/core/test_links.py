"""What an analyst pastes, row by row, and what must not be taken for a link."""

from __future__ import annotations

import time

import pytest

from core.links import HINTS, author_url, comment_url, recognise, source_url
from core.models import RefusalReason, SourceKind, SourceRef, TargetKind

ROWS = [
    ("vk.com/wall-1_2", "post", -1, 2, None),
    ("wall-1_2", "post", -1, 2, None),
    ("-1_2", "post", -1, 2, None),
    ("vk.com/wall1_2", "post", 1, 2, None),
    ("https://vk.com/durov?w=wall-1_2", "post", -1, 2, None),
    ("vk.com/feed?w=wall-1_2%2Fabc", "post", -1, 2, None),
    ("https://vk.com/search?c[q]=x&c[section]=auto&w=wall-1_2", "post", -1, 2, None),
    ("https://m.vk.ru/wall-1_2", "post", -1, 2, None),
    ("http://www.vkontakte.ru/wall-1_2/", "post", -1, 2, None),
    ("new.vk.com/wall-1_2#top", "post", -1, 2, None),
    ("//vk.com/wall-1_2", "post", -1, 2, None),
    ("HTTPS://VK.COM/wall-1_2", "post", -1, 2, None),
    ("https%3A%2F%2Fvk.com%2Fwall-1_2", "post", -1, 2, None),
    ("vk.com/wall%2D1_2", "post", -1, 2, None),
    ("wall–1_2", "post", -1, 2, None),
    ("vk.com/away.php?to=https%3A%2F%2Fvk.com%2Fwall-1_2", "post", -1, 2, None),
    ("wall-1_2?reply=3", "comment", -1, 2, 3),
    ("wall-1_2?reply=3&thread=4", "comment", -1, 2, 3),
    ("https://vk.com/wall-1_2?reply=3&thread=4", "comment", -1, 2, 3),
    ("vk.com/durov?w=wall-1_2_r3", "comment", -1, 2, 3),
    ("vk.com/durov?w=wall-1_2_r3_abc", "comment", -1, 2, 3),
    ("topic-1_2?post=3", "topic", -1, 2, 3),
    ("vk.com/photo-1_2?reply=3", "comment", -1, 2, 3),
    ("wall-1", "wall", -1, None, None),
    ("vk.com/wall-1?own=1", "wall", -1, None, None),
    ("wall1", "wall", 1, None, None),
    ("club1", "group", -1, None, None),
    ("vk.com/public1", "group", -1, None, None),
    ("event1", "group", -1, None, None),
    ("-1", "group", -1, None, None),
    ("[club1|Название сообщества]", "group", -1, None, None),
    ("id1", "user", 1, None, None),
    ("vk.com/id1", "user", 1, None, None),
    ("1", "user", 1, None, None),
    ("[id1|Имя Фамилия]", "user", 1, None, None),
    ("topic-1_2", "topic", -1, 2, None),
    ("board1", "board", -1, None, None),
    ("board-1", "board", -1, None, None),
    ("photo-1_2", "photo", -1, 2, None),
    ("vk.com/albums-1?z=photo-1_2%2Falbum-1_00", "photo", -1, 2, None),
    ("photo1_2?list=abc", "photo", 1, 2, None),
    ("album-1_0", "album", -1, 0, None),
    ("album-1_00", "album", -1, -7, None),
    ("albums-1", "album", -1, 0, None),
    ("video-1_2", "video", -1, 2, None),
    ("vkvideo.ru/video-1_2", "video", -1, 2, None),
    ("vksport.vkvideo.ru/video-1_2", "video", -1, 2, None),
    ("vk.com/durov?z=video-1_2%2Fclub1", "video", -1, 2, None),
    ("vk.com/video_ext.php?oid=-1&id=2&hash=abc", "video", -1, 2, None),
    ("video-1_2?list=abc", "video", -1, 2, None),
    ("clip-1_2", "video", -1, 2, None),
    ("vk.com/clips-1?z=clip-1_2", "video", -1, 2, None),
    ("product-1_2", "market_item", -1, 2, None),
    ("m.vk.com/product-1_2_abcdef", "market_item", -1, 2, None),
    ("vk.com/market-1?w=product-1_2", "market_item", -1, 2, None),
    ("market-1_2", "market_item", -1, 2, None),
]
NAMES = [
    ("durov", "durov"),
    ("vk.com/name.x", "name.x"),
    ("@name", "name"),
    ("vk.me/name", "name"),
    ("https://vk.ru/team?from=search", "team"),
    ("смотри у @durov", "durov"),
]
REFUSED = [
    ("vkvideo.ru/@name", "unsupported"),
    ("vk.com/video/@name", "unsupported"),
    ("vk.com/video/playlist/-1_2", "unsupported"),
    ("playlist/-1_2 vk.com/feed", "unsupported"),
    ("live.vkvideo.ru/name", "other_service"),
    ("https://vkplay.live/name", "other_service"),
    ("market-1", "unsupported"),
    ("vk.com/@name-slug", "article"),
    ("@name-slug", "article"),
    ("vk.cc/abc", "short_link"),
    ("app1_-2", "unsupported"),
    ("vk.com/audio1_2", "unsupported"),
    ("doc1_2", "unsupported"),
    ("poll1_2", "unsupported"),
    ("page-1_2", "unsupported"),
    ("vk.com/im?sel=1", "unsupported"),
    ("vk.me/join/abc", "unsupported"),
    ("vk.com", "unsupported"),
    ("dev.vk.com/method/wall.get", "unsupported"),
    ("https://example.com/wall-1_2", "not_vk"),
    ("vk.com.example.ru/wall-1_2", "not_vk"),
    ("example.com", "not_vk"),
    ("ftp://vk.com/wall-1_2", "not_vk"),
    ("id0", "malformed"),
    ("wall-1_0", "malformed"),
    ("wall-1_99999999999999999999", "malformed"),
    ("vk.com/wall-1_", "malformed"),
    ("просто слова", "malformed"),
    *(
        (word, "unsupported")
        for word in ("feed", "im", "wall", "search", "video", "clips", "market", "login")
    ),
]


@pytest.mark.parametrize(("text", "kind", "owner_id", "item_id", "comment_id"), ROWS)
def test_each_form_of_a_link_means_one_thing(
    text: str, kind: str, owner_id: int, item_id: int | None, comment_id: int | None
) -> None:
    """Every form VK gives to an address leads to the same kind, owner, item and comment."""
    found = recognise(text)
    shown = [(str(each.kind), each.owner_id, each.item_id, each.comment_id) for each in found.targets]
    assert shown == [(kind, owner_id, item_id, comment_id)]
    assert found.refused == ()


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_name_stays_a_name(text: str, name: str) -> None:
    """A name is not guessed at: only the API knows whose it is."""
    (target,) = recognise(text).targets
    assert (target.kind, target.name, target.owner_id) == (TargetKind.NAME, name, None)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_each_refusal_says_why_and_what_to_do(text: str, reason: str) -> None:
    """What cannot be collected is named with its reason and a hint, never dropped."""
    found = recognise(text)
    assert found.targets == ()
    assert found.refused[-1].reason == reason
    assert found.refused[-1].hint == HINTS[RefusalReason(reason)]


def test_a_comment_link_knows_where_the_comment_stands() -> None:
    """A link to a comment keeps what kind of source it is in."""
    kinds = [recognise(text).targets[0].source_kind for text in ("wall-1_2?reply=3", "topic-1_2?post=3")]
    assert kinds == [SourceKind.WALL, SourceKind.TOPIC]


def test_free_text_gives_its_links_only() -> None:
    """Words, numbers, e-mail addresses and times around links are prose."""
    text = """Привет! В 12:30 смотрите (https://vk.com/wall-1_2), там 5 комментариев, и/или
    «vk.com/topic-3_4», пишите на mail@example.org... Also, see [this](https://vk.ru/wall5_6?reply=7).
    Ссылки:
    club8
    """
    found = recognise(text)
    assert [(str(each.kind), each.owner_id) for each in found.targets] == [
        ("post", -1),
        ("topic", -3),
        ("comment", 5),
        ("group", -8),
    ]
    assert found.refused == ()


@pytest.mark.parametrize(
    "text",
    ["durov,club1,wall-1_2", "durov; club1; wall-1_2", "durov\tclub1\twall-1_2", "durov\nclub1\nwall-1_2"],
)
def test_a_row_of_cells_is_a_list(text: str) -> None:
    """A column or a row of a table holds names as well as links."""
    assert [str(each.kind) for each in recognise(text).targets] == ["name", "group", "post"]


def test_repeated_links_count_once_in_order() -> None:
    """The same thing written twice is one target, where it stood first."""
    found = recognise("vk.com/wall-1_2 wall-3_4 https://m.vk.com/wall-1_2?own=1\nvk.cc/a vk.cc/a")
    assert [each.owner_id for each in found.targets] == [-1, -3]
    assert len(found.refused) == 1


def test_an_access_key_is_kept() -> None:
    """The key of a closed photo or video stays with its target."""
    keys = [recognise(text).targets[0].access_key for text in ("video-1_2_abc", "photo-1_2?access_key=k")]
    assert keys == ["abc", "k"]


def test_nothing_pasted_is_nothing() -> None:
    """An empty text is neither a target nor a refusal."""
    assert recognise(" \n ") == recognise("")
    assert recognise("").refused == ()


def test_thousands_of_links_are_read_at_once() -> None:
    """5,000 links take less than 0.3 s of processor time."""
    text = "\n".join(f"пост {n}: https://vk.com/feed?w=wall-{n}_{n}&reply={n}, вот" for n in range(1, 5001))
    begin = time.process_time()
    found = recognise(text)
    assert len(found.targets) == 5000
    assert time.process_time() - begin < 0.3


@pytest.mark.parametrize("kind", [kind for kind in SourceKind if kind is not SourceKind.IMPORT])
def test_links_back_are_links_forth(kind: SourceKind) -> None:
    """The address of a comment is recognised as that comment of that source."""
    ref = SourceRef(kind, -1, 2)
    (source,) = recognise(source_url(ref)).targets
    assert (source.owner_id, source.item_id, source.source_kind) == (-1, 2, kind)
    (comment,) = recognise(comment_url(ref, 3, 4)).targets
    assert (comment.owner_id, comment.item_id, comment.comment_id, comment.source_kind) == (-1, 2, 3, kind)


def test_authors_have_pages_and_imports_have_none() -> None:
    """Users and communities have addresses; a file's rows have none."""
    imported = SourceRef(SourceKind.IMPORT, import_id="abc")
    assert (author_url(1), author_url(-1)) == ("https://vk.com/id1", "https://vk.com/club1")
    assert (source_url(imported), comment_url(imported, 1, None)) == ("", "")

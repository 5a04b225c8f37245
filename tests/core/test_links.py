"""What an analyst pastes, row by row, and what must not be taken for a link."""

from __future__ import annotations

import random

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
    ("wall1?own=1", "wall", 1, None, None),
    ("vk.com/event1", "group", -1, None, None),
    ("https://vk.com/board1", "board", -1, None, None),
    ("https://m.vk.com/topic-1_2?post=3#post3", "topic", -1, 2, 3),
    ("https://vk.com/album1_000", "album", 1, -15, None),
    ("https://vkvideo.ru/@name/video-1_2?t=10s", "video", -1, 2, None),
    ("https://vkvideo.ru/playlist/-1_3/video-1_2", "video", -1, 2, None),
    ("https://vkvideo.ru/video_ext.php?oid=-1&id=2&hash=abc", "video", -1, 2, None),
    ("https://vk.com/video/@name?z=video-1_2%2Fclub1%2Fpl_-1_-2", "video", -1, 2, None),
    ("https://m.vk.com/market-1?w=product-1_2%2Fquery", "market_item", -1, 2, None),
    ("https://vk.com/photo1_2?list=album1_0&reply=3", "comment", 1, 2, 3),
    ("https://vk.com/feed?w=wall-1_2%3Freply%3D3", "comment", -1, 2, 3),
    ("https://vk.com/wall-1_2%3Freply%3D3%26thread%3D4", "comment", -1, 2, 3),
    ("https://vk.com/wall-1_2&reply=3", "comment", -1, 2, 3),
    ("https://m.vk.com/wall-1_2#reply3", "comment", -1, 2, 3),
    ("https://vk.com/club1#/wall-1_2", "post", -1, 2, None),
    ("https://vk.com/wall-1_2?reply=3&amp;thread=4", "comment", -1, 2, 3),
    ("https://vk.com/search?c%5Bq%5D=%D0%BA%D0%BE%D1%82&w=wall-1_2", "post", -1, 2, None),
    ("https://vk.com/away.php?to=vk.com%2Fwall-1_2", "post", -1, 2, None),
    ('=HYPERLINK("https://vk.com/wall-1_2";"пост")', "post", -1, 2, None),
    ('=ГИПЕРССЫЛКА("https://vk.com/wall-1_2";"пост")', "post", -1, 2, None),
    ("[https://vk.com/wall-1_2|наш пост]", "post", -1, 2, None),
    ("*club1 (Название)", "group", -1, None, None),
    ("@id1 (Имя Фамилия)", "user", 1, None, None),
    ("[id1:bp-2_3|Имя]", "user", 1, None, None),
    ("vk.com/WALL-1_2", "post", -1, 2, None),
    ("wall-1_002", "post", -1, 2, None),
]
HOSTS = [
    *(f"{prefix}{host}" for prefix in ("", "m.", "www.", "new.") for host in ("vk.com", "vk.ru")),
    "vkontakte.ru",
    "m.vkontakte.ru",
    "ru.vk.com",
]
GLUED = (
    "({}) «{}» <{}> '{}' \"{}\" `{}` ‘{}’ **{}** _{}_ ~{}~ [пост]({}) {}. {}, {}! {}?! {}… {}: {};"
    " {}\u200b \u200e{}\u200f пост:{} пост—{} •{} ✅{}✅ 👉{}😀 1️⃣{} {}—хороший {}и -{} {}\\n пост,{},вот"
)
NAMES = [
    ("durov", "durov"),
    ("vk.com/name.x", "name.x"),
    ("@name", "name"),
    ("vk.me/name", "name"),
    ("https://vk.ru/team?from=search", "team"),
    ("смотри у @durov", "durov"),
    ("*durov (Павел)", "durov"),
    ("[durov|Павел]", "durov"),
    ("VK.COM/durov/", "durov"),
    ("https://m.vk.com/durov?from=search", "durov"),
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
    ("wall-1_1000000000000000000", "malformed"),
    ("wall-1_" + "9" * 5000, "malformed"),
    ("wall-1_2?reply=" + "9" * 5000, "malformed"),
    ("wall-1_-2", "malformed"),
    ("clıp-1_2", "malformed"),
    ("vk.com/video_ext.php?oid=-1", "malformed"),
    ("vk.com/" + "a" * 100, "malformed"),
    ("#durov", "malformed"),
    ("+79001234567", "malformed"),
    ("vk.com/away.php?to=" * 400, "malformed"),
    ("https://www.ok.ru/x", "other_service"),
    ("https://vk.com/videos-1", "unsupported"),
    ("https://vk.com/clips/name", "unsupported"),
    ("https://vk.com/write1", "unsupported"),
    ("https://vk.com/any.php", "unsupported"),
    ("vk.com/wall-1_", "malformed"),
    ("просто слова", "no_link"),
    ("hello this is no link", "no_link"),
    ("в 12:30 было 5 человек, и всё", "no_link"),
    ("кто-то\nспросил", "no_link"),
    ("durоv", "malformed"),
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


@pytest.mark.parametrize("scheme", ["", "//", "http://", "https://", "https:/", "https%3A%2F%2F"])
@pytest.mark.parametrize("host", HOSTS)
def test_every_host_of_vk_is_vk(host: str, scheme: str) -> None:
    """Old, new, mobile and hosts of other languages lead to the same post, however the scheme is written."""
    (target,) = recognise(f"{scheme}{host}/wall-1_2").targets
    assert (target.kind, target.owner_id, target.item_id) == (TargetKind.POST, -1, 2)


@pytest.mark.parametrize("around", GLUED.split())
@pytest.mark.parametrize("link", ["https://vk.com/wall-1_2", "vk.com/wall-1_2"])
def test_what_is_glued_to_a_link_is_not_part_of_it(around: str, link: str) -> None:
    """Quotes, brackets, markup, bullets, pictures and words right beside a link leave it whole."""
    (target,) = recognise(f"смотрите {around.format(link)} все").targets
    assert (target.kind, target.owner_id, target.item_id) == (TargetKind.POST, -1, 2)


@pytest.mark.parametrize("between", ["", "/", ",", ";", "|", "\n", "\\n", "—", "и"])
def test_links_without_a_space_between_them_are_several(between: str) -> None:
    """Addresses that run into each other each count."""
    found = recognise(f"https://vk.com/wall-1_2{between}https://vk.com/topic-3_4")
    assert [each.owner_id for each in found.targets] == [-1, -3]
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


def test_a_word_beside_links_is_no_broken_link() -> None:
    """Headings of columns, greetings and signatures on lines of their own are left alone."""
    found = recognise("Ссылка\tКомментарий\nhttps://vk.com/wall-1_2\tхорошо\nСпасибо!")
    assert [(str(each.kind), each.owner_id) for each in found.targets] == [("post", -1)]
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
    key = "0123456789abcdef01"
    texts = (
        "video-1_2_abc",
        "photo-1_2?access_key=k",
        f"photo-1_2?list={key}",
        f"vk.com/feed?z=video-1_2%2F{key}%2Fpl_wall_-1",
        "vk.com/feed?z=photo-1_2%2Falbum-1_00",
    )
    assert [recognise(text).targets[0].access_key for text in texts] == ["abc", "k", key, key, None]


PIECES = (
    "https:// vk.com/ vkvideo.ru/ vk.me/ wall topic clıp vİdeo product album albums club id - _ -1_2 1 ?w= "
    "&reply= 99999999999999999999 ٣ ² ½ %2F %0A %ff # @ * [ ] ( ) | , ; : \0 \ud800 😀 е away.php?to= "
    'video_ext.php?oid= _r3 [id1|x] a..b \\ &amp; =HYPERLINK(" ") « \u202e'
)


def test_no_text_is_an_error() -> None:
    """Whatever is pasted is read: each target has ids a key can hold, each refusal a reason and a hint."""
    pieces = [*PIECES.split(), " ", "\n", "\u2028"]
    chance = random.Random(7)  # noqa: S311 - a seed, not a secret
    for _ in range(5_000):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 25)))
        found = recognise(text)
        ids = [n for each in found.targets for n in (each.owner_id, each.item_id, each.comment_id) if n]
        assert all(abs(each) < 10**18 for each in ids), text
        assert all(each.reason and each.hint and each.input.encode() is not None for each in found.refused)


def test_thousands_of_links_are_read_at_once() -> None:
    """5,000 links in one text are 5,000 targets, each with its owner and number."""
    text = "\n".join(f"пост {n}: https://vk.com/feed?w=wall-{n}_{n}&reply={n}, вот" for n in range(1, 5001))
    found = recognise(text)
    assert [target.item_id for target in found.targets] == list(range(1, 5001))
    assert found.refused == ()


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


def test_the_token_of_an_address_pasted_whole_is_shown_nowhere() -> None:
    """A link means what it means without its token; a token alone is refused and not repeated."""
    token = "vk1.a.PlAnTeD-0123456789abcdef"
    found = recognise(
        f"https://vk.com/wall-1_2?access_token={token}\n"
        f"https://oauth.vk.com/blank.html#access_token={token}&expires_in=0\n{token}"
    )
    assert [(each.kind, each.owner_id, each.item_id) for each in found.targets] == [("post", -1, 2)]
    assert token not in repr(found)
    assert token not in repr(recognise(f"words and words {token} words"))

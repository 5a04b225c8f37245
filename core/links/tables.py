"""VK's hosts, its reserved paths, its words for objects, and what to say about a link that is none."""

from __future__ import annotations

from typing import Final

from core.models import RefusalReason, SourceKind, TargetKind
from core.wording.faults import refused

VK_HOSTS: Final = frozenset(
    prefix + host for prefix in ("", "m.", "www.", "new.") for host in ("vk.com", "vk.ru", "vkontakte.ru")
)
NAME_HOSTS: Final = frozenset({"vk.me", "www.vk.me", "m.vk.me"})
VIDEO_HOST: Final = "vkvideo.ru"
OTHER_SERVICES: Final = frozenset(
    {"live.vkvideo.ru", "vkplay.live", "live.vkplay.ru", "vkplay.ru", "ok.ru", "m.ok.ru", "dzen.ru"}
)
SHORT_HOSTS: Final = frozenset({"vk.cc", "www.vk.cc"})
_RESERVED_WORDS: Final = """
about ads album albums al_feed.php al_im.php apps artist audio audios away away.php badges blog board
bookmarks bugs business call calls clip clips community connect covid19 css dev doc docs edit event events
fave favorites feed feed2 fr friends games gifts groups group help im images index.php invites join js
landings legal licence live login login.php logout mail market messages mini-apps music mynetwork narrative
note notes notifications page pages people photo photos playlist podcast podcasts poll press privacy products
public publics register restore rules search services settings share share.php sitemap stats stickers story
stories support terms test topic topics uslugi video video_ext.php videos vkpay wall wall.php widget.php write
"""
RESERVED: Final = frozenset(_RESERVED_WORDS.split())
ID_DIGITS: Final = 18  # as many as the key of a source may have

HINTS: Final = {reason: str(refused(reason, "en")) for reason in RefusalReason}
_ENDINGS: Final = "app biz by cc com dev info io kz me net org ru su tv ua"
COMMON_ENDINGS: Final = frozenset(_ENDINGS.split())

PAIR_KINDS: Final = {
    "wall": (TargetKind.POST, SourceKind.WALL),
    "topic": (TargetKind.TOPIC, SourceKind.TOPIC),
    "photo": (TargetKind.PHOTO, SourceKind.PHOTO),
    "video": (TargetKind.VIDEO, SourceKind.VIDEO),
    "clip": (TargetKind.VIDEO, SourceKind.VIDEO),
    "product": (TargetKind.MARKET_ITEM, SourceKind.MARKET),
    "market": (TargetKind.MARKET_ITEM, SourceKind.MARKET),
    "album": (TargetKind.ALBUM, None),
}
ALBUM_IDS: Final = {"0": 0, "00": -7, "000": -15}

"""The calls a collector needs, written once: their parameters, VK's limits and who answers them.

Builders return `ApiCall`s, which wait in a queue and are packed; `VkApi` makes them, with several tokens
side by side when there are several.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

import httpx

from core.cache import Cache
from core.errors import ConfigurationError, VkAuthorization, VkError, VkMethodRefused
from core.models import SourceKind, SourceRef
from core.vk.client import USUAL_WAITS, Answer, Meter, RetryWaits, VkClient
from core.vk.execute import ApiCall, NotAsked, Outcome, Packer
from core.vk.paging import EMBEDDED, PAGE
from core.vk.throttle import Throttle

FIELDS: Final = "screen_name"
POSTS_PER_CALL: Final = 100
NAMES_PER_CALL: Final = 500
LISTED_WEIGHT: Final = 150

COMMENT_METHODS: Final = {
    SourceKind.WALL: "wall.getComments",
    SourceKind.TOPIC: "board.getComments",
    SourceKind.PHOTO: "photos.getComments",
    SourceKind.VIDEO: "video.getComments",
    SourceKind.MARKET: "market.getComments",
}
_ITEM_KEY: Final = {
    SourceKind.WALL: "post_id",
    SourceKind.TOPIC: "topic_id",
    SourceKind.PHOTO: "photo_id",
    SourceKind.VIDEO: "video_id",
    SourceKind.MARKET: "item_id",
}
_BY_ID: Final = {
    SourceKind.WALL: ("wall.getById", "posts"),
    SourceKind.PHOTO: ("photos.getById", "photos"),
    SourceKind.VIDEO: ("video.get", "videos"),
    SourceKind.MARKET: ("market.getById", "item_ids"),
}
THREADED: Final = frozenset({SourceKind.WALL, SourceKind.VIDEO})


def comments(
    ref: SourceRef, offset: int, *, root: int | None = None, weight: int = PAGE, access_key: str | None = None
) -> ApiCall:
    """Return the call for one page of a source's comments, or of one thread when `root` is given."""
    params: dict[str, str | int] = {
        **_owner(ref),
        _ITEM_KEY[ref.kind]: ref.item_id,
        "need_likes": 1,
        "extended": 1,
        "sort": "asc",
        "count": PAGE,
    }
    if offset:
        params["offset"] = offset
    if ref.kind is not SourceKind.TOPIC:
        params["fields"] = FIELDS
    if ref.kind is SourceKind.WALL:
        params["preview_length"] = 0
    if ref.kind in THREADED:
        params |= {"thread_items_count": EMBEDDED} if root is None else {"comment_id": root}
    if ref.kind is SourceKind.PHOTO and access_key:
        params["access_key"] = access_key
    return ApiCall(COMMENT_METHODS[ref.kind], params, max(1, weight))


def wall_posts(owner_id: int, offset: int) -> ApiCall:
    """Return the call for one page of a wall, newest first after the pinned one."""
    params: dict[str, str | int] = {"owner_id": owner_id, "count": POSTS_PER_CALL, "extended": 1}
    return ApiCall("wall.get", params | ({"offset": offset} if offset else {}), LISTED_WEIGHT)


def board_topics(owner_id: int, offset: int) -> ApiCall:
    """Return the call for one page of a board, in the order the topics were made."""
    params: dict[str, str | int] = {"group_id": -owner_id, "count": POSTS_PER_CALL, "order": -2}
    return ApiCall("board.getTopics", params | ({"offset": offset} if offset else {}), LISTED_WEIGHT)


def album_comments(owner_id: int, album_id: int, offset: int) -> ApiCall:
    """Return the call for one page of an album's comments, which name its photos; 0 means all albums."""
    params: dict[str, str | int] = {"owner_id": owner_id, "count": PAGE}
    params |= {"album_id": album_id} if album_id else {}
    return ApiCall("photos.getAllComments", params | ({"offset": offset} if offset else {}), LISTED_WEIGHT)


def described(refs: Sequence[SourceRef], keys: Sequence[str | None]) -> ApiCall:
    """Return the call that tells titles, texts and counts of up to 100 sources of one kind.

    Topics have to be of one board. `keys` are access keys, one or None per source.
    """
    kind = refs[0].kind
    if kind is SourceKind.TOPIC:
        topics = ",".join(str(ref.item_id) for ref in refs)
        return ApiCall("board.getTopics", {"group_id": -refs[0].owner_id, "topic_ids": topics}, LISTED_WEIGHT)
    method, name = _BY_ID[kind]
    ids = ",".join(
        f"{ref.owner_id}_{ref.item_id}" + (f"_{key}" if key and kind is not SourceKind.WALL else "")
        for ref, key in zip(refs, keys, strict=True)
    )
    return ApiCall(method, {name: ids, "extended": 1}, LISTED_WEIGHT)


def name(screen_name: str) -> ApiCall:
    """Return the call that tells whose a name is."""
    return ApiCall("utils.resolveScreenName", {"screen_name": screen_name})


def titles(owner_ids: Iterable[int]) -> list[ApiCall]:
    """Return the calls that tell the names of users (positive) and communities (negative)."""
    users = sorted(each for each in owner_ids if each > 0)
    groups = sorted(-each for each in owner_ids if each < 0)
    return [
        ApiCall(method, {key: ",".join(map(str, ids[start : start + NAMES_PER_CALL]))}, LISTED_WEIGHT)
        for method, key, ids in (("users.get", "user_ids", users), ("groups.getById", "group_ids", groups))
        for start in range(0, len(ids), NAMES_PER_CALL)
    ]


@dataclass(slots=True)
class VkApi:
    """VK through one or more tokens; `cache` keeps what names mean and what owners are called."""

    packers: Sequence[Packer]
    cache: Cache = field(default_factory=Cache)
    _turn: itertools.count[int] = field(default_factory=itertools.count)
    _refused: dict[int, VkAuthorization] = field(default_factory=dict)

    def packer(self) -> Packer:
        """Return the packer whose turn it is; raises VkAuthorization when no token is left."""
        alive = [packer for packer in self.packers if id(packer) not in self._refused]
        if not alive:
            raise next(iter(self._refused.values()))
        return alive[next(self._turn) % len(alive)]

    def run(
        self, calls: Sequence[ApiCall], cancel: threading.Event, meter: Meter, packer: Packer | None = None
    ) -> list[Outcome]:
        """Make the calls in one request where possible and return each one's answer or error.

        A token VK no longer takes is left aside when there is another. Raises TaskCancelled.
        """
        packer = packer or self.packer()
        outcomes = packer.run(calls, cancel, meter)
        lost = next((error for error in outcomes if is_token_lost(error)), None)
        if isinstance(lost, VkAuthorization) and len(self.packers) - len(self._refused) > 1:
            self._refused[id(packer)] = lost
            again = [place for place, outcome in enumerate(outcomes) if is_token_lost(outcome)]
            repeated = self.run([calls[place] for place in again], cancel, meter)
            for place, outcome in zip(again, repeated, strict=True):
                outcomes[place] = outcome
        return outcomes

    def all(self, calls: Sequence[ApiCall], cancel: threading.Event, meter: Meter) -> list[Outcome]:
        """Make any number of calls, one pack after the other, and return their outcomes in order."""
        outcomes: list[Outcome] = []
        while len(outcomes) < len(calls):
            packer = self.packer()
            waiting = calls[len(outcomes) :]
            some = self.run(waiting[: packer.room(waiting)], cancel, meter, packer)
            outcomes += takewhile(lambda outcome: not isinstance(outcome, NotAsked), some)
        return outcomes

    def close(self) -> None:
        """Close all connections."""
        for packer in self.packers:
            packer.client.close()


def connect(
    url: str,
    tokens: Sequence[str],
    per_second: float,
    *,
    cache: Cache | None = None,
    transport: httpx.BaseTransport | None = None,
    timeout_s: float = 30.0,
    waits: RetryWaits = USUAL_WAITS,
    throttle: Callable[[float], Throttle] = Throttle,
) -> VkApi:
    """Build the API over these tokens, each with its own `per_second`; nothing is called yet."""
    if not tokens:
        raise ConfigurationError("No VK token is given.", hint="Set VK_TOKEN.", setting="VK_TOKEN")
    clients = [
        VkClient(url, token, throttle(per_second), transport=transport, timeout_s=timeout_s, waits=waits)
        for token in tokens
    ]
    return VkApi([Packer(client) for client in clients], cache or Cache())


def is_token_lost(outcome: Answer | VkError) -> bool:
    """Tell whether an outcome means that VK takes this token for nothing any more."""
    return isinstance(outcome, VkAuthorization) and not isinstance(outcome, VkMethodRefused)


def _owner(ref: SourceRef) -> dict[str, str | int]:
    if ref.kind is SourceKind.TOPIC:
        return {"group_id": -ref.owner_id}
    return {"owner_id": ref.owner_id}

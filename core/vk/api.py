"""The calls a collector needs, written once: their parameters, VK's limits and who answers them.

Builders return `ApiCall`s, which wait in a queue and are packed; `VkApi` makes them, with several tokens
side by side when there are several.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

import httpx

from core.cache import Cache
from core.errors import ConfigurationError, TaskCancelled, VkAuthorization, VkError, VkMethodRefused
from core.metrics import Metrics
from core.models import SourceKind, SourceRef
from core.vk.client import USUAL_WAITS, Answer, Meter, RetryWaits, VkClient
from core.vk.execute import ApiCall, NotAsked, Outcome, Packer
from core.vk.paging import EMBEDDED, PAGE
from core.vk.probe import probe, state_of
from core.vk.several import SeveralTokens
from core.vk.sizes import MOST_CALLS
from core.vk.throttle import Throttle
from core.vk.tokens import Standing, TokenState, is_held
from core.vk.traffic import Traffic
from core.vk.usage import Usage, utc_now

FIELDS: Final = "screen_name"
POSTS_PER_CALL: Final = 100
NAMES_PER_CALL: Final = 500
LISTED_WEIGHT: Final = 150
LOOK_AGAIN_S: Final = 0.05

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


class VkApi(SeveralTokens):
    """VK through any number of tokens; what one of them may not do another is asked.

    `cache` keeps what names mean and what owners are called, under this VK's `address`; `usage` how much
    each token called today, `traffic` what all calls came to.
    """

    def __init__(
        self,
        packer_of: Callable[[str], Packer],
        cache: Cache,
        usage: Usage,
        traffic: Traffic,
        address: str = "",
    ) -> None:
        super().__init__(packer_of)
        self.address = address
        self.cache = cache
        self.usage = usage
        self.traffic = traffic
        self._turn = itertools.count()

    def packer(self, method: str = "") -> Packer:
        """Return the token whose turn it is; raises VkError when none may call the method now."""
        able = self.able(method)
        if not able:
            raise self.why_not(method) or NotAsked("The call has to wait.", method=method)
        return able[next(self._turn) % len(able)]

    def all(self, calls: Sequence[ApiCall], cancel: threading.Event, meter: Meter) -> list[Outcome]:
        """Make any number of calls, one pack after the other, and return their outcomes in order.

        A call that no token may make now has that error as its outcome. Raises TaskCancelled.
        """
        outcomes: dict[int, Outcome] = {}
        waiting = list(range(len(calls)))
        while waiting:
            if cancel.is_set():
                raise TaskCancelled("The task was cancelled.")
            able = self.able(calls[waiting[0]].method)
            if able:
                packer = able[next(self._turn) % len(able)]
                outcomes |= self._some(calls, waiting, packer, cancel, meter)
            elif error := self.why_not(calls[waiting[0]].method):
                outcomes[waiting[0]] = error
            else:
                cancel.wait(LOOK_AGAIN_S)
            waiting = [place for place in waiting if place not in outcomes]
        return [outcomes[place] for place in range(len(calls))]

    def tokens(self) -> list[TokenState]:
        """Return what is known of each token, to be shown."""
        return [state_of(packer, number, self.usage) for number, packer in enumerate(self.packers, start=1)]

    def probe(self, name: str | None, cancel: threading.Event) -> None:
        """Ask VK once what a token, or each, may do; what stays unanswered stays unknown."""
        for packer in self.packers:
            if name in (None, packer.token):
                probe(packer, cancel)

    def _some(
        self,
        calls: Sequence[ApiCall],
        waiting: Sequence[int],
        packer: Packer,
        cancel: threading.Event,
        meter: Meter,
    ) -> dict[int, Outcome]:
        """Make as many waiting calls as one request of this token holds; not those left to another."""
        mine = (place for place in waiting if packer.standing.may(calls[place].method))
        places = list(itertools.islice(mine, MOST_CALLS))
        places = [places[each] for each in packer.fitting([calls[place] for place in places])]
        answers = packer.run([calls[place] for place in places], cancel, meter)
        return {
            place: answer
            for place, answer in zip(places, answers, strict=True)
            if not (isinstance(answer, NotAsked) or is_held(answer))
        }


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
    clock: Callable[[], datetime] = utc_now,
    may_be_empty: bool = False,
    metrics: Metrics | None = None,
) -> VkApi:
    """Build the API over these tokens, each with its own `per_second`; nothing is called yet."""
    if not tokens and not may_be_empty:
        raise ConfigurationError("No VK token is given.", hint="Set VK_TOKEN.", setting="VK_TOKEN")
    usage, traffic = Usage(clock), Traffic(metrics)

    def packer_of(token: str) -> Packer:
        client = VkClient(
            url, token, throttle(per_second),
            transport=transport, timeout_s=timeout_s, waits=waits, usage=usage, traffic=traffic,
        )  # fmt: skip
        return Packer(client, Standing(client.token_id, clock))

    vk = VkApi(packer_of, cache or Cache(), usage, traffic, url)
    for token in tokens:
        vk.add(token)
    return vk


def is_token_lost(outcome: Answer | VkError) -> bool:
    """Tell whether an outcome means that VK takes this token for nothing any more."""
    return isinstance(outcome, VkAuthorization) and not isinstance(outcome, VkMethodRefused)


def _owner(ref: SourceRef) -> dict[str, str | int]:
    if ref.kind is SourceKind.TOPIC:
        return {"group_id": -ref.owner_id}
    return {"owner_id": ref.owner_id}

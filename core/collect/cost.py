"""What a reckoned collection costs: requests as the collector packs them, seconds, shares of daily limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from core.collect.forecast import NOTHING, Span, packed, total
from core.models import SourceKind, Target, TargetKind
from core.vk.api import COMMENT_METHODS, VkApi
from core.vk.sizes import FIRST_GUESS_BYTES, MOST_CALLS
from core.vk.usage import LIMITS

CONTENDED: Final = 1.1
REQUEST_S: Final = 2.0
WRITTEN_PER_S: Final = 5_000
USER_TOKEN: Final = "user_token"  # noqa: S105 - a name, not a token
_LISTS: Final = {
    TargetKind.WALL: "wall.get",
    TargetKind.USER: "wall.get",
    TargetKind.GROUP: "wall.get",
    TargetKind.BOARD: "board.getTopics",
    TargetKind.ALBUM: "photos.getAllComments",
}
_HELD: Final = {
    TargetKind.WALL: SourceKind.WALL,
    TargetKind.USER: SourceKind.WALL,
    TargetKind.GROUP: SourceKind.WALL,
    TargetKind.POST: SourceKind.WALL,
    TargetKind.BOARD: SourceKind.TOPIC,
    TargetKind.TOPIC: SourceKind.TOPIC,
    TargetKind.ALBUM: SourceKind.PHOTO,
    TargetKind.PHOTO: SourceKind.PHOTO,
    TargetKind.VIDEO: SourceKind.VIDEO,
    TargetKind.MARKET_ITEM: SourceKind.MARKET,
}


@dataclass(frozen=True, slots=True)
class Part:
    """What some targets come to: sources, comments, and calls by stage."""

    sources: Span = NOTHING
    comments: Span = NOTHING
    lists: Span = NOTHING
    first: Span = NOTHING
    later: Span = NOTHING
    is_exact: bool = True

    def __add__(self, other: Part) -> Part:
        return Part(
            self.sources + other.sources,
            self.comments + other.comments,
            self.lists + other.lists,
            self.first + other.first,
            self.later + other.later,
            self.is_exact and other.is_exact,
        )

    def times(self, often: float) -> Part:
        """Return the part as often as others like it were left unread, wider each time."""
        wide = Span(often * 0.3, often, often * 3)
        return Part(
            Span.exactly(often) if self.sources == Span.exactly(1) else self.sources * wide,
            self.comments * wide,
            self.lists * wide,
            self.first * wide,
            self.later * wide,
            is_exact=False,
        )


def may_read(kind: SourceKind, vk: VkApi) -> bool:
    """Tell whether some token here may read the comments of such a source, as far as is known."""
    return vk.refusal(COMMENT_METHODS[kind]) is None


def is_refused(target: Target, vk: VkApi) -> bool:
    """Tell whether no token here may ever read such a target."""
    kind = _HELD.get(target.kind) or target.source_kind
    methods = [COMMENT_METHODS[kind]] if kind in COMMENT_METHODS else []
    methods += [_LISTS[target.kind]] if target.kind in _LISTS else []
    return any(vk.refusal(method) is not None for method in methods)


def needs(targets: Sequence[Target], vk: VkApi) -> tuple[tuple[TargetKind, int, str], ...]:
    """Return what no token here may read: the kind, how many of it, and what they need."""
    kinds = [target.kind for target in targets if is_refused(target, vk)]
    return tuple((kind, kinds.count(kind), USER_TOKEN) for kind in dict.fromkeys(kinds))


def requests(part: Part, vk: VkApi) -> tuple[int, int]:
    """Return the requests: packed as well as can be, and stage by stage with some that are not full."""
    stages = (part.lists, part.first, part.later)
    calls = total(stages)
    packers = [packer for packer in vk.packers if packer.may_pack]
    if not packers:
        return ceil(calls.low * 0.95), ceil(calls.high * 1.05) + 3 * bool(calls.high)
    alone = sum(each.may_execute is not True for each in vk.tokens()) if len(vk.packers) > 1 else 0
    together = max(1, len(vk.packers) - alone)
    size = FIRST_GUESS_BYTES
    least = max(packed(calls.low, part.comments.low, size * 0.5), sum(stage.low > 0 for stage in stages[:2]))
    slowed = (together + alone) / (together + alone / MOST_CALLS) * (1.5 if alone else 1)
    most = sum(packed(stage.high, 0, size) for stage in stages) * slowed
    most = max(most, packed(calls.high, part.comments.high * 1.3, size * 1.5))
    if not any(each.may_execute for each in vk.tokens()):
        most = max(most, calls.high)  # packed calls were not tried yet, and may be refused
    return ceil(least), ceil(most * 1.07) + 3


def seconds(part: Part, asked: tuple[int, int], vk: VkApi) -> tuple[float, float]:
    """Return the seconds: at the full rate of every token, and with answers to wait for and rows to write."""
    rate = sum(packer.client.throttle.per_second for packer in vk.packers)
    least, most = asked
    stages = sum(stage.high > 0 for stage in (part.lists, part.first, part.later))
    written = part.comments.high / WRITTEN_PER_S
    if not rate:
        return 0.0, written + stages * REQUEST_S
    return max(0.0, (least - rate) / rate), most / rate * CONTENDED + stages * REQUEST_S + written


def daily(calls: Mapping[str, float], vk: VkApi) -> dict[str, float]:
    """Return the share of each limit that the fullest token will have spent."""
    shares: dict[str, float] = {}
    for method, wanted in calls.items():
        tokens = [each for each in vk.tokens() if each.methods.get(method) is not False]
        spent = max((each.calls_today.get(method, 0) for each in tokens), default=0)
        limit = min((each.limits.get(method, LIMITS[method]) for each in tokens), default=LIMITS[method])
        shares[method] = (spent + ceil(wanted / max(1, len(tokens)))) / limit
    return shares

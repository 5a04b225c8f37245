"""Asking VK once what a token may do, with calls that are answered, or refused, for what the token is.

All travel in one `execute` where the token may pack, else one by one. The object asked for need not exist:
any answer about it, and any refusal of the object, means that the method is allowed. Inside a pack VK leaves
out the subcode that tells a token without the right from a closed object, so such a call is made again alone.
"""

from __future__ import annotations

import threading
from typing import Final

from core.errors import VkAccessDenied, VkError, VkTransient
from core.vk.client import Answer, Meter
from core.vk.execute import ANYTHING, ApiCall, NotAsked, Outcome, Packer
from core.vk.tokens import EXECUTE, Kind, TokenState
from core.vk.usage import LIMITS, Usage

_WHO: Final = ApiCall("users.get", {})
_OWNER: Final[dict[str, str | int]] = {"owner_id": -1, "count": 1}
CALLS: Final = (
    ANYTHING,
    _WHO,
    ApiCall("wall.get", _OWNER),
    ApiCall("wall.getComments", {**_OWNER, "post_id": 1}),
    ApiCall("board.getComments", {"group_id": 1, "topic_id": 1, "count": 1}),
    ApiCall("photos.getComments", {**_OWNER, "photo_id": 1}),
    ApiCall("video.getComments", {**_OWNER, "video_id": 1}),
    ApiCall("market.getComments", {**_OWNER, "item_id": 1}),
)
_COMMUNITY: Final = 27
_SERVICE: Final = 28


def probe(packer: Packer, cancel: threading.Event) -> None:
    """Learn what a token may do; raises TaskCancelled. A hold or an outage leaves the rest unknown."""
    standing, meter = packer.standing, Meter()
    standing.forget()
    waiting, outcomes = list(CALLS), dict[str, Outcome]()
    while waiting and standing.may(EXECUTE if packer.may_pack else waiting[0].method):
        some = [waiting[place] for place in packer.fitting(waiting)]
        answers = packer.run(some, cancel, meter)
        outcomes |= {
            call.method: answer
            for call, answer in zip(some, answers, strict=True)
            if not isinstance(answer, NotAsked)
        }
        if any(isinstance(outcome, VkTransient) for outcome in outcomes.values()):
            break
        waiting = [call for call in waiting if _is_open(call, outcomes, packer)]
    for call in [each for each in CALLS if isinstance(outcomes.get(each.method), VkAccessDenied)]:
        if packer.may_pack and standing.may(call.method):
            outcomes[call.method] = packer.run([call], cancel, meter)[0]
    held = standing.refused("")
    away = next((each for each in outcomes.values() if isinstance(each, VkTransient)), None)
    standing.kind = _kind(outcomes, packer)
    standing.problem = held or away
    if standing.allowed or standing.barred:
        standing.checked_at = standing.now()


def state_of(packer: Packer, number: int, usage: Usage) -> TokenState:
    """Return what is known of a token, to be shown."""
    standing = packer.standing
    return TokenState(
        packer.token,
        number,
        standing.kind,
        standing.knows(EXECUTE),
        {call.method: standing.knows(call.method) for call in CALLS},
        standing.checked_at,
        standing.problem,
        usage.today(packer.token),
        dict(LIMITS),
        standing.shown_pause(),
    )


def _is_open(call: ApiCall, outcomes: dict[str, Outcome], packer: Packer) -> bool:
    """Tell whether a call still has to be made; who owns the token is clear once packs were refused."""
    packing = packer.barred.get(EXECUTE)
    is_clear = packing is not None and packing.vk_code in (_COMMUNITY, _SERVICE)
    return call.method not in {*outcomes, *packer.barred} and not (call is _WHO and is_clear)


def _kind(outcomes: dict[str, Outcome], packer: Packer) -> Kind:
    """Tell a token's kind: a user's token knows its user, a community's is refused by that name."""
    refusals = [each for each in outcomes.values() if isinstance(each, VkError)]
    codes = {error.vk_code for error in (*refusals, *packer.barred.values())}
    who = outcomes.get(_WHO.method)
    if isinstance(who, Answer) and isinstance(who.response, list) and who.response:
        return "user"
    if _COMMUNITY in codes:
        return "community"
    if _SERVICE in codes or _WHO.method in packer.standing.allowed:
        return "service"
    return "unknown"

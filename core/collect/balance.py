"""The balance sheet: what VK declared, what came, what was refused, and the verdict.

A source is complete only when every level balances: the roots, each thread, and the whole as VK counts it.
Refused is never complete, and closed is not empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from core.balances import SourceBalance
from core.collect.plan import SourcePlan
from core.errors import (
    VkAccessDenied,
    VkCommentsClosed,
    VkDailyLimit,
    VkError,
    VkHumanNeeded,
    VkMethodRefused,
    VkNotFound,
    VkProtocol,
    VkTransient,
)
from core.models import Pause, Refused, SourceState, Target
from core.templates import Reason

EndState = Literal["succeeded", "partial", "failed"]
_UNREAD = (VkTransient, VkProtocol, VkDailyLimit, VkHumanNeeded)
_OTHER_KIND = "Use a token of another kind: a service key reads walls and boards, a user token everything."
_USABLE = frozenset({SourceState.COMPLETE, SourceState.EMPTY})


@dataclass(frozen=True, slots=True)
class TargetRefusal:
    """A target VK refused as a whole, such as a closed wall."""

    target: Target
    error: VkError

    def as_dict(self) -> dict[str, Any]:
        """Return the refusal ready for JSON."""
        return {
            "input": self.target.input,
            "kind": str(self.target.kind),
            "owner_id": self.target.owner_id,
            "code": self.error.code,
            "refused_code": self.error.vk_code,
        }


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """What one collection did; `fault` is what stopped or failed it, None when nothing did."""

    sources: tuple[SourceBalance, ...]
    refused: tuple[Refused, ...]
    refused_targets: tuple[TargetRefusal, ...]
    calls: int
    requests: int
    retries: int
    bytes: int
    state: EndState
    fault: VkError | None = None
    refresh: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, int] = field(default_factory=dict)
    pause: Pause | None = None

    @property
    def error(self) -> str | None:
        """Return the code of what stopped or failed it."""
        return None if self.fault is None else self.fault.code

    @property
    def collected(self) -> int:
        """Return how many comments came."""
        return sum(each.collected for each in self.sources)

    @property
    def declared(self) -> int:
        """Return how many comments VK declares, where it does."""
        return sum(each.declared or 0 for each in self.sources)

    def as_dict(self) -> dict[str, Any]:
        """Return the sheet ready for JSON."""
        states = [each.state for each in self.sources]
        return {
            "state": self.state,
            "error": self.error,
            "declared": self.declared,
            "collected": self.collected,
            "calls": self.calls,
            "requests": self.requests,
            "retries": self.retries,
            "bytes": self.bytes,
            "states": {str(state): states.count(state) for state in SourceState if state in states},
            "sources": [each.as_dict() for each in self.sources],
            "refused": [{"input": each.input, "reason": str(each.reason)} for each in self.refused],
            "refused_targets": [each.as_dict() for each in self.refused_targets],
            "refresh": dict(self.refresh),
            "changes": dict(self.changes),
            "pause": _paused(self.pause),
        }


def balance(plan: SourcePlan, error: VkError | None, *, is_finished: bool) -> SourceBalance:
    """Judge one source from its plan and the error that ended it, if one did."""
    missing = plan.missing_threads
    unread = plan.known.placeholders if plan.known and plan.unread else 0
    return SourceBalance(
        ref=plan.ref,
        title=plan.title,
        state=_verdict(plan, error, missing, is_finished=is_finished),
        listed=plan.listed,
        declared=plan.declared,
        declared_level=plan.roots.declared,
        roots=len(plan.roots.seen),
        replies=plan.replies,
        tombstones=plan.tombstones,
        placeholders=max(plan.placeholders, unread),
        collected=plan.collected,
        refused_code=error.vk_code if error else 0,
        missing_roots=plan.roots.missing,
        missing_threads=tuple(sorted(missing.items())),
        reason=Reason(error.template, error.params) if error else plan.failure or _unplaced(plan, missing),
        error_code=error.code if error else "",
        reading=plan.reading,
        calls=plan.calls,
        retries=plan.retries,
        bytes=plan.bytes,
    )


def _unplaced(plan: SourcePlan, missing: dict[int, int]) -> Reason | None:
    """Say that VK counts more than its own levels hold, where no level lacks anything."""
    lacks = (plan.declared or 0) - plan.collected
    if lacks <= 0 or missing or plan.roots.missing or not plan.is_done:
        return None
    return Reason(
        "VK counts {lacks} more in all than its first level and its threads together.", {"lacks": lacks}
    )


def verdict(
    sources: Sequence[SourceBalance],
    refused: Sequence[Refused],
    refused_targets: Sequence[TargetRefusal],
    stopped_by: VkError | None,
) -> tuple[EndState, VkError | None]:
    """Return how the whole collection ended, and the error that stopped or failed it."""
    if stopped_by is not None:
        return "partial", stopped_by
    lost = [each for each in sources if each.state in (SourceState.REFUSED, SourceState.CLOSED)]
    is_nothing_usable = len(lost) == len(sources) and bool(lost or refused or refused_targets)
    if is_nothing_usable:
        return "failed", _why(lost, refused, refused_targets)
    if refused or refused_targets or any(each.state not in _USABLE for each in sources):
        return "partial", None
    return "succeeded", None


def _verdict(
    plan: SourcePlan, error: VkError | None, missing: dict[int, int], *, is_finished: bool
) -> SourceState:
    if error is not None and not plan.collected:
        if isinstance(error, VkCommentsClosed):
            return SourceState.CLOSED
        return SourceState.PARTIAL if isinstance(error, _UNREAD) else SourceState.REFUSED
    if error is not None or not is_finished or plan.failure:
        return SourceState.PARTIAL
    if missing or plan.roots.missing or (plan.declared or 0) > plan.collected:
        return SourceState.PARTIAL
    return SourceState.COMPLETE if plan.collected else SourceState.EMPTY


def _why(
    lost: Sequence[SourceBalance], refused: Sequence[Refused], targets: Sequence[TargetRefusal]
) -> VkError:
    codes = {each.error_code for each in lost} | {each.error.code for each in targets}
    if refused:
        codes.add(VkNotFound.code)
    if codes == {VkNotFound.code}:
        return VkNotFound(
            "Nothing was found under these links.",
            hint="Check the links and names: they may be misspelt, deleted or closed.",
        )
    if codes == {VkCommentsClosed.code}:
        return VkCommentsClosed("Comments are closed everywhere here.", hint="There is nothing to collect.")
    if codes == {VkMethodRefused.code}:
        return VkAccessDenied(
            "This token may not read any of these.",
            hint=_OTHER_KIND,
        )
    return VkAccessDenied(
        "VK denied access to everything here.", hint="Use the token of somebody who may see these pages."
    )


def _paused(pause: Pause | None) -> dict[str, Any] | None:
    if pause is None:
        return None
    return {
        "reason": str(pause.reason),
        "link": pause.link,
        "is_image": pause.is_image,
        "until": pause.until and pause.until.isoformat().replace("+00:00", "Z"),
    }

"""Names -> owners, and what owners are called: asked of VK once and kept in the API's cache."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from core.cache import MISSING, Missing, Space, json_of
from core.errors import TaskCancelled, VkError, VkNotFound
from core.links import HINTS, Recognised
from core.models import RefusalReason, Refused, Target, TargetKind
from core.vk import api, parse
from core.vk.api import VkApi
from core.vk.client import Meter
from core.vk.execute import Outcome

Owner = tuple[str, int]


def _owner(kept: Any) -> Owner:
    kind, number = kept
    if isinstance(kind, str) and isinstance(number, int):
        return kind, number
    raise ValueError("This is no owner.")


def _title(kept: Any) -> str:
    if isinstance(kept, str):
        return kept
    raise ValueError("This is no title.")


NAMES: Final = Space("vk_names", ttl_s=6 * 3600.0, codec=json_of(_owner))
"""(VK's address, name) -> whose it is. A name may pass to another owner: it is asked again the same day."""
TITLES: Final = Space("vk_titles", ttl_s=24 * 3600.0, codec=json_of(_title))
"""(VK's address, owner) -> what it is called."""
GROUP_TYPES: Final = frozenset({"group", "page", "event"})


def resolve(found: Recognised, vk: VkApi) -> Recognised:
    """Return the targets with names turned into owners, and with what their owners are called.

    Raises VkError when VK does not answer.
    """
    cancel, meter = threading.Event(), Meter()
    known = resolve_names(found, vk, cancel, meter)
    shown = titles([each.owner_id for each in known.targets if each.owner_id], vk, cancel, meter)
    named = (replace(each, title=each.title or shown.get(each.owner_id or 0)) for each in known.targets)
    return Recognised(tuple(named), known.refused)


def resolve_names(
    found: Recognised,
    vk: VkApi,
    cancel: threading.Event,
    meter: Meter,
    known: Mapping[str, Owner] = MappingProxyType({}),
) -> Recognised:
    """Return the targets with every name turned into its owner; each owner stands once.

    `known` are owners of names that need not be asked for. Unknown names and names of applications move
    to the refusals. Raises VkError, TaskCancelled.
    """
    if known:
        vk.cache.keep_many(NAMES, {_place(vk, name): owner for name, owner in known.items()})
    owners = _owners([each.name for each in found.targets if each.name], vk, cancel, meter)
    targets: dict[tuple[object, ...], Target] = {}
    refused = list(found.refused)
    for target in found.targets:
        owned = target if target.name is None else _owned(target, owners[target.name])
        if isinstance(owned, Refused):
            refused.append(owned)
        else:
            identity = (owned.kind, owned.owner_id, owned.item_id, owned.comment_id, owned.source_kind)
            targets.setdefault(identity, owned)
    return Recognised(tuple(targets.values()), tuple(refused))


def names_in(found: Recognised, vk: VkApi) -> dict[str, Owner]:
    """Return what the names among the targets are known to mean, without asking."""
    kept = _kept({each.name for each in found.targets if each.name}, vk)
    return {each: owner for each, owner in kept.items() if owner is not None and owner is not MISSING}


def titles(owner_ids: Sequence[int], vk: VkApi, cancel: threading.Event, meter: Meter) -> dict[int, str]:
    """Return what users (positive) and communities (negative) are called, as far as VK tells."""
    kept = vk.cache.kept_many(TITLES, {(vk.address, each) for each in owner_ids})
    shown = {each: title for (_, each), title in kept.items() if isinstance(title, str)}
    unknown = {each for (_, each), title in kept.items() if title is MISSING}
    told: dict[int, str] = {}
    outcomes = vk.all(api.titles(unknown), cancel, meter)
    for outcome in outcomes:
        if not isinstance(outcome, VkError):
            told |= parse.people(outcome.response)
    is_all = not any(isinstance(outcome, VkError) for outcome in outcomes)
    nameless = dict.fromkeys(unknown - told.keys()) if is_all else {}
    found: dict[int, str | None] = {**told, **nameless}
    vk.cache.keep_many(TITLES, {(vk.address, owner_id): title for owner_id, title in found.items()})
    return shown | told


def _owners(
    names: Sequence[str], vk: VkApi, cancel: threading.Event, meter: Meter
) -> dict[str, Owner | None]:
    """Return whose the names are, None for those that VK does not know; that is kept as well, for a while."""
    kept = _kept(names, vk)
    unknown = [each for each, owner in kept.items() if owner is MISSING]
    owners = {each: owner for each, owner in kept.items() if owner is not MISSING}
    found: dict[str, Owner | None] = {}
    outcomes = vk.all([api.name(each) for each in unknown], cancel, meter)
    try:
        for screen_name, outcome in zip(unknown, outcomes, strict=True):
            found[screen_name] = _resolved(outcome, cancel)
    finally:
        vk.cache.keep_many(NAMES, {_place(vk, name): owner for name, owner in found.items()})
    return owners | found


def _resolved(outcome: Outcome, cancel: threading.Event) -> Owner | None:
    if isinstance(outcome, VkNotFound):
        return None
    if isinstance(outcome, VkError):
        if cancel.is_set():
            raise TaskCancelled("The task was cancelled.") from outcome
        raise outcome
    return parse.resolved(outcome.response)


def _kept(names: Iterable[str], vk: VkApi) -> dict[str, Owner | Missing | None]:
    """Return what is kept of the names; MISSING for those that VK has to be asked for."""
    places = {each: _place(vk, each) for each in names}
    kept = vk.cache.kept_many(NAMES, places.values())
    return {each: kept[place] for each, place in places.items()}


def _place(vk: VkApi, name: str) -> tuple[str, str]:
    """Return the key of a name: each VK, the synthetic one too, has names of its own."""
    return vk.address, name.casefold()


def _owned(target: Target, owner: Owner | None) -> Target | Refused:
    if owner is None:
        return Refused(target.input, RefusalReason.UNKNOWN_NAME, HINTS[RefusalReason.UNKNOWN_NAME])
    kind, number = owner
    if kind == "user":
        return replace(target, kind=TargetKind.USER, owner_id=number, name=None)
    if kind in GROUP_TYPES:
        return replace(target, kind=TargetKind.GROUP, owner_id=-abs(number), name=None)
    return Refused(target.input, RefusalReason.UNSUPPORTED, HINTS[RefusalReason.UNSUPPORTED])

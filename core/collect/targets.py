"""Names -> owners, and what owners are called: asked of VK once and kept in the API's cache."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from core.errors import TaskCancelled, VkError, VkNotFound
from core.links import HINTS, Recognised
from core.models import RefusalReason, Refused, Target, TargetKind
from core.vk import api, parse
from core.vk.api import VkApi
from core.vk.client import Meter

NAMES: Final = "vk_names"
TITLES: Final = "vk_titles"
KEPT_S: Final = 24 * 3600.0
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
    known: Mapping[str, tuple[str, int]] = MappingProxyType({}),
) -> Recognised:
    """Return the targets with every name turned into its owner; each owner stands once.

    `known` are owners of names that need not be asked for. Unknown names and names of applications move
    to the refusals. Raises VkError, TaskCancelled.
    """
    for screen_name, owner in known.items():
        vk.cache.keep(NAMES, screen_name.casefold(), owner, KEPT_S)
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


def names_in(found: Recognised, vk: VkApi) -> dict[str, tuple[str, int]]:
    """Return what the names among the targets are known to mean, without asking."""
    names = {each.name for each in found.targets if each.name}
    kept = {each: vk.cache.kept(NAMES, each.casefold()) for each in names}
    return {each: owner for each, owner in kept.items() if owner is not None}


def titles(owner_ids: Sequence[int], vk: VkApi, cancel: threading.Event, meter: Meter) -> dict[int, str]:
    """Return what users (positive) and communities (negative) are called, as far as VK tells."""
    shown = {each: title for each in owner_ids if (title := vk.cache.kept(TITLES, each)) is not None}
    calls = api.titles({each for each in owner_ids if each not in shown})
    for outcome in vk.all(calls, cancel, meter):
        if isinstance(outcome, VkError):
            continue
        for owner_id, title in parse.people(outcome.response).items():
            vk.cache.keep(TITLES, owner_id, title, KEPT_S)
            shown[owner_id] = title
    return shown


def _owners(
    names: Sequence[str], vk: VkApi, cancel: threading.Event, meter: Meter
) -> dict[str, tuple[str, int] | None]:
    owners = {each: vk.cache.kept(NAMES, each.casefold()) for each in names}
    unknown = [each for each, owner in owners.items() if owner is None]
    for screen_name, outcome in zip(
        unknown, vk.all([api.name(each) for each in unknown], cancel, meter), strict=True
    ):
        if isinstance(outcome, VkNotFound):
            continue
        if isinstance(outcome, VkError):
            if cancel.is_set():
                raise TaskCancelled("The task was cancelled.") from outcome
            raise outcome
        owner = parse.resolved(outcome.response)
        if owner is not None:
            vk.cache.keep(NAMES, screen_name.casefold(), owner, KEPT_S)
            owners[screen_name] = owner
    return owners


def _owned(target: Target, owner: tuple[str, int] | None) -> Target | Refused:
    if owner is None:
        return Refused(target.input, RefusalReason.UNKNOWN_NAME, HINTS[RefusalReason.UNKNOWN_NAME])
    kind, number = owner
    if kind == "user":
        return replace(target, kind=TargetKind.USER, owner_id=number, name=None)
    if kind in GROUP_TYPES:
        return replace(target, kind=TargetKind.GROUP, owner_id=-abs(number), name=None)
    return Refused(target.input, RefusalReason.UNSUPPORTED, HINTS[RefusalReason.UNSUPPORTED])

"""What a refresh found, what it left unread, and how many edits may be among that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from core.wording import Lang, count, number, percent, say
from core.wording.amounts import listed

KINDS: Final = ("new", "edited", "deleted", "restored")


def sentences(sheet: Mapping[str, Any], lang: Lang) -> list[str]:
    """Return what a collection changed, and for one that read only a part, what that part proves."""
    refresh = sheet.get("refresh") or {}
    if not _read_before(sheet, refresh):
        return []
    told = [changed(sheet.get("changes") or {}, lang)]
    if unmoved := int(refresh.get("unmoved") or 0):
        told.append(say("refreshed.unmoved", lang, sources=count(unmoved, "sources", lang)))
    told += _sampled(refresh.get("sample") or {}, lang)
    if requests := int(refresh.get("requests") or 0):
        told.append(say("refreshed.cost", lang, requests=count(requests, "requests", lang)))
    return told


def changed(changes: Mapping[str, Any], lang: Lang) -> str:
    """Say how many comments are new, edited, deleted and restored; kinds that did not occur are left out."""
    parts = [
        say(f"changes.{kind}", lang, n=number(int(changes[kind]), lang))
        for kind in KINDS
        if changes.get(kind)
    ]
    return say("changes.found", lang, what=listed(parts, lang)) if parts else say("changes.none", lang)


def _read_before(sheet: Mapping[str, Any], refresh: Mapping[str, Any]) -> bool:
    """Tell whether there was anything to compare with: a first collection has no changes to tell."""
    if any(source.get("reading") in {"moved", "unmoved"} for source in sheet.get("sources", ())):
        return True
    changes = sheet.get("changes") or {}
    is_partial = bool(refresh.get("unmoved") or refresh.get("sampled"))
    return is_partial or any(changes.get(kind) for kind in KINDS[1:])


def _sampled(sample: Mapping[str, Any], lang: Lang) -> list[str]:
    rate = sample.get("edit_rate")
    if not rate or not sample.get("comments"):
        return []
    low, middle, high = (float(each) for each in rate)
    edited = int(sample.get("edited") or 0)
    told = [
        say(
            "refreshed.rate" if edited else "refreshed.rate.none",
            lang,
            n=number(int(sample["comments"]), lang),
            edited=number(edited, lang),
            rate=percent(middle, lang),
            low=percent(low, lang),
            high=percent(high, lang),
        )
    ]
    unseen = sample.get("unseen_edits")
    if unseen and unseen[1]:
        unread = number(int(sample.get("unread_comments") or 0), lang)
        first, last = (round(float(each)) for each in unseen)
        key = "refreshed.unseen" if first else "refreshed.unseen.most"
        told.append(say(key, lang, low=number(first, lang), high=number(last, lang), unread=unread))
    return told

"""What a source lacks, by name: its top-level comments, and the threads as links to VK."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from core.wording import Lang, count, number, say

NAMED: Final = 5
"""So many threads of a source are named; the rest are counted."""

PLACES: Final = {"topic": ("topic", "post"), "market": ("product", "reply")}


def link(comment_key: str) -> str:
    """Return the address at VK of a comment: `wall:-1_2:3` is https://vk.com/wall-1_2?reply=3."""
    kind, place, comment = comment_key.split(":")
    word, parameter = PLACES.get(kind, (kind, "reply"))
    return f"https://vk.com/{word}{place}?{parameter}={comment}"


def amount(source: Mapping[str, Any]) -> int:
    """Return how many comments a source lacks: what its levels lack, or what the whole does."""
    levels = int(source.get("missing_roots") or 0) + sum(
        int(thread["missing"]) for thread in source.get("missing_threads", ())
    )
    whole = int(source.get("declared") or 0) - int(source.get("collected") or 0)
    return max(levels, whole, 0)


def named(source: Mapping[str, Any], lang: Lang) -> str:
    """Return, as Markdown, what a source lacks; empty when no level says what."""
    parts = []
    if roots := int(source.get("missing_roots") or 0):
        parts.append(say("balance.missing.roots", lang, n=number(roots, lang)))
    threads = sorted(source.get("missing_threads", ()), key=lambda each: -int(each["missing"]))
    for thread in threads[:NAMED]:
        key = str(thread["comment_key"])
        name = say("balance.missing.thread", lang, id=key.rpartition(":")[2])
        replies = count(int(thread["missing"]), "replies", lang)
        parts.append(say("balance.missing.replies", lang, thread=f"[{name}]({link(key)})", replies=replies))
    if len(threads) > NAMED:
        parts.append(say("balance.more", lang, n=count(len(threads) - NAMED, "threads", lang)))
    return say("balance.missing", lang, what="; ".join(parts)) if parts else ""

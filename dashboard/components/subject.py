"""What a task or a schedule is about, in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.wording import Lang, number, say


def summary(lang: Lang, targets: Sequence[str]) -> str:
    """Say what a collection is about: its first link, and how many more."""
    if not targets:
        return ""
    first = targets[0].removeprefix("https://")
    return (
        first if len(targets) == 1 else say("chip.more", lang, first=first, n=number(len(targets) - 1, lang))
    )


def named(params: Mapping[str, Any], lang: Lang) -> str:
    """Say what a task's parameters are about: its links, or its file."""
    if "targets" in params:
        return summary(lang, list(params["targets"]))
    return str(params.get("file", ""))

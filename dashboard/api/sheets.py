"""What a collection made, in the reader's language: it is kept as codes and templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.models import Pause, PauseReason
from core.templates import Reason
from core.wording import Lang, pauses
from core.wording.faults import because, by_code, refused


def pause_in_words(pause: Pause, lang: Lang) -> str:
    """Say what a pause waits for and what a person can do, as the page does."""
    return f"{pauses.why(pause, lang)} {pauses.remedy(pause, lang)}"


def sheet_in_words(sheet: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """Return a balance sheet with its sentences; those that an older version finished give way."""
    return {
        **sheet,
        "sources": [_source(each, lang) for each in sheet.get("sources", ())],
        "refused": [
            {**each, "hint": str(refused(each["reason"], lang))} for each in sheet.get("refused", ())
        ],
        "refused_targets": [_target(each, lang) for each in sheet.get("refused_targets", ())],
        "pause": _pause(sheet.get("pause"), lang),
    }


def _source(source: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    kept = source.get("reason") or ""
    reason = Reason.kept(**kept) if isinstance(kept, Mapping) else Reason.kept(kept)
    return {**source, "reason": because(reason, source.get("error_code", ""), lang)}


def _target(target: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    said = by_code(target["code"], lang)
    return {**target, "detail": said.what, "hint": said.remedy}


def _pause(kept: Mapping[str, Any] | None, lang: Lang) -> dict[str, Any] | None:
    if kept is None:
        return None
    pause = Pause(PauseReason(kept["reason"]), is_image=kept["is_image"])
    return {**kept, "detail": pause_in_words(pause, lang)}

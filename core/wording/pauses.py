"""Why work waits, until when, and what a person can do: the same words on the page and in the API."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from core.models import Pause, PauseReason
from core.wording import dates
from core.wording.amounts import Lang
from core.wording.catalogue import say

BY_ITSELF: Final = frozenset({PauseReason.DAILY_LIMIT, PauseReason.FLOOD_CONTROL})


def why(pause: Pause, lang: Lang) -> str:
    """Say in one sentence what VK wants."""
    return say(f"pause.{pause.reason}", lang)


def remedy(pause: Pause, lang: Lang) -> str:
    """Say what a person can do about it."""
    return say(f"pause.{pause.reason}.do" + (".image" if pause.is_image else ""), lang)


def waiting(pause: Pause, lang: Lang, tz: str, now: datetime) -> str:
    """Say until when it waits by itself; empty when it waits for a person."""
    if pause.until is None:
        return say("pause.soon", lang) if pause.reason in BY_ITSELF else ""
    if pause.until <= now:
        return say("pause.soon", lang)
    zone = ZoneInfo(tz)
    local = pause.until.astimezone(zone)
    is_today = local.date() == now.astimezone(zone).date()
    moment = f"{local:%H:%M}" if is_today else dates.moment(local, lang)
    return say("pause.until", lang, moment=moment)

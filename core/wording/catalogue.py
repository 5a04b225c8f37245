"""Look a sentence up by key and language, and put its values in."""

from __future__ import annotations

import re
from typing import Final

from core.wording.amounts import Lang
from core.wording.phrases import (
    analyses,
    analyses_attention,
    analyses_contrast,
    analyses_copies,
    analyses_lexis,
    analyses_mood,
    analyses_page,
    analyses_replies,
    analyses_service,
    analyses_themes,
    balance,
    board,
    coding,
    collect,
    comments,
    export,
    failures,
    filters,
    findings,
    findings_unclear,
    first,
    importing,
    overview,
    pages,
    reader,
    saved,
    shell,
    system,
    tasks,
    tokens,
)

LANGS: Final[tuple[Lang, ...]] = ("ru", "en")

_SUBJECTS = (
    *(shell, system, filters, collect, tokens, tasks, balance),
    *(importing, board, overview, comments, reader, export, failures, analyses, coding, saved, first),
    *(analyses_attention, analyses_contrast, analyses_copies, analyses_lexis),
    *(analyses_mood, analyses_page, analyses_replies, analyses_service, analyses_themes),
    *(findings, findings_unclear, pages),
)
PHRASES: Final[dict[str, tuple[str, str]]] = {
    key: pair for subject in _SUBJECTS for key, pair in subject.PHRASES.items()
}

_RUSSIAN: Final = frozenset({"ru", "uk", "be", "kk", "tt", "ky"})
_SPOKEN: Final = _RUSSIAN | {"en", "*"}
_SHARE: Final = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", re.ASCII | re.IGNORECASE)


def say(key: str, lang: Lang, /, **values: object) -> str:
    """Return the sentence of a key with its values in place; an unknown key is a defect (KeyError)."""
    english, russian = PHRASES[key]
    template = russian if lang == "ru" else english
    return template.format(**values) if values else template


def has(key: str) -> bool:
    """Tell whether a key is in the catalogue."""
    return key in PHRASES


def language(locale: str | None) -> Lang:
    """Choose a language for a locale of a browser or a terminal: Russian for Russians and neighbours."""
    name = (locale or "").lower().replace("_", "-").split("-")[0]
    return "ru" if name in _RUSSIAN else "en"


def accepted(header: str | None) -> Lang:
    """Choose a language for an Accept-Language header: the most wanted that is spoken here, else English."""
    best, wanted = 0.0, "en"
    for part in (header or "").split(","):
        tag, _, rest = part.strip().partition(";")
        name = tag.strip().lower().split("-")[0]
        share = _share(rest)
        if name in _SPOKEN and share > best:
            best, wanted = share, name
    return language(wanted)


def _share(text: str) -> float:
    """Return the q of a part of the header, 0 (not wanted) for what is none."""
    found = _SHARE.fullmatch(text)
    if text.strip() and found is None:
        return 0.0
    return float(found[1]) if found else 1.0

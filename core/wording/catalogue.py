"""Look a sentence up by key and language, and put its values in."""

from __future__ import annotations

from typing import Final

from core.wording.amounts import Lang
from core.wording.phrases import (
    balance,
    collect,
    comments,
    export,
    failures,
    filters,
    importing,
    overview,
    shell,
    tasks,
    tokens,
)

LANGS: Final[tuple[Lang, ...]] = ("ru", "en")

_SUBJECTS = (
    *(shell, filters, collect, tokens, tasks, balance),
    *(importing, overview, comments, export, failures),
)
PHRASES: Final[dict[str, tuple[str, str]]] = {
    key: pair for subject in _SUBJECTS for key, pair in subject.PHRASES.items()
}


def say(key: str, lang: Lang, /, **values: object) -> str:
    """Return the sentence of a key with its values in place; an unknown key is a defect (KeyError)."""
    english, russian = PHRASES[key]
    template = russian if lang == "ru" else english
    return template.format(**values) if values else template


def has(key: str) -> bool:
    """Tell whether a key is in the catalogue."""
    return key in PHRASES


def language(locale: str | None) -> Lang:
    """Choose a language for a browser's locale: Russian for Russian readers and their neighbours."""
    return "ru" if (locale or "").lower().split("-")[0] in {"ru", "uk", "be", "kk", "tt", "ky"} else "en"

"""Every analysis there is, by name: a new one is a module that describes it, and a row here."""

from __future__ import annotations

from typing import Final

from core.analysis import (
    attention,
    contrast,
    copies,
    lexis,
    mood,
    ranking,
    replies,
    rhythm,
    service,
    spread,
    themes,
    unevenness,
    volume,
)
from core.analysis.described import Analysis
from core.errors import QueryError

_ROWS: Final = (
    volume.ANALYSIS,
    rhythm.ANALYSIS,
    ranking.SOURCES,
    ranking.AUTHORS,
    spread.LIKES,
    spread.REPLIES,
    unevenness.ANALYSIS,
    *attention.ANALYSES,
    *lexis.ANALYSES,
    *mood.ANALYSES,
    *themes.ANALYSES,
    *replies.ANALYSES,
    *copies.ANALYSES,
    *service.ANALYSES,
    *contrast.ANALYSES,
)
ANALYSES: Final[dict[str, Analysis]] = {each.name: each for each in _ROWS}


def named(name: object) -> Analysis:
    """Return the analysis of that name; raises QueryError."""
    if not isinstance(name, str) or name not in ANALYSES:
        raise QueryError(
            "There is no analysis '{value}'.",
            hint="It is one of: {allowed}.",
            key="name",
            value=str(name)[:200],
            allowed=", ".join(ANALYSES),
        )
    return ANALYSES[name]

"""Whether a finding survives: the same result again, by the rule of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.analysis.contrast.headlines import Headline
from core.analysis.described import Cell
from core.analysis.stats.intervals import Estimate

ALIKE: Final = 0.7
"""Ranks that correlate at least so much are the same finding."""
RULES: Final = {
    "mood_balance": "same sign",
    "top_words": "rank correlation",
    "busiest_hour": "same hour",
    "top_source_share": "same source",
}
OVERLAP: Final = "overlapping intervals"


def rule_of(finding: str) -> str:
    """Return by which rule a finding is judged."""
    return RULES.get(finding, OVERLAP)


def holds(finding: str, before: Headline, now: Headline) -> bool | None:
    """Tell whether a result is the same finding as before; None where there is too little to say."""
    if before.found is None or now.found is None:
        return None
    match rule_of(finding):
        case "same sign":
            return _sign(before.found) == _sign(now.found)
        case "rank correlation":
            return now.found.value >= ALIKE
        case "same hour":
            apart = abs(before.found.value - now.found.value) % 24
            return min(apart, 24 - apart) <= 1
        case "same source":
            return before.names == now.names
    return before.found.low <= now.found.high and now.found.low <= before.found.high


def told(
    variant: str, against: str, before: Sequence[Headline], now: Sequence[Headline]
) -> list[dict[str, Cell]]:
    """Return a row for each finding of a variant, judged against the same finding before."""
    by_name = {each.finding: each for each in before}
    return [_row(variant, against, by_name[each.finding], each) for each in now]


def _row(variant: str, against: str, before: Headline, now: Headline) -> dict[str, Cell]:
    found = holds(now.finding, before, now) if against else None
    said = {True: "holds", False: "changes", None: "too few to say"}[found]
    is_known = now.found is not None
    return {
        "finding": now.finding,
        "variant": variant,
        "against": against or None,
        **_ends(now),
        "n": now.n,
        "names": now.names,
        "rule": rule_of(now.finding),
        "holds": found,
        "verdict": said if against or not is_known else "the finding",
    }


def _ends(now: Headline) -> dict[str, Cell]:
    if now.found is None:
        return {"value": None, "low": None, "high": None}
    if now.finding == "busiest_hour":
        return {"value": now.found.value, "low": None, "high": None}
    return {"value": now.found.value, "low": now.found.low, "high": now.found.high}


def _sign(found: Estimate) -> int:
    """Return the sign of a value, 0 where its interval holds 0."""
    return int(found.low > 0) - int(found.high < 0)

"""What a chart found, in one sentence: its title. Without words for it, it is called by what it is of.

A title is about all that is drawn, as the caption beside it. It says no more than the figures do: the highest
estimate is called the most only where its interval lies above those of all others; else one that lies above
what is usual is called that; else none stands out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist, median
from typing import Final

from core.wording import Lang, has, say
from core.wording.amounts import NOUNS, noun_form
from core.wording.filters import shortened
from dashboard.charts import picks, verdicts
from dashboard.charts.drawings import LINES, Drawing, Row, Told, blank, label, when, worth
from dashboard.charts.groups import largest

LONGEST: Final = 60
HIGHEST: Final = frozenset({
    "changes", "response_times", "topics_over", "labels", "engagement_by_source", "author_activity",
})  # fmt: skip
"""Analyses whose rows stand in an order of their own, not by what is drawn."""
GROUPED: Final = frozenset({"mood", "changes", "response_times", "topics_over"})
"""Analyses that compare groups: one group alone has nothing to stand out from."""
NONE_OF: Final = {"engagement_by_source": "source", "author_activity": "author"}
"""What the rows of an analysis are that has no parameter for it."""
FEWEST: Final = 3
"""Of fewer others nothing is usual."""
COUNTED: Final = {"bursts": "times"}
"""What the drawn number counts, where its sentence has a noun beside it."""
CORRECTED: Final = "_corrected"


@dataclass(frozen=True, slots=True)
class Finding:
    """What rows show, in words, and the row that the words are about, where they are about one.

    The words are empty where there are none for it, or nothing to say.
    """

    text: str = ""
    row: Row | None = None


def finding(drawing: Drawing, rows: Sequence[Row], told: Told) -> Finding:
    """Return what the rows of a drawing show."""
    name = told.name.partition(".")[0]
    known = _known(drawing, rows)
    if not known:
        return Finding()
    if name in verdicts.OWN:
        said = verdicts.OWN[name](drawing, drawing.shown(known), told)
        if said is not None:
            return Finding(said)
    phrase = _phrase(drawing, told, name)
    if not phrase or (drawing.kind == "time" and len(known) < 2):
        return Finding()
    named = [row for row in known if _has_name(drawing, row, told)] or known
    if drawing.low and name in GROUPED and len(named) < 2:
        return Finding()
    row = _row(drawing, drawing.shown(named), name)
    found = Finding(_told(phrase, row, drawing, told, name), row)
    if drawing.low and has(f"{phrase}.same"):
        if not _is_clear(drawing, row, named):
            found = _unclear(phrase, drawing, named, told, name)
    elif _is_tied(drawing, row, drawing.shown(known)):
        found = Finding(say("finding.tied", told.lang, found=found.text))
    if not drawing.value.endswith(CORRECTED):
        return found
    return replace(found, text=say("finding.corrected", told.lang, found=found.text))


def _known(drawing: Drawing, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that have a value, of the lines that are drawn."""
    kept = drawing.kept(rows)
    if drawing.split:
        drawn = largest(kept, drawing.split, len(LINES))
        kept = [row for row in kept if row.get(drawing.split) in drawn]
    return [row for row in kept if row.get(drawing.value) is not None]


def _row(drawing: Drawing, named: Sequence[Row], name: str) -> Row:
    """Return the row that a title is about: the highest, or the first that has a name."""
    if drawing.kind in {"time", "curve"} or name in HIGHEST:
        return max(named, key=lambda each: float(each[drawing.value]))
    return named[0]


def _has_name(drawing: Drawing, row: Row, told: Told) -> bool:
    """Tell whether a row is about something: what belongs to no topic is not."""
    nothing = blank(drawing, told.lang)
    return not nothing or not label(drawing, row, told).endswith(nothing)


def _told(phrase: str, row: Row, drawing: Drawing, told: Told, name: str, *, usual: str = "") -> str:
    value = worth(drawing, row[drawing.value], told.lang)
    return say(
        phrase,
        told.lang,
        label=label(drawing, row, told, longest=LONGEST),
        value=value,
        when=when(row.get(drawing.x), told) if drawing.x else "",
        group=shortened(str(row.get(drawing.split)), LONGEST) if drawing.split else "",
        noun=_noun(value, COUNTED[name], told.lang) if name in COUNTED else "",
        none=_none(told, name),
        usual=usual,
    )


def _none(told: Told, name: str) -> str:
    """Say that none of what the rows are stands out: no week, no post."""
    what = f"finding.none.{NONE_OF.get(name) or told.params.get(picks.UNIT_OF.get(name, ''), '')}"
    return say(what if has(what) else "finding.none", told.lang)


def _noun(value: str, noun: str, lang: Lang) -> str:
    """Return the form of a noun beside a number as it is written; a broken one asks for a form of its own."""
    whole, broken, _ = value.partition("," if lang == "ru" else ".")
    if not broken:
        return noun_form(int("".join(filter(str.isdigit, whole))), noun, lang)
    english, russian = NOUNS[noun]
    return russian[1] if lang == "ru" else english[1]


def _phrase(drawing: Drawing, told: Told, name: str) -> str:
    """Return the key of the words: those of the drawn value before those of the whole analysis."""
    kind = "time" if drawing.kind == "time" else "row"
    value = drawing.value.replace(CORRECTED, "_share")
    of = f"{drawing.only[0][1]}." if drawing.only else ""
    by = picks.UNIT_OF.get(name, "")
    what = f"{told.params[by]}." if by in told.params else ""
    keys = (f"finding.{name}.{value}.{kind}", f"finding.{name}.{of}{kind}", f"finding.{name}.{what}{kind}")
    return next((key for key in keys if has(key)), "")


def _is_clear(drawing: Drawing, row: Row, named: Sequence[Row]) -> bool:
    """Tell whether the interval of a row lies above those of all others; what has none may be anything."""
    others = [each for each in named if each is not row]
    if not others:
        return True
    low, highs = row.get(drawing.low), [each.get(drawing.high) for each in others]
    return low is not None and all(high is not None and float(high) < float(low) for high in highs)


def _unclear(phrase: str, drawing: Drawing, named: Sequence[Row], told: Told, name: str) -> Finding:
    """Return what is said where none is clear of all others: which is above the usual, or that none is."""
    if has(f"{phrase}.above"):
        for row in sorted(drawing.shown(named), key=lambda each: -float(each[drawing.value])):
            usual = _usual(drawing, row, named)
            if usual is not None and _is_above(drawing, row, usual, len(named)):
                usually = worth(drawing, usual, told.lang)
                return Finding(_told(f"{phrase}.above", row, drawing, told, name, usual=usually), row)
    return Finding(_told(f"{phrase}.same", _row(drawing, drawing.shown(named), name), drawing, told, name))


def _usual(drawing: Drawing, row: Row, named: Sequence[Row]) -> float | None:
    """Return the median of the others: of the same line, where there are several."""
    others = [
        float(each[drawing.value])
        for each in named
        if each is not row and (not drawing.split or each.get(drawing.split) == row.get(drawing.split))
    ]
    return median(others) if len(others) >= FEWEST else None


def _is_above(drawing: Drawing, row: Row, usual: float, looked_at: int) -> bool:
    """Tell whether an interval lies above what is usual, also when so many were looked at (Bonferroni)."""
    low, value = row.get(drawing.low), float(row[drawing.value])
    if low is None:
        return False
    wider = NormalDist().inv_cdf(1 - 0.025 / looked_at) / NormalDist().inv_cdf(0.975)
    return value - (value - float(low)) * wider > usual


def _is_tied(drawing: Drawing, row: Row, known: Sequence[Row]) -> bool:
    """Tell whether the highest value is that of several rows: one of them alone is not the most."""
    values = [float(each[drawing.value]) for each in known]
    top = float(row[drawing.value])
    return top == max(values) and values.count(top) > 1

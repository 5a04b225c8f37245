"""What a chart found, in one sentence: its title. Without words for it, it is called by what it is of.

A title says no more than the figures: where all intervals have a value in common, no difference is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from core.wording import Lang, has, say
from core.wording.amounts import NOUNS, noun_form
from core.wording.filters import shortened
from dashboard.charts import picks, verdicts
from dashboard.charts.drawings import LINES, MOST_BARS, Drawing, Row, Told, blank, label, when, worth

LONGEST: Final = 60
HIGHEST: Final = frozenset({"changes", "response_times", "topics_over", "labels"})
"""Analyses whose rows stand in an order of their own, not by what is drawn."""
COUNTED: Final = {"bursts": "times", "engagement_by_source": "likes"}
"""What the drawn number counts, where its sentence has a noun beside it."""
CORRECTED: Final = "_corrected"


def finding(drawing: Drawing, rows: Sequence[Row], told: Told) -> str:
    """Say what the rows of a drawing show; empty where there are no words for it, or nothing to say."""
    name = told.name.partition(".")[0]
    known = _known(drawing, rows, told)
    if not known:
        return ""
    if name in verdicts.OWN:
        said = verdicts.OWN[name](drawing, known, told)
        if said is not None:
            return said
    phrase = _phrase(drawing, told, name)
    if not phrase or (drawing.kind == "time" and len(known) < 2):
        return ""
    row = _row(drawing, known, told, name)
    found = _told(phrase, row, drawing, told, name)
    if drawing.kind != "network" and _is_tied(drawing, row, known):
        found = say("finding.tied", told.lang, found=found)
    if drawing.low and _is_level(drawing, known) and has(f"{phrase}.same"):
        found = say(f"{phrase}.same", told.lang)
    return say("finding.corrected", told.lang, found=found) if drawing.value.endswith(CORRECTED) else found


def _known(drawing: Drawing, rows: Sequence[Row], told: Told) -> list[Row]:
    """Return the rows that are drawn and have a value, of the chosen time where a time was chosen."""
    kept = drawing.kept(rows)
    if drawing.split:
        groups = list(dict.fromkeys(row.get(drawing.split) for row in kept))
        drawn = [each for each in groups if each not in (None, "")][: len(LINES)]
        kept = [row for row in kept if row.get(drawing.split) in drawn]
    known = [row for row in kept if row.get(drawing.value) is not None]
    if drawing.kind == "time":
        return [row for row in known if _is_in(row, drawing, told)] or known
    return known[:MOST_BARS] if drawing.kind == "bars" else known


def _row(drawing: Drawing, known: Sequence[Row], told: Told, name: str) -> Row:
    """Return the row that a title is about: the highest, or the first that has a name."""
    named = [row for row in known if _has_name(drawing, row, told)] or known
    if drawing.kind in {"time", "curve"} or name in HIGHEST:
        of = known if drawing.kind in {"time", "curve"} else named
        return max(of, key=lambda each: float(each[drawing.value]))
    return named[0]


def _has_name(drawing: Drawing, row: Row, told: Told) -> bool:
    """Tell whether a row is about something: what belongs to no topic is not."""
    nothing = blank(drawing, told.lang)
    return not nothing or not label(drawing, row, told).endswith(nothing)


def _told(phrase: str, row: Row, drawing: Drawing, told: Told, name: str) -> str:
    value = worth(drawing, row[drawing.value], told.lang)
    return say(
        phrase,
        told.lang,
        label=shortened(label(drawing, row, told), LONGEST),
        value=value,
        when=when(row.get(drawing.x), told) if drawing.x else "",
        group=shortened(str(row.get(drawing.split)), LONGEST) if drawing.split else "",
        noun=_noun(value, COUNTED[name], told.lang) if name in COUNTED else "",
    )


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


def _is_level(drawing: Drawing, known: Sequence[Row]) -> bool:
    """Tell whether all intervals have a value in common: then nothing stands out."""
    ends = [(row.get(drawing.low), row.get(drawing.high)) for row in known]
    sure = [(float(low), float(high)) for low, high in ends if low is not None and high is not None]
    return len(sure) == len(known) > 1 and max(low for low, _ in sure) <= min(high for _, high in sure)


def _is_tied(drawing: Drawing, row: Row, known: Sequence[Row]) -> bool:
    """Tell whether the highest value is that of several rows: one of them alone is not the most."""
    values = [float(each[drawing.value]) for each in known]
    top = float(row[drawing.value])
    return top == max(values) and values.count(top) > 1


def _is_in(row: Row, drawing: Drawing, told: Told) -> bool:
    """Tell whether a period lies in the time that was chosen on such a chart."""
    if told.pick is None or told.pick.field != picks.TIME:
        return True
    since, before = told.query.bounds()
    begin = datetime.fromisoformat(str(row[drawing.x])).replace(tzinfo=ZoneInfo(told.query.tz))
    return (since is None or begin >= since) and (before is None or begin < before)

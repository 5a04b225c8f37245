"""What a chart found, in one sentence: its title. Without words for it, it is called by what it is of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.wording import Lang, dates, has, say
from core.wording.filters import shortened
from dashboard.charts import picks
from dashboard.charts.activity import UNITS
from dashboard.charts.drawings import Drawing, Row, Told, blank, label, worth

LONGEST = 60


def finding(drawing: Drawing, rows: Sequence[Row], told: Told) -> str:
    """Say what the rows of a drawing show; empty where there are no words for it, or nothing to say."""
    phrase = _phrase(drawing, told)
    known = [row for row in drawing.kept(rows) if row.get(drawing.value) is not None]
    if not phrase or not known:
        return ""
    if drawing.kind in {"time", "curve"}:
        known = [row for row in known if _is_in(row, drawing, told)] or known
        row = max(known, key=lambda each: float(each[drawing.value]))
        if len(known) < 2:
            return ""
    else:
        row = next(
            (each for each in known if label(drawing, each, told) != blank(drawing, told.lang)), known[0]
        )
    name = label(drawing, row, told)
    return say(
        phrase,
        told.lang,
        label=shortened(name, LONGEST),
        value=worth(drawing, row[drawing.value], told.lang),
        when=_when(row.get(drawing.x), told) if drawing.x else "",
    )


def _phrase(drawing: Drawing, told: Told) -> str:
    """Return the key of the words: those of the drawn value before those of the whole analysis."""
    name = told.name.partition(".")[0]
    kind = "time" if drawing.kind == "time" else "row"
    of = f"{drawing.only[0][1]}." if drawing.only else ""
    keys = (f"finding.{name}.{drawing.value}.{kind}", f"finding.{name}.{of}{kind}")
    return next((key for key in keys if has(key)), "")


def _is_in(row: Row, drawing: Drawing, told: Told) -> bool:
    """Tell whether a period lies in the time that was chosen on such a chart."""
    if told.pick is None or told.pick.field != picks.TIME:
        return True
    since, before = told.query.bounds()
    begin = datetime.fromisoformat(str(row[drawing.x])).replace(tzinfo=ZoneInfo(told.query.tz))
    return (since is None or begin >= since) and (before is None or begin < before)


def _when(value: Any, told: Told) -> str:
    """Say when a period was: its month, its week or its day, and the hour of one."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return _said(moment, told.pick.unit if told.pick and told.pick.unit in UNITS else "day", told.lang)


def _said(moment: datetime, unit: str, lang: Lang) -> str:
    if unit == "hour":
        return f"{dates.day(moment.date(), lang)}, {dates.hours(moment.hour, lang)}"
    if unit == "month":
        return dates.month(moment.date(), lang)
    if unit == "week":
        return say("finding.week", lang, day=dates.day(moment.date(), lang))
    return dates.day(moment.date(), lang)

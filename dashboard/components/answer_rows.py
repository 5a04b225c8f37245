"""Rows of an answer as a reader sees them: local times, posts by title, comments without VK's markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from core.analysis.described import Analysis
from core.tasks.answers import Measured
from core.wording import people
from dashboard.charts import picks
from dashboard.components.labels import readable

TEXTS: Final = frozenset(
    {"text", "first_text", "second_text", "copy_text", "example_text", "left", "hit", "right"}
)
CUT: Final = re.compile(r"^(?:id|club|public|event)?[\d:_bp-]*\|([^\[\]|]+)\]")
"""What is left of a mention that the beginning of a text has cut."""
TITLES: Final = {"title": ("source", "name"), "source_title": ("source",)}
"""What a title is of: the field with the source's key, the first that there is."""
PEOPLE: Final = {
    "author_name": "author_id",
    "first_author_name": "first_author_id",
    "other_name": "other_id",
    "source_name": "source",
    "target_name": "target",
}
"""Whose a name is: the field with the id."""

UNBROKEN: Final = "\u2011"
"""A hyphen at which no line ends."""
KEY: Final = "key"
"""Where a row keeps the key of what it shows the name of."""
GROUPED: Final = {
    ("mood", "source"): "group",
    ("mood", "topic"): "group",
    ("changes", "topic"): "name",
    ("threads", ""): "source",
}
"""Columns that hold the key of a source or topic, by the analysis and what its rows are."""
COMMUNITY: Final = "community"
"""A number that programs count from 0, readers from 1: no key, nothing is chosen by it."""
LED: Final = {"source_title": "source", "target_title": "target"}
"""Titles of communities that begin with such a number, and the fields that hold it."""


def shown(
    measured: Measured,
    analysis: Analysis,
    titles: Mapping[str, str],
    params: Mapping[str, Any],
    topics: Mapping[int, str] | None = None,
) -> Measured:
    """Return an answer for the page; `titles` say what to call each source, `topics` each topic."""
    names = {**titles, **{str(number): name for number, name in (topics or {}).items()}}
    fields = {each.name: each.type for each in analysis.fields}
    zone = ZoneInfo(measured.tz)
    rows = [_row(row, fields, zone, titles) for row in measured.rows]
    column = GROUPED.get((analysis.name, str(params.get(picks.UNIT_OF.get(analysis.name, ""), ""))))
    if column:
        rows = [{**row, KEY: row[column], column: names.get(str(row[column]), row[column])} for row in rows]
    model = measured.model and measured.model.replace("-", UNBROKEN)
    return replace(measured, rows=rows, model=model)


def _row(
    row: Mapping[str, Any], fields: Mapping[str, str], zone: ZoneInfo, titles: Mapping[str, str]
) -> dict[str, Any]:
    told = dict(row)
    for name, kind in fields.items():
        value = row[name]
        if value is not None and kind == "time":
            told[name] = _local(str(value), zone)
        elif value is not None and name == COMMUNITY:
            told[name] = int(value) + 1
        elif value and name in LED and str(value).startswith(lead := f"{row[LED[name]]}: "):
            told[name] = f"{int(row[LED[name]]) + 1}: {str(value).removeprefix(lead)}"
        elif value is not None and name in TEXTS:
            told[name] = readable(CUT.sub(r"\1", str(value)) if name == "left" else str(value))
        elif name in TITLES and not value:
            keys = [str(row[each]) for each in TITLES[name] if each in row]
            told[name] = next((titles[key] for key in keys if key in titles), value)
        elif name == "names" and value:
            told[name] = titles.get(str(value), value)
        elif name in PEOPLE:
            told[name] = _person(value, row.get(PEOPLE[name]))
    return told


def _person(name: str | None, key: object) -> str | None:
    """Return a name; the author's address at VK where the id stands for one."""
    if name and name != str(key):
        return name
    try:
        return people.address(int(str(key)))
    except ValueError:
        return name


def _local(moment: str, zone: ZoneInfo) -> str:
    local = datetime.fromisoformat(moment).astimezone(zone).replace(tzinfo=None)
    return local.isoformat(" ", "seconds").removesuffix(" 00:00:00")

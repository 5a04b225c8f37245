"""Labels that people gave: how many comments have which value, in all, over time and by source."""

from __future__ import annotations

from typing import Final

from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField, Words
from core.analysis.themes.over import MOST_CELLS, SHORTEST, cells
from core.storage import reads_label_cells


def _work(asked: Asked) -> Found:
    over = str(asked.params["over"])
    if over in SHORTEST:
        asked.refuse_long(SHORTEST[over], MOST_CELLS, "over")
    frame = reads_label_cells.labels_per_cell(
        asked.store, asked.query, over, str(asked.params["called"]), asked.cancel
    )
    columns = {
        **cells(asked, frame),
        "label": frame["name"],
        "value": frame["value"],
        "comments": frame["comments"],
        "coders": frame["coders"],
    }
    notes = (Note("labels_chosen"),) if len(frame) else (Note("labels_none"),)
    return Found(columns, {"labels": int(frame["name"].nunique())}, notes)


ANALYSIS: Final = Analysis(
    name="labels",
    version=1,
    parameters=(
        Choice(
            "over",
            "all",
            ("all", *SHORTEST, "source"),
            "All together, periods in `tz` (weeks begin on Monday) or sources.",
        ),
        Words("called", "", "Only the label of this name; empty: all labels."),
    ),
    fields=(
        ResultField("period", "time", "", "When the period begins; null otherwise."),
        ResultField("source", "text", "", "Key of the source; null otherwise."),
        ResultField("title", "text", "", "Its title, often empty; null otherwise."),
        ResultField("label", "text", "", "What the label is called."),
        ResultField("value", "text", "", "The value that was given."),
        ResultField("comments", "integer", "comments", "Comments that somebody gave this value."),
        ResultField("coders", "integer", "coders", "How many different people gave it."),
    ),
    method="Counts of the labels that people gave, by value. A comment that coders judge differently counts "
    "for each of their values. Nothing is estimated for comments without a label: they were chosen by "
    "hand, not drawn.",
    group="themes",
    work=_work,
)

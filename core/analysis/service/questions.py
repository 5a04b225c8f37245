"""Questions: which comments ask, which of them were answered, how fast, and which still wait."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Cell, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.service.survival import Curve, Duration, kaplan_meier
from core.analysis.stats import clustered
from core.analysis.stats.clusters import Sample
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Estimate
from core.storage import reads_service as reads

IMPORTED: Final = "import:"
OF_ANYONE: Final = ("n", "askers", "answered_by_others")
"""Figures that need not know who runs the page."""
COLUMNS: Final = ("text", "author_id", "author_name", "likes", "replies", "title")


def curve_of(asked: pd.DataFrame) -> Curve:
    """Return how long questions wait for an answer, of what `reads_service.questions` gives."""
    return kaplan_meier(
        asked["hours"].to_numpy(dtype=float),
        asked["is_answered"].to_numpy(dtype=bool),
        asked["author"].to_numpy(dtype=np.int64),
    )


def share_of(asked: pd.DataFrame, name: str) -> Estimate | None:
    """Return the share of questions for which a column is true, clustered by asker."""
    events = asked[name].fillna(value=False).to_numpy(dtype=float)
    return clustered.share(Sample(events, np.ones(len(events)), (asked["author"].to_numpy(dtype=np.int64),)))


def told(name: str, found: Estimate | Duration | None) -> dict[str, Cell]:
    """Return an estimate as the figures `name`, `name_low` and `name_high`, null where there is none."""
    ends = (None, None, None) if found is None else (found.value, found.low, found.high)
    return dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))


def summary_of(asked: pd.DataFrame) -> dict[str, Cell]:
    """Return how many ask, how many were answered by whom, and how fast."""
    curve = curve_of(asked)
    answered = asked["is_answered"].to_numpy(dtype=bool)
    figures: dict[str, Cell] = {
        "n": len(asked),
        "askers": curve.number,
        "answered": int(answered.sum()),
        "open": int((~answered).sum()),
        **told("answered_share", share_of(asked, "is_answered")),
        "answered_by_others": int(asked["is_answered_by_others"].sum()),
        **told("answered_by_others_share", share_of(asked, "is_answered_by_others")),
        **told("median_hours", curve.time_of(0.5)),
        **told("p90_hours", curve.time_of(0.9)),
        **told("within_1h_share", curve.share_within(1.0)),
        **told("within_24h_share", curve.share_within(24.0)),
        **told("median_hours_of_answered", _median_of_answered(asked)),
    }
    if not without_owner(asked):
        return figures
    return {name: value if name.startswith(OF_ANYONE) else None for name, value in figures.items()}


def notes_of(summary: dict[str, Cell]) -> tuple[Note, ...]:
    """Return what a reader must know of the figures."""
    notes = [Note("questions_by_rule")]
    if summary["answered"] is None:
        return (*notes, Note("questions_no_owner"))
    if int(summary["n"] or 0) < MIN_N or int(summary["askers"] or 0) < MIN_CLUSTERS:
        return (*notes, Note("questions_few", {"least": MIN_N, "askers": MIN_CLUSTERS}))
    if summary["median_hours"] is None:
        notes.append(Note("median_not_reached"))
    return tuple(notes)


def without_owner(found: pd.DataFrame) -> bool:
    """Tell whether nobody can be known to answer for the page: an imported file does not say who runs it."""
    return len(found) > 0 and bool(found["source"].str.startswith(IMPORTED).all())


def _median_of_answered(asked: pd.DataFrame) -> Estimate | None:
    own = asked[asked["is_answered"]]
    return clustered.quantile(
        own["hours"].to_numpy(dtype=float), 0.5, (own["author"].to_numpy(dtype=np.int64),)
    )


def _work(asked: Asked) -> Found:
    found = reads.questions(asked.store, asked.query, asked.cancel)
    summary = summary_of(found)
    chosen = found[found["is_answered"] == (asked.params["show"] == "answered")]
    top = int(asked.params["top"])
    shown = chosen.head(top) if asked.params["order"] == "oldest" else chosen.tail(top).iloc[::-1]
    texts = reads.texts(asked.store, shown["source"].tolist(), shown["comment_id"].tolist(), asked.cancel)
    rows = shown.merge(texts, on=["source", "comment_id"], how="left", validate="one_to_one")
    return Found(_keyed(rows), summary, notes_of(summary))


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    sources = rows["source"].astype(str)
    answers = rows["answer_id"].astype("Int64")
    return rows.assign(
        comment_key=sources + ":" + rows["comment_id"].astype(str),
        answer_key=(sources + ":" + answers.astype("string")).where(answers.notna(), None),
        hours=rows["hours"].where(rows["is_answered"], None),
    )


FIELDS: Final = (
    ResultField("comment_key", "text", "", "Key of the comment that asks."),
    ResultField("source", "text", "", "Key of its source."),
    ResultField("title", "text", "", "Title of the source, often empty."),
    ResultField("asked_at", "time", "", "When it was asked."),
    ResultField(
        "age_hours",
        "number",
        "hours",
        "From then until the source was last collected, whatever the time is now.",
    ),
    ResultField("text", "text", "", "What was asked."),
    ResultField("author_id", "integer", "", "Who asked; null for one who has only a name."),
    ResultField("author_name", "text", "", "As it was last seen."),
    ResultField("likes", "integer", "likes", "Likes of the question."),
    ResultField("replies", "integer", "comments", "Replies in its thread."),
    ResultField("is_answered_by_others", "boolean", "", "Whether somebody else replied to it."),
    ResultField("answer_key", "text", "", "Key of the first answer of who runs the page; null while open."),
    ResultField("hours", "number", "hours", "From the question to that answer; null while open."),
    ResultField(
        "is_addressed", "boolean", "", "Whether it was addressed to the asker; else the next in the thread."
    ),
)

RULE: Final = (
    "A question has a question mark, asks for an answer or opens with a question word (a rule, by which "
    "questions that expect no answer count too). Answered: the owner of the source or the post's author "
    "replied later to the comment, to its author in the thread (or topic), by mention too, or else wrote "
    "the next comment in the thread that addresses nobody. Deleted comments and questions of who runs the "
    "page are left out; answers are looked for in the whole dataset. "
)
CURVES: Final = (
    "Times by the product-limit curve (Kaplan & Meier 1958), open questions waiting until their source was "
    "last collected; variance between askers (Williams 1995), shares within a time with Rothman's (1978) "
    "interval, median and P90 with Brookmeyer & Crowley's (1982)."
)

ANALYSIS: Final = Analysis(
    name="questions",
    version=1,
    group="service",
    reads_texts=True,
    parameters=(
        Choice("show", "open", ("open", "answered"), "Which questions are listed."),
        Choice("order", "newest", ("newest", "oldest"), "Which of them come first."),
        WholeNumber("top", 100, 1, 1000, "How many to list."),
    ),
    fields=FIELDS,
    method=RULE + "Share answered: Wilson's interval over the effective number of questions, clustered by "
    "asker (Korn & Graubard 1998). " + CURVES,
    work=_work,
)

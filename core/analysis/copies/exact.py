"""Copies: texts that are the same word for word, who wrote them first and how far they went."""

from __future__ import annotations

from typing import Final

import pandas as pd

from core.analysis import uncertainty
from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.stats.intervals import MIN_N
from core.storage import reads_copies

LETTERS: Final = WholeNumber("letters", 40, 0, 1000, "A text of fewer letters and digits is short.")
WORDS: Final = WholeNumber("words", 4, 0, 100, "A text of fewer words is short.")
CLICHE_AUTHORS: Final = WholeNumber("cliche_authors", 10, 2, 10_000, "A cliche has at least so many authors.")
CLICHE_DAYS: Final = WholeNumber(
    "cliche_days", 10, 2, 10_000, "A cliche was written on at least so many days."
)
BUSIEST: Final = 1 / 3
"""Most of a cliche's comments that may stand on one day."""
ASIDE: Final = "aside"
SHOWN: Final = "shown"


def _work(asked: Asked) -> Found:
    params = asked.params
    is_shown = params["cliches"] == SHOWN
    wanted = {
        "top": params["top"],
        "least_authors": params["least_authors"],
        "with_short": is_shown,
        "with_cliches": is_shown,
    }
    size = {key: params[key] for key in ("least", "letters", "words")}
    limits = {**size, "authors": params["cliche_authors"], "days": params["cliche_days"], "busiest": BUSIEST}
    frame, cliches = reads_copies.clusters(asked.store, asked.query, wanted, limits, asked.cancel)
    per_source = reads_copies.per_source(asked.store, asked.query, size, asked.cancel)
    return Found(frame, summary_of(per_source), notes_of(per_source, 0 if is_shown else cliches))


def summary_of(per_source: pd.DataFrame) -> dict[str, float | int | None]:
    """Return how many comments were looked at and copied, and their share with its interval.

    `per_source` is [looked, copied] per source; below MIN_N comments the share is None.
    """
    looked, copied = int(per_source["looked"].sum()), int(per_source["copied"].sum())
    told = {"looked": looked, "copied": copied}
    interval = uncertainty.rate(list(zip(per_source["copied"], per_source["looked"], strict=True)))
    if interval is None or looked < MIN_N:
        return {**told, "share": None, "low": None, "high": None}
    return {
        **told,
        "share": float(interval.estimate),
        "low": float(interval.low),
        "high": float(interval.high),
    }


def notes_of(per_source: pd.DataFrame, cliches: int) -> tuple[Note, ...]:
    """Return what was set aside, and that few comments say too little."""
    looked, short = int(per_source["looked"].sum()), int(per_source["short"].sum())
    told = (
        (short, Note("copies_short", {"comments": short})),
        (cliches, Note("copies_cliches", {"comments": cliches})),
        (looked < MIN_N, Note("copies_few", {"comments": looked, "least": MIN_N})),
    )
    return tuple(note for is_so, note in told if is_so)


ANALYSIS: Final = Analysis(
    name="copies",
    version=1,
    group="copies",
    reads_texts=True,
    parameters=(
        WholeNumber("top", 100, 1, 1000, "How many texts to show."),
        WholeNumber("least", 2, 2, 10_000, "Comments that share a text at least."),
        WholeNumber(
            "least_authors", 1, 1, 10_000, "Authors that share it at least; 1: repeating oneself counts."
        ),
        LETTERS,
        WORDS,
        CLICHE_AUTHORS,
        CLICHE_DAYS,
        Choice("cliches", ASIDE, (ASIDE, SHOWN), "Whether short texts and cliches are listed too."),
    ),
    fields=(
        ResultField("copy", "text", "", "Number of the text: the same in every dataset."),
        ResultField("kind", "text", "", "`copy`, `cliche` or `short`."),
        ResultField("text", "text", "", "As its first comment has it."),
        ResultField("comments", "integer", "comments", "Comments with this text."),
        ResultField("authors", "integer", "authors", "Different authors of them."),
        ResultField("sources", "integer", "sources", "Different sources of them."),
        ResultField("days", "integer", "days", "Different days in `tz` on which it was written."),
        ResultField("busiest", "integer", "comments", "Comments with it on the busiest of these days."),
        ResultField("first_key", "text", "", "Key of the comment that had it first."),
        ResultField("first_author_id", "integer", "", "Author of that comment; communities negative."),
        ResultField("first_author_name", "text", "", "As it was last seen."),
        ResultField("first_at", "time", "", "When it was written first."),
        ResultField("last_at", "time", "", "When it was written last."),
        ResultField("spread_hours", "number", "hours", "From the first to the last."),
    ),
    method="Two texts are the same when their letters, digits and words in order are, whatever the case, "
    "punctuation, links, hashtags, mentions, emoji and invisible letters; comments are grouped by a 64-bit "
    "hash of that. Short texts are set aside, and cliches: texts of many authors on many days, a third of "
    "them at most on one day. `share` is that of comments whose text, not a short one, another comment has, "
    "with Wilson's 95 % interval over the effective number of comments (Wilson 1927; sources as clusters: "
    "Kish 1965). The first comment is the first of those collected.",
    work=_work,
)

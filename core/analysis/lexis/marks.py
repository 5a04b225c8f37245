"""Marks: emoji, stickers, hashtags, domains, links and mentions that comments hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.lexis.clustered import intervals, sums_of
from core.analysis.stats.intervals import MIN_N
from core.storage import reads_words_marks

MARKS: Final = ("emoji", "sticker", "hashtag", "domain", "link", "mention")


def marks(counted: pd.DataFrame, labels: Mapping[str, str]) -> Found:
    """Return the marks with their share of comments and the ends of its 95 % interval.

    `counted` is what `reads_words_marks.marks` gives, `labels` what `reads_words_marks.names` does.
    """
    if counted.empty:
        return Found(counted.assign(label="", n=0, share=0.0, low=0.0, high=0.0))
    share, low, high = intervals(*sums_of(counted))
    n = int(counted["of_comments"][0])
    notes = (Note("lexis_few", {"n": n, "least": MIN_N}),) if np.isnan(share).all() else ()
    label = [labels.get(name, "") for name in counted["name"]]
    found = counted.assign(label=label, n=n, share=share, low=low, high=high)
    return Found(found, {"n": n}, notes)


def _read(asked: Asked) -> tuple[pd.DataFrame, dict[str, str]]:
    params = asked.params
    counted = reads_words_marks.marks(
        asked.store,
        asked.query,
        params["mark"],
        params["top"],
        folded=params["tones"] == "one",
        cancel=asked.cancel,
    )
    ids = counted["name"].tolist() if params["mark"] == "mention" else []
    return counted, reads_words_marks.names(asked.store, ids, asked.cancel)


ANALYSIS: Final = Analysis(
    name="marks",
    version=1,
    parameters=(
        Choice("mark", "emoji", MARKS, "What is counted."),
        Choice("tones", "apart", ("apart", "one"), "Whether an emoji's skin tones are kept apart or one."),
        WholeNumber("top", 50, 1, 500, "How many to name."),
    ),
    fields=(
        ResultField(
            "name", "text", "", "The emoji, hashtag, domain or link; the number of who is mentioned."
        ),
        ResultField("label", "text", "", "The name of who is mentioned, where it is known."),
        ResultField("uses", "integer", "", "How often it occurs in all."),
        ResultField("comments", "integer", "comments", "Comments that hold it."),
        ResultField("authors", "integer", "authors", "Different authors of them."),
        ResultField("n", "integer", "comments", "All comments: what the share is of."),
        ResultField("share", "number", "0 to 1", "Share of the comments that hold it."),
        ResultField("low", "number", "0 to 1", "Lower end of the 95 % interval."),
        ResultField("high", "number", "0 to 1", "Upper end of the 95 % interval."),
    ),
    method="Counts over comments and authors. An emoji of several parts is one; forms for text and picture "
    "are the same. Stickers are attachments, counted whether or not texts were read. Intervals: "
    "Wilson 1927 over the effective number of comments clustered by author (Korn & Graubard 1998; "
    "Bell & McCaffrey 2002).",
    read=_read,
    compute=marks,
    group="lexis",
    reads_texts=True,
)

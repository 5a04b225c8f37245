"""N-grams: the sequences of two or three words that most comments hold."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.lexis.clustered import intervals, sums_of
from core.analysis.stats.intervals import MIN_N
from core.storage import reads_words_pairs


def ngrams(counted: pd.DataFrame) -> Found:
    """Return the sequences with their share of comments and the ends of its 95 % interval.

    `counted` is what `reads_words_pairs.ngrams` gives.
    """
    if counted.empty:
        return Found(counted.assign(n=0, share=0.0, low=0.0, high=0.0))
    share, low, high = intervals(*sums_of(counted))
    n = int(counted["of_comments"][0])
    notes = (Note("lexis_few", {"n": n, "least": MIN_N}),) if np.isnan(share).all() else ()
    return Found(counted.assign(n=n, share=share, low=low, high=high), {"n": n}, notes)


def _work(asked: Asked) -> Found:
    params = asked.params
    counted = reads_words_pairs.ngrams(
        asked.store,
        asked.query,
        int(params["size"]),
        least=params["least"],
        top=params["top"],
        cancel=asked.cancel,
    )
    return ngrams(counted)


ANALYSIS: Final = Analysis(
    name="ngrams",
    version=1,
    parameters=(
        Choice("size", "2", ("2", "3"), "How many words a sequence has."),
        WholeNumber("least", 3, 1, 100_000, "Sequences in fewer comments are left out."),
        WholeNumber("top", 50, 1, 500, "How many sequences to name."),
    ),
    fields=(
        ResultField("ngram", "text", "", "The words in their base form, in order."),
        ResultField("comments", "integer", "comments", "Comments that hold the sequence, in any forms."),
        ResultField("authors", "integer", "authors", "Different authors of them."),
        ResultField("n", "integer", "comments", "All comments that were read, long copies once."),
        ResultField("share", "number", "0 to 1", "Share of comments that hold it."),
        ResultField("low", "number", "0 to 1", "Lower end of the 95 % interval."),
        ResultField("high", "number", "0 to 1", "Upper end of the 95 % interval."),
    ),
    method="Neighbouring words inside a comment, punctuation passed over, once a comment; a sequence does "
    "not begin or end with a word that carries no meaning. Copies of a text of 40 letters or more "
    "count once. Intervals: Wilson 1927 over the effective number of comments clustered by author "
    "(Korn & Graubard 1998).",
    group="lexis",
    work=_work,
    is_heavy=True,
    reads_texts=True,
)

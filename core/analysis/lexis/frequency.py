"""Words: which ones most comments, or most authors, use."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.lexis.clustered import intervals, sums_of
from core.analysis.stats.intervals import MIN_N, Numbers, wilson
from core.storage import reads_words


def words(spread: pd.DataFrame, forms: pd.DataFrame, by: str) -> Found:
    """Return the words with their share of comments or of authors, and the ends of its 95 % interval.

    `spread` is what `reads_words.frequent` gives, `forms` what `reads_words.forms` gives.
    """
    if spread.empty:
        return Found(spread.assign(form="", n=0, share=0.0, low=0.0, high=0.0), {"n": 0, "authors": 0})
    found = spread.merge(forms, on="lemma_id", how="left", validate="one_to_one")
    n, authors = int(found[f"of_{by}"][0]), int(found["of_authors"][0])
    share, low, high = intervals(*sums_of(found)) if by == "comments" else _of_authors(found)
    notes = (Note("lexis_few", {"n": n, "least": MIN_N}),) if np.isnan(share).all() else ()
    found = found.assign(form=found["form"].fillna(found["lemma"]), n=n, share=share, low=low, high=high)
    return Found(found, {"n": n, "authors": authors}, notes)


def _of_authors(found: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    n = float(found["of_authors"][0])
    share = found["authors"].to_numpy(dtype=float) / n if n >= MIN_N else np.full(len(found), np.nan)
    return share, *wilson(share, n)


def _read(asked: Asked) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    by = asked.params["by"]
    spread = reads_words.frequent(asked.store, asked.query, by, asked.params["top"], asked.cancel)
    lemmas = spread["lemma_id"].tolist()
    forms = reads_words.forms(asked.store, asked.query, lemmas, asked.figures.comments, asked.cancel)
    return spread, forms, by


ANALYSIS: Final = Analysis(
    name="words",
    version=1,
    parameters=(
        Choice("by", "comments", ("comments", "authors"), "Whether comments or authors are counted."),
        WholeNumber("top", 50, 1, 500, "How many words to name."),
    ),
    fields=(
        ResultField("lemma", "text", "", "The word in its base form."),
        ResultField(
            "form", "text", "", "Its most frequent form, in up to a hundred thousand of the comments."
        ),
        ResultField("comments", "integer", "comments", "Comments of the query that use it, in any form."),
        ResultField("authors", "integer", "authors", "Different authors of them."),
        ResultField("n", "integer", "comments or authors", "All that were read: what the share is of."),
        ResultField("share", "number", "0 to 1", "Share of comments or of authors, as `by` says."),
        ResultField("low", "number", "0 to 1", "Lower end of the 95 % interval."),
        ResultField("high", "number", "0 to 1", "Upper end of the 95 % interval."),
    ),
    method="Document frequency: a word counts once in a comment, and once for an author where authors are "
    "counted; words that carry no meaning of their own are left out. Intervals: Wilson 1927, for "
    "comments over the effective number of comments clustered by author (Korn & Graubard 1998; Bell & "
    "McCaffrey 2002).",
    read=_read,
    compute=words,
    group="lexis",
    reads_texts=True,
)

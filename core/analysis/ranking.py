"""Rankings: the sources and the authors with most comments, and what share of all comments is theirs."""

from __future__ import annotations

from typing import Final

import pandas as pd

from core.analysis.described import Analysis, Asked, ResultField, WholeNumber
from core.storage import reads

TOP: Final = WholeNumber("top", 10, 1, 1000, "How many to name.")
COUNTED: Final = "Counts, most comments first; equal ones by key. A share is of all comments of the query."


def shares(frame: pd.DataFrame, total: int) -> pd.DataFrame:
    """Return the frame with `share`: which part of `total` comments (0 to 1) each row holds."""
    return frame.assign(share=frame["comments"] / total)


def _read_sources(asked: Asked) -> tuple[pd.DataFrame, int]:
    return reads.top_sources(
        asked.store, asked.query, asked.params["top"], asked.cancel
    ), asked.figures.comments


def _read_authors(asked: Asked) -> tuple[pd.DataFrame, int]:
    return reads.top_authors(
        asked.store, asked.query, asked.params["top"], asked.cancel
    ), asked.figures.comments


SOURCES: Final = Analysis(
    name="sources",
    version=1,
    parameters=(TOP,),
    fields=(
        ResultField("source", "text", "", "Key of the source."),
        ResultField("title", "text", "", "Its title, often empty."),
        ResultField("comments", "integer", "comments", "Comments of the query under it."),
        ResultField("authors", "integer", "authors", "Different authors of them."),
        ResultField("likes", "integer", "likes", "Likes of them together."),
        ResultField("published_at", "time", "", "When the source was published."),
        ResultField("share", "number", "share of comments", "0 to 1."),
    ),
    method=COUNTED,
    read=_read_sources,
    compute=shares,
)

AUTHORS: Final = Analysis(
    name="authors",
    version=1,
    parameters=(TOP,),
    fields=(
        ResultField("author_id", "integer", "", "Communities negative; null for one who has only a name."),
        ResultField("author_name", "text", "", "As it was last seen."),
        ResultField("is_community", "boolean", "", "Whether a community wrote."),
        ResultField("comments", "integer", "comments", "Comments of the query written by this author."),
        ResultField("replies", "integer", "comments", "Those that are replies."),
        ResultField("likes", "integer", "likes", "Likes of them together."),
        ResultField("share", "number", "share of comments", "0 to 1."),
    ),
    method=COUNTED,
    read=_read_authors,
    compute=shares,
)

"""Spreads: how many comments got how many likes, and how many threads how many replies."""

from __future__ import annotations

from typing import Final

import pandas as pd

from core.analysis.described import Analysis, Asked, ResultField
from core.storage import reads

BARS: Final = (
    ResultField("bucket", "text", "", "The bar as people read it, such as `2–4` or `1000+`."),
    ResultField("low", "integer", "", "Its lowest value."),
    ResultField("high", "integer", "", "Its highest value; null where it is open."),
    ResultField("comments", "integer", "comments", "How many comments fall into it."),
)
BOUNDS: Final = "Counts in bars that begin at " + ", ".join(map(str, reads.BUCKETS)) + "."


def as_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame as it is: the database has counted already."""
    return frame


def _read_likes(asked: Asked) -> tuple[pd.DataFrame]:
    return (reads.likes_histogram(asked.store, asked.query, asked.cancel),)


def _read_replies(asked: Asked) -> tuple[pd.DataFrame]:
    return (reads.replies_histogram(asked.store, asked.query, asked.cancel),)


LIKES: Final = Analysis(
    name="likes",
    version=1,
    parameters=(),
    fields=BARS,
    method=f"{BOUNDS} Comments whose likes are unknown are left out.",
    read=_read_likes,
    compute=as_read,
)

REPLIES: Final = Analysis(
    name="replies",
    version=1,
    parameters=(),
    fields=BARS,
    method=f"{BOUNDS} Top-level comments, by the replies that VK declares for them.",
    read=_read_replies,
    compute=as_read,
)

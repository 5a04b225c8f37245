"""Every question the database answers, under one name; the statements stand in `reads_*.py` by subject."""

from __future__ import annotations

from core.storage.reads_comments import CommentPage, comment, comments, count, export_reader, thread, window
from core.storage.reads_figures import (
    Figures,
    Unit,
    figures,
    per_hour_weekday,
    per_period,
    top_authors,
    top_sources,
)
from core.storage.reads_sources import (
    PageRecord,
    SourceBalanceRow,
    SourceRow,
    answered,
    balance,
    has_source,
    source,
    sources,
)
from core.storage.reads_spread import BUCKETS, FACETS, facets, likes_histogram, replies_histogram

__all__ = [
    "BUCKETS",
    "FACETS",
    "CommentPage",
    "Figures",
    "PageRecord",
    "SourceBalanceRow",
    "SourceRow",
    "Unit",
    "answered",
    "balance",
    "comment",
    "comments",
    "count",
    "export_reader",
    "facets",
    "figures",
    "has_source",
    "likes_histogram",
    "per_hour_weekday",
    "per_period",
    "replies_histogram",
    "source",
    "sources",
    "thread",
    "top_authors",
    "top_sources",
    "window",
]

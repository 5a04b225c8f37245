"""Every question the database answers, under one name; the statements stand in `reads_*.py` by subject."""

from __future__ import annotations

from core.storage.looking import is_at_once, is_dear
from core.storage.reads_balance import SourceBalanceRow, balance
from core.storage.reads_changes import (
    Change,
    ChangeCounts,
    ChangeKind,
    ChangePage,
    Evidence,
    change_counts,
    change_counts_of,
    changes,
)
from core.storage.reads_comments import (
    CommentPage,
    comment,
    comments,
    comments_by_keys,
    count,
    export_reader,
    thread,
)
from core.storage.reads_facets import every_facet
from core.storage.reads_facets_apart import FACETS, LIKES_FROM, TOXICITY_FROM, facets
from core.storage.reads_features import unread_in
from core.storage.reads_figures import Figures, Totals, figures, totals, with_authors
from core.storage.reads_history import Version, history
from core.storage.reads_known import KnownSource, KnownThread, balances, known
from core.storage.reads_names import named_authors, topic_names
from core.storage.reads_notes import calls, listing_pages, schedules, tasks
from core.storage.reads_overview import PARTS, Overview, Part, overview
from core.storage.reads_periods import Unit, counts_per_period, per_hour_weekday, per_period
from core.storage.reads_ranks import Ranking, ranking, top_authors, top_sources
from core.storage.reads_searched import check, word_forms
from core.storage.reads_sources import (
    PageRecord,
    SourceRow,
    answered,
    has_source,
    source,
    sources,
)
from core.storage.reads_spread import BUCKETS, likes_histogram, replies_histogram
from core.storage.reads_window import window

__all__ = [
    "BUCKETS",
    "FACETS",
    "LIKES_FROM",
    "PARTS",
    "TOXICITY_FROM",
    "Change",
    "ChangeCounts",
    "ChangeKind",
    "ChangePage",
    "CommentPage",
    "Evidence",
    "Figures",
    "KnownSource",
    "KnownThread",
    "Overview",
    "PageRecord",
    "Part",
    "Ranking",
    "SourceBalanceRow",
    "SourceRow",
    "Totals",
    "Unit",
    "Version",
    "answered",
    "balance",
    "balances",
    "calls",
    "change_counts",
    "change_counts_of",
    "changes",
    "check",
    "comment",
    "comments",
    "comments_by_keys",
    "count",
    "counts_per_period",
    "every_facet",
    "export_reader",
    "facets",
    "figures",
    "has_source",
    "history",
    "is_at_once",
    "is_dear",
    "known",
    "likes_histogram",
    "listing_pages",
    "named_authors",
    "overview",
    "per_hour_weekday",
    "per_period",
    "ranking",
    "replies_histogram",
    "schedules",
    "source",
    "sources",
    "tasks",
    "thread",
    "top_authors",
    "top_sources",
    "topic_names",
    "totals",
    "unread_in",
    "window",
    "with_authors",
    "word_forms",
]

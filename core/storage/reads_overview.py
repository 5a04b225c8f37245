"""The whole Overview in one look: for a query whose conditions are dear, worked out once for all of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from core.query import Query
from core.storage.looking import looking
from core.storage.reads_figures import Figures, Totals, totals, totals_of, with_authors
from core.storage.reads_periods import counts_of, counts_per_period, per_hour_weekday, rhythm_of
from core.storage.reads_ranks import Ranking, authors_of, ranking, sources_of, top_sources
from core.storage.reads_spread import likes_histogram, likes_of, replies_histogram, replies_of
from core.storage.store import Store


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the Overview shows of a query, each as the read of its own returns it.

    `hours` are the comments and replies per local hour, from which every longer period can be summed up.
    """

    totals: Totals
    figures: Figures
    hours: pd.DataFrame
    rhythm: pd.DataFrame
    sources: pd.DataFrame
    authors: Ranking
    likes: pd.DataFrame
    replies: pd.DataFrame


def overview(store: Store, query: Query, leading: int, cancel: threading.Event | None = None) -> Overview:
    """Return the Overview of a query with the `leading` sources and authors, on one snapshot."""
    with looking(store, query, cancel) as look:
        look.set_aside()
        known, leaders = totals_of(look), authors_of(look, leading)
        return Overview(
            totals=known,
            figures=with_authors(known, leaders.authors),
            hours=counts_of(look, "hour"),
            rhythm=rhythm_of(look),
            sources=sources_of(look, leading),
            authors=leaders,
            likes=likes_of(look),
            replies=replies_of(look),
        )


Part = Literal["totals", "hours", "rhythm", "sources", "authors", "likes", "replies"]

# Each part asked alone, of (store, query, how many lead).
PARTS: Final[dict[Part, Callable[[Store, Query, int], Any]]] = {
    "totals": lambda store, query, _: totals(store, query),
    "hours": lambda store, query, _: counts_per_period(store, query, "hour"),
    "rhythm": lambda store, query, _: per_hour_weekday(store, query),
    "sources": top_sources,
    "authors": ranking,
    "likes": lambda store, query, _: likes_histogram(store, query),
    "replies": lambda store, query, _: replies_histogram(store, query),
}

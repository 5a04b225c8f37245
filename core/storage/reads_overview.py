"""The whole Overview in one look: for a query whose conditions are dear, worked out once for all of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pandas as pd

from core.query import Query
from core.storage.looking import looking
from core.storage.reads_figures import Figures, Totals, totals_of, with_authors
from core.storage.reads_periods import counts_of, rhythm_of
from core.storage.reads_ranks import Ranking, authors_of, sources_of
from core.storage.reads_spread import likes_of, replies_of
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
        totals, ranking = totals_of(look), authors_of(look, leading)
        return Overview(
            totals=totals,
            figures=with_authors(totals, ranking.authors),
            hours=counts_of(look, "hour"),
            rhythm=rhythm_of(look),
            sources=sources_of(look, leading),
            authors=ranking,
            likes=likes_of(look),
            replies=replies_of(look),
        )

"""Near-copies: different texts that share most of their words in the same order, joined into clusters."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from core.analysis.copies.exact import LETTERS
from core.analysis.copies.likeness import joined, to_middle
from core.analysis.copies.shingles import Ids, Texts, candidates
from core.analysis.described import Analysis, Asked, Decimal, Found, Note, ResultField, WholeNumber
from core.storage import reads_copies_near

LIKENESS: Final = Decimal("likeness", 0.8, 0.5, 1.0, "Two texts this much alike or more are near-copies.")
WORDS: Final = WholeNumber("words", 4, 2, 100, "A text of fewer words is short and left out.")
MOST: Final = WholeNumber("most", 1_000_000, 1000, 3_000_000, "Different texts to compare; of more a sample.")
SEED: Final = WholeNumber("seed", 1, 0, 2**31 - 1, "Of the hashes and of a sample.")


def clustered(found: pa.Table, same: Ids, least: float, seed: int) -> pa.Table:
    """Return [copy_hash, cluster, likeness] of the texts that are like another one.

    `found` is [copy_hash, words, comments]; `same` tells which words are one; `likeness` is to the most used
    text of the cluster.
    """
    texts = _texts(found, same)
    return _told(found, texts, joined(texts, *candidates(texts, seed), least))


def met(found: pa.Table, same: Ids, seed: int) -> tuple[Ids, Ids]:
    """Return the pairs of texts that are worth comparing."""
    return candidates(_texts(found, same), seed)


def compared(found: pa.Table, same: Ids, pairs: tuple[Ids, Ids], least: float) -> pa.Table:
    """Return what `clustered` does, from pairs that were found before."""
    texts = _texts(found, same)
    return _told(found, texts, joined(texts, *pairs, least))


def _texts(found: pa.Table, same: Ids) -> Texts:
    words = pc.list_flatten(found["words"]).to_numpy()
    lengths = pc.list_value_length(found["words"]).to_numpy()
    return Texts(same[words], np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


def _told(found: pa.Table, texts: Texts, labels: Ids) -> pa.Table:
    inside = np.flatnonzero(labels >= 0)
    alike = to_middle(texts, labels, found["comments"].to_numpy().astype(np.int64))
    columns: dict[str, Any] = {
        "copy_hash": found["copy_hash"].to_numpy()[inside],
        "cluster": labels[inside],
        "likeness": alike[inside],
    }
    return pa.table(columns)


def _work(asked: Asked) -> Found:
    params = asked.params
    asked.report(0.05, "analyze.copies_reading")
    limits = {key: params[key] for key in ("letters", "words", "seed", "most")}
    found = reads_copies_near.texts(asked.store, asked.query, limits, asked.cancel)
    same = reads_copies_near.spellings(asked.store, asked.query, asked.cancel)
    asked.report(0.2, "analyze.copies_hashing")
    pairs = asked.computed(met, found, same, params["seed"])
    asked.report(0.6, "analyze.copies_comparing")
    alike = asked.computed(compared, found, same, pairs, params["likeness"])
    asked.report(0.9, "analyze.copies_telling")
    wanted = {"top": params["top"], "least_authors": params["least_authors"]}
    groups = reads_copies_near.groups(asked.store, asked.query, alike, wanted, asked.cancel)
    told = with_likeness(groups, alike)
    notes = (*notes_of(found), *chained(told, params["likeness"]))
    return Found(told, summary_of(found, alike), notes)


def with_likeness(groups: pd.DataFrame, alike: pa.Table) -> pd.DataFrame:
    """Return the groups, numbered from 1, with the least and the median likeness to the most used text."""
    told = alike.select(["cluster", "likeness"]).to_pandas().groupby("cluster")["likeness"]
    least, middle = told.min(), told.median()
    return groups.assign(
        least_likeness=groups["cluster"].map(least),
        median_likeness=groups["cluster"].map(middle),
        cluster=np.arange(1, len(groups) + 1),
    )


def summary_of(found: pa.Table, alike: pa.Table) -> dict[str, int]:
    """Return how many different texts were compared, are like another, and how many clusters they make."""
    return {
        "texts": found.num_rows,
        "alike": alike.num_rows,
        "clusters": len(set(alike["cluster"].to_pylist())),
    }


def notes_of(found: pa.Table) -> tuple[Note, ...]:
    """Return that only some of the texts were compared, where that is so."""
    total = found["texts"][0].as_py() if found.num_rows else 0
    if total <= found.num_rows:
        return ()
    return (Note("copies_sampled", {"compared": found.num_rows, "texts": total}),)


def chained(groups: pd.DataFrame, likeness: float) -> tuple[Note, ...]:
    """Return how many groups hold texts less alike with the most used one than was asked for."""
    loose = int((groups["least_likeness"] < likeness).sum())
    return (Note("copies_chained", {"loose": loose, "groups": len(groups)}),) if loose else ()


ANALYSIS: Final = Analysis(
    name="near_copies",
    version=1,
    group="copies",
    reads_texts=True,
    is_heavy=True,
    parameters=(
        WholeNumber("top", 100, 1, 1000, "How many clusters to show."),
        WholeNumber("least_authors", 2, 1, 10_000, "Authors that a cluster has at least."),
        LIKENESS,
        LETTERS,
        WORDS,
        MOST,
        SEED,
    ),
    fields=(
        ResultField("cluster", "integer", "", "Number of the cluster, the one with most comments first."),
        ResultField("text", "text", "", "As its first comment has it."),
        ResultField("texts", "integer", "texts", "Different texts in it."),
        ResultField("comments", "integer", "comments", "Comments with one of these texts."),
        ResultField("authors", "integer", "authors", "Different authors of them."),
        ResultField("sources", "integer", "sources", "Different sources of them."),
        ResultField("least_likeness", "number", "0 to 1", "Of the text least like the most used one."),
        ResultField("median_likeness", "number", "0 to 1", "Of the texts to the most used one."),
        ResultField("first_key", "text", "", "Key of the cluster's first comment."),
        ResultField("first_author_id", "integer", "", "Author of that comment; communities negative."),
        ResultField("first_author_name", "text", "", "As it was last seen."),
        ResultField("first_at", "time", "", "When the first was written."),
        ResultField("last_at", "time", "", "When the last was written."),
        ResultField("spread_hours", "number", "hours", "From the first to the last."),
    ),
    method="Likeness: 2 L / (n + m), L the longest common subsequence of the n and m words (Dice 1945; Hyyro "
    "2004), of the first 64 words. Pairs to compare: MinHash of pairs of neighbouring words (Broder 1997) in "
    "24 bands of 2 (Leskovec, Rajaraman & Ullman, ch. 3.4): of texts of ten words with two of them changed "
    "97 % or more are met. Clusters by single linkage: texts far apart may be joined through others, which "
    "`least_likeness` shows.",
    work=_work,
)

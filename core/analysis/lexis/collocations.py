"""Collocations: pairs of words that stand together more often than their frequencies would have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from core.analysis.described import Analysis, Asked, Choice, Found, ResultField, WholeNumber
from core.analysis.stats import collocation, keyness
from core.analysis.stats.intervals import Numbers, wilson
from core.analysis.stats.multiplicity import benjamini_hochberg
from core.storage import reads_words_context, reads_words_pairs

FALSE_RATE: Final = 0.05
MEASURES: Final = ("g2", "log_dice", "npmi", "pmi", "t")


def collocations(pairs: pd.DataFrame, by: str, top: int) -> pd.DataFrame:
    """Return the `top` pairs that attract each other most by a measure, with all measures.

    `pairs` is what `reads_words_pairs.pairs` gives. Only pairs that are above chance are named, but p is
    adjusted for all pairs.
    """
    pair, first, second = (pairs[name].to_numpy(dtype=float) for name in ("pair", "of_first", "of_second"))
    total = float(pairs["pairs"].iloc[0]) if len(pairs) else 1.0
    g2 = collocation.g2(pair, first, second, total)
    low, high = wilson(pair / first, first)
    p_adjusted = benjamini_hochberg(keyness.p_value(g2))
    found = pairs.assign(
        comments=pairs["pair"],
        expected=first * second / total,
        share=pair / first,
        low=low,
        high=high,
        g2=g2,
        p_adjusted=p_adjusted,
        is_found=p_adjusted < FALSE_RATE,
        **_sizes(pair, first, second, total),
    )
    found = found[found["comments"] > found["expected"]]
    return found.sort_values([by, "g2", "first", "second"], ascending=[False, False, True, True]).head(top)


def _sizes(pair: Numbers, first: Numbers, second: Numbers, total: float) -> dict[str, Numbers]:
    measures: dict[str, Callable[..., Numbers]] = {
        "pmi": collocation.pmi,
        "npmi": collocation.npmi,
        "t": collocation.t_score,
    }
    sizes = {name: measure(pair, first, second, total) for name, measure in measures.items()}
    return {**sizes, "log_dice": collocation.log_dice(pair, first, second)}


def _work(asked: Asked) -> Found:
    params = asked.params
    asked.report(0.1, "analyze.lexis_counting")
    pairs = reads_words_pairs.pairs(asked.store, asked.query, params["window"], params["least"], asked.cancel)
    asked.report(0.9, "analyze.computing")
    found = asked.computed(collocations, pairs, params["by"], params["top"])
    ids = sorted({*found["first"].tolist(), *found["second"].tolist()})
    lemmas = reads_words_context.lemmas(asked.store, ids, asked.cancel)
    found = found.assign(**{side: found[side].map(lemmas).astype(object) for side in ("first", "second")})
    total = int(pairs["pairs"].iloc[0]) if len(pairs) else 0
    return Found(found, {"pairs": total, "tested": len(pairs)})


ANALYSIS: Final = Analysis(
    name="collocations",
    version=1,
    parameters=(
        WholeNumber("window", 1, 1, 5, "How many words the second may stand after the first."),
        WholeNumber("least", 5, 2, 100_000, "Pairs in fewer comments are not tested."),
        Choice("by", "g2", MEASURES, "Which measure orders the pairs."),
        WholeNumber("top", 50, 1, 500, "How many pairs to name."),
    ),
    fields=(
        ResultField("first", "text", "", "The word that stands first, in its base form."),
        ResultField("second", "text", "", "The word after it."),
        ResultField("comments", "integer", "comments", "Comments that hold the pair within the window."),
        ResultField("authors", "integer", "authors", "Different authors of them; unknown ones are one each."),
        ResultField("expected", "number", "comments", "So many were expected by chance."),
        ResultField("of_first", "integer", "pairs", "Pairs that begin so: what the share is of."),
        ResultField("of_second", "integer", "pairs", "Pairs that end with the second word."),
        ResultField("share", "number", "0 to 1", "Share of the first word's pairs that are this one."),
        ResultField("low", "number", "0 to 1", "Lower end of the 95 % interval."),
        ResultField("high", "number", "0 to 1", "Upper end of the 95 % interval."),
        ResultField("g2", "number", "", "Evidence: log-likelihood ratio over four cells."),
        ResultField("p_adjusted", "number", "0 to 1", "Of the G2, for all pairs tested."),
        ResultField("is_found", "boolean", "", "Whether the adjusted p is below 0.05."),
        ResultField("log_dice", "number", "at most 14", "Size: logDice, whatever the number of comments."),
        ResultField("npmi", "number", "-1 to 1", "Size: normalised pointwise mutual information."),
        ResultField("pmi", "number", "bits", "Size: pointwise mutual information; rare pairs stand high."),
        ResultField("t", "number", "standard errors", "How far above chance the pair is."),
    ),
    method="Pairs of words that carry meaning inside a comment, once a comment, long copies once; the four "
    "cells count pairs (Evert 2008). G2: Dunning 1993, p by Benjamini & Hochberg 1995. logDice: Rychly "
    "2008. NPMI: Bouma 2009. PMI: Church & Hanks 1990. t: Church et al. 1991. Intervals: Wilson 1927 "
    "over pairs, too narrow where one author repeats a pair: see the number of authors.",
    group="lexis",
    work=_work,
    is_heavy=True,
    reads_texts=True,
)

"""Collocates: the words that stand near one word more often than chance would put them there."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.lexis.concordance import WORD, sought
from core.analysis.stats import collocation, keyness
from core.analysis.stats.intervals import MIN_N, Numbers, wilson
from core.analysis.stats.multiplicity import benjamini_hochberg
from core.storage import reads_words_beside

FALSE_RATE: Final = 0.05


def collocates(beside: pd.DataFrame, by: str, top: int) -> pd.DataFrame:
    """Return the `top` words that are near more often than by chance, with all measures.

    `beside` is what `reads_words_beside.beside` gives; p is adjusted for all of its words.
    """
    names = ("pair", "of_node", "of_word", "of_comments", "authors", "of_authors")
    pair, node, word, total, authors, of = (beside[name].to_numpy(dtype=np.float64) for name in names)
    whole = float(total.max(initial=1.0))
    g2 = collocation.g2(pair, node, word, whole)
    p_adjusted = benjamini_hochberg(keyness.p_value(g2))
    n: Numbers = np.where(of >= MIN_N, of, np.nan)
    share: Numbers = np.asarray(authors / n)
    low, high = wilson(share, n)
    found = beside.assign(
        comments=beside["pair"],
        expected=node * word / whole,
        n=beside["of_authors"],
        share=share,
        low=low,
        high=high,
        g2=g2,
        p_adjusted=p_adjusted,
        is_found=p_adjusted < FALSE_RATE,
        log_dice=collocation.log_dice(pair, node, word),
        npmi=collocation.npmi(pair, node, word, whole),
    )
    found = found[found["comments"] > found["expected"]]
    return found.sort_values([by, "g2", "lemma"], ascending=[False, False, True]).head(top)


def _work(asked: Asked) -> Found:
    looked_for = sought(asked)
    params = asked.params
    if looked_for is None:
        return Found({each.name: np.array([]) for each in FIELDS}, {}, (Note("word_missing"),))
    beside = reads_words_beside.beside(
        asked.store,
        asked.query,
        looked_for,
        window=params["window"],
        least=params["least"],
        cancel=asked.cancel,
    )
    authors = int(beside["of_authors"].max()) if len(beside) else 0
    notes = (Note("lexis_few", {"n": authors, "least": MIN_N}),) if 0 < authors < MIN_N else ()
    found = collocates(beside, params["by"], params["top"])
    return Found(found, {"authors": authors, "tested": len(beside)}, notes)


FIELDS: Final = (
    ResultField("lemma", "text", "", "The word near the one looked for, in its base form."),
    ResultField("comments", "integer", "comments", "Comments that hold both within the window."),
    ResultField("expected", "number", "comments", "So many would hold both anywhere by chance."),
    ResultField("authors", "integer", "authors", "Different authors of them; unknown ones are one each."),
    ResultField("n", "integer", "authors", "Authors who use the word looked for: what the share is of."),
    ResultField("share", "number", "0 to 1", "Share of these authors who put the two together."),
    ResultField("low", "number", "0 to 1", "Lower end of the 95 % interval."),
    ResultField("high", "number", "0 to 1", "Upper end of the 95 % interval."),
    ResultField("g2", "number", "", "Evidence: log-likelihood ratio over four cells of comments."),
    ResultField("p_adjusted", "number", "0 to 1", "Of the G2, for all words tested."),
    ResultField("is_found", "boolean", "", "Whether the adjusted p is below 0.05."),
    ResultField("log_dice", "number", "at most 14", "Size: logDice, whatever the number of comments."),
    ResultField("npmi", "number", "-1 to 1", "Size: normalised pointwise mutual information."),
)

ANALYSIS: Final = Analysis(
    name="collocates",
    version=1,
    parameters=(
        WORD,
        WholeNumber("window", 3, 1, 5, "How many words away on either side."),
        WholeNumber("least", 3, 1, 100_000, "Words in fewer comments are not tested."),
        Choice("by", "g2", ("g2", "log_dice", "npmi"), "Which measure orders the words."),
        WholeNumber("top", 50, 1, 500, "How many words to name."),
    ),
    fields=FIELDS,
    method="Comments that hold both words within the window against those that hold each at all: cautious "
    "for small windows. G2 over four cells: Dunning 1993, p by Benjamini & Hochberg 1995. logDice: Rychly "
    "2008. NPMI: Bouma 2009. Shares are of authors, with Wilson intervals (1927).",
    group="lexis",
    work=_work,
    reads_texts=True,
)

"""Keyness: the words that one set of comments uses more than another."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.lexis.clustered import Sums, Whole, intervals
from core.analysis.stats import keyness
from core.analysis.stats.intervals import MIN_N, normal_quantile
from core.analysis.stats.multiplicity import benjamini_hochberg
from core.storage import reads_words_apart
from core.storage.reads_words_apart import Likely

FALSE_RATE: Final = 0.05
PER: Final = 1000.0
SIDES: Final = ("a", "b")
SPARE: Final = 10
"""So many more words are told of than are named: the last digits of their G2 differ in the database."""


def keys(votes: pd.DataFrame, least: int, top: int) -> pd.DataFrame:
    """Return the `top` most telling words of each side, with evidence and size: the likeliest first.

    `votes` is what `reads_words_apart.votes` gives; only words whose `stood_on` it tells can be named. Words
    in fewer than `least` comments are not tested, but the log-odds know all words.
    """
    of_a, of_b = float(votes["of_a"].iloc[0]), float(votes["of_b"].iloc[0])
    a, b = (np.minimum(votes[side].to_numpy(dtype=float), of) for side, of in (("a", of_a), ("b", of_b)))
    odds = keyness.log_odds(a, b, a + b)
    g2 = keyness.g2(a, b, of_a, of_b)
    half = normal_quantile() * np.sqrt(odds.variance)
    found = votes.assign(
        side=np.where(a * of_b >= b * of_a, *SIDES),
        g2=np.abs(g2),
        p=keyness.p_value(g2),
        log_ratio=keyness.log_ratio(a, b, of_a, of_b),
        log_odds=odds.delta,
        log_odds_low=odds.delta - half,
        log_odds_high=odds.delta + half,
        z=odds.z,
    )
    found = found[votes["comments"].to_numpy() >= least]
    found = found.assign(p_adjusted=benjamini_hochberg(found["p"].to_numpy()))
    is_apart = (found["log_odds_low"] > 0) | (found["log_odds_high"] < 0)
    found = found.assign(is_key=(found["p_adjusted"] < FALSE_RATE) & is_apart)
    found = found[found["stood_on"].notna()]
    found = found.sort_values(["g2", "comments", "lemma_id"], ascending=[False, False, True])
    return pd.concat([found[found["side"] == side].head(top) for side in SIDES], ignore_index=True)


def with_rates(found: pd.DataFrame) -> pd.DataFrame:
    """Return the words with what their votes stand on, and rates per 1000 with their 95 % intervals."""
    stood_on = pd.DataFrame([row for rows in found["stood_on"] for row in rows])
    found = found.drop(columns="stood_on")
    for side, is_a in zip(SIDES, (True, False), strict=True):
        rows = stood_on[stood_on["is_a"] == is_a].reset_index(drop=True)
        share, low, high = intervals(*_sums(rows))
        found[f"comments_{side}"], found[f"authors_{side}"] = rows["comments"], rows["authors"]
        found[f"n_{side}"], found[f"rate_{side}"] = rows["of"], share * PER
        found[f"low_{side}"], found[f"high_{side}"] = low * PER, high * PER
    return found.assign(lemma=stood_on["lemma"].to_numpy()[::2])


def _sums(rows: pd.DataFrame) -> tuple[Sums, Whole]:
    hits, squares, products = (rows[name].to_numpy(dtype=float) for name in ("hits", "squares", "products"))
    first = rows.iloc[0]
    whole = Whole(
        float(first["of"]),
        float(first["alone"]),
        int(first["clusters"]),
        float(first["size_products"]),
        (float(first["size_2"]), float(first["size_3"]), float(first["size_4"])),
    )
    return Sums(hits, squares, products), whole


def _work(asked: Asked) -> Found:
    per = asked.params["per"]
    likely = Likely(asked.params["top"] + SPARE, asked.params["least"])
    votes = reads_words_apart.votes(asked.store, asked.query, asked.other, per, likely, cancel=asked.cancel)
    of = {side: 0.0 if votes.empty else float(votes[f"of_{side}"].fillna(0).iloc[0]) for side in SIDES}
    summary = {f"n_{side}": int(n) for side, n in of.items()}
    if min(of.values()) < MIN_N:
        values = {**summary, "least": MIN_N}
        return Found(_nothing(), summary, (Note("keyness_few", values),))
    found = keys(votes, asked.params["least"], asked.params["top"])
    if found.empty:
        return Found(_nothing(), {**summary, "tested": 0})
    tested = int((votes["comments"] >= asked.params["least"]).sum())
    return Found(with_rates(found), {**summary, "tested": tested}, _notes(votes, per))


def _nothing() -> dict[str, np.ndarray[Any, Any]]:
    return {each.name: np.array([]) for each in FIELDS}


def _notes(votes: pd.DataFrame, per: str) -> tuple[Note, ...]:
    in_both, copies = (int(votes[name].fillna(0).iloc[0]) for name in ("in_both", "copies"))
    notes = []
    if copies:
        notes.append(Note("keyness_copies", {"copies": copies, "length": reads_words_apart.COPY_LENGTH}))
    if in_both:
        notes.append(Note("keyness_both", {"comments": in_both}))
    if per == "comments":
        notes.append(Note("keyness_loud"))
    return tuple(notes)


def _of_side(side: str) -> tuple[ResultField, ...]:
    where = f"In set {side.upper()}: "
    unit = "per 1000 votes"
    return (
        ResultField(f"comments_{side}", "integer", "comments", f"{where}comments that use the word."),
        ResultField(f"authors_{side}", "integer", "authors", f"{where}different authors of them."),
        ResultField(f"n_{side}", "integer", "votes", f"{where}all votes, of authors or comments."),
        ResultField(f"rate_{side}", "number", unit, f"{where}votes for the word."),
        ResultField(f"low_{side}", "number", unit, f"{where}lower end of the rate's 95 % interval."),
        ResultField(f"high_{side}", "number", unit, f"{where}upper end of the rate's 95 % interval."),
    )


FIELDS: Final = (
    ResultField("lemma", "text", "", "The word in its base form."),
    ResultField("side", "text", "", "The set that uses it more: `a` or `b`."),
    ResultField("is_key", "boolean", "", "Adjusted p below 0.05, and no 0 in the interval of the log-odds."),
    ResultField("g2", "number", "", "Evidence: log-likelihood ratio over four cells."),
    ResultField("p", "number", "0 to 1", "Of the G2, one degree of freedom."),
    ResultField("p_adjusted", "number", "0 to 1", "For all words tested, by Benjamini and Hochberg."),
    ResultField("log_ratio", "number", "log2", "Size: 1 is twice as often in A, -1 twice as often in B."),
    ResultField("log_odds", "number", "log", "Size: weighted log-odds, the words of both sets as prior."),
    ResultField("log_odds_low", "number", "log", "Lower end of their 95 % interval."),
    ResultField("log_odds_high", "number", "log", "Upper end of their 95 % interval."),
    ResultField("z", "number", "standard errors", "The log-odds over their standard error."),
    *_of_side("a"),
    *_of_side("b"),
)

ANALYSIS: Final = Analysis(
    name="keyness",
    version=1,
    parameters=(
        Choice(
            "per",
            "authors",
            ("authors", "comments"),
            "Who votes: each author once, comments sharing the vote, or each comment.",
        ),
        WholeNumber("least", 10, 1, 100_000, "Words in fewer comments of both sets are not tested."),
        WholeNumber("top", 30, 1, 500, "How many words of each set to name."),
    ),
    fields=FIELDS,
    method="Votes for a word against all votes of the set: G2 over four cells (Dunning 1993), p by Benjamini "
    "& Hochberg 1995 over all words tested, log ratio (Hardie 2014), weighted log-odds with a "
    "Dirichlet prior (Monroe, Colaresi & Quinn 2008, eq. 16, 20, 22). Where authors vote, an author's "
    "comments share one vote and G2 is cautious. Rates: Wilson intervals over clusters (Korn & "
    "Graubard 1998). Long copies count once a set.",
    group="lexis",
    work=_work,
    compares=True,
    reads_texts=True,
)

"""From codings to what statistics take: one truth per text, the model's answer, how many it stands for."""

from __future__ import annotations

import threading
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from core.analysis.stats.coded import Coded
from core.analysis.stats.intervals import Numbers
from core.query import SENTIMENTS, Query
from core.storage import reads_coding
from core.storage.store import Store
from core.text.calibrating import standing
from core.text.probabilities import moods, probabilities, toxicity

Judged = Literal["sentiment", "toxicity"]
Codes = np.ndarray[Any, np.dtype[np.int64]]
Cancel = threading.Event | None

CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "sentiment": SENTIMENTS,
    "toxicity": ("not_toxic", "toxic"),
}
"""What the model may say. Among codings, `unsure` is "nobody can say", which is a truth of its own."""

VALUES: Final[dict[str, tuple[str, ...]]] = {"sentiment": SENTIMENTS, "toxicity": ("no", "yes")}
"""What a coder may say, in the order of the classes."""

THRESHOLD: Final = 0.5
"""From this probability on a comment counts as toxic."""


def codings(store: Store, query: Query, name: Judged, cancel: Cancel = None) -> pd.DataFrame:
    """Return what `reads_coding.coded` does, with the model's answer as for texts that it never saw.

    Weights that were trained on labels flatter the very texts they learned from.
    """
    found = reads_coding.coded(store, query, name, cancel)
    now = standing(store)
    unseen = now.held_out.get(name, {})
    at = np.flatnonzero(found["comment_key"].isin(list(unseen)))
    if not len(at):
        return found
    scores = np.array([unseen[key] for key in found["comment_key"].iloc[at]], dtype=float)
    names = ("score_toxic",) if name == "toxicity" else ("score_negative", "score_neutral", "score_positive")
    for place, column in enumerate(names):
        found.loc[found.index[at], column] = scores[:, place]
    if name == "toxicity":
        found.loc[found.index[at], "toxicity"] = toxicity(scores[:, 0], now.calibration)
    else:
        told = moods(probabilities(scores, now.calibration), now.calibration)
        found.loc[found.index[at], "sentiment"] = told
    return found


def one_each(codings: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return one row per text of a sample with `code`: what most coders said, of a tie what was said first.

    `codings` has [sample_id, place, value, coder] in the order in which they were given; values that are none
    of the name's are left out.
    """
    places = {value: code for code, value in enumerate(VALUES[name])}
    known = codings[codings["value"].isin(list(places))]
    told = known.assign(code=known["value"].map(places).astype("int64"))
    keys = ["sample_id", "place"]
    votes = told.groupby([*keys, "code"], sort=False).size().rename("votes").reset_index()
    best = votes.sort_values("votes", ascending=False, kind="stable").drop_duplicates(keys)
    firsts = told.drop(columns=["code", "value", "coder"]).drop_duplicates(keys)
    return firsts.merge(best[[*keys, "code"]], on=keys, validate="one_to_one").reset_index(drop=True)


def coded_of(told: pd.DataFrame, name: str, threshold: float = THRESHOLD) -> Coded:
    """Return what `one_each` gave as statistics take it.

    A stratum's comments are shared out over its coded texts, one that was drawn twice getting twice as many.
    """
    times = told["times"].to_numpy(dtype=float)
    drawn = told.groupby("stratum")["times"].transform("sum").to_numpy(dtype=float)
    weight = told["stratum_size"].to_numpy(dtype=float) * times / drawn
    return Coded(
        predicted=said(told, name, threshold),
        true=told["code"].to_numpy(dtype=np.int64),
        weight=weight,
        stratum=pd.factorize(told["stratum"])[0].astype(np.int64),
    )


def said(told: pd.DataFrame, name: str, threshold: float = THRESHOLD) -> Codes:
    """Return the number of the class that the model puts each comment into."""
    if name == "toxicity":
        return np.asarray(told["toxicity"].to_numpy(dtype=float) >= threshold, dtype=np.int64)
    return np.asarray(
        told["sentiment"].map({each: code for code, each in enumerate(SENTIMENTS)}), dtype="int64"
    )


def by_coder(codings: pd.DataFrame, name: str) -> Codes:
    """Return a table of texts by coders: the code that each gave, -1 where none."""
    places = {value: code for code, value in enumerate(VALUES[name])}
    known = codings[codings["value"].isin(list(places))]
    if known.empty:
        return np.zeros((0, 0), dtype=np.int64)
    told = known.assign(code=known["value"].map(places))
    table = told.pivot_table("code", ["sample_id", "place"], "coder", aggfunc="last")
    return np.asarray(table.fillna(-1).to_numpy(), dtype=np.int64)


def weights_of(coded: Coded) -> Numbers:
    """Return weights whose mean is 1, for what is fitted rather than counted."""
    return np.asarray(coded.weight / coded.weight.mean(), dtype=float)

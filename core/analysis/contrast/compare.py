"""Any set of comments against any other: what differs between them by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.contrast.differences import Contrast, contrasted
from core.analysis.contrast.measures import NAMES, Lengths, pairs
from core.analysis.described import Analysis, Asked, Cell, Found, Note, ResultField, WholeNumber
from core.analysis.mood import trust
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Estimate
from core.analysis.stats.multiplicity import benjamini_hochberg
from core.query import SENTIMENTS
from core.storage import reads_contrast as reads

RATE: Final = 0.05
"""Which share of what is said to differ may be by chance."""


def verdicts(found: Sequence[Contrast]) -> list[dict[str, Cell]]:
    """Return a row per measure, with p-values adjusted over all measures and what is to be said."""
    p_values = np.array([np.nan if each.p is None else each.p for each in found])
    return [_row(each, float(q)) for each, q in zip(found, benjamini_hochberg(p_values), strict=True)]


def _row(found: Contrast, q: float) -> dict[str, Cell]:
    difference = found.difference
    if difference is None or found.p is None:
        verdict, adjusted = "too few to say", None
    else:
        differs = q <= RATE and not difference.low <= 0 <= difference.high
        verdict, adjusted = "differs" if differs else "no difference seen", q
    return {
        "measure": found.name,
        **_ends("value_a", found.a),
        "n_a": found.n_a,
        **_ends("value_b", found.b),
        "n_b": found.n_b,
        **_ends("difference", difference),
        "p": found.p,
        "q": adjusted,
        "verdict": verdict,
    }


def _ends(name: str, found: Estimate | None) -> dict[str, Cell]:
    ends = (None, None, None) if found is None else (found.value, found.low, found.high)
    return dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))


def corrected(asked: Asked, cells: pd.DataFrame, found: Sequence[Contrast]) -> pd.DataFrame:
    """Return shares of moods in both sets without the model's errors, as `trust.corrected` tells them."""
    counts = pd.DataFrame([cells.loc[cells[each], list(SENTIMENTS)].sum() for each in ("in_a", "in_b")])
    negative = next(each for each in found if each.name == "negative_share")
    effective = np.array([_effective(each) for each in (negative.a, negative.b)])
    return trust.corrected(asked, counts, "sentiment", "parts", effective=effective)


def _effective(found: Estimate | None) -> float:
    """Return as how many independent comments a share is, by the width of its interval."""
    if found is None or found.high <= found.low:
        return 1.0
    return max(1.0, found.value * (1 - found.value) * (2 * 1.96 / (found.high - found.low)) ** 2)


def _work(asked: Asked) -> Found:
    asked.report(0.02, "analyze.compare_reading")
    lengths = Lengths.of(reads.lengths(asked.store, asked.query, asked.other, asked.cancel))
    days = reads.days(asked.store, asked.query, asked.other, asked.cancel)
    cells = reads.cells(asked.store, asked.query, asked.other, lengths.medians(), asked.cancel)
    found = []
    for place, pair in enumerate(pairs(cells, days)):
        asked.report(0.2 + 0.75 * place / len(NAMES), "analyze.compare_measuring")
        found.append(
            asked.computed(contrasted, pair, lengths, asked.params["resamples"], asked.params["seed"])
        )
    rows = verdicts(found)
    told = corrected(asked, cells, found)
    for row, name in ((each, str(each["measure"]).removesuffix("_share")) for each in rows):
        for number, of in enumerate("ab"):
            mine = told[(told["row"] == number) & (told["label"] == name)]
            for end, column in (("", "estimate"), ("_low", "low"), ("_high", "high")):
                row[f"corrected_{of}{end}"] = float(mine[column].iloc[0]) if len(mine) else None
    summary = summary_of(cells, rows)
    notes = (*notes_of(asked, cells, rows), *trust.notes_of(told, asked))
    return Found(pd.DataFrame(rows, columns=[each.name for each in FIELDS], dtype=object), summary, notes)


def summary_of(cells: pd.DataFrame, rows: Sequence[dict[str, Cell]]) -> dict[str, Cell]:
    """Return how large both sets are and how many measures were tested and differ."""
    sizes: dict[str, Cell] = {}
    for name in "ab":
        own = cells[cells[f"in_{name}"]]
        known = own.loc[own["author"] > reads.UNKNOWN_BELOW, "author"]
        sizes |= {
            f"comments_{name}": int(own["comments"].sum()),
            f"authors_{name}": int(known.nunique()),
            f"posts_{name}": int(own["post"].nunique()),
        }
    both = cells[cells["in_a"] & cells["in_b"]]
    return {
        **sizes,
        "in_both": int(both["comments"].sum()),
        "tested": sum(row["q"] is not None for row in rows),
        "differ": sum(row["verdict"] == "differs" for row in rows),
        "false_discovery_rate": RATE,
    }


def notes_of(asked: Asked, cells: pd.DataFrame, rows: Sequence[dict[str, Cell]]) -> tuple[Note, ...]:
    """Return what a reader must know of the sets and of the measures."""
    notes = [Note("compare_rest")] if asked.other is None else []
    shared = int(cells.loc[cells["in_a"] & cells["in_b"], "comments"].sum())
    if shared:
        notes.append(Note("compare_overlap", {"comments": shared}))
    if min(cells.loc[cells[each], "post"].nunique() for each in ("in_a", "in_b")) < MIN_CLUSTERS:
        notes.append(Note("compare_these_posts", {"least": MIN_CLUSTERS}))
    few = sum(row["verdict"] == "too few to say" for row in rows)
    if few:
        notes.append(Note("compare_few", {"measures": few, "least": MIN_N, "clusters": MIN_CLUSTERS}))
    return tuple(notes)


def _fields(name: str, meaning: str) -> tuple[ResultField, ...]:
    return (
        ResultField(name, "number", "of the measure", meaning),
        ResultField(f"{name}_low", "number", "of the measure", "Lower end of its 95 % interval."),
        ResultField(f"{name}_high", "number", "of the measure", "Upper end of its 95 % interval."),
    )


FIELDS: Final = (
    ResultField(
        "measure", "text", "", "What is compared; its name says whether it is a share, rate or mean."
    ),
    *_fields("value_a", "In the first set; shares from 0 to 1, `median_length` in words."),
    ResultField("n_a", "integer", "comments", "What it stands on: comments looked at, authors, or days."),
    *_fields("value_b", "In the second set, or in all the rest."),
    ResultField("n_b", "integer", "comments", "What it stands on: comments looked at, authors, or days."),
    *_fields("difference", "First less second."),
    ResultField("p", "number", "probability", "Of a difference as large by chance."),
    ResultField("q", "number", "probability", "The same, adjusted over all measures."),
    ResultField("verdict", "text", "", "`differs`, `no difference seen` or `too few to say`."),
    *_fields("corrected_a", "Of moods: share in the first set without the model's errors, or null."),
    *_fields("corrected_b", "The same in the second set."),
)

ANALYSIS: Final = Analysis(
    name="compare",
    version=1,
    group="contrast",
    is_heavy=True,
    compares=True,
    reads_texts=True,
    parameters=(
        WholeNumber("resamples", 999, 499, 9999, "Permutations for each measure."),
        WholeNumber("seed", 1, 0, 2**32 - 1, "Of the permutations: the same seed gives the same p-values."),
    ),
    fields=FIELDS,
    method="Shares with Wilson's interval over the effective number of comments clustered by author and post "
    "(Korn & Graubard 1998; Cameron, Gelbach & Miller 2011), means with the t interval freed of skewness "
    "(Hall 1992), the median by Woodruff (1952); differences by Newcombe (1998), of medians as if "
    "independent. p-values: studentised permutation of whole authors between the sets (Chung & Romano 2013; "
    "Phipson & Smyth 2010), of the median by the shares above the common one (Mood 1950); for comments per "
    "day the larger of a permutation of days and of turning authors round (Fisher 1935); adjusted by "
    "Benjamini & Hochberg (1995). Differs: q at most 0.05 and the interval without 0. Where a set has fewer "
    "than 5 posts, authors alone are the clusters. Comments per day are over all local days from a set's "
    "first to its last; comments per author grow with the size of a set.",
    work=_work,
    model="mood",
)

"""Robustness: the headline results again, without the loudest, without copies, by another clock or model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

import pandas as pd

from core.analysis.contrast import headlines
from core.analysis.contrast.headlines import Headline
from core.analysis.contrast.surviving import told
from core.analysis.described import (
    Analysis,
    Asked,
    Cell,
    Found,
    Note,
    ResultField,
    WholeNumber,
    Zone,
)
from core.analysis.mood import trust
from core.query import Query
from core.storage import reads_robustness as reads
from core.storage import reads_service
from core.storage.reads_robustness import Part
from core.text import polarity

LOUD: Final = 0.01
WORDS: Final = 50
GOOD: Final = tuple(sorted(polarity.PRAISE | polarity.GOOD | polarity.LAUGH))
BAD: Final = tuple(sorted(polarity.BLAME | polarity.TROUBLE | polarity.SCORN))


@dataclass(frozen=True, slots=True)
class Variant:
    """The comments looked at again: whose headline results, and against whose they are judged."""

    name: str
    query: Query
    part: Part
    against: str = "baseline"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is looked at again in every variant: frequent words, the largest topics, the questions."""

    words: dict[str, int]
    topics: list[int]
    questions: pd.DataFrame


def variants(asked: Asked, zone: str) -> list[Variant]:
    """Return every variant, the baseline first."""
    number = math.ceil(LOUD * asked.figures.authors)
    loudest = reads.loudest(asked.store, asked.query, number, asked.cancel)
    middle = reads.middle(asked.store, asked.query, asked.cancel)
    found = [
        Variant(kept, asked.query, Part(kept, loudest, middle))
        for kept in get_args(reads.Kept)
        if middle is not None or not kept.endswith("_half")
    ]
    halves = {"first_half": "second_half", "second_half": "first_half"}
    named = [replace(each, against=halves.get(each.name, each.against)) for each in found]
    first = replace(named[0], name="baseline", against="")
    return [first, *named[1:], Variant("other_zone", replace(asked.query, tz=zone), Part("all"))]


def kept_questions(questions: pd.DataFrame, part: Part) -> pd.DataFrame:
    """Return the questions of a part of the comments."""
    match part.kept:
        case "without_loudest":
            return questions[~questions["author"].isin(list(part.loudest))]
        case "without_copies":
            return questions[questions["copy_hash"].isna() | ~questions.duplicated("copy_hash")]
        case "roots_only":
            return questions[questions["is_root"]]
        case "first_half":
            return questions[questions["asked_at"] < part.middle]
        case "second_half":
            return questions[questions["asked_at"] >= part.middle]
    return questions


def results(asked: Asked, variant: Variant, baseline: Baseline) -> list[Headline]:
    """Return the headline results of a variant."""
    query, part = variant.query, variant.part
    hour = reads.busiest_hour(asked.store, query, part, asked.cancel)
    cells = reads.cells(asked.store, query, part, -1 if hour is None else hour, asked.cancel)
    found = asked.computed(headlines.of_cells, cells, hour, asked.params["resamples"], asked.params["seed"])
    counted = reads.words(asked.store, query, part, wanted=list(baseline.words), cancel=asked.cancel)
    questions = kept_questions(baseline.questions, part)
    if variant.name == "other_zone":
        questions = reads_service.questions(asked.store, query, asked.cancel)
    shares = []
    if baseline.topics:
        shares = headlines.topics(reads.topics(asked.store, query, part, asked.cancel), baseline.topics)
    return [*found, headlines.words(baseline.words, counted), headlines.answered(questions), *shares]


def _work(asked: Asked) -> Found:
    zone = str(asked.params["zone"])
    asked.report(0.02, "analyze.robustness_reading")
    every = variants(asked, zone)
    whole = every[0].part
    baseline = Baseline(
        reads.words(asked.store, asked.query, whole, top=WORDS, cancel=asked.cancel),
        headlines.largest_topics(reads.topics(asked.store, asked.query, whole, asked.cancel)),
        reads_service.questions(asked.store, asked.query, asked.cancel),
    )
    found: dict[str, Sequence[Headline]] = {}
    for place, variant in enumerate(every):
        asked.report(0.05 + 0.9 * place / (len(every) + 1), "analyze.robustness_again")
        found[variant.name] = results(asked, variant, baseline)
    asked.report(0.95, "analyze.robustness_again")
    lexicon = headlines.moods(reads.by_lexicon(asked.store, asked.query, GOOD, BAD, asked.cancel))
    rows = [
        row
        for each in every
        for row in told(each.name, each.against, found[each.against or each.name], found[each.name])
    ]
    rows += told("other_model", "baseline", found["baseline"], lexicon)
    frame = pd.DataFrame(rows, columns=[each.name for each in FIELDS], dtype=object)
    notes = (Note("robustness_rules", {"zone": zone}), *trust.notes_for(asked))
    return Found(frame, summary_of(rows, whole), notes)


def summary_of(rows: Sequence[dict[str, Cell]], whole: Part) -> dict[str, Cell]:
    """Return how many findings survive everything, and for each the variants in which it changes."""
    judged = [row for row in rows if row["holds"] is not None]
    names = list(dict.fromkeys(str(row["finding"]) for row in judged))
    changes = {
        name: [str(row["variant"]) for row in judged if row["finding"] == name and not row["holds"]]
        for name in names
    }
    return {
        "findings": len(names),
        "survive": sum(not each for each in changes.values()),
        "authors_left_out": len(whole.loudest),
        **{f"{name}_changes_in": ", ".join(each) or None for name, each in changes.items()},
    }


FIELDS: Final = (
    ResultField("finding", "text", "", "Which headline result."),
    ResultField("variant", "text", "", "Of which comments, or judged how; `baseline` is the query as it is."),
    ResultField("against", "text", "", "Which variant it is judged against; null for the baseline."),
    ResultField("value", "number", "of the finding", "Shares 0 to 1; `top_words`: rank correlation."),
    ResultField("low", "number", "of the finding", "Lower end of its 95 % interval; an hour has none."),
    ResultField("high", "number", "of the finding", "Upper end of its 95 % interval; an hour has none."),
    ResultField("n", "integer", "", "Comments, authors (Gini), words or questions that it stands on."),
    ResultField("names", "text", "", "The hour, source or words that it names; else empty."),
    ResultField("rule", "text", "", "By which rule it is judged."),
    ResultField(
        "holds", "boolean", "", "Whether the finding survives; null: the finding itself, or too few."
    ),
    ResultField("verdict", "text", "", "`the finding`, `holds`, `changes` or `too few to say`."),
)

ANALYSIS: Final = Analysis(
    name="robustness",
    version=1,
    group="contrast",
    is_heavy=True,
    reads_texts=True,
    parameters=(
        Zone("zone", "Asia/Vladivostok", "The other time zone."),
        WholeNumber("resamples", 400, 99, 9999, "Resamples of the bootstrap of Gini."),
        WholeNumber("seed", 1, 0, 2**32 - 1, "Of the random draw: the same seed gives the same intervals."),
    ),
    fields=FIELDS,
    method="Shares and means with intervals clustered by author and source (Korn & Graubard 1998; Hall "
    "1992), Gini by percentile bootstrap over authors (Efron & Tibshirani 1993), words by Spearman's "
    "correlation of the 50 most frequent ones (Bonett & Wright 2000). Variants: without the 1 % of authors "
    "with most comments, each text of 20 letters or more once, roots alone, by another zone's clock, moods "
    "by lists of words that praise and blame (negation is not seen), and the earlier half of comments "
    "against the later. A finding survives if the intervals overlap; the balance of moods keeps its sign (or "
    "stays unclear); the ranks correlate at 0.7 or more; the busiest hour is at most one away; the largest "
    "source is the same.",
    work=_work,
    model="mood",
)

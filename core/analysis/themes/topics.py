"""Topics: what the comments are about, how much of each, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Cell, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.stats.clustered import share
from core.analysis.stats.clusters import Sample
from core.analysis.stats.intervals import Estimate
from core.analysis.themes.documents import Ids, Numbers
from core.analysis.themes.keeping import (
    FEWEST_LEMMAS,
    MOST_TEXTS,
    TEXTS_PER_TOPIC,
    Described,
    described,
    fit_of,
    kept_note,
)
from core.storage import reads_topics
from core.storage.reads_topics import StoredFit


def _work(asked: Asked) -> Found:
    fit = fit_of(asked)
    if fit is None:
        return _too_few(asked)
    counted = reads_topics.per_author(
        asked.store, asked.query, fit.fit_id, fewest=FEWEST_LEMMAS, cancel=asked.cancel
    )
    examples = reads_topics.examples(asked.store, asked.query, fit.fit_id, asked.cancel)
    columns = _columns(counted, described(fit), examples)
    return Found(columns, _summary(columns, counted, fit), _notes(asked, fit))


def _columns(
    counted: pd.DataFrame, about: list[Described], examples: Mapping[int, list[str]]
) -> dict[str, Any]:
    """Return every topic of the fit, then what belongs to none."""
    topics = [*range(1, len(about) + 1), 0]
    estimates = _shares(counted, topics)
    parts = [counted[counted["topic"] == topic] for topic in topics]
    known = [*about, None]
    return {
        "topic": topics,
        "name": [each and each.name for each in known],
        "words": [each and ", ".join(each.words) for each in known],
        "comments": [int(part["comments"].sum()) for part in parts],
        "authors": [len(part) for part in parts],
        "n": [int(counted["comments"].sum())] * len(topics),
        "share": [each and each.value for each in estimates],
        "low": [each and each.low for each in estimates],
        "high": [each and each.high for each in estimates],
        "stability_seeds": [each and each.by_seed for each in known],
        "stability_subsamples": [each and each.by_subsample for each in known],
        "is_steady": [each and each.is_steady for each in known],
        "coherence": [each and each.coherence for each in known],
        "examples": [" ".join(examples.get(topic, [])) or None for topic in topics],
    }


def _shares(counted: pd.DataFrame, topics: Sequence[int]) -> list[Estimate | None]:
    """Return the share of each topic with its interval over authors; None where there are too few to say."""
    author = np.unique(counted["author"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    comments, topic = counted["comments"].to_numpy(dtype=float), counted["topic"].to_numpy()
    sizes = _sums(author, comments, int(author.max(initial=-1)) + 1)
    by = (np.arange(len(sizes)),)
    return [
        share(Sample(_sums(author, comments * (topic == each), len(sizes)), sizes, by)) for each in topics
    ]


def _sums(author: Ids, values: Numbers, authors: int) -> Numbers:
    return np.bincount(author, values, authors).astype(np.float64)


def _summary(columns: Mapping[str, Any], counted: pd.DataFrame, fit: StoredFit) -> dict[str, Cell]:
    about = described(fit)
    unassigned, short = columns["comments"][-1], int(counted["short"].sum())
    return {
        "fit": fit.fit_id,
        "found_at": fit.made_at.isoformat().replace("+00:00", "Z"),
        "texts": fit.texts,
        "texts_fitted": fit.documents,
        "comments": columns["n"][-1],
        "unassigned": unassigned,
        "unassigned_share": columns["share"][-1],
        "unassigned_low": columns["low"][-1],
        "unassigned_high": columns["high"][-1],
        "too_short": short,
        "unclear": unassigned - short,
        "stability_seeds": float(np.mean([each.by_seed for each in about])),
        "stability_subsamples": float(np.mean([each.by_subsample for each in about])),
    }


def _notes(asked: Asked, fit: StoredFit) -> tuple[Note, ...]:
    unsteady = sum(not each.is_steady for each in described(fit))
    notes = [kept_note(asked, fit)]
    if fit.documents < fit.texts:
        sample: dict[str, Cell] = {"documents": fit.documents, "texts": fit.texts, "seed": str(fit.seed)}
        notes.append(Note("topics_sample", sample))
    if unsteady:
        notes.append(Note("topics_unsteady", {"unsteady": unsteady, "topics": fit.topics}))
    if fit.made_version < reads_topics.texts_version(asked.store):
        notes.append(Note("topics_grown"))
    if asked.query.topic:
        notes.append(Note("topics_filtered"))
    return tuple(notes)


def _too_few(asked: Asked) -> Found:
    """Return that nothing was found: all comments belong to no topic."""
    nothing: dict[str, Any] = {each.name: [None] for each in FIELDS}
    comments = [asked.figures.comments]
    values: dict[str, Cell] = {
        "topics": asked.params["topics"],
        "least": TEXTS_PER_TOPIC * asked.params["topics"],
    }
    columns = {**nothing, "topic": [0], "comments": comments, "n": comments}
    return Found(columns, notes=(Note("topics_few", values),))


FIELDS: Final = (
    ResultField("topic", "integer", "", "Number of the topic, as the filter has it; 0: belongs to none."),
    ResultField("name", "text", "", "The words that most set its comments apart; null for none."),
    ResultField("words", "text", "", "Its heaviest words, the heaviest first."),
    ResultField("comments", "integer", "comments", "Comments of the query that belong to it."),
    ResultField("authors", "integer", "authors", "Different authors of them."),
    ResultField(
        "n", "integer", "comments", "Comments of the query that were looked at: the share is of these."
    ),
    ResultField("share", "number", "share of comments", "0 to 1; null where there are too few to say."),
    ResultField("low", "number", "share of comments", "Lower end of the 95 % interval."),
    ResultField("high", "number", "share of comments", "Upper end of the 95 % interval."),
    ResultField("stability_seeds", "number", "0 to 1", "How alike it is in three fits that begin at random."),
    ResultField(
        "stability_subsamples", "number", "0 to 1", "How alike it is in fits of 90 % of the texts, three."
    ),
    ResultField(
        "is_steady",
        "boolean",
        "",
        "Whether both are 0.3 or more; others are shown in grey. Words that only chance joins can be steady "
        "too, but hardly coherent.",
    ),
    ResultField("coherence", "number", "NPMI, -1 to 1", "How far its ten heaviest words stand together."),
    ResultField("examples", "text", "", "Keys of up to three comments that belong to it most plainly."),
)

ANALYSIS: Final = Analysis(
    name="topics",
    version=1,
    parameters=(
        WholeNumber("topics", 12, 2, 60, "How many topics to look for."),
        WholeNumber("sample", MOST_TEXTS, 200, MOST_TEXTS, "How many different texts to look in at most."),
        WholeNumber(
            "seed", 1, 0, 2**31 - 1, "Of the sample and the fits: the same seed finds the same topics."
        ),
        Choice("refit", "no", ("no", "yes"), "Whether to find them anew although they were kept."),
    ),
    fields=FIELDS,
    method="Non-negative matrix factorisation (Lee & Seung 1999; start: Boutsidis & Gallopoulos 2008) of "
    "TF-IDF over lemmas (a lemma weighs more the more it gathers under few posts, Church & Gale "
    f"1995), on at most {MOST_TEXTS:,} different texts that have {FEWEST_LEMMAS} lemmas or more that "
    "carry meaning; every comment is then placed by least squares. It belongs to a topic that has "
    "half of its weight or more, and at least 0.1; shorter, weaker and divided ones belong to none. "
    "Names: log-likelihood of the words against the other texts (Dunning 1993). Stability: mean "
    "Jaccard similarity of the ten heaviest words, matched one to one (Greene, O'Callaghan & "
    "Cunningham 2014). Coherence: mean NPMI (Lau, Newman & Baldwin 2014). Intervals: Wilson 1927 "
    "over the effective number of comments, clustered by author (Korn & Graubard 1998).",
    is_heavy=True,
    group="themes",
    work=_work,
    reads_texts=True,
    keeps_one=True,
)

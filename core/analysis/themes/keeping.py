"""Topics that are found once and kept: fit them, and place comments among them on every visit."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from core.analysis.described import Asked, Note
from core.analysis.themes import fitting
from core.analysis.themes.documents import Documents, Ids, Numbers, Vocabulary, documents
from core.analysis.themes.questions import fitted_query, question
from core.storage import reads_topics, writes_topics
from core.storage.reads_topics import StoredFit

FEWEST_LEMMAS: Final = 3
MOST_TEXTS: Final = 50_000
TEXTS_PER_TOPIC: Final = 10
CHUNK: Final = 50_000
AT_ONCE: Final = 2
STEADY: Final = 0.3
RUNS: Final[tuple[fitting.Run, ...]] = ("seed", "seed", "seed", "subsample", "subsample", "subsample")
STEPS: Final = 1 + len(RUNS) + 2
"""The fit, each fit made again, and as much as two fits for placing the comments."""


@dataclass(frozen=True, slots=True)
class Described:
    """What is kept about a topic beside its weights; `coherence` is None where a topic has no two words."""

    name: str
    words: tuple[str, ...]
    coherence: float | None
    by_seed: float
    by_subsample: float

    @property
    def is_steady(self) -> bool:
        """Tell whether other fits find this topic again."""
        return min(self.by_seed, self.by_subsample) >= STEADY


def described(fit: StoredFit) -> list[Described]:
    """Return what is kept about the topics of a fit, topic 1 first."""
    return [Described(**{**each, "words": tuple(each["words"])}) for each in json.loads(fit.described)]


def kept_note(asked: Asked, fit: StoredFit) -> Note:
    """Say on which day, in the query's zone, topics were found, and that they are kept."""
    day = fit.made_at.astimezone(ZoneInfo(asked.query.tz)).date()
    return Note("topics_kept", {"fit": fit.fit_id, "day": day.isoformat()})


def fit_of(asked: Asked) -> StoredFit | None:
    """Return the fit of this question, all comments placed by it; None where there are too few texts."""
    told = question(asked.query, asked.params)
    kept = reads_topics.stored_fit(asked.store, told)
    if kept is not None and (
        asked.params["refit"] == "no" or kept.made_version == reads_topics.texts_version(asked.store)
    ):
        places = _places(asked, kept)
        if places.num_rows:
            writes_topics.write_places(asked.store, kept.fit_id, places)
        return kept
    made = _made(asked, told)
    if made is None:
        return None
    writes_topics.write_fit(asked.store, made, _places(asked, made))
    return reads_topics.stored_fit(asked.store, told)


def _made(asked: Asked, told: str) -> StoredFit | None:
    """Find topics anew; the fit has no number yet."""
    version = reads_topics.texts_version(asked.store)
    topics, seed = asked.params["topics"], asked.params["seed"]
    drawn = reads_topics.drawn_texts(
        asked.store,
        fitted_query(asked.query),
        fewest=FEWEST_LEMMAS,
        most=asked.params["sample"],
        seed=seed,
        cancel=asked.cancel,
    )
    sources = np.unique(drawn["source"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    texts = documents(drawn["lemmas"].combine_chunks(), sources)
    if texts.count < TEXTS_PER_TOPIC * topics or not asked.computed(fitting.lemmas_enough, texts, topics):
        return None
    asked.report(0.0, "analyze.topics_fitting")
    found = asked.computed(fitting.fitted, texts, topics, seed)
    alike = _found_again(asked, texts, found.tops)
    ids = [int(each) for each in found.words.lemmas]
    lemmas = reads_topics.lemma_texts(asked.store, ids)
    return StoredFit(
        fit_id=0,
        question=told,
        topics=topics,
        seed=seed,
        engine=reads_topics.engine_of(asked.store),
        made_version=version,
        made_at=asked.store.now(),
        documents=texts.count,
        texts=int(drawn["texts"][0].as_py()),
        lemmas=[lemmas[each] for each in ids],
        weights=found.words.weights,
        components=found.components,
        described=_description(found, lemmas, alike),
    )


def _found_again(asked: Asked, texts: Documents, tops: list[list[int]]) -> dict[fitting.Run, Numbers]:
    """Fit again, two at a time, and return for each kind of run how alike each topic is on average."""
    topics, seed = asked.params["topics"], asked.params["seed"]

    def again(place: int) -> Numbers:
        return asked.computed(fitting.again, texts, topics, seed + place, RUNS[place - 1], tops)

    alike: dict[fitting.Run, list[Numbers]] = {"seed": [], "subsample": []}
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="topics") as pool:
        for place, found in enumerate(pool.map(again, range(1, len(RUNS) + 1)), 1):
            asked.report(place / STEPS, "analyze.topics_again")
            alike[RUNS[place - 1]].append(found)
    return {run: np.mean(found, axis=0) for run, found in alike.items()}


def _description(
    found: fitting.Fitted, texts: Mapping[int, str], alike: Mapping[fitting.Run, Numbers]
) -> str:
    by_seed, by_subsample = alike["seed"], alike["subsample"]
    return json.dumps(
        [
            {
                "name": ", ".join(texts[each] for each in name),
                "words": [texts[each] for each in top],
                "coherence": None if math.isnan(found.coherence[place]) else float(found.coherence[place]),
                "by_seed": float(by_seed[place]),
                "by_subsample": float(by_subsample[place]),
            }
            for place, (name, top) in enumerate(zip(found.names, found.tops, strict=True))
        ],
        ensure_ascii=False,
    )


def _places(asked: Asked, fit: StoredFit) -> pa.Table:
    """Return [source, comment_id, mark, topic, share] of the comments that this fit has not placed."""
    asked.report((STEPS - 2) / STEPS, "analyze.topics_placing")
    waiting = reads_topics.unplaced(
        asked.store, fitted_query(asked.query), fit.fit_id, fewest=FEWEST_LEMMAS, cancel=asked.cancel
    )
    # A text that many comments share is placed once.
    _, first, place = np.unique(waiting["text_no"].to_numpy(), return_index=True, return_inverse=True)
    lists = waiting["lemmas"].combine_chunks().take(first.astype(np.int64))
    topics, shares = _placed(asked, fit, lists)
    return (
        waiting.select(["source", "comment_id", "mark"])
        .append_column("topic", pa.array(topics[place].astype(np.int32)))
        .append_column("share", pa.array(shares[place].astype(np.float32)))
    )


def _placed(asked: Asked, fit: StoredFit, lists: pa.Array[Any]) -> tuple[Ids, Numbers]:
    """Place texts some at a time, so that memory stays flat and the work can be seen and stopped."""
    words, made = _known(asked, fit)
    topics, shares = np.zeros(len(lists), dtype=np.int64), np.zeros(len(lists))
    for start in range(0, len(lists), CHUNK):
        asked.report((STEPS - 2 + 2 * start / len(lists)) / STEPS, "analyze.topics_placing")
        some = slice(start, min(start + CHUNK, len(lists)))
        chunk = lists.take(np.arange(some.start, some.stop))
        topics[some], shares[some] = asked.computed(fitting.placed, documents(chunk), words, made)
    return topics, shares


def _known(asked: Asked, fit: StoredFit) -> tuple[Vocabulary, Numbers]:
    """Return the fit's lemmas by the numbers that they have now, with their columns of the components."""
    numbers = reads_topics.lemma_numbers(asked.store, fit.lemmas)
    known = [(numbers[lemma], place) for place, lemma in enumerate(fit.lemmas) if lemma in numbers]
    ids, places = np.array(sorted(known), dtype=np.int64).reshape(-1, 2).T
    return Vocabulary(ids, fit.weights[places]), fit.components[:, places]

"""Which comments people are asked to judge: a sample that stands for all, or the ones that teach most.

Strata are what the model says, mood by rudeness. Their parts of the sample grow with the square root of their
size, so that rare ones are seen often enough (M. D. Bankier, The American Statistician 42, 1988, 174-177,
power 1/2), and every coded text carries how many comments it stands for. What teaches most is where the two
likeliest moods are nearly equal (T. Scheffer, C. Decomain, S. Wrobel, IDA 2001, 309-318), texts unlike each
other; it stands for nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from core.errors import QueryError
from core.query import SENTIMENTS, Query, lists
from core.storage import reads_coding, writes_coding
from core.storage.reads_coding import Sample, SampleKind
from core.storage.store import Store

SMALLEST: Final = 20
USUAL: Final = 150
LARGEST: Final = 1000
LEAST_OF_STRATUM: Final = 5
BEFORE_INSTRUCTIVE: Final = 100
"""So many coded texts are needed before it is worth asking for the ones that teach most."""
WIDER: Final = 20
"""So many times more comments than wanted texts are looked at, since many comments are copies."""
ALIKE: Final = 0.5
"""Texts that share more than this of their lemmas teach the same."""


def parts(strata: Mapping[str, int], size: int) -> dict[str, int]:
    """Return how many texts to draw from each stratum of so many comments, `size` together if there are."""
    left = {name: comments for name, comments in strata.items() if comments}
    found: dict[str, int] = {}
    while left:
        room = size - sum(found.values())
        total = sum(np.sqrt(list(left.values())))
        wanted = {
            name: max(LEAST_OF_STRATUM, round(room * float(np.sqrt(comments)) / total))
            for name, comments in left.items()
        }
        short = [name for name, comments in left.items() if comments <= wanted[name]]
        if not short:
            largest = max(left, key=lambda name: left[name])
            wanted[largest] += min(room - sum(wanted.values()), left[largest] - wanted[largest])
            return {**found, **wanted}
        found |= {name: left.pop(name) for name in short}
    return found


def unlike(lemmas: Sequence[Sequence[int]], size: int) -> list[int]:
    """Return the places of up to `size` texts, the first ones that do not share half of their lemmas."""
    kept: list[tuple[int, frozenset[int]]] = []
    for place, each in enumerate(lemmas):
        words = frozenset(int(lemma) for lemma in each)
        if all(len(words & other) <= ALIKE * min(len(words), len(other)) for _, other in kept):
            kept.append((place, words))
        if len(kept) == size:
            break
    return [place for place, _ in kept]


def draw(store: Store, query: Query, kind: SampleKind, *, size: int, seed: int, engine: str) -> Sample:
    """Draw a sample of a query's comments, keep it and return it.

    Raises QueryError where nothing can be drawn from, or too little was coded to tell what teaches most.
    """
    items = (
        _stratified(store, query, size, seed)
        if kind == "stratified"
        else _instructive(store, query, size, seed)
    )
    if items.empty:
        raise QueryError(
            "There is nothing to code among these comments.",
            hint="Widen the filters, or wait until the texts are read.",
            key="query",
            value="",
        )
    params = lists(pair for pair in query.params() if pair[0] not in {"dataset", "sort"})
    asked = json.dumps(params, ensure_ascii=False, sort_keys=True)
    sample = Sample(uuid.uuid4().hex[:12], kind, asked, size, seed, engine, store.now(), len(items))
    writes_coding.write_sample(store, sample, items)
    return sample


def _stratified(store: Store, query: Query, size: int, seed: int) -> pd.DataFrame:
    strata = reads_coding.strata(store, query)
    wanted = parts(strata, size)
    looked_at = WIDER * max(wanted.values(), default=0)
    found = reads_coding.drawn(store, query, wanted, seed, looked_at)
    found = found.assign(stratum_size=found["stratum"].map(strata).astype("int64"))
    shuffled = found.sample(frac=1.0, random_state=seed)
    return shuffled.assign(place=np.arange(1, len(shuffled) + 1)).reset_index(drop=True)


def _instructive(store: Store, query: Query, size: int, seed: int) -> pd.DataFrame:
    coded = reads_coding.most_coded(store, "sentiment", SENTIMENTS)
    if coded < BEFORE_INSTRUCTIVE:
        raise QueryError(
            "What teaches most is known once {least} texts of a sample are coded; {coded} are.",
            hint="Code a stratified sample first.",
            key="kind",
            value="instructive",
            least=BEFORE_INSTRUCTIVE,
            coded=coded,
        )
    found = reads_coding.doubtful(store, query, WIDER * size, seed)
    chosen = found.iloc[unlike(found["lemmas"].tolist(), size)].drop(columns="lemmas")
    shuffled = chosen.sample(frac=1.0, random_state=seed)
    places = np.arange(1, len(shuffled) + 1)
    return shuffled.assign(place=places, stratum="doubtful", stratum_size=0, times=1).reset_index(drop=True)

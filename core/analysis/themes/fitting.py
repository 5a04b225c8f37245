"""Find topics in texts and say how far they can be trusted: steps for worker processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from core.analysis.themes.documents import Documents, Ids, Numbers, Vocabulary, vocabulary, weighed
from core.analysis.themes.factorising import assigned, components, top_words, weights
from core.analysis.themes.naming import names
from core.analysis.themes.steadiness import TOP, coherence, found_again, subsample

Run = Literal["seed", "subsample"]

NAME_WORDS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Topics: `components` is topics x lemmas; `tops` and `names` hold numbers of lemmas."""

    words: Vocabulary
    components: Numbers
    tops: list[list[int]]
    names: list[list[int]]
    coherence: Numbers


def lemmas_enough(texts: Documents, topics: int) -> bool:
    """Tell whether there are more different lemmas to look at than there shall be topics."""
    return len(vocabulary(texts).lemmas) > topics


def fitted(texts: Documents, topics: int, seed: int) -> Fitted:
    """Find topics in texts that have more different lemmas than there shall be topics."""
    words = vocabulary(texts)
    matrix = weighed(texts, words)
    # As it is kept, so that texts are placed alike now and later.
    made = components(matrix, topics, seed).astype(np.float32).astype(np.float64)
    tops = _lemmas(words, made)
    where, _ = assigned(weights(matrix, made))
    called = names(texts, words.lemmas, where, tops, NAME_WORDS)
    return Fitted(words, made, tops, called, coherence(texts, tops))


def again(texts: Documents, topics: int, seed: int, run: Run, tops: list[list[int]]) -> Numbers:
    """Fit once more and return for each topic how alike the one is that was found for it.

    A "seed" run begins at random on the same texts, a "subsample" run has nine texts in ten.
    """
    if run == "subsample":
        texts = texts.some(subsample(texts.count, seed))
    words = vocabulary(texts)
    if len(words.lemmas) <= topics:
        # What nine texts in ten have too few words for is not found again in them.
        return np.zeros(len(tops))
    made = components(weighed(texts, words), topics, seed, "random" if run == "seed" else "nndsvda")
    return found_again(tops, _lemmas(words, made))


def placed(texts: Documents, words: Vocabulary, made: Numbers) -> tuple[Ids, Numbers]:
    """Return the topic (0: none) of each text by a fit that was made before, and that topic's share."""
    return assigned(weights(weighed(texts, words), made))


def _lemmas(words: Vocabulary, made: Numbers) -> list[list[int]]:
    return [[int(words.lemmas[place]) for place in top] for top in top_words(made, TOP)]

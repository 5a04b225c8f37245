"""From fitted weights to the model that is shipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from rumorph import Analyzer

from core.text.polarity import BLAME, GOOD, PRAISE
from core.text.scoring import SCORES, Model
from core.text.training.design import GREETINGS, NEGATIONS, OF_PAIRS, Negated
from core.text.training.fitting import Fitted

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float32]]"

NAME: Final = "moods"
VERSION: Final = 2
PLAIN_NEGATION: Final = "не"
SIMPLE_FORMS: Final = ("Fin", "Inf", "")


def made(
    moods: Fitted,
    rude: Fitted,
    negated: Negated,
    *,
    factor: float,
    unsure_below: float,
    line: tuple[float, float],
) -> Model:
    """Return the model: weights side by side, negated words as pairs, the calibration of held-out scores."""
    table = np.column_stack([moods.weights, rude.weights[:, 1] - rude.weights[:, 0]]).astype(np.float32)
    of_pairs = table[list(OF_PAIRS)]
    table[list(OF_PAIRS)] = 0
    negative, neutral, positive = (float(value) for value in moods.bias)
    return Model(
        name=NAME,
        version=VERSION,
        table=table,
        pairs=_pairs(negated, of_pairs),
        sentiment_bias=(negative, neutral, positive),
        sentiment_map=((factor, 0.0, 0.0), (0.0, factor, 0.0), (0.0, 0.0, factor)),
        sentiment_offset=(0.0, 0.0, 0.0),
        unsure_below=unsure_below,
        toxicity_bias=float(rude.bias[1] - rude.bias[0]),
        toxicity_map=line,
    )


def _pairs(negated: Negated, added: Numbers) -> pa.Table:
    """Return a row for each negation before each word of praise or blame, and each greeting.

    `added` has what a pair adds, rows as OF_PAIRS.
    """
    praise, blame = _turned(PRAISE | GOOD, negated.praise), _turned(BLAME, negated.blame)
    kinds = {(first, word): 1 for word, is_noun in blame.items() for first in _before(is_noun)}
    kinds |= {(first, word): 0 for word, is_noun in praise.items() for first in _before(is_noun)}
    kinds |= dict.fromkeys(GREETINGS, 2)
    pairs = sorted(kinds)
    values = np.array([added[kinds[pair]] for pair in pairs], dtype=np.float32)
    words = [pa.array([pair[place] for pair in pairs], pa.string()) for place in range(2)]
    columns = [pa.array(values[:, place], pa.float32()) for place in range(len(SCORES))]
    return pa.table([*words, *columns], names=["first", "second", *SCORES])


def _before(is_noun: bool) -> tuple[str, ...]:
    """Return the negations that stand before a word: nouns have several."""
    return NEGATIONS if is_noun else (PLAIN_NEGATION,)


def _turned(listed: Iterable[str], met: Iterable[str]) -> dict[str, bool]:
    """Return the words that a negation turns, with whether they are nouns: forms of the listed, those met."""
    analyzer = Analyzer()
    found = {form: is_noun for word in sorted(listed) for form, is_noun in _forms(analyzer, word)}
    for word in sorted(met):
        found.setdefault(word, analyzer.analyze(word)[0].pos == "NOUN")
    return found


def _forms(analyzer: Analyzer, word: str) -> Iterator[tuple[str, bool]]:
    """Yield the forms of a dictionary word, participles aside: they are too many and rarely negated."""
    first = analyzer.analyze(word)[0]
    yield word, first.pos == "NOUN"
    if first.source != "dictionary":
        return
    for form in first.forms():
        if form.feats.get("VerbForm", "") in SIMPLE_FORMS:
            yield form.word.lower().replace("ё", "е"), form.pos == "NOUN"

"""The calibration that counts in a database: the model's own until labels of its comments give a better one.

A calibration is kept under a number, which the engine's name carries, so that features which were written
with another one meanwhile are read anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import numpy as np

from core.storage import reads_coding
from core.storage.own_models import own_files
from core.storage.store import Store
from core.text.judging import with_own
from core.text.probabilities import Calibration
from core.text.scoring import Model

Judged = Literal["sentiment", "toxicity"]
Method = Literal["recalibrate", "retrain", "none"]

RULES: Final = 1
"""Raised when units, lemmas, languages or tags come out differently: every text is then read anew."""
CODES: Final[dict[str, dict[str, int]]] = {
    "sentiment": {"negative": 0, "neutral": 1, "positive": 2},
    "toxicity": {"no": 0, "yes": 1},
}
"""Values of labels that can be learned from; that nobody can say teaches nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What reads the texts of a database now: the model, its calibration, and the number of that, 0 its own.

    `base` is the model that came with the program, `trained` the number of the calibration that changed its
    weights, 0 for none. `labels` and `methods` say, by name, from how many labelled texts it was made and
    how; `held_out` has, by name and comment, the scores of texts by weights that never saw them.
    """

    base: Model
    model: Model
    calibration: Calibration
    number: int = 0
    trained: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)
    methods: Mapping[str, str] = field(default_factory=dict)
    held_out: Mapping[str, Mapping[str, Sequence[float]]] = field(default_factory=dict)

    @property
    def engine(self) -> str:
        """Return what features are marked with."""
        return engine_name(self.model, self.number)


def engine_name(model: Model, number: int = 0) -> str:
    """Return what features are marked with: the version of the rules and the model, and the calibration."""
    local = f"+{number}" if number else ""
    return f"{RULES}.{model.name}-{model.version}{local}"


def own_calibration(model: Model) -> Calibration:
    """Return the calibration that came with a model."""
    return Calibration(
        sentiment_map=model.sentiment_map,
        sentiment_offset=model.sentiment_offset,
        unsure_below=model.unsure_below,
        toxicity_map=model.toxicity_map,
    )


def standing(store: Store, model: Model | None = None) -> Standing:
    """Return what counts in a database; a calibration of another model's scores does not."""
    base = with_own(Model.load(), own_files(store)) if model is None else model
    found = reads_coding.calibration(store)
    if found is None:
        return Standing(base, base, own_calibration(base))
    number, text, _ = found
    body: dict[str, Any] = json.loads(text)
    if body["base"] != engine_name(base):
        return Standing(base, base, own_calibration(base), number)
    trained = int(body["trained"])
    labels = {str(name): int(texts) for name, texts in body["labels"].items()}
    return Standing(
        base,
        trained_model(store, base, trained) if trained else base,
        _calibration(own_calibration(base), body["maps"], labels),
        number,
        trained,
        labels,
        body["methods"],
        body["held_out"],
    )


def trained_model(store: Store, base: Model, number: int) -> Model:
    """Return the base with the weights that a calibration of that number changed."""
    name, version, changed, weights = reads_coding.local_model(store, number)
    table = base.table.copy()
    rows = np.frombuffer(weights, dtype="<f4").reshape(-1, table.shape[1])
    table[np.frombuffer(changed, dtype="<i4")] = rows
    return replace(base, name=name, version=version, table=table, source=None)


def _calibration(own: Calibration, maps: Mapping[str, Any], labels: Mapping[str, int]) -> Calibration:
    calibration = own
    if "sentiment" in maps:
        calibration = _with_sentiment(calibration, maps["sentiment"])
    if "toxicity" in maps:
        slope, offset = maps["toxicity"]
        calibration = replace(calibration, toxicity_map=(float(slope), float(offset)))
    return replace(calibration, name="local" if labels else "model", labels=max(labels.values(), default=0))


def _with_sentiment(calibration: Calibration, kept: Mapping[str, Any]) -> Calibration:
    rows = [(float(one), float(two), float(three)) for one, two, three in kept["map"]]
    one, two, three = kept["offset"]
    return replace(
        calibration,
        sentiment_map=(rows[0], rows[1], rows[2]),
        sentiment_offset=(float(one), float(two), float(three)),
    )

"""Texts judged by a model of the reader's own, as scores that are calibrated like those of the shipped one.

The score of sentiment is the logarithm of a probability, that of toxicity its logit, so that an even map
gives the model's own probabilities back, and labels can improve on them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa

from core.errors import ConfigurationError
from core.storage.own_models import OwnFile
from core.text.own import OwnModel
from core.text.probabilities import MOODS, Calibration, moods, probabilities, toxicity
from core.text.scoring import Model

Column: TypeAlias = "pa.Array[Any]"

LEAST: Final = 1e-6
MARK: Final = 8
EVEN: Final = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def chosen(sentiment: Path | None, toxic: Path | None) -> list[OwnFile]:
    """Open the models that settings name and return what is to be kept of them; raises ConfigurationError."""
    found = []
    for judged, path in (("sentiment", sentiment), ("toxicity", toxic)):
        if path is None:
            continue
        if OwnModel.open(path).judged != judged:
            raise ConfigurationError(
                "The model {path} does not judge {judged}.",
                hint="A model of sentiment gives three probabilities for a text, one of toxicity gives one.",
                path=str(path),
                judged=judged,
            )
        mark = hashlib.sha256(path.read_bytes()).hexdigest()[:MARK]
        found.append(OwnFile(judged, str(path), mark))
    return found


def with_own(model: Model, files: Sequence[OwnFile]) -> Model:
    """Return the shipped model named after those that judge in its place, with even maps for their scores."""
    for each in files:
        name = f"{model.name}+{each.judged}:{each.mark}"
        if each.judged == "sentiment":
            model = replace(model, name=name, sentiment_map=EVEN, sentiment_offset=(0.0, 0.0, 0.0))
        else:
            model = replace(model, name=name, toxicity_map=(1.0, 0.0))
    return model


def judged(
    file: OwnFile, texts: Column, calibration: Calibration, is_scored: np.ndarray[Any, Any]
) -> dict[str, Column]:
    """Return scores and probabilities of texts by a model of the reader's own, null where none belong."""
    shares = np.clip(_opened(file.path, file.mark).probabilities(texts), LEAST, 1 - LEAST)
    if file.judged == "toxicity":
        scores = np.log(shares / (1 - shares))
        return {
            "score_toxic": _floats(scores, is_scored),
            "toxicity": _floats(toxicity(scores, calibration), is_scored),
        }
    scores = np.log(shares)
    calibrated = probabilities(scores, calibration)
    labels = pa.array(moods(calibrated, calibration), pa.string(), mask=~is_scored)
    columns: dict[str, Column] = {"sentiment": labels}
    for place, name in enumerate(MOODS):
        columns[f"score_{name}"] = _floats(scores[:, place], is_scored)
        columns[name] = _floats(calibrated[:, place], is_scored)
    return columns


def _floats(values: np.ndarray[Any, Any], is_known: np.ndarray[Any, Any]) -> Column:
    return pa.array(values.astype(np.float32), pa.float32(), mask=~is_known)


@cache
def _opened(path: str, mark: str) -> OwnModel:
    """Open a model once per process; another mark is another model."""
    del mark
    return OwnModel.open(Path(path))

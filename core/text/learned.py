"""Letting labels teach the calibration, or the weights themselves; and going back to the program's own.

A new calibration counts at once for everything that was read: probabilities and labels are derived from kept
scores in one transaction. New weights give new scores, so all texts are read anew, by the task that reads
them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from core.errors import QueryError
from core.storage import writes_coding
from core.storage.store import Store
from core.storage.writes_coding import Rederived, Trained
from core.text.calibrating import (
    Judged,
    Method,
    Standing,
    engine_name,
    own_calibration,
    standing,
)
from core.text.fitting import recalibrated, recalibrated_toxicity
from core.text.probabilities import Calibration
from core.text.retraining import changed, examples, maps_of, out_of_fold_scores, with_change
from core.text.scoring import SCORES, Model

LEAST: Final = 20
"""Fewer labelled texts than this teach nothing."""
LEAST_TO_RETRAIN: Final = 150
"""Fewer labelled texts than this are better used for calibration alone."""
COLUMNS: Final[dict[str, list[int]]] = {"sentiment": [0, 1, 2], "toxicity": [3]}
"""Which of SCORES a name is about."""
SEED: Final = 1

assert SCORES == ("negative", "neutral", "positive", "toxic")


@dataclass(frozen=True, slots=True)
class _Taught:
    """What one name's labels made: a model, a calibration, and scores of its texts that it never saw."""

    model: Model
    calibration: Calibration
    held_out: dict[str, Sequence[float]]


def learn(store: Store, name: Judged, method: Method, told: pd.DataFrame) -> Standing:
    """Let labels of a name teach from now on, or let what came with the program count again for it.

    `told` has a row per labelled text: its comment_key, its scores, `code` and `weight`. Raises QueryError
    where too few texts are labelled.
    """
    now = standing(store)
    _enough(told, method)
    taught = _taught(store, now, name, method, told)
    labels = {key: each for key, each in now.labels.items() if key != name}
    methods = {key: each for key, each in now.methods.items() if key != name}
    held_out = {key: each for key, each in now.held_out.items() if key != name}
    if method != "none":
        labels[name], methods[name] = len(told), method
    if taught.held_out:
        held_out[name] = taught.held_out
    number, is_same = now.number + 1, taught.model is now.model
    trained = now.trained if is_same else 0 if taught.model is now.base else number
    body = {
        "base": engine_name(now.base),
        "trained": trained,
        "maps": _maps(taught.calibration, labels),
        "labels": labels,
        "methods": methods,
        "held_out": held_out,
    }
    rederived = Rederived(_values(taught.calibration), now.engine, engine_name(now.model, number))
    writes_coding.write_calibration(
        store,
        number,
        json.dumps(body),
        rederived if is_same else None,
        _packed(now.base, taught.model, number) if trained == number else None,
    )
    return standing(store)


def fitted_to(name: Judged, told: pd.DataFrame, start: Calibration) -> Calibration:
    """Return the calibration that labelled texts teach."""
    codes, weights = _codes_and_weights(told)
    scores = scores_of(name, told)
    if name == "toxicity":
        return recalibrated_toxicity(scores, codes, weights, start)
    return recalibrated(scores, codes, weights, start)


def scores_of(name: Judged, told: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the scores that probabilities of a name are made of."""
    if name == "toxicity":
        return told["score_toxic"].to_numpy(dtype=float)
    return told[["score_negative", "score_neutral", "score_positive"]].to_numpy(dtype=float)


def _taught(store: Store, now: Standing, name: Judged, method: Method, told: pd.DataFrame) -> _Taught:
    own = own_calibration(now.base)
    if method == "retrain":
        return _retrained(store, now, name, told)
    if method == "recalibrate":
        kept = now.held_out.get(name, {})
        calibration = _joined(now.calibration, name, fitted_to(name, told, own))
        return _Taught(now.model, calibration, dict(kept))
    return _Taught(_without(now, name), _joined(now.calibration, name, own), {})


def _retrained(store: Store, now: Standing, name: Judged, told: pd.DataFrame) -> _Taught:
    """Change the weights of one name's scores, from what came with the program."""
    own, model = own_calibration(now.base), _without(now, name)
    seen, keys = examples(store, now.base, told["comment_key"].tolist())
    told = told.set_index("comment_key").loc[keys].reset_index()
    codes, weights = _codes_and_weights(told)
    scores = seen.scores[:, COLUMNS[name]]
    maps = maps_of(fitted_to(name, _with_scores(name, told, scores), own), is_toxicity=name == "toxicity")
    change = changed(seen, scores, codes, weights, maps)
    unseen = out_of_fold_scores(seen, scores, codes, weights, maps, seed=SEED)
    calibration = _joined(now.calibration, name, fitted_to(name, _with_scores(name, told, unseen), own))
    held_out: dict[str, Sequence[float]] = {
        key: [float(each) for each in row] for key, row in zip(keys, unseen, strict=True)
    }
    return _Taught(with_change(model, seen, change, COLUMNS[name]), calibration, held_out)


def _with_scores(name: Judged, told: pd.DataFrame, scores: np.ndarray[Any, Any]) -> pd.DataFrame:
    return told.assign(**{f"score_{SCORES[place]}": scores[:, at] for at, place in enumerate(COLUMNS[name])})


def _without(now: Standing, name: Judged) -> Model:
    """Return the standing model with one name's weights as they came with the program."""
    columns = COLUMNS[name]
    if np.array_equal(now.model.table[:, columns], now.base.table[:, columns]):
        return now.model
    table = now.model.table.copy()
    table[:, columns] = now.base.table[:, columns]
    return now.base if np.array_equal(table, now.base.table) else replace(now.model, table=table)


def _packed(base: Model, model: Model, number: int) -> Trained:
    """Return the rows of the table that differ from the base's, as the database keeps them."""
    rows = np.flatnonzero((model.table != base.table).any(axis=1))
    return Trained(
        name=f"{base.name}-local",
        version=number,
        base=engine_name(base),
        changed=rows.astype("<i4").tobytes(),
        weights=model.table[rows].astype("<f4").tobytes(),
    )


def _codes_and_weights(told: pd.DataFrame) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    weights = told["weight"].to_numpy(dtype=float)
    return told["code"].to_numpy(dtype=np.int64), weights / weights.mean()


def _enough(told: pd.DataFrame, method: Method) -> None:
    least = {"recalibrate": LEAST, "retrain": LEAST_TO_RETRAIN, "none": 0}[method]
    if method != "none" and (len(told) < least or told["code"].nunique() < 2):
        raise QueryError(
            "There are too few labels to learn from: {coded} texts; {least} of two values are needed.",
            hint="Code more comments first.",
            key="name",
            value="",
            coded=len(told),
            least=least,
        )


def _joined(before: Calibration, name: Judged, fitted: Calibration) -> Calibration:
    if name == "toxicity":
        return replace(before, toxicity_map=fitted.toxicity_map)
    return replace(before, sentiment_map=fitted.sentiment_map, sentiment_offset=fitted.sentiment_offset)


def _maps(calibration: Calibration, labels: Mapping[str, int]) -> dict[str, Any]:
    maps: dict[str, Any] = {}
    if "sentiment" in labels:
        maps["sentiment"] = {"map": calibration.sentiment_map, "offset": calibration.sentiment_offset}
    if "toxicity" in labels:
        maps["toxicity"] = calibration.toxicity_map
    return maps


def _values(calibration: Calibration) -> dict[str, float]:
    """Return the numbers of a calibration by the names that the statement binds."""
    rows = zip(calibration.sentiment_map, calibration.sentiment_offset, strict=True)
    values = {
        f"{mood}_{place}": number
        for mood, (row, offset) in zip(("negative", "neutral", "positive"), rows, strict=True)
        for place, number in enumerate((*row, offset))
    }
    slope, offset = calibration.toxicity_map
    return {**values, "unsure_below": calibration.unsure_below, "slope": slope, "offset": offset}

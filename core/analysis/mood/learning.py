"""What a calibration is learned from: codings of a sample that stands for all, else whatever was labelled."""

from __future__ import annotations

import pandas as pd

from core.analysis.mood.judged import Judged, coded_of, codings, one_each
from core.query import Query
from core.storage import reads_coding
from core.storage.store import Store
from core.text.calibrating import CODES, Method, Standing
from core.text.learned import learn


def calibrate(store: Store, name: Judged, method: Method, sample_id: str | None = None) -> Standing:
    """Let codings calibrate the model from now on, or its own calibration count again; return what counts.

    Recalibrating learns from a stratified sample, by default the one in which most texts are coded, weighted
    as it was drawn; where there is none, and for retraining, all labels teach alike. Raises QueryError where
    they are too few.
    """
    if method == "none":
        return learn(store, name, method, pd.DataFrame({"code": []}))
    told = _sampled(store, name, sample_id)
    if method == "retrain" or (sample_id is None and told.empty):
        told = _labelled(store, name)
    return learn(store, name, method, told)


def _sampled(store: Store, name: Judged, sample_id: str | None) -> pd.DataFrame:
    """Return the coded texts of a stratified sample with how many comments each stands for."""
    told = one_each(codings(store, Query(), name), name)
    if told.empty:
        return told
    chosen = told.groupby("sample_id").size().idxmax() if sample_id is None else sample_id
    told = told[told["sample_id"] == chosen].reset_index(drop=True)
    return _learnable(told.assign(weight=coded_of(told, name).weight), name)


def _labelled(store: Store, name: Judged) -> pd.DataFrame:
    """Return every labelled text, each as one."""
    rows = reads_coding.labelled(store, name)
    told = one_each(rows.assign(sample_id="", place=rows["comment_key"], times=1), name)
    return _learnable(told.assign(weight=1.0), name)


def _learnable(told: pd.DataFrame, name: Judged) -> pd.DataFrame:
    """Leave out the texts of which nobody can say."""
    return told[told["code"] < len(CODES[name])].reset_index(drop=True)

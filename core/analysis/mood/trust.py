"""How far shares of mood and rudeness can be trusted here, and what they are once codings correct them.

Every analysis that shows either asks `notes_for` for what a reader must know, and may ask `corrected` for
shares without the model's errors, which codings of a stratified sample tell. Where the sample was drawn from
comments that include all of the question, the truth among its coded comments of each predicted class is
weighted by how many comments got that class (`stats.correction`); elsewhere, and for parts of them such as
days, the adjusted count is used.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from core.analysis.described import Asked, Note
from core.analysis.mood.adjusting import adjusted, errors_of
from core.analysis.mood.judged import CLASSES, THRESHOLD, VALUES, Judged, coded_of, codings, one_each
from core.analysis.stats.coded import Coded
from core.analysis.stats.correction import corrected_share
from core.analysis.stats.intervals import MIN_N, Numbers
from core.query import Query, read_query
from core.storage import reads_coding, reads_features
from core.text.calibrating import standing

__all__ = [
    "CLASSES",
    "MIN_CODED",
    "THRESHOLD",
    "Codings",
    "Judged",
    "codings_for",
    "corrected",
    "notes_for",
    "notes_of",
]

Of = Literal["whole", "parts"]
BOTH: Final[tuple[Judged, ...]] = ("sentiment", "toxicity")
SEED: Final = 1
MIN_CODED: Final = MIN_N
"""So many coded texts of one stratified sample are needed before anything is corrected."""
TRUE: Final = {"sentiment": 3, "toxicity": 2}
"""Of how many first classes the adjusted count tells: "nobody can say" is no mood."""
COLUMNS: Final = ("row", "label", "n", "raw", "estimate", "low", "high", "coded", "method")


@dataclass(frozen=True, slots=True)
class Codings:
    """The largest samples: `own` of the question's comments, `every` of any; None: too few are coded."""

    own: Coded | None
    every: Coded | None


def notes_for(asked: Asked, *names: Judged) -> tuple[Note, ...]:
    """Return the note "uncalibrated" while too few comments are coded to check the model here, else nothing.

    `names` are what the analysis uses; left out: both. Where one of two is coded, the note names the other.
    """
    used = names or BOTH
    counts = {name: _most_coded(asked, name) for name in used}
    few = [name for name, coded in counts.items() if coded < MIN_CODED]
    found = [Note("judged_anew")] if is_judged_anew(asked) else []
    if few:
        code = "uncalibrated" if len(few) == len(used) else f"uncalibrated_{few[0]}"
        found.append(Note(code, {"coded": min(counts[name] for name in few), "least": MIN_CODED}))
    return tuple(found)


def is_judged_anew(asked: Asked) -> bool:
    """Tell whether some texts still have what another model or calibration said of them."""
    return reads_features.has_other_engine(asked.store, standing(asked.store).engine, asked.cancel)


def corrected(
    asked: Asked,
    counts: pd.DataFrame,
    name: Judged = "sentiment",
    of: Of = "parts",
    *,
    threshold: float = THRESHOLD,
    effective: Numbers | None = None,
    known: Codings | None = None,
) -> pd.DataFrame:
    """Return the corrected share of each class in each row of counts, the raw share beside it.

    `counts` has a column per class of CLASSES[name] (`toxicity`: comments below and from `threshold` on), and
    a row per set of comments: `of` "whole" says that each row is all comments of the question, "parts" that
    each is some of them. `effective` is as how many independent comments each row is, left out: as all.

    The answer has a row per row and class, in their order: [row, label, n, raw, estimate, low, high, coded,
    method]; `estimate` with its 95 % interval is NaN where too few were coded to say. Of mood, the estimate
    of `unsure` is the share of comments whose mood nobody can tell, NaN where it was not asked.
    """
    values = counts[list(CLASSES[name])].to_numpy(dtype=float)
    sizes = values.sum(axis=1)
    effective = sizes if effective is None else np.minimum(np.asarray(effective, dtype=float), sizes)
    found = np.full((*values.shape, 3), np.nan)
    known = codings_for(asked, name, threshold) if known is None else known
    own = known.own if of == "whole" else None
    method = ""
    if own is not None:
        method = _post_stratified(found, values, own)
    elif known.every is not None:
        method = _adjusted(found, values, effective, known.every, TRUE[name])
    told = own or known.every
    return _long(name, values, found, 0 if told is None else len(told), method)


def codings_for(asked: Asked, name: Judged, threshold: float = THRESHOLD) -> Codings:
    """Return the codings that can correct shares; who corrects twice hands them to `corrected` as `known`."""
    if _most_coded(asked, name) < MIN_CODED or is_judged_anew(asked):
        return Codings(None, None)
    told = one_each(codings(asked.store, asked.query, name, asked.cancel), name)
    covering = {each.sample_id for each in reads_coding.samples(asked.store) if covers(each, asked.query)}
    own = told[told["sample_id"].isin(list(covering)) & told["is_inside"]]
    return Codings(_largest(own, name, threshold), _largest(told, name, threshold))


def notes_of(rows: pd.DataFrame, asked: Asked, *names: Judged) -> tuple[Note, ...]:
    """Return what a reader must know of shares that `corrected` gave, beside `notes_for`: their method."""
    methods = set(rows.loc[rows["estimate"].notna(), "method"])
    coded = int(rows["coded"].max()) if len(rows) else 0
    found = notes_for(asked, *names)
    if "prediction-powered" in methods:
        found = (*found, Note("corrected", {"coded": coded}))
    if "adjusted count" in methods:
        found = (*found, Note("corrected_alike", {"coded": coded}))
    if not methods and coded >= MIN_CODED:
        found = (*found, Note("correction_unsure", {"coded": coded}))
    return found


def _most_coded(asked: Asked, name: Judged) -> int:
    return reads_coding.most_coded(asked.store, name, VALUES[name], asked.cancel)


def _largest(rows: pd.DataFrame, name: Judged, threshold: float) -> Coded | None:
    """Return the sample in which most texts are coded, None where those are too few."""
    sizes = rows.groupby("sample_id").size()
    if not len(sizes) or sizes.max() < MIN_CODED:
        return None
    best = rows[rows["sample_id"] == sizes.idxmax()].reset_index(drop=True)
    return coded_of(best, name, threshold)


def covers(sample: reads_coding.Sample, query: Query) -> bool:
    """Tell whether a sample was drawn from comments that include all those of a query."""
    drawn_from, _ = read_query(json.loads(sample.query))
    zone_matters = {"since", "until", "hour", "weekday"} & {*drawn_from.active()}
    if zone_matters and drawn_from.tz != query.tz:
        return False
    return all(getattr(drawn_from, key) == getattr(query, key) for key in drawn_from.active())


def _post_stratified(found: Numbers, values: Numbers, coded: Coded) -> str:
    for row in np.flatnonzero(values.sum(axis=1) > 0):
        shares = corrected_share(values[row], coded) or ()
        for place, share in enumerate(shares):
            found[row, place] = share.value, share.low, share.high
    return "prediction-powered"


def _adjusted(found: Numbers, values: Numbers, effective: Numbers, coded: Coded, true: int) -> str:
    rows = np.flatnonzero(values.sum(axis=1) >= MIN_N)
    errors = errors_of(coded, values.shape[1], true, SEED)
    if errors is not None and len(rows):
        ends = adjusted(errors, values[rows], effective[rows], SEED)
        found[rows, :true] = np.stack(ends, axis=-1)
    return "adjusted count"


def _long(name: Judged, values: Numbers, found: Numbers, coded: int, method: str) -> pd.DataFrame:
    rows, classes = values.shape
    sizes = np.repeat(values.sum(axis=1), classes)
    flat = values.reshape(-1)
    raw = np.divide(flat, sizes, out=np.full(len(flat), np.nan), where=sizes > 0)
    estimate, low, high = found.reshape(-1, 3).T
    return pd.DataFrame(
        {
            "row": np.repeat(np.arange(rows), classes),
            "label": list(CLASSES[name]) * rows,
            "n": sizes.astype(np.int64),
            "raw": raw,
            "estimate": estimate,
            "low": low,
            "high": high,
            "coded": np.full(len(flat), coded, dtype=np.int64),
            "method": [method] * len(flat),
        },
        columns=list(COLUMNS),
    )

"""The adjusted count for many charts' rows at once: shares of true classes from shares of predicted ones.

It supposes that the model errs alike everywhere: G. Forman, Data Mining and Knowledge Discovery 17, 2008,
164-206; D. J. Hopkins, G. King, American Journal of Political Science 54, 2010, 229-247, eq. 5. There may be
more predicted classes than true ones ("not sure" is no truth). Its interval draws the coded comments anew
within their strata, and the counted ones from a multinomial of their effective number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from core.analysis.stats.classification import MIN_OF_CLASS, confusion, drawn_confusion
from core.analysis.stats.coded import Coded
from core.analysis.stats.intervals import TAIL, Numbers
from core.analysis.stats.prevalence import onto_simplex

RESAMPLES: Final = 400
SINGULAR: Final = 0.1
"""A model whose confusion has a smaller singular value than this cannot tell the classes apart."""


@dataclass(frozen=True, slots=True)
class Errors:
    """How a model errs: `inverse` (true x predicted) undoes it, `drawn` are inverses of resamples."""

    inverse: Numbers
    drawn: Numbers


def errors_of(coded: Coded, classes: int, true: int, seed: int) -> Errors | None:
    """Return how the model errs on the first `true` classes; None where too few were coded to say.

    Too few is below MIN_OF_CLASS comments of a true class, or a model that cannot tell them apart.
    """
    kept = coded.true < true
    if np.bincount(coded.true[kept], minlength=true).min() < MIN_OF_CLASS:
        return None
    chosen = Coded(coded.predicted[kept], coded.true[kept], coded.weight[kept], coded.stratum[kept])
    confused = _shares(confusion(chosen, classes)[None, :true])
    if np.linalg.matrix_rank(confused[0], tol=SINGULAR) < true:
        return None
    drawn = drawn_confusion(chosen, classes, RESAMPLES, np.random.default_rng(seed))
    inverses = [
        np.asarray(np.linalg.pinv(each), dtype=float) for each in (confused, _shares(drawn[:, :true]))
    ]
    return Errors(inverses[0][0], inverses[1])


def adjusted(
    errors: Errors, counts: Numbers, effective: Numbers, seed: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Return (value, low, high), each rows x true classes; `counts` are rows x predicted classes, none empty.

    `effective` is as how many independent comments each row's counts are.
    """
    shares = counts / counts.sum(axis=1, keepdims=True)
    value = onto_simplex(shares @ errors.inverse.T)
    chance = np.random.default_rng(seed)
    low, high = np.zeros_like(value), np.zeros_like(value)
    for row, share in enumerate(shares):
        size = max(1, round(float(effective[row])))
        apparent = chance.multinomial(size, share / share.sum(), len(errors.drawn)) / size
        found = onto_simplex(np.einsum("rtp,rp->rt", errors.drawn, apparent))
        low[row], high[row] = np.quantile(found, [TAIL, 1 - TAIL], axis=0)
    return value, np.minimum(low, value), np.maximum(high, value)


def _shares(tables: np.ndarray[Any, Any]) -> Numbers:
    """Return, from tables of true by predicted, shares of predicted (rows) in each true class (columns)."""
    total = tables.sum(axis=-1, keepdims=True)
    shares = np.divide(tables, total, out=np.full_like(tables, 1 / tables.shape[-1]), where=total > 0)
    return np.swapaxes(shares, -1, -2)

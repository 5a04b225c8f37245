"""Concentration: how unevenly comments are spread over authors or sources, and how sure that is."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from core.analysis.described import Analysis, Asked, Choice, ResultField, WholeNumber
from core.analysis.resampling import concentration
from core.storage import reads_counts


def _read(asked: Asked) -> tuple[np.ndarray[Any, Any], int, int]:
    counted = reads_counts.comments_per(asked.store, asked.query, asked.params["over"], asked.cancel)
    return counted, asked.params["resamples"], asked.params["seed"]


ANALYSIS: Final = Analysis(
    name="concentration",
    version=1,
    parameters=(
        Choice("over", "author", ("author", "source"), "Whose counts are compared."),
        WholeNumber("resamples", 1000, 0, 10_000, "Resamples of the bootstrap; 0: no intervals."),
        WholeNumber("seed", 1, 0, 2**32 - 1, "Of the random draw: the same seed gives the same intervals."),
    ),
    fields=(
        ResultField("measure", "text", "", "`gini`, `top_share` or `lorenz`."),
        ResultField(
            "at",
            "number",
            "share of those counted",
            "Which share: of the top, or of the bottom for `lorenz`.",
        ),
        ResultField("value", "number", "0 to 1", "Gini; or the share of comments that they hold."),
        ResultField("low", "number", "0 to 1", "Lower end of the 95 % interval."),
        ResultField("high", "number", "0 to 1", "Upper end of the 95 % interval."),
    ),
    method="Gini: Damgaard & Weiner 2000, Ecology 81(4), 1139-1142, eq. 2, without the small-sample factor. "
    "Top share: concentration ratio (OECD), the number of the top rounded up. Lorenz curve: Lorenz 1905. "
    "Intervals: percentile bootstrap over those counted (Efron & Tibshirani 1993, ch. 13); too narrow where "
    "few hold much. Comments without an author are left out when authors are compared.",
    read=_read,
    compute=concentration,
    is_heavy=True,
)

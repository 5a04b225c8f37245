"""The table of an answer: words and moments as a reader sees them."""

from __future__ import annotations

import pandas as pd
import pytest

from core.analysis.catalogue import ANALYSES
from dashboard.components.answer_table import rounded, worded


def test_moments_of_a_column_may_be_days_or_hours() -> None:
    """A period that begins at midnight is told as a day: it stands in one column with others."""
    analysis = ANALYSES["bursts"]
    row = dict.fromkeys(each.name for each in analysis.fields)
    rows = [{**row, "starts": starts} for starts in ("2026-09-14 18:00:00", "2026-05-17", None)]
    starts = worded(analysis, pd.DataFrame(rows), "ru")["starts"]
    assert starts.tolist()[:2] == [pd.Timestamp(2026, 9, 14, 18), pd.Timestamp(2026, 5, 17)]
    assert pd.isna(starts[2])


@pytest.mark.parametrize(("cells", "written"), [([0.25, 4.123], [0.25, 4.12]), ([779.844, 0.4], [780, 0])])
def test_hours_have_no_digits_that_nobody_reads(cells: list[float], written: list[float]) -> None:
    """Some hours are written to a minute or so, a hundred and more as whole ones."""
    frame = pd.DataFrame({each.name: pd.Series(cells) for each in ANALYSES["questions"].fields})
    shown = rounded(ANALYSES["questions"], frame)["age_hours"]
    assert shown.tolist() == written

"""Questions, their answers, and how long they took."""

from __future__ import annotations

from typing import Final

from core.analysis.described import Analysis
from core.analysis.service import questions, response_times

ANALYSES: Final[tuple[Analysis, ...]] = (questions.ANALYSIS, response_times.ANALYSIS)

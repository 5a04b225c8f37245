"""Sentiment and toxicity over time and by group, with examples."""

from __future__ import annotations

from typing import Final

from core.analysis.described import Analysis
from core.analysis.mood import picked, shares

ANALYSES: Final[tuple[Analysis, ...]] = (shares.ANALYSIS, picked.ANALYSIS)

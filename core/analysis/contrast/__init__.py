"""Comparisons of sets, and which findings survive."""

from __future__ import annotations

from typing import Final

from core.analysis.contrast import compare, robustness
from core.analysis.described import Analysis

ANALYSES: Final[tuple[Analysis, ...]] = (compare.ANALYSIS, robustness.ANALYSIS)

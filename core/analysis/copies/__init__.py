"""Copies, near-copies, and texts that move together."""

from __future__ import annotations

from typing import Final

from core.analysis.copies import coordination, exact, near
from core.analysis.described import Analysis

ANALYSES: Final[tuple[Analysis, ...]] = (
    exact.ANALYSIS,
    near.ANALYSIS,
    coordination.COORDINATION,
    coordination.EVIDENCE,
)

"""Who answers whom."""

from __future__ import annotations

from typing import Final

from core.analysis.described import Analysis
from core.analysis.replies import communities, links, network, pairs

ANALYSES: Final[tuple[Analysis, ...]] = (
    network.ANALYSIS,
    links.ANALYSIS,
    pairs.ANALYSIS,
    communities.ANALYSIS,
)

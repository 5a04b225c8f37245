"""When people write and what draws them: bursts, decay, engagement, newcomers, threads, changes."""

from __future__ import annotations

from typing import Final

from core.analysis.attention import (
    author_activity,
    beginnings,
    bursts,
    changes,
    engagement,
    fading,
    liked_sources,
    newcomers,
    threads,
)
from core.analysis.described import Analysis

ANALYSES: Final[tuple[Analysis, ...]] = (
    bursts.ANALYSIS,
    beginnings.ANALYSIS,
    fading.DECAY,
    fading.HALF_LIVES,
    engagement.ANALYSIS,
    liked_sources.ANALYSIS,
    newcomers.ANALYSIS,
    author_activity.ANALYSIS,
    threads.ANALYSIS,
    changes.ANALYSIS,
)

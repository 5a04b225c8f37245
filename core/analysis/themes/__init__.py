"""What the comments are about: topics, entities, words that go together, and what people say it is."""

from __future__ import annotations

from typing import Final

from core.analysis.described import Analysis
from core.analysis.themes import cowords, entities, labels, over, topics

ANALYSES: Final[tuple[Analysis, ...]] = (
    topics.ANALYSIS,
    over.ANALYSIS,
    entities.ANALYSIS,
    cowords.ANALYSIS,
    labels.ANALYSIS,
)

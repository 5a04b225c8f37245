"""Words: frequencies, n-grams, collocations, marks, keyness, words in context."""

from __future__ import annotations

from typing import Final

from core.analysis.described import Analysis
from core.analysis.lexis import collocates, collocations, concordance, frequency, keyness, marks, ngrams, tree

ANALYSES: Final[tuple[Analysis, ...]] = (
    frequency.ANALYSIS,
    keyness.ANALYSIS,
    concordance.ANALYSIS,
    tree.ANALYSIS,
    marks.ANALYSIS,
    ngrams.ANALYSIS,
    collocations.ANALYSIS,
    collocates.ANALYSIS,
)

"""Everything the product says to people, in Russian and English: sentences, plurals, numbers, dates.

The page, exports, captions and reports all speak through here, so one thing has one name everywhere.
"""

from core.wording.amounts import Lang, count, duration, number, percent, size
from core.wording.catalogue import LANGS, accepted, has, language, say

__all__ = [
    "LANGS",
    "Lang",
    "accepted",
    "count",
    "duration",
    "has",
    "language",
    "number",
    "percent",
    "say",
    "size",
]

"""How much a word in Latin letters looks like Russian in translit rather than like English.

A sum over pairs of neighbouring letters of log(share in Russian words, transliterated in two ways) less
log(share in English words), additive smoothing 2, words weighed by the logarithm of their count. Russian:
words of the sentiment model's training texts; English: words of software documentation. Measured on the half
of the words that was held out: 86 % of the Russian ones pass 1.0, and 16 % of the English ones that spell a
Russian word.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

_LETTERS: Final = "^abcdefghijklmnopqrstuvwxyz"
# A row per first letter, a column per second one, "^" being either end of a word; "M" is 0, a letter is 1/3.
_ROWS: Final = """
MIMFLIILIKMRKLNPOALMLOQAAKU
TRLHMWLKTHZSMMMNKEJNLJQAAPW
HLJBBNABNMLPKKROAIOLELNHHNM
DDEAAGBCPKIAAACAAEABAEIDFAF
EOJIJLADJLOSLKSONDOKHOPDCQT
LFNGJKGLNGVTNNMKJAKKNJNAAOU
EJIAAJEFEHELFEBIDGHDEHFEEDI
ENHGMHBDALMRNDISBGMAHLIFGEI
OOIMQOFHLPRVQJTNGGJLKRRFIGQ
TIIILNFKUTXUNMIFIBMMNHOGAZN
UWOKTQJOJSMRMQVIFGMQTUHGMML
MUCQFJCHZRONQIMXFGWKTTSBGEO
LNIJELFMFMYQGKUMFGBMHNAEELT
OKFGEMIKINUNKJRNGJJIFNKFDQM
IOGFGMGDCRRNCBPQADLHIODCCUJ
RDQKPSJPONVRONIJLGLQPFSAAUW
FLCEBKECANSMJENQEFOGENFDDKL
AFGHGIMMIGMHDDHMGIBDGAFHJMG
GNKDHKCJJMVLIIMOIFEHJPLAGMU
GNNNMKGGQLZRPPROMANKNKPADQL
NNLFJKEGAKUTKJRNIFLNGMVACKH
UHLMRKFOUDZUKLGEMMKOMNTJBZW
PPJLNMJJLQYUXMUTPJTTQWPFEYZ
AAFDCAFFAAHGBGAADHAADMFEHHJ
AAFACABJDAHIBBEDAJEAAFEFCDJ
MXOKMPFMXFMULOMIFGMNNZSBGUO
MTVLVHFYZQXYVUZRJMULOVZJJSM
"""
_TABLE: Final = _ROWS.split()
_ZERO: Final = ord("M")
_PAIRS: Final = {
    first + second: (ord(score) - _ZERO) / 3
    for first, row in zip(_LETTERS, _TABLE, strict=True)
    for second, score in zip(_LETTERS, row, strict=True)
}


def resemblance(word: str) -> float:
    """Return the log-odds that a Latin word is Russian in translit; above 0: rather Russian."""
    ends = f"^{word}^"
    return sum(_PAIRS.get(first + second, 0.0) for first, second in pairwise(ends))

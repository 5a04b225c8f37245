"""What is known of each distinct unit of the comments: its kind, normal form, lemmas, language and tags.

Runs once per distinct unit, in worker processes. Whole columns go through pyarrow's patterns and the
analyser's batch; Python looks at a word by itself only where something is unusual about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, cast

import pyarrow as pa
import pyarrow.compute as pc

from core.morphology.lemmas import is_russian, lemmatised
from core.morphology.swearing import tagged
from core.text.english import WORDS as ENGLISH
from core.text.hints import hint
from core.text.normal import is_unusual, normal
from core.text.stopwords import STOP

SCHEMA: Final = pa.schema(
    [
        pa.field("word", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("norm", pa.string()),
        pa.field("lemma", pa.string()),
        pa.field("lemmas", pa.list_(pa.string())),
        pa.field("is_stop", pa.bool_()),
        pa.field("is_known", pa.bool_()),
        pa.field("hint", pa.string()),
        pa.field("tags", pa.int8()),
    ]
)
"""One row per unit; `lemmas` has every plausible lemma, the chosen one first."""

_EMOJI: Final = (
    r"[\x{1F000}-\x{1FAFF}\x{2190}-\x{21FF}\x{2300}-\x{27BF}\x{2B00}-\x{2BFF}"
    r"\x{3030}\x{303D}\x{3297}\x{3299}\x{20E3}]"
)
_EMOTICON: Final = r"^[:;=8x]['’]?-?[)(\[\]dpоo3*/|\\]+$"
_ENDING: Final = "[йяеюх]|го|му|ый|ая|ое|ые|ых|ой|ти|ми|их|ом|ую|ю|st|nd|rd|th"
_MEASURE: Final = (
    "р|руб|к|кк|тыс|млн|млрд|тр|кг|гр|г|л|мл|см|мм|км|м|шт|ч|мин|сек|с|лет|год|года|х|gb|mb|k|m|px|гб|мб"
)
_NUMBER: Final = rf"^[+\-]?\p{{N}}[\p{{N}}.,:/_*'’\-]*(?:%|-?(?:{_ENDING}|{_MEASURE}))?$"
_NO_PLURALS: Final = frozenset({"news", "always", "perhaps", "sometimes", "less", "pass"})
_SKIN: Final = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_LONG_RUN: Final = re.compile(r"(.)\1{3,}")


def studied(units: pa.Array[Any]) -> pa.Table:
    """Return `SCHEMA` for distinct units as the tokeniser cut them, in their order.

    A mark is always a stop word; numbers and emoji never are, and have themselves as lemma.
    """
    folded = pc.replace_substring(pc.utf8_lower(units), pattern="ё", replacement="е")
    kind_column = _kinds(folded)
    words: list[str] = [str(each) for each in folded.to_pylist()]
    kinds: list[str] = [str(each) for each in kind_column.to_pylist()]
    unusual = is_unusual(folded).to_pylist()
    norms = [
        _norm(word, kind) if is_strange else word
        for word, kind, is_strange in zip(words, kinds, unusual, strict=True)
    ]
    known = [kind == "word" and is_russian(norm) for norm, kind in zip(norms, kinds, strict=True)]
    hints = [
        hint(norm, is_known) if kind == "word" else ""
        for norm, kind, is_known in zip(norms, kinds, known, strict=True)
    ]
    lemmas = list(_lemmas(norms, kinds, known, hints))
    stops = [
        kind == "mark" or lemma[0] in STOP or norm in STOP
        for kind, norm, lemma in zip(kinds, norms, lemmas, strict=True)
    ]
    norm_column = pa.array(norms, pa.string())
    is_word = pc.equal(kind_column, pa.scalar("word"))
    return pa.Table.from_arrays(
        [
            units.cast(pa.string()),
            kind_column,
            norm_column,
            pa.array([lemma[0] for lemma in lemmas], pa.string()),
            pa.array(lemmas, pa.list_(pa.string())),
            pa.array(stops, pa.bool_()),
            pa.array(known, pa.bool_()),
            pa.array(hints, pa.string()),
            pc.if_else(is_word, tagged(norm_column), pa.scalar(0, pa.int8())),
        ],
        schema=SCHEMA,
    )


def _kinds(units: pa.Array[Any]) -> pa.Array[Any]:
    """Return 'word', 'number', 'mark' or 'emoji' for each unit."""
    has_sign = pc.invert(pc.match_substring_regex(units, pattern=r"[\p{L}\p{N}]"))
    is_mark = pc.or_(has_sign, pc.match_substring_regex(units, pattern=_EMOTICON))
    is_number = pc.match_substring_regex(units, pattern=_NUMBER)
    kinds = pc.if_else(
        is_mark, pa.scalar("mark"), pc.if_else(is_number, pa.scalar("number"), pa.scalar("word"))
    )
    is_emoji = pc.match_substring_regex(units, pattern=_EMOJI)
    return cast("pa.Array[Any]", pc.if_else(is_emoji, pa.scalar("emoji"), kinds))


def _norm(unit: str, kind: str) -> str:
    """Return the normal form: of an emoji without skin colour, of a mark with at most three in a row."""
    if kind == "word":
        # Stars around a word that hide nothing are emphasis.
        return normal(unit).strip("*@") or unit
    if kind == "emoji":
        return _SKIN.sub("", unit) or unit
    return _LONG_RUN.sub(r"\1\1\1", unit) if kind == "mark" else unit


def _lemmas(norms: list[str], kinds: list[str], known: list[bool], hints: list[str]) -> Iterator[list[str]]:
    """Yield the lemmas; only Russian goes to the analyser, other languages keep their words."""
    is_analysed = [
        kind == "word" and (is_known or hinted in {"", "ru"}) and not norm.isascii()
        for norm, kind, is_known, hinted in zip(norms, kinds, known, hints, strict=True)
    ]
    analysed = lemmatised([norm for norm, yes in zip(norms, is_analysed, strict=True) if yes])
    for norm, yes in zip(norms, is_analysed, strict=True):
        yield next(analysed) if yes else [_singular(norm)]


def _singular(word: str) -> str:
    """Return an English word without its possessive or its plural, where the singular is a frequent word."""
    bare = word.removesuffix("'s")
    if len(bare) < 4 or bare in STOP or bare in _NO_PLURALS or not bare.endswith("s"):
        return bare
    return bare[:-1] if bare[:-1] in ENGLISH else bare

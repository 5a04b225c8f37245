"""Words in any of their forms: what a person types, and which words of the vocabulary it means.

Every word is wanted, in whatever form; "a phrase" wants its words side by side in order, "two words"~5 within
five words of each other in any order; `-word` is unwanted; OR (capital letters) joins its neighbours; `нача*`
means every word that begins so. Case does not matter, nor does е for ё.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.errors import QueryError
from core.morphology.lemmas import lemmatised
from core.query import Query
from core.storage.cursors import Lent

Near = int | None

WORD_IDS: Final = """
select word_id
from forms
where lemma_id in (select lemma_id from lemmas where lemma in (select unnest($lemmas::varchar[])))
union
select word_id
from vocabulary
where kind in ('word', 'number') and (word = $word or norm = $word)
"""

BEGINNINGS: Final = """
select word_id
from vocabulary
where kind in ('word', 'number') and (starts_with(word, $word) or starts_with(norm, $word))
"""

_APART: Final = re.compile(r"(\S)~(\d\S*)")
_NEAR: Final = re.compile(r"[1-9][0-9]?", re.ASCII)
_TOKEN: Final = re.compile(r'(-?)"([^"]*)"(?:~(\d{1,2}))?|(-?)"([^"]*)$|(\S+)')
_WORD: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*\*?")
_OR: Final = "OR"
_MARK: Final = "*"
MOST_WORDS: Final = 40


@dataclass(frozen=True, slots=True)
class Terms:
    """Words that are looked for together; `near` is within how many words, None for side by side in order.

    `names` are the values that the numbers of each word's forms are bound to.
    """

    words: tuple[str, ...]
    names: tuple[str, ...]
    near: Near = None
    is_wanted: bool = True


def read_lemmas(text: str) -> list[list[Terms]]:
    """Return the groups that must all hold; a group holds when one of its terms does.

    Raises QueryError when nothing is left to look for, or it is too much.
    """
    groups: list[list[Terms]] = []
    joins, used = False, 0
    for before, tail in _APART.findall(text):
        if before != '"' or not _NEAR.fullmatch(tail):
            raise QueryError(
                "How near words stand is a whole number from 1 to 99 behind a phrase, not '~{value}'.",
                hint='Write "first second"~5: within five words of each other.',
                key="lemma",
                value=tail[:20],
            )
    for found in _TOKEN.finditer(text):
        if found[6] == _OR:
            joins = bool(groups)
            continue
        terms = _terms(found, used)
        if not terms.words:
            continue
        used += len(terms.words)
        if joins:
            groups[-1].append(terms)
        else:
            groups.append([terms])
        joins = False
    if not groups:
        raise QueryError(
            "The search '{value}' has no words.", hint="Type a word or a phrase.", key="lemma", value=text
        )
    if used > MOST_WORDS:
        raise QueryError(
            "The search has too many words: {count}.",
            hint="At most {most} can be looked for at a time.",
            key="lemma",
            value=text,
            count=used,
            most=MOST_WORDS,
        )
    return groups


def word_ids(cursor: Lent, query: Query | None, prefix: str = "") -> dict[str, list[int]]:
    """Return the numbers of the words that each word of a query's `lemma` means, by the name to bind."""
    if query is None or query.lemma is None:
        return {}
    return {
        f"{prefix}{name}": _numbers(cursor, word)
        for group in read_lemmas(query.lemma)
        for terms in group
        for word, name in zip(terms.words, terms.names, strict=True)
    }


def _terms(found: re.Match[str], used: int) -> Terms:
    if found[6] is not None:
        word = found[6]
        is_wanted = not (word.startswith("-") and len(word) > 1)
        words, near = _words(word.removeprefix("-")), None
    else:
        is_wanted = not (found[1] or found[4])
        words, near = _words(found[2] or found[5] or ""), int(found[3]) if found[3] else None
    names = tuple(f"lemma_{used + place}" for place in range(len(words)))
    return Terms(words, names, near, is_wanted)


def _words(text: str) -> tuple[str, ...]:
    return tuple(each[0] for each in _WORD.finditer(text.lower().replace("ё", "е")))


def _numbers(cursor: Lent, word: str) -> list[int]:
    rows: Iterator[tuple[int]] | list[tuple[int]]
    if word.endswith(_MARK):
        rows = cursor.execute(BEGINNINGS, {"word": word.removesuffix(_MARK)}).fetchall()
    else:
        rows = cursor.execute(WORD_IDS, {"word": word, "lemmas": next(lemmatised([word]))}).fetchall()
    return [number for (number,) in rows]

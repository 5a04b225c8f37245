"""What a person types into the search box, as groups of wanted and unwanted parts.

Words are all wanted, in any order, also inside longer words; "a phrase" is wanted as it stands; `-word` and
`-"a phrase"` are unwanted; OR (capital letters) joins its two neighbours: `cat OR dog house` wants house and
one of the animals. Case does not matter, nor does е for ё.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import QueryError

_TOKEN = re.compile(r'(-?)"([^"]*)(?:"|$)|(\S+)')
_OR = "OR"


@dataclass(frozen=True, slots=True)
class Part:
    """A text to be found, or not to be found, in a comment."""

    text: str
    is_wanted: bool = True


def read_search(text: str) -> list[list[Part]]:
    """Return the groups that must all hold; a group holds when one of its parts does.

    Raises QueryError when nothing is left to look for.
    """
    groups: list[list[Part]] = []
    joins = False
    for token in _TOKEN.finditer(text):
        word = token[3]
        if word == _OR:
            joins = bool(groups)
            continue
        part = _part(token[1], token[2]) if word is None else _word(word)
        if not part.text:
            continue
        if joins:
            groups[-1].append(part)
        else:
            groups.append([part])
        joins = False
    if not groups:
        raise QueryError(
            "The search '{value}' has no words.", hint="Type a word or a phrase.", key="text", value=text
        )
    return groups


def _part(minus: str, phrase: str) -> Part:
    return Part(phrase.strip(), not minus)


def _word(word: str) -> Part:
    is_unwanted = word.startswith("-") and len(word) > 1
    return Part(word[1:], is_wanted=False) if is_unwanted else Part(word)

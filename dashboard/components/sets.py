"""Two sets that stand against each other: what each is of, in words, and how many comments it has."""

from __future__ import annotations

from dataclasses import replace

from core.query import Query
from core.wording import Lang, count, say
from core.wording.filters import sentence
from dashboard import data
from dashboard.components.chips import named


def told(first: Query, second: Query | None, lang: Lang) -> tuple[str, str]:
    """Say what both sets are of; the second is all the rest where there is none.

    Which data a second set is of is not in its part of the address: it is that of the first.
    """
    own = data.totals(first).comments
    one = _said("A", words(first, lang), own, lang)
    if second is not None:
        other = replace(second, dataset=first.dataset, tz=first.tz)
        return one, _said("B", words(other, lang), data.totals(other).comments, lang)
    rest = data.totals(everything(first)).comments - own
    return one, _said("B", say("analyses.set.rest", lang), rest, lang)


def words(query: Query, lang: Lang) -> str:
    """Say all filters of a query in a line, or that there is none."""
    names = named(query, data.dataset(query), lang)
    fields = [each for each in query.active() if each != "until" or query.since is None]
    return ", ".join(sentence(query, each, lang, names) for each in fields) or say("analyses.set.all", lang)


def everything(query: Query) -> Query:
    """Return the query of all comments that one is of."""
    return Query(dataset=query.dataset, tz=query.tz)


def _said(name: str, query: str, comments: int, lang: Lang) -> str:
    return say("analyses.set", lang, name=name, query=query, comments=count(comments, "comments", lang))

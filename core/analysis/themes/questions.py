"""Which question a fit of topics answers: the comments asked about and the parameters, written down."""

from __future__ import annotations

import json

from core.analysis.described import Params
from core.query import Query

IN_LOCAL_TIME = frozenset({"since", "until", "hour", "weekday"})
PARAMETERS = ("topics", "sample", "seed")


def fitted_query(query: Query) -> Query:
    """Return the query whose comments are fitted: topics are not looked for inside a topic."""
    return query.without("topic", "sort")


def question(query: Query, params: Params) -> str:
    """Return the question as JSON, the same for the same comments and parameters in any order of asking.

    The zone counts only where it decides which comments are asked about.
    """
    asked = fitted_query(query).without("dataset")
    if not IN_LOCAL_TIME & {*asked.active()}:
        asked = asked.without("tz")
    told = {"query": sorted(asked.params()), **{name: params[name] for name in PARAMETERS}}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)

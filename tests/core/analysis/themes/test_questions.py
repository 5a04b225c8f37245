"""Questions: the same comments and parameters are the same question, however they are asked for."""

from __future__ import annotations

from datetime import date

from core.analysis.themes.questions import fitted_query, question
from core.query import Query

PARAMS = {"topics": 12, "sample": 50_000, "seed": 1, "refit": "no"}


def test_what_does_not_change_the_comments_does_not_change_the_question() -> None:
    """Order, sorting, the dataset's name, a filter by topic and asking anew are not part of the question."""
    one = question(Query(source=("wall:-1_2", "wall:-1_3")), PARAMS)
    assert one == question(
        Query(source=("wall:-1_3", "wall:-1_2"), sort="-likes", topic=(1,), dataset="own"),
        {**PARAMS, "refit": "yes"},
    )
    assert question(Query(tz="UTC"), PARAMS) == question(Query(), PARAMS)


def test_what_changes_the_comments_changes_the_question() -> None:
    """Another filter, another parameter, or another zone for a day is another question."""
    day = Query(since=date(2026, 3, 2))
    asked = [question(each, PARAMS) for each in (Query(), day, Query(since=date(2026, 3, 2), tz="UTC"))]
    asked += [question(Query(), {**PARAMS, name: 7}) for name in ("topics", "sample", "seed")]
    assert len({*asked}) == 6


def test_topics_are_not_looked_for_inside_a_topic() -> None:
    """The comments that are fitted are those of the query without its filter by topic."""
    assert fitted_query(Query(topic=(3,), likes_min=2)) == Query(likes_min=2)

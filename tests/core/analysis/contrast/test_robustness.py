"""Robustness: findings that stand on one author, one text, one clock or one half do not survive."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.analysis.contrast import headlines
from core.analysis.contrast.headlines import Headline
from core.errors import QueryError
from core.models import Comment
from core.storage.store import Store
from core.tasks.analyze import Measured
from tests.builders import at, comment
from tests.core.enriched import answer, enriched, rows

GOOD = ("Отличный магазин, спасибо большое", "Прекрасный город, очень люблю", "Замечательная работа, молодцы")
BAD = "Ужасный сервис, отвратительное отношение, позор"
WORDS = [
    "дорога",
    "мост",
    "река",
    "парк",
    "школа",
    "больница",
    "автобус",
    "трамвай",
    "вокзал",
    "рынок",
    "театр",
    "музей",
    "стадион",
    "каток",
    "лыжи",
    "футбол",
    "концерт",
    "песня",
    "альбом",
    "билет",
    "очередь",
    "касса",
    "магазин",
    "доставка",
    "посылка",
    "почта",
    "письмо",
    "газета",
    "журнал",
    "книга",
    "урок",
]


def town(authors: int = 60) -> list[Comment]:
    """Build praise of many authors under six posts over two days, with many words, at noon and two."""
    return [
        comment(
            10 * author + n,
            f"{GOOD[(author + n) % 3]} {WORDS[author % 31]} {WORDS[(author * 7 + n) % 31]} {author % 7}",
            author_id=author,
            source=f"wall:-1_{(author + n) % 6 + 1}",
            published_at=at(24 * (author % 2) + 2 * (n == 2)),
            root_id=None if n else 1,
        )
        for author in range(1, authors + 1)
        for n in range(3)
    ]


def verdicts(found: Measured, finding: str) -> dict[str, object]:
    """Return what is said of a finding in each variant."""
    return {str(row["variant"]): row["verdict"] for row in rows(found, finding=finding)}


@pytest.fixture(scope="module")
def found() -> Measured:
    """Ask for the town with a loud author who complains in the same words, last of all, under one post."""
    loud = [
        comment(5000 + n, BAD, author_id=777, source="wall:-1_9", published_at=at(30), likes=0)
        for n in range(400)
    ]
    return answer(enriched([*town(), *loud]), "robustness", resamples=99)


def test_what_one_author_makes_does_not_survive(found: Measured) -> None:
    """The mood, the largest source and the hour are the loud author's: without him they change."""
    balance, source = verdicts(found, "mood_balance"), verdicts(found, "top_source_share")
    assert balance["baseline"] == "the finding"
    assert (balance["without_loudest"], balance["without_copies"]) == ("changes", "changes")
    assert (source["without_loudest"], source["without_copies"]) == ("changes", "changes")
    assert verdicts(found, "busiest_hour")["without_loudest"] == "changes"
    assert found.summary["authors_left_out"] == 1
    assert "without_loudest" in str(found.summary["top_source_share_changes_in"])


def test_another_clock_moves_the_busiest_hour(found: Measured) -> None:
    """The hour is by the clock of the zone; what does not ask for the time stays as it was."""
    assert verdicts(found, "busiest_hour")["other_zone"] == "changes"
    (base, zone) = (rows(found, finding="toxicity", variant=name)[0] for name in ("baseline", "other_zone"))
    assert (base["value"], base["low"], base["n"]) == (zone["value"], zone["low"], zone["n"])
    assert zone["verdict"] == "holds"


def test_halves_are_judged_against_each_other(found: Measured) -> None:
    """The first half is compared with the second, and the other way round: the complaint is in the second."""
    by_half = {str(row["variant"]): row for row in rows(found, finding="mood_balance")}
    assert (by_half["first_half"]["against"], by_half["second_half"]["against"]) == (
        "second_half",
        "first_half",
    )


def test_another_model_judges_moods_alone(found: Measured) -> None:
    """The lists of words have a share of negative comments and a balance, and nothing else."""
    other = {str(row["finding"]): row for row in rows(found, variant="other_model")}
    assert set(other) == {"negative_share", "mood_balance"}
    assert 0.6 < float(str(other["negative_share"]["value"])) < 0.8
    assert other["mood_balance"]["value"] < 0


def test_every_finding_is_told_with_its_rule_and_n(found: Measured) -> None:
    """All variants tell the same findings, each with n, and the notes say how they are judged."""
    names = [row["finding"] for row in rows(found, variant="baseline")]
    assert names == [
        "negative_share", "mood_balance", "toxicity", "author_gini", "busiest_hour", "busiest_hour_share",
        "top_source_share", "top_words", "questions_answered_share",
    ]  # fmt: skip
    assert {str(row["variant"]) for row in found.rows} == {
        "baseline", "without_loudest", "without_copies", "roots_only", "first_half", "second_half",
        "other_zone", "other_model",
    }  # fmt: skip
    assert all(isinstance(row["n"], int) for row in found.rows)
    assert [note.code for note in found.notes] == ["robustness_rules", "uncalibrated"]


def test_a_steady_town_survives() -> None:
    """Praise of many that is the same everywhere holds without the loudest, in halves and by other words."""
    found = answer(enriched(town()), "robustness", zone="Europe/Moscow", resamples=99)
    for finding in ("mood_balance", "negative_share", "toxicity", "top_words"):
        said = set(verdicts(found, finding).values()) - {"the finding", "too few to say"}
        assert said <= {"holds"}, finding


def test_topics_are_findings_where_there_are_any() -> None:
    """The largest topics have their shares among the comments that topics were looked for in."""
    store = enriched(town())
    plant_topics(store)
    found = answer(store, "robustness", resamples=99)
    (share,) = rows(found, finding="topic_1_share", variant="baseline")
    assert (share["n"], share["value"]) == (180, pytest.approx(1 / 3))
    assert verdicts(found, "topic_2_share")["without_loudest"] == "holds"


def plant_topics(store: Store) -> None:
    """Assign a third of the comments to the first topic, a third to the second, the rest to none."""
    with store.writing("topics") as transaction:
        transaction.cursor.execute(
            "insert into topic_assignments (source, comment_id, topic, share) "
            "select source, comment_id, comment_id % 10 % 3, 0.9 from comments"
        )


def test_an_unknown_zone_is_named() -> None:
    """What is no time zone is refused by the name of the parameter."""
    with pytest.raises(QueryError) as caught:
        answer(enriched([]), "robustness", zone="Mars/Olympus")
    assert caught.value.params["key"] == "zone"


def test_nothing_has_no_findings() -> None:
    """Without comments nothing is said, and nothing breaks."""
    found = answer(enriched([]), "robustness", resamples=99)
    assert {row["verdict"] for row in found.rows} == {"too few to say"}
    assert "first_half" not in {row["variant"] for row in found.rows}
    assert found.summary["findings"] == 0


def test_topics_of_nothing_have_no_share() -> None:
    """Where no comment of a variant was looked at there is no share; a topic that is not there has 0."""
    nothing = pd.DataFrame({"author": [], "source": [], "topic": [], "comments": []})
    assert headlines.topics(nothing, [1]) == [Headline("topic_1_share", None, 0)]
    seen = pd.DataFrame({"author": np.arange(40), "source": "wall:-1_1", "topic": 2, "comments": 1.0})
    (found,) = headlines.topics(seen, [1])
    assert found.found is not None
    assert (found.found.value, found.n) == (0, 40)

"""Topics: found where they are planted, the same on every visit, honest about what belongs to none."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.analysis.catalogue import named
from core.analysis.described import Asked
from core.errors import TaskCancelled
from core.models import Comment
from core.query import Query
from core.storage import reads, reads_comments, writes
from core.storage.store import Store
from core.tasks import analyze, answers
from core.wording import dates, has
from tests.builders import at, comment, page
from tests.core.analysis.themes.talks import SUBJECTS, subject_of, talk
from tests.core.enriched import answer, enriched, read_texts
from tests.core.inline import Inline

CHATTER = ("Привет", "да", "Спасибо большое", "!!!", "согласен полностью")
CODES = ["topics_kept"]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database of comments about four subjects, of copies, and of some that say nothing of any."""
    said = [comment(900_000 + n, CHATTER[n % 5], author_id=200 + n) for n in range(20)]
    copies = [comment(800_000 + n, "Дорога, яма, асфальт: ремонт!", author_id=300 + n) for n in range(30)]
    opened = enriched([*talk(280), *said, *copies])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def found(store: Store) -> analyze.Measured:
    """Look for four topics."""
    return answer(store, "topics", topics=4)


def texts_in(store: Store, topic: int) -> list[str]:
    """Return the texts of the comments that the filter by topic shows."""
    shown = reads_comments.comments(store, Query(topic=(topic,)), 1000)
    return [str(text).lower().replace(",", "") for text in shown.rows["text"].to_pylist()]


def codes(measured: analyze.Measured) -> list[str]:
    """Return the codes of an answer's notes."""
    return [each.code for each in measured.notes]


def add(store: Store, *comments: Comment) -> None:
    """Collect more comments and read them."""
    writes.write_pages(store, "run", [page(*comments)], at(48))
    writes.fold(store)
    read_texts(store)


def test_planted_subjects_are_found(store: Store, found: analyze.Measured) -> None:
    """Each subject is one topic named by its own words, and the filter shows the comments that it counts."""
    subjects = []
    for row in found.rows[:-1]:
        ((subject, same),) = Counter(map(subject_of, texts_in(store, int(row["topic"])))).most_common()
        subjects.append(subject)
        assert same == row["comments"]
        assert {*row["name"].split(", ")} < {*row["words"].split(", ")} <= {*SUBJECTS[subject].split()}
        assert row["is_steady"]
        assert row["coherence"] > 0.2
    assert sorted(subjects) == sorted(SUBJECTS)


def test_what_belongs_to_none_is_counted(store: Store, found: analyze.Measured) -> None:
    """Comments of a word or two belong to no topic, and the answer says how many and why."""
    none = found.rows[-1]
    assert (none["topic"], none["name"], none["comments"]) == (0, None, 20)
    assert (found.summary["unassigned"], found.summary["too_short"], found.summary["unclear"]) == (20, 20, 0)
    assert len(texts_in(store, 0)) == 20


def test_copies_count_once_in_the_search_and_all_in_the_answer(found: analyze.Measured) -> None:
    """A text that many repeat is one text to look for topics in, and every copy has the topic."""
    different = {frozenset(str(each.text).split()) for each in talk(280)}
    assert found.summary["texts_fitted"] == found.summary["texts"]
    assert len(different) < found.summary["texts"] <= 281
    assert sorted(row["comments"] for row in found.rows) == [20, 70, 70, 70, 100]


def test_shares_have_intervals_and_add_up(found: analyze.Measured) -> None:
    """The shares are of all comments that were looked at, each inside its interval."""
    assert {row["n"] for row in found.rows} == {330}
    assert sum(row["share"] for row in found.rows) == pytest.approx(1)
    assert all(row["low"] < row["share"] < row["high"] for row in found.rows)


def test_examples_are_different_texts_of_the_topic(store: Store, found: analyze.Measured) -> None:
    """The examples of a topic are comments that the filter shows, no text twice."""
    for row in found.rows[:-1]:
        shown = reads.comments_by_keys(store, row["examples"].split())["text"].to_pylist()
        assert len({*shown}) == 3
        assert {text.lower().replace(",", "") for text in shown} <= {*texts_in(store, int(row["topic"]))}
    assert found.rows[-1]["examples"] is None


def test_a_filter_by_topic_keeps_the_topics(store: Store, found: analyze.Measured) -> None:
    """Under a filter by topic the same topics are counted, not topics inside the topic."""
    narrowed = answer(store, "topics", Query(topic=(2,)), topics=4)
    assert [row["name"] for row in narrowed.rows] == [row["name"] for row in found.rows]
    assert [bool(row["comments"]) for row in narrowed.rows] == [False, True, False, False, False]
    assert codes(narrowed) == [*CODES, "topics_filtered"]


def test_the_same_question_has_the_same_topics_after_a_restart(tmp_path: Path) -> None:
    """Whatever was kept in memory is lost, the topics are not: they are not looked for again."""
    with_file = f"duckdb:///{tmp_path / 'kept.duckdb'}"
    answers = []
    for visit in range(2):
        store = Store.open(with_file, clock=lambda: datetime(2026, 3, 10, tzinfo=UTC))
        if not visit:
            add(store, *(each for each in talk(600) if str(each.source) == "wall:-1_2"))
        answers.append(answer(store, "topics", topics=4))
        store.close()
    assert answers[0] == answers[1]


def test_later_comments_are_placed_among_kept_topics() -> None:
    """A dataset that grew has the topics it had, with more comments, until somebody asks to look anew."""
    store = enriched(talk(200))
    before = answer(store, "topics", topics=4)
    add(store, *(comment(5000 + n, "школа учитель урок класс", author_id=n) for n in range(10)))
    after = answer(store, "topics", topics=4)
    assert [row["words"] for row in after.rows] == [row["words"] for row in before.rows]
    grown = {a["topic"]: a["comments"] - b["comments"] for a, b in zip(after.rows, before.rows, strict=True)}
    (school,) = [row["topic"] for row in after.rows if "учитель" in str(row["words"])]
    assert {topic: more for topic, more in grown.items() if more} == {school: 10}
    assert codes(after) == [*CODES, "topics_grown"]
    anew = answer(store, "topics", topics=4, refit="yes")
    assert codes(anew) == CODES
    assert anew.summary["fit"] != before.summary["fit"]
    assert answer(store, "topics", topics=4, refit="yes").summary["fit"] == anew.summary["fit"]
    assert answer(store, "topics", topics=4).rows == anew.rows


def test_an_edited_comment_is_placed_anew() -> None:
    """The topic of a comment is that of its text as it is now."""
    store = enriched(talk(200))
    answer(store, "topics", topics=4)
    first = next(talk(1))
    add(store, comment(first.comment_id, "концерт гитара песня сцена", source=str(first.source), author_id=1))
    found = answer(store, "topics", topics=4)
    assert sum(row["comments"] for row in found.rows) == 200
    assert [row["comments"] for row in found.rows if "гитара" in str(row["words"])] == [51]


def test_the_filter_means_the_topics_asked_for_last() -> None:
    """Another question has other topics; when the first is asked again, the filter means its topics again."""
    store = enriched(talk(300))
    four = answer(store, "topics", topics=4)
    two = answer(store, "topics", Query(source=("wall:-1_2",)), topics=2)
    assert sum(len(texts_in(store, topic)) for topic in range(5)) == two.n == 100
    assert answer(store, "topics", topics=4) == four
    assert all(len(texts_in(store, row["topic"])) == row["comments"] for row in four.rows)


def test_too_few_texts_are_too_few_to_say() -> None:
    """Without enough different texts there are no topics, and the answer says how many it takes."""
    store = enriched(comment(n, f"дорога яма асфальт {'раз ' * n}", author_id=n) for n in range(1, 31))
    for found in (answer(store, "topics"), answer(store, "topics", topics=2)):
        assert [(row["topic"], row["comments"], row["share"]) for row in found.rows] == [(0, 30, None)]
        assert codes(found) == ["topics_few"]


def test_texts_without_subjects_have_no_steady_topics() -> None:
    """Words drawn at random make no topics: what is found in them is marked as not to be built on."""
    chance = random.Random(3)  # noqa: S311 - a seeded draw, not cryptography
    words = [
        "".join(chance.sample("бвгдклмнпрст", 3)) + chance.choice(("ок", "ень", "ица")) for _ in range(400)
    ]
    said = (comment(n, " ".join(chance.sample(words, 5)), author_id=n) for n in range(1, 501))
    found = answer(enriched(said), "topics", topics=8)
    unsteady = [row for row in found.rows if row["is_steady"] is False]
    assert len(unsteady) >= 2
    assert all(row["coherence"] < 0 for row in found.rows if row["topic"])
    (note,) = [each for each in found.notes if each.code == "topics_unsteady"]
    assert dict(note.values) == {"unsteady": len(unsteady), "topics": 8}


def test_a_sample_says_so() -> None:
    """Where topics are looked for in some texts only, the answer says in how many and by which seed."""
    store = enriched(talk(400))
    found = answer(store, "topics", topics=4, sample=200, seed=7)
    (note,) = [each for each in found.notes if each.code == "topics_sample"]
    assert dict(note.values) == {"documents": 200, "texts": found.summary["texts"], "seed": "7"}
    assert found.rows[-1]["comments"] == 0


def asked_with(store: Store, cancel: threading.Event, told: list[tuple[float, str]]) -> Asked:
    """Ask for topics as a task does."""
    query, params = Query(), named("topics").checked({"topics": 2})
    figures = reads.figures(store, query)
    return Asked(store, query, params, figures, cancel, Inline(1), report=lambda *each: told.append(each))


def test_the_work_can_be_seen_and_stopped() -> None:
    """A task tells how far it is, in steps that have words, and ends when it is told to."""
    store = enriched(talk(60))
    told: list[tuple[float, str]] = []
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(TaskCancelled):
        named("topics").found(asked_with(store, cancel, told))
    named("topics").found(asked_with(store, threading.Event(), told))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert 0 <= told[0][0] < told[-1][0] <= 1
    assert all(has(key) for _, key in told)


def test_the_day_that_topics_were_found_is_the_readers(store: Store, found: analyze.Measured) -> None:
    """Where it is a day later the topics were found a day later, and the note says so in words."""
    assert codes(found) == CODES
    zones = ("Pacific/Niue", "Pacific/Kiritimati")
    notes = [answer(store, "topics", Query(tz=tz), topics=4).notes[0] for tz in zones]
    days = [date.fromisoformat(str(note.values["day"])) for note in notes]
    assert (days[1] - days[0]).days in {1, 2}
    assert dates.day(days[0], "ru") in answers.said(notes[0], "ru")
    assert days[0].isoformat() not in answers.said(notes[0], "en")

"""Names in a sample: in their base form, counted per comment, kept for the filter, honest about it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from core.analysis.catalogue import named
from core.analysis.described import Asked
from core.analysis.themes.recognising import is_name
from core.compute import Compute
from core.errors import TaskCancelled
from core.query import Query
from core.storage import reads
from core.storage.store import Store
from core.tasks import analyze
from core.wording import has
from tests.builders import comment
from tests.core.analysis.themes.test_topics import add, codes
from tests.core.enriched import answer, enriched, rows
from tests.core.inline import Inline


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Open a database in which a person, a place and an organisation are named."""
    praise = (
        comment(n, "Вчера Иван Петров был в Москве, спасибо, молодец!", author_id=n % 9) for n in range(1, 41)
    )
    blame = (
        comment(n, "Ужасно, противно: были в Казани, а потом в Казань вернулись", author_id=n % 9)
        for n in range(50, 60)
    )
    plain = (comment(n, f"просто слова без имен {n}", author_id=n % 9) for n in range(100, 150))
    opened = enriched([*praise, *blame, *plain])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def found(store: Store) -> analyze.Measured:
    """Look for names in all of them."""
    return answer(store, "entities")


def test_names_are_found_in_their_base_form(found: analyze.Measured) -> None:
    """Each name stands once, in the nominative, with its kind, and counts a comment once."""
    told = {(row["kind"], row["name"]): (row["comments"], row["authors"]) for row in found.rows}
    assert told[("per", "Иван Петров")] == (40, 9)
    assert told[("loc", "Москва")] == (40, 9)
    assert told[("loc", "Казань")] == (10, 9)


def test_shares_are_of_the_sample(found: analyze.Measured) -> None:
    """The share of a name is of all comments looked at, with an interval over authors."""
    (place,) = rows(found, name="Москва")
    assert (place["n"], place["share"]) == (100, 0.4)
    assert place["low"] < 0.4 < place["high"]
    assert codes(found) == ["entities_sample", "entities_news", "uncalibrated"]
    assert dict(found.notes[0].values) == {"looked": 100, "total": 100, "seed": "1"}


def test_the_mood_is_that_of_the_comments_that_name_it(found: analyze.Measured) -> None:
    """What is said of a name has shares and intervals, and none below the number that says something."""
    (person,), (city,) = rows(found, name="Иван Петров"), rows(found, name="Казань")
    assert person["n_mood"] == 40
    assert person["positive_low"] <= person["positive"] <= person["positive_high"]
    assert person["positive"] > person["negative"]
    assert (person["positive_corrected"], person["negative_corrected_high"]) == (None, None)
    assert (city["n_mood"], city["negative"], city["negative_low"], city["positive"]) == (
        10,
        None,
        None,
        None,
    )


def test_the_filter_shows_who_is_named(store: Store, found: analyze.Measured) -> None:
    """The comments that the filter by name shows are those that were counted, examples among them."""
    for row in found.rows:
        query = Query(entity=(str(row["name"]),))
        assert reads.figures(store, query).comments == row["comments"]
        assert len(reads.comments_by_keys(store, str(row["examples"]).split())) == 3
    again = answer(store, "entities", Query(entity=("Казань",)))
    assert again.rows == found.rows
    assert codes(again)[-1] == "entities_filtered"


def test_one_kind_and_the_first_names(store: Store) -> None:
    """Asked for places, only places come; asked for one name, the one that most comments have."""
    places = answer(store, "entities", which="loc")
    assert {row["kind"] for row in places.rows} == {"loc"}
    assert len(answer(store, "entities", top=1).rows) == 1


def test_names_are_looked_for_once(store: Store) -> None:
    """The same sample is not read again: what was found in it is kept."""
    answer(store, "entities")
    version = store.version()
    assert answer(store, "entities", which="per").rows
    assert store.version() == version


def test_the_seed_draws_the_sample() -> None:
    """Of more comments than it looks at it draws some, the same ones for the same seed."""
    opened = enriched(comment(n, f"Город {n % 7} и Москва", author_id=n) for n in range(1, 151))
    first, again, other = (answer(opened, "entities", sample=100, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert {row["n"] for row in first.rows} == {100}
    assert [row["examples"] for row in first.rows] != [row["examples"] for row in other.rows]


def test_new_comments_make_a_new_sample() -> None:
    """When comments were added, they are looked at as well."""
    opened = enriched(comment(n, "Москва большая", author_id=n) for n in range(1, 6))
    answer(opened, "entities")
    add(opened, comment(99, "Казань красивая", author_id=3))
    assert {row["name"] for row in answer(opened, "entities").rows} >= {"Москва", "Казань"}


def test_no_names_give_no_rows() -> None:
    """Where nobody is named nothing is told, without a fault; so it is where there are no comments."""
    assert answer(enriched([comment(1, "просто слова")]), "entities").rows == []
    assert answer(enriched([]), "entities").rows == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Пойду", False),
        ("Ужасное", False),
        ("Но", False),
        ("Казань", True),
        ("Достоевский", True),
        ("Ужасный Иван", True),
    ],
)
def test_plain_words_are_no_names(words: str, *, expected: bool) -> None:
    """A verb or an adjective with a capital is no name, a surname that looks like one is."""
    assert is_name(words) is expected


def test_the_work_can_be_seen_and_stopped() -> None:
    """A task tells how far it is, in words that there are, and ends when it is told to."""
    opened = enriched(comment(n, "Москва большая", author_id=n) for n in range(1, 301))
    query, params = Query(), named("entities").checked({})
    told: list[tuple[float, str]] = []
    cancel = threading.Event()
    compute: Compute = Inline(1)

    def report(done: float, key: str) -> None:
        told.append((done, key))
        if len(told) == 2:
            cancel.set()

    asked = Asked(opened, query, params, reads.figures(opened, query), cancel, compute, report=report)
    with pytest.raises(TaskCancelled):
        named("entities").found(asked)
    assert [done for done, _ in told] == [0.0, pytest.approx(250 / 300)]
    assert all(has(key) for _, key in told)

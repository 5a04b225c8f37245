"""Many labels at once: of all that match or of some, in one go, and taken back as if nothing had been."""

from __future__ import annotations

import pytest

from core.query import Query
from core.storage import reads_labelled, reads_labels, writes, writes_coding
from core.storage.reads_labels import Chosen
from core.storage.store import Store
from core.storage.writes_labelling import Judgement, label_chosen, label_matching, last_labelling, take_back
from tests.builders import at, comment, page
from tests.core.coded import label

BYT = Judgement("тема", "быт", "Анна")
KEYS = tuple(f"wall:-1_2:{number}" for number in (1, 2, 3))


@pytest.fixture(params=[True, False], ids=["folded", "not folded"])
def world(request: pytest.FixtureRequest, store: Store) -> Store:
    """Fill a database with three comments, the first already labelled by Anna with a note."""
    rows = (comment(1, "Кот"), comment(2, "Кот и пёс"), comment(3, "Пёс"))
    writes.write_pages(store, "run", [page(*rows)], at())
    if request.param:
        writes.fold(store)
    writes_coding.write_labels(store, [label(KEYS[0], "тема", "зло", "Анна", "с заметкой")])
    return store


def told(store: Store) -> list[tuple[str, str, str, str]]:
    """Return all labels as (comment, value, coder, note)."""
    found, _ = reads_labels.labels(store, Chosen(), 100)
    return [(each.comment_key, each.value, each.coder, each.note) for each in found]


def test_all_that_match_are_labelled(world: Store) -> None:
    """One statement labels exactly the query's comments; another value of this coder is replaced."""
    assert label_matching(world, Query(text="кот"), BYT) == 2
    assert told(world) == [(KEYS[0], "быт", "Анна", ""), (KEYS[1], "быт", "Анна", "")]


def test_some_are_labelled_by_key(world: Store) -> None:
    """Keys choose; one that is not here gets nothing."""
    assert label_chosen(world, [KEYS[2], "wall:-1_2:99"], BYT) == 1
    assert (KEYS[2], "быт", "Анна", "") in told(world)


def test_taking_back_restores_what_stood_before(world: Store) -> None:
    """The replaced value comes back with its note, one labelling after the other."""
    before = told(world)
    label_matching(world, Query(text="кот"), BYT)
    label_matching(world, Query(), Judgement("тема", "всё", "Анна"))
    assert {value for _, value, _, _ in told(world)} == {"всё"}

    assert take_back(world, last_labelling(world, "Анна").number) == 3  # type: ignore[union-attr]
    assert [value for _, value, _, _ in told(world)] == ["быт", "быт"]
    assert take_back(world, last_labelling(world, "Анна").number) == 2  # type: ignore[union-attr]
    assert told(world) == before
    assert last_labelling(world, "Анна") is None


def test_what_was_said_since_stays(world: Store) -> None:
    """A comment that was judged again after a labelling keeps the later judgement when it is taken back."""
    label_matching(world, Query(), BYT)
    writes_coding.write_labels(world, [label(KEYS[0], "тема", "позже", "Анна")])
    take_back(world, 1)
    assert told(world) == [(KEYS[0], "позже", "Анна", "")]


def test_coders_do_not_touch_each_other(world: Store) -> None:
    """Boris's labelling leaves Anna's label, and his last one is his own."""
    label_matching(world, Query(text="кот"), Judgement("тема", "быт", "Борис"))
    assert (KEYS[0], "зло", "Анна", "с заметкой") in told(world)
    last = last_labelling(world, "Борис")
    assert last is not None
    assert (last.name, last.value, last.comments) == ("тема", "быт", 2)
    assert last_labelling(world, "Анна") is None


def test_a_label_filter_can_be_relabelled(world: Store) -> None:
    """The comments are found before the label that finds them is replaced."""
    label_matching(world, Query(), BYT)
    assert label_matching(world, Query(label=("тема:быт",)), Judgement("тема", "дом", "Анна")) == 3
    assert {value for _, value, _, _ in told(world)} == {"дом"}


def test_saying_it_again_changes_nothing(world: Store) -> None:
    """No version, no labelling to take back, and no note is lost."""
    version = world.version()
    assert label_chosen(world, KEYS[:1], Judgement("тема", "зло", "Анна")) == 0
    assert (world.version(), last_labelling(world, "Анна")) == (version, None)
    assert told(world)[0][3] == "с заметкой"


def test_a_deleted_source_is_not_restored(world: Store) -> None:
    """Taking back does not bring labels of comments back that are gone with their source."""
    label_matching(world, Query(), BYT)
    writes.delete_source(world, "wall:-1_2")
    assert take_back(world, 1) == 0
    assert told(world) == []


def test_values_are_counted_among_the_comments_of_a_query(world: Store) -> None:
    """Each value with its comments and coders; comments that two coders judged can be compared."""
    label_matching(world, Query(), Judgement("тема", "быт", "Борис"))
    values = reads_labelled.label_values(world, Query(text="кот"))
    assert [(each.value, each.comments, each.coders) for each in values] == [
        ("быт", 2, ("Борис",)),
        ("зло", 1, ("Анна",)),
    ]
    rows = reads_labelled.compared(world, Query())
    assert rows[["comment", "coder", "value"]].to_numpy().tolist() == [
        [KEYS[0], "Анна", "зло"],
        [KEYS[0], "Борис", "быт"],
    ]
    assert reads_labelled.every_label(world, Query(text="пёс"))["comment_key"].to_pylist() == [
        KEYS[1],
        KEYS[2],
    ]


def test_labels_in_use_are_offered_most_used_first(world: Store) -> None:
    """Names with values of the whole database, whatever is filtered, no more than asked for."""
    label_matching(world, Query(), Judgement("тема", "быт", "Борис"))
    assert reads_labelled.in_use(world, 5) == [("тема", "быт"), ("тема", "зло")]
    assert reads_labelled.in_use(world, 1) == [("тема", "быт")]

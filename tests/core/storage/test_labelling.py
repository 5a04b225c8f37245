"""Labels in steps: given to many, read from a file, taken off; each taken back as if nothing had been."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.query import Query
from core.storage import reads_labelled, reads_labels, writes, writes_coding
from core.storage.label_steps import StepKind, last_step, take_back
from core.storage.migrations import read_migrations
from core.storage.reads_labels import Chosen
from core.storage.store import Store
from core.storage.writes_labelling import (
    Judgement,
    label_chosen,
    label_from_file,
    label_matching,
    take_off,
)
from tests.builders import at, comment, page
from tests.core.coded import label

BYT = Judgement("тема", "быт", "Анна")
OLD_LABELLING = (
    "insert into labellings values (1, 'тема', 'быт', 'Анна', 1, timestamp '2026-03-02')",
    "insert into labels values ('wall:-1_2', 1, 'тема', 'быт', 'Анна', '', timestamp '2026-03-02', 1)",
)
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

    assert take_back(world, last_step(world, "Анна").number) == 3  # type: ignore[union-attr]
    assert [value for _, value, _, _ in told(world)] == ["быт", "быт"]
    assert take_back(world, last_step(world, "Анна").number) == 2  # type: ignore[union-attr]
    assert told(world) == before
    assert last_step(world, "Анна") is None


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
    last = last_step(world, "Борис")
    assert last is not None
    assert (last.name, last.value, last.labels) == ("тема", "быт", 2)
    assert last_step(world, "Анна") is None


def test_a_label_filter_can_be_relabelled(world: Store) -> None:
    """The comments are found before the label that finds them is replaced."""
    label_matching(world, Query(), BYT)
    assert label_matching(world, Query(label=("тема:быт",)), Judgement("тема", "дом", "Анна")) == 3
    assert {value for _, value, _, _ in told(world)} == {"дом"}


def test_saying_it_again_changes_nothing(world: Store) -> None:
    """No version, no labelling to take back, and no note is lost."""
    version = world.version()
    assert label_chosen(world, KEYS[:1], Judgement("тема", "зло", "Анна")) == 0
    assert (world.version(), last_step(world, "Анна")) == (version, None)
    assert told(world)[0][3] == "с заметкой"


def test_a_deleted_source_is_not_restored(world: Store) -> None:
    """Taking back does not bring labels of comments back that are gone with their source."""
    label_matching(world, Query(), BYT)
    writes.delete_source(world, "wall:-1_2")
    assert take_back(world, 1) == 0
    assert told(world) == []


def test_labels_taken_off_come_back_in_one_step(world: Store) -> None:
    """All labels of one removal return with their notes and moments, and what each was can be told."""
    label_matching(world, Query(), Judgement("тема", "быт", "Борис"))
    before = reads_labels.labels(world, Chosen(), 100)[0]
    assert take_off(world, Chosen(keys=KEYS[:2]), "Вера") == 3
    assert told(world) == [(KEYS[2], "быт", "Борис", "")]
    last = last_step(world, "Вера")
    assert last is not None
    assert (last.kind, last.name, last.value, last.labels) == (StepKind.REMOVED, "тема", "", 3)

    assert take_back(world, last.number) == 3
    assert reads_labels.labels(world, Chosen(), 100)[0] == before
    assert last_step(world, "Вера") is None


@pytest.mark.parametrize(
    ("chosen", "name", "value"),
    [
        (Chosen(coders=("Анна",), names=("тема",)), "тема", "зло"),
        (Chosen(coders=("Анна",)), "", ""),
    ],
)
def test_a_removal_is_called_by_what_it_took_off(world: Store, chosen: Chosen, name: str, value: str) -> None:
    """One label is named by name and value; of several with nothing in common neither is said."""
    writes_coding.write_labels(world, [label(KEYS[1], "тон", "зло", "Анна")])
    take_off(world, chosen, "Анна")
    last = last_step(world, "Анна")
    assert last is not None
    assert (last.name, last.value) == (name, value)


def test_taking_nothing_off_is_no_step(world: Store) -> None:
    """Where nothing is chosen no version rises, and there is nothing to take back."""
    version = world.version()
    assert take_off(world, Chosen(names=("нет такой",)), "Анна") == 0
    assert (world.version(), last_step(world, "Анна")) == (version, None)


def test_a_file_is_taken_back_in_one_step(world: Store) -> None:
    """Labels of many coders from one file go together, and what they replaced stands again."""
    before = told(world)
    given = [
        label(KEYS[0], "тема", "зло", "Анна", "с заметкой"),
        label(KEYS[0], "тема", "быт", "Борис"),
        label(KEYS[1], "тон", "ровно", "Анна"),
        label(KEYS[1], "тон", "резко", "Анна"),
    ]
    assert label_from_file(world, given, "Вера") == 2
    assert label_from_file(world, [label(KEYS[0], "тема", "дом", "Анна")], "Вера") == 1
    assert told(world) == [
        (KEYS[0], "дом", "Анна", ""),
        (KEYS[0], "быт", "Борис", ""),
        (KEYS[1], "резко", "Анна", ""),
    ]
    last = last_step(world, "Вера")
    assert last is not None
    assert (last.kind, last.name, last.value, last.labels) == (StepKind.IMPORTED, "", "", 1)

    assert take_back(world, last.number) == 1
    assert (KEYS[0], "зло", "Анна", "с заметкой") in told(world)
    assert take_back(world, last.number - 1) == 2
    assert told(world) == before


def test_a_file_that_says_nothing_new_is_no_step(world: Store) -> None:
    """What stands already keeps its moment, and no version rises; an empty file does nothing either."""
    version, before = world.version(), reads_labels.labels(world, Chosen(), 100)[0]
    assert label_from_file(world, [label(KEYS[0], "тема", "зло", "Анна", "с заметкой")], "Анна") == 0
    assert label_from_file(world, [], "Анна") == 0
    assert reads_labels.labels(world, Chosen(), 100)[0] == before
    assert (world.version(), last_step(world, "Анна")) == (version, None)


def test_steps_of_one_person_are_taken_back_one_by_one(world: Store) -> None:
    """Given, taken off, read from a file: the last first, each leaves what stood before it."""
    states = [told(world)]
    label_matching(world, Query(), BYT)
    states.append(told(world))
    take_off(world, Chosen(keys=KEYS[1:]), "Анна")
    states.append(told(world))
    label_from_file(world, [label(KEYS[2], "тема", "дом", "Анна"), label(KEYS[0], "тон", "зло")], "Анна")

    while (last := last_step(world, "Анна")) is not None:
        take_back(world, last.number)
        assert told(world) == states.pop()
    assert states == []


def test_a_label_that_was_taken_off_since_does_not_come_back_by_its_own_undo(world: Store) -> None:
    """A step under a later one of somebody else is undone beneath it; what stood before comes back last."""
    before = told(world)
    label_matching(world, Query(), BYT)
    take_off(world, Chosen(coders=("Анна",)), "Борис")
    assert take_back(world, last_step(world, "Анна").number) == 0  # type: ignore[union-attr]
    assert told(world) == []
    assert take_back(world, last_step(world, "Борис").number) == 1  # type: ignore[union-attr]
    assert told(world) == before


def test_what_was_taken_off_and_given_anew_comes_back_at_last(world: Store) -> None:
    """Boris takes a label off, Anna gives another; once both are taken back, his first, the first stands."""
    before = told(world)
    take_off(world, Chosen(keys=KEYS[:1]), "Борис")
    label_chosen(world, KEYS[:1], BYT)
    take_back(world, last_step(world, "Борис").number)  # type: ignore[union-attr]
    assert told(world) == [(KEYS[0], "быт", "Анна", "")]
    take_back(world, last_step(world, "Анна").number)  # type: ignore[union-attr]
    assert told(world) == before


def test_what_is_deleted_for_good_does_not_come_back(world: Store) -> None:
    """A label that was deleted past taking back takes along what it had taken the place of."""
    label_chosen(world, KEYS[:1], BYT)
    writes_coding.delete_labels(world, Chosen(keys=KEYS[:1]))
    assert take_back(world, 1) == 0
    assert told(world) == []


def test_what_was_said_since_a_removal_stays(world: Store) -> None:
    """A comment that was judged anew after its label was taken off keeps the new one."""
    take_off(world, Chosen(keys=KEYS[:1]), "Анна")
    writes_coding.write_labels(world, [label(KEYS[0], "тема", "позже", "Анна")])
    assert take_back(world, 1) == 0
    assert told(world) == [(KEYS[0], "позже", "Анна", "")]


def test_labels_taken_off_go_with_their_source(world: Store) -> None:
    """Taking a removal back does not bring labels of a deleted source back."""
    take_off(world, Chosen(keys=KEYS[:1]), "Анна")
    writes.delete_source(world, "wall:-1_2")
    assert take_back(world, 1) == 0
    assert told(world) == []


def test_a_labelling_of_an_older_program_can_be_taken_back(tmp_path: Path) -> None:
    """What was kept in mind before there were other steps is a label that was given."""
    url = f"duckdb:///{tmp_path / 'old.duckdb'}"
    older = Store.open(url, clock=at, migrations=read_migrations()[:15])
    with older.writing("labels") as transaction:
        for statement in OLD_LABELLING:
            transaction.cursor.execute(statement)
    older.close()

    store = Store.open(url, clock=at)
    last = last_step(store, "Анна")
    assert last is not None
    assert (last.kind, last.name, last.value, last.labels) == (StepKind.GIVEN, "тема", "быт", 1)
    assert take_back(store, last.number) == 1
    assert (told(store), last_step(store, "Анна")) == ([], None)
    store.close()


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

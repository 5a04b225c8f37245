"""What a comment is after all that was seen of it; imports and deletion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest

from core.balances import SourceBalance
from core.models import Comment, SourceState
from core.query import Query
from core.storage import reads, writes
from core.storage.store import Store
from tests.builders import at, author, comment, page, ref, source, tombstone
from tests.core.enriched import read_texts

KEY = "wall:-1_2:1"


@pytest.fixture(params=["before the fold", "after the fold"])
def see(request: pytest.FixtureRequest, store: Store) -> Any:
    """Give a function that writes comments as seen at given hours, in that order, and reads the first."""

    def write_and_read(*seen: tuple[float, Comment]) -> dict[str, Any]:
        for hour, each in seen:
            writes.write_pages(store, f"run {hour}", [page(each)], at(hour))
        if request.param == "after the fold":
            writes.fold(store)
        row: dict[str, Any] = reads.comment(store, KEY).to_pylist()[0]
        return row

    return write_and_read


def naive(hours: float) -> datetime:
    """Return the moment as tables hold it."""
    return at(hours).replace(tzinfo=None)


def test_a_page_written_twice_is_one_row_per_comment(store: Store) -> None:
    """Repeating an append changes no answer."""
    once = page(comment(1), comment(2), authors=(author(),))
    for _ in range(2):
        writes.write_pages(store, "run", [once, once], at(1))

    assert reads.count(store, Query()) == 2
    writes.fold(store)
    assert reads.count(store, Query()) == 2
    assert reads.figures(store, Query()).likes == 2


def test_every_column_comes_out_as_it_went_in(see: Any) -> None:
    """A stored comment holds what VK said, with names, ids and times in their contract form."""
    row = see(
        (
            2,
            comment(
                1,
                "=1+1 <b>ёж</b> \t\n👩‍👩‍👧",
                root_id=5,
                parent_id=6,
                author_id=-7,
                likes=None,
                replies=3,
                attachments=("photo", "sticker"),
                is_post_author=True,
            ),
        )
    )

    assert row == {
        "comment_key": KEY,
        "source": "wall:-1_2",
        "kind": "wall",
        "owner_id": -1,
        "item_id": 2,
        "comment_id": 1,
        "root_id": 5,
        "parent_id": 6,
        "author_id": -7,
        "author_name": None,
        "author_is_community": True,
        "is_post_author": True,
        "published_at": naive(0),
        "text": "=1+1 <b>ёж</b> \t\n👩‍👩‍👧",
        "likes": None,
        "replies": 3,
        "attachments": ["photo", "sticker"],
        "state": "live",
        "edited_at": None,
        "deleted_at": None,
        "first_seen_at": naive(2),
        "last_seen_at": naive(2),
        "url": "https://vk.com/wall-1_2?reply=1&thread=5",
        **dict.fromkeys(
            ("lang", "sentiment", "negative", "neutral", "positive", "toxicity", "tags", "is_question")
        ),
    }


def test_the_later_observation_wins(see: Any) -> None:
    """Likes and replies are as last seen; the first and last time it was seen are both kept."""
    row = see((1, comment(1, likes=5, replies=1)), (3, comment(1, likes=9, replies=4)))

    assert (row["likes"], row["replies"]) == (9, 4)
    assert (row["first_seen_at"], row["last_seen_at"]) == (naive(1), naive(3))
    assert (row["state"], row["edited_at"]) == ("live", None)


def test_a_page_that_arrives_late_does_not_undo_a_newer_one(see: Any) -> None:
    """What was seen earlier counts as earlier, even when it is written afterwards."""
    row = see((3, comment(1, "новое", likes=9)), (1, comment(1, "старое", likes=5)))

    assert (row["text"], row["likes"]) == ("новое", 9)
    assert (row["state"], row["edited_at"]) == ("edited", naive(3))
    assert row["first_seen_at"] == naive(1)


def test_a_late_page_after_the_fold_finds_its_place(store: Store) -> None:
    """A fold in between changes nothing about the order of observations."""
    writes.write_pages(store, "new", [page(comment(1, "новое"))], at(3))
    writes.fold(store)
    writes.write_pages(store, "old", [page(comment(1, "старое"))], at(1))

    for _ in range(2):
        row = reads.comment(store, KEY).to_pylist()[0]
        assert (row["text"], row["state"], row["edited_at"]) == ("новое", "edited", naive(3))
        writes.fold(store)


def test_at_the_same_moment_the_last_append_wins(see: Any) -> None:
    """Observations of one moment are ordered by when they were written."""
    assert see((1, comment(1, likes=5)), (1, comment(1, likes=4)))["likes"] == 4


def test_another_text_is_an_edit_and_another_number_is_not(see: Any) -> None:
    """The moment of the edit is when the new text was first seen; likes change without an edit."""
    row = see(
        (1, comment(1, "раз")),
        (2, comment(1, "два")),
        (3, comment(1, "два", likes=8)),
        (4, comment(1, "два")),
    )

    assert (row["state"], row["edited_at"], row["text"]) == ("edited", naive(2), "два")


def test_a_text_changed_back_is_still_edited(see: Any) -> None:
    """A comment has one state: once its text changed it is not as first seen."""
    row = see((1, comment(1, "раз")), (2, comment(1, "два")), (3, comment(1, "раз")))

    assert (row["state"], row["edited_at"], row["text"]) == ("edited", naive(3), "раз")


def test_a_tombstone_erases_nothing_that_was_seen(see: Any) -> None:
    """After a deletion author, text, likes and attachments stay as last seen."""
    row = see(
        (1, comment(1, "было", likes=3, attachments=("photo",), replies=2)),
        (2, tombstone(1, replies=1)),
        (3, tombstone(1, replies=1)),
    )

    assert (row["state"], row["deleted_at"]) == ("deleted", naive(2))
    assert (row["author_id"], row["text"], row["likes"], row["attachments"]) == (7, "было", 3, ["photo"])
    assert (row["replies"], row["last_seen_at"]) == (1, naive(3))


def test_a_tombstone_nobody_saw_alive_has_no_author_and_no_text(see: Any) -> None:
    """The row stands with its date, deleted since it was first seen."""
    row = see((1, tombstone(1)))

    assert (row["state"], row["deleted_at"]) == ("deleted", naive(1))
    assert (row["author_id"], row["text"], row["author_is_community"]) == (None, None, None)
    assert row["published_at"] == naive(0)


def test_an_edited_comment_that_was_deleted_is_deleted_and_keeps_when_it_was_edited(see: Any) -> None:
    """One state, the newest; the other dates stay."""
    row = see((1, comment(1, "раз")), (2, comment(1, "два")), (3, tombstone(1)))

    assert (row["state"], row["edited_at"], row["deleted_at"]) == ("deleted", naive(2), naive(3))


def test_a_restored_comment_is_not_deleted(see: Any) -> None:
    """The later observation wins for deletions too, and the text did not change by it."""
    row = see((1, comment(1)), (2, tombstone(1)), (3, comment(1)))
    assert (row["state"], row["deleted_at"]) == ("live", None)


def test_a_second_deletion_counts_from_its_own_beginning(see: Any) -> None:
    """Deleted, restored and deleted again: deleted since the last time it vanished."""
    row = see((1, comment(1)), (2, tombstone(1)), (3, comment(1)), (4, tombstone(1)), (5, tombstone(1)))

    assert row["deleted_at"] == naive(4)


def test_a_placeholder_hides_no_text_that_was_seen(see: Any) -> None:
    """A text behind a paywall that was open once stays known, and that is no edit."""
    row = see((1, comment(1, "открыто")), (2, comment(1, "Только для донов", is_placeholder=True)))

    assert (row["text"], row["state"]) == ("открыто", "live")


def test_a_placeholder_alone_shows_what_vk_showed(see: Any) -> None:
    """Without anything better its own words are the text."""
    assert see((1, comment(1, "Только для донов", is_placeholder=True)))["text"] == "Только для донов"


def test_the_newest_name_of_an_author_counts(store: Store) -> None:
    """A renamed author has the name last seen, before and after the fold, whatever came last to the disk."""
    writes.write_pages(store, "new", [page(comment(1), authors=(author(name="Новая"),))], at(3))
    writes.write_pages(store, "old", [page(comment(1), authors=(author(name="Старая"),))], at(1))

    for _ in range(2):
        assert reads.comment(store, KEY)["author_name"].to_pylist() == ["Новая"]
        writes.fold(store)
    writes.write_pages(store, "next", [page(comment(1), authors=(author(name="Новейшая"),))], at(4))
    assert reads.comment(store, KEY)["author_name"].to_pylist() == ["Новейшая"]


def test_raw_json_is_kept_beside_the_columns(store: Store) -> None:
    """The log holds VK's own bytes."""
    writes.write_pages(store, "run", [page(comment(1, raw=b'{"id":1}'), comment(2))], at(1))

    with store.reading() as cursor:
        assert cursor.execute("select raw from observations order by comment_id").fetchall() == [
            (b'{"id":1}',),
            (None,),
        ]


def imported(**columns: list[Any]) -> pa.Table:
    """Build the table of an imported file."""
    return pa.table(columns)


def test_an_import_is_a_source_like_any_other(store: Store) -> None:
    """Rows are numbered, equal texts stay apart, what is missing is null, the source is complete."""
    given = source("import:0123456789ab", "comments.csv", published_at=None)

    written = writes.write_import(store, given, imported(text=["одно", "одно", "два"]))

    assert written == 3
    rows = reads.comments(store, Query(), 10).rows.to_pylist()
    assert [(row["comment_key"], row["text"], row["url"]) for row in rows] == [
        ("import:0123456789ab:1", "одно", ""),
        ("import:0123456789ab:2", "одно", ""),
        ("import:0123456789ab:3", "два", ""),
    ]
    assert {(row["owner_id"], row["author_id"], row["published_at"], row["likes"]) for row in rows} == {
        (None, None, None, None)
    }
    (listed,) = reads.sources(store)
    assert (listed.title, listed.state, listed.collected) == ("comments.csv", SourceState.COMPLETE, 3)


def test_a_second_import_of_the_same_file_changes_nothing(store: Store) -> None:
    """Neither rows nor the version move."""
    given = source("import:0123456789ab")
    writes.write_import(store, given, imported(text=["одно"]))
    version = store.version()

    assert writes.write_import(store, given, imported(text=["одно"])) == 0
    assert store.version() == version
    assert reads.count(store, Query()) == 1


def test_an_import_keeps_what_its_columns_say(store: Store) -> None:
    """Names without ids count as authors; given numbers and missing ones stand side by side."""
    table = imported(
        text=["a", "b", "c", None],
        author_name=["Анна", "Борис", "Анна", None],
        likes=[3, None, 1, None],
        replies=[None, 2, None, None],
        attachments=[["photo"], None, [], None],
        published_at=pa.array([at(1), None, at(0), None], pa.timestamp("us", tz="UTC")),
    )
    writes.write_import(store, source("import:0123456789ab"), table)

    rows = reads.comments(store, Query(), 10).rows
    assert rows["text"].to_pylist() == ["c", "a", "b", None]
    assert rows["author_name"].to_pylist() == ["Анна", "Анна", "Борис", None]
    assert rows["likes"].to_pylist() == [1, 3, None, None]
    assert rows["replies"].to_pylist() == [0, 0, 2, 0]
    assert rows["attachments"].to_pylist() == [[], ["photo"], [], []]
    assert reads.figures(store, Query()).authors == 2
    top = reads.top_authors(store, Query(), 5)
    assert top["author_name"].tolist() == ["Анна", "Борис"]
    assert top["author_id"].isna().all()


DATASET_TABLES = (
    *(
        "author_counts",
        "hour_counts",
        "coding_items",
        "comments",
        "entities",
        "features",
        "labels",
        "labels_replaced",
    ),
    *("observations", "pages", "source_observations", "source_states", "topic_assignments"),
)
DERIVED = (
    "insert into coding_items values ('sample', 1, $key, 1, 'all', 1, 1)",
    "insert into entities by name select $key as source, 1 as comment_id, 'loc' as kind, 'Двор' as name",
    "insert into labels values ($key, 1, 'about', 'кот', 'Анна', '', '2026-03-02', null)",
    "insert into labels_replaced values (1, $key, 1, 'about', 'пёс', 'Анна', '', '2026-03-01', null)",
    "insert into topic_assignments by name select $key as source, 1 as comment_id, 1 as topic, 0.5 as share",
)


@pytest.mark.parametrize("folded", [False, True])
def test_deleting_a_source_takes_all_of_it_and_nothing_else(store: Store, folded: bool) -> None:
    """Its rows go from every table of the dataset in one step; the version rises; others stay."""
    for key in ("wall:-1_2", "topic:-1_2"):
        run = f"run {key}"
        writes.write_sources(store, run, [source(key)], at(1))
        writes.write_pages(store, "run", [page(comment(1, source=key), comment(2, source=key))], at(1))
        writes.write_pages(store, run, [page(comment(1, source=key))], at(2))
        writes.write_listing_pages(store, run, [("wall:-1", "list:0", f'["{key}"]')], at(1))
        writes.write_balances(store, run, [SourceBalance(ref(key), "", SourceState.COMPLETE)], at(1))
        assert writes.write_absent(store, run, [(ref(key), None)], at(3)) == 1
        with store.noting() as cursor:
            for statement in DERIVED:
                cursor.execute(statement, {"key": key})
    if folded:
        writes.fold(store)
        read_texts(store)
    version = store.version()

    writes.delete_source(store, "wall:-1_2")

    assert store.version() == version + 1
    assert [row.key for row in reads.sources(store)] == ["topic:-1_2"]
    assert reads.comments(store, Query(), 9).rows["source"].to_pylist() == ["topic:-1_2"] * 2
    assert [record.source for record in reads.answered(store, "run")] == [ref("topic:-1_2")]
    assert reads.listing_pages(store, "run wall:-1_2") == []
    with store.reading() as cursor:
        tables = cursor.execute(
            "select distinct table_name from duckdb_columns() where column_name = 'source' "
            "and table_name in (select table_name from duckdb_tables()) order by 1"
        ).fetchall()
        assert [name for (name,) in tables] == sorted(DATASET_TABLES)
        for (name,) in tables:
            left = {row[0] for row in cursor.execute(f"select source from {name}").fetchall()}
            assert "wall:-1_2" not in left
            assert "topic:-1_2" in left or not folded
    writes.fold(store)
    assert reads.count(store, Query()) == 2

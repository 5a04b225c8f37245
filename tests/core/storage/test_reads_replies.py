"""Whom a reply answers, and by what that is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pandas as pd
import pyarrow as pa
import pytest

from core.models import Comment, Source, SourceKind, SourceRef
from core.query import Query
from core.storage import reads, reads_replies, writes
from core.storage.store import Store
from tests.builders import author, comment, tombstone
from tests.core.enriched import enriched

KNOWN_BY = ("by_comment", "by_user", "by_mention", "by_thread")


@pytest.fixture
def store() -> Iterator[Store]:
    """Open an empty database."""
    opened = Store.open("duckdb:///:memory:", clock=lambda: datetime(2026, 3, 10, tzinfo=UTC))
    yield opened
    opened.close()


def told(*comments: Comment, query: Query | None = None) -> list[tuple[int | None, int | None, str]]:
    """Return (who answers, who is answered, by what that is known) of every link that holds one reply."""
    links = reads_replies.links(enriched(comments), query or Query())
    assert (links["replies"] == 1).all()
    found = []
    for row in links.to_dict("records"):
        known = [name for name in KNOWN_BY if row[name]]
        ends = [None if pd.isna(row[end]) else int(row[end]) for end in ("answering", "answered")]
        found.append((*ends, *known))
    return found  # type: ignore[return-value]  # one way of knowing per reply


ROOT = comment(1, "Тема", author_id=1)
ANSWER = comment(2, "Ответ", author_id=2, root_id=1, parent_id=1, reply_to_user=1)


def test_the_answered_comment_tells_most() -> None:
    """The author of the comment that is answered counts, whatever the text mentions."""
    third = comment(3, "[id9|Имя], да", author_id=3, root_id=1, parent_id=2)
    assert told(ROOT, ANSWER, third) == [(2, 1, "by_comment"), (3, 2, "by_comment")]


def test_a_reply_to_the_root_may_name_another_user() -> None:
    """VK gives replies that name no comment the root for a parent; the user it names then counts."""
    assert told(ROOT, comment(3, author_id=3, root_id=1, parent_id=1, reply_to_user=5)) == [(3, 5, "by_user")]


def test_a_mention_tells_where_nothing_better_does() -> None:
    """The first person or community that a text mentions is answered, in a thread and outside of one."""
    inside = comment(3, "[id5|Аня], и [id6|Боря], да", author_id=3, root_id=1, parent_id=1)
    outside = comment(4, "Смотри, [club8|Магазин]", author_id=4)
    assert told(ROOT, inside, outside) == [(3, 5, "by_mention"), (4, -8, "by_mention")]


def test_the_root_is_the_last_resort() -> None:
    """A reply that says nothing else answers the root of its thread, with or without a parent."""
    replies = (
        comment(3, "да", author_id=3, root_id=1, parent_id=1),
        comment(4, "нет", author_id=4, root_id=1),
    )
    assert told(ROOT, *replies) == [(3, 1, "by_thread"), (4, 1, "by_thread")]


def test_an_answer_to_a_deleted_comment_is_not_one_to_the_root() -> None:
    """Where the answered comment's author is gone, the user VK names counts; else nobody is known."""
    gone = tombstone(2, root_id=1, parent_id=1)
    named = comment(3, "да", author_id=3, root_id=1, parent_id=2, reply_to_user=7)
    bare = comment(4, "нет", author_id=4, root_id=1, parent_id=2)
    links = reads_replies.links(enriched([ROOT, gone, named, bare]), Query())
    known = links.dropna(subset="answering")
    assert known[["answering", "answered", "by_user"]].values.tolist() == [[3, 7, 1]]


def test_who_is_unknown_is_one_row() -> None:
    """Replies of nobody known, or to nobody known, are counted together, without ends."""
    comments = (ROOT, tombstone(2, root_id=1, parent_id=1), comment(4, author_id=4, root_id=1, parent_id=99))
    links = reads_replies.links(enriched(comments), Query())
    assert links[["answering", "answered"]].isna().all(axis=None)
    assert links["replies"].tolist() == [2]


def test_comments_that_answer_nobody_are_no_links() -> None:
    """Roots without a mention are left out; replies in flat places have a parent and no root."""
    flat = comment(3, "да", author_id=3, parent_id=1)
    assert told(ROOT, comment(2, author_id=2), flat) == [(3, 1, "by_comment")]


def test_the_answered_comment_may_lie_outside_the_query() -> None:
    """A filter narrows the replies, not whom they answer; filters that read texts work as well."""
    assert told(ROOT, ANSWER, query=Query(level="reply")) == [(2, 1, "by_comment")]
    kind = comment(3, "Спасибо большое, отличная и красивая работа", author_id=3, root_id=1, parent_id=2)
    assert told(ROOT, ANSWER, kind, query=Query(sentiment=("positive",))) == [(3, 2, "by_comment")]


def test_moods_add_up_per_link() -> None:
    """The lean is the mood of every judged reply from 0 to 1; texts without words are not judged."""
    kind = [
        comment(
            n,
            "Спасибо большое, отличная и красивая работа",
            author_id=2,
            root_id=1,
            parent_id=1,
            reply_to_user=1,
        )
        for n in (2, 3)
    ]
    silent = comment(4, "", author_id=2, root_id=1, parent_id=1, reply_to_user=1)
    (link,) = reads_replies.links(enriched([ROOT, *kind, silent]), Query()).to_dict("records")
    assert (link["replies"], link["judged"]) == (3, 2)
    assert link["lean"] / 2 > 0.6
    assert link["lean_squares"] == pytest.approx(link["lean"] ** 2 / 2)


def test_people_have_ids_names_and_keys() -> None:
    """A community is told by its sign; who was mentioned only has no name."""
    store = enriched([ROOT, comment(2, author_id=-8)], authors=(author(1, "Анна"), author(-8, "Магазин")))
    people = reads_replies.people(store, Query(), [1, -8, 5])
    assert people.to_dict("records") == [
        {"author_no": -8, "author_id": -8, "author_name": "Магазин", "is_community": True, "key": "-8"},
        {"author_no": 1, "author_id": 1, "author_name": "Анна", "is_community": False, "key": "1"},
        {"author_no": 5, "author_id": 5, "author_name": "", "is_community": False, "key": "5"},
    ]


def test_who_has_only_a_name_is_known_by_it(store: Store) -> None:
    """Imported authors without ids answer each other under their names."""
    rows = pa.table(
        {
            "comment_id": pa.array([1, 2], pa.int64()),
            "parent_id": pa.array([None, 1], pa.int64()),
            "author_name": ["Анна", "Борис"],
            "text": ["Тема", "Ответ"],
        }
    )
    writes.write_import(store, Source(SourceRef(SourceKind.IMPORT, import_id="a" * 12)), rows)
    (link,) = reads_replies.links(store, Query()).to_dict("records")
    people = reads_replies.people(store, Query(), [link["answering"], link["answered"]]).set_index(
        "author_no"
    )
    assert people.loc[link["answering"], "key"] == "name:Борис"
    assert people.loc[link["answered"], "author_name"] == "Анна"
    assert people["author_id"].isna().all()
    assert not people["is_community"].any()


def test_answers_outside_threads_are_told() -> None:
    """A top-level comment that mentions somebody is a reply here, elsewhere a root: they are counted."""
    mention = comment(4, "Смотри, [club8|Магазин]", author_id=4)
    store = enriched([ROOT, ANSWER, mention])
    links = reads_replies.links(store, Query())
    assert (int(links["replies"].sum()), int(links["at_top"].sum())) == (2, 1)
    assert reads.totals(store, Query(level="reply")).comments == 1

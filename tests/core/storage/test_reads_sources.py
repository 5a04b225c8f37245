"""Sources, the checkpoint of a run and the balance of what was declared and what is here."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from core.errors import NotFound
from core.models import SourceState
from core.storage import reads, writes
from core.storage.store import Store
from tests.builders import at, comment, page, ref, source, tombstone


def test_a_source_shows_what_vk_says_and_what_is_here(store: Store) -> None:
    """Title, numbers and state are the newest; counts are those of the comments."""
    writes.write_sources(store, "run", [source(title="Старый", declared_comments=9, likes=1)], at(1))
    writes.write_sources(store, "run", [source(title="Новый", text="Текст", views=50, likes=2)], at(2))
    writes.write_states(store, "run", [(ref(), SourceState.COLLECTING, None, 0)], at(2))
    pages = [page(comment(1), comment(2, root_id=1), tombstone(3), comment(4, is_placeholder=True))]
    writes.write_pages(store, "run", pages, at(3))
    writes.write_states(store, "run", [(ref(), SourceState.PARTIAL, 12, 15)], at(4))

    for _ in range(2):
        assert asdict(reads.source(store, "wall:-1_2")) == {
            "ref": asdict(ref()),
            "title": "Новый",
            "text": "Текст",
            "published_at": at(0),
            "author_id": None,
            "likes": 2,
            "reposts": None,
            "views": 50,
            "declared_comments": 12,
            "collected": 4,
            "roots": 3,
            "replies": 1,
            "tombstones": 1,
            "placeholders": 1,
            "state": "partial",
            "refused_code": 15,
            "updated_at": at(4),
        }
        writes.fold(store)
    assert reads.has_source(store, "wall:-1_2")
    shown = reads.source(store, "wall:-1_2")
    assert (shown.key, shown.kind) == ("wall:-1_2", "wall")


def test_what_vk_declares_comes_from_the_nearest_statement(store: Store) -> None:
    """The state's number, else the newest page's, else the object's own."""
    writes.write_sources(store, "run", [source(declared_comments=5)], at(1))
    assert reads.source(store, "wall:-1_2").declared_comments == 5
    writes.write_pages(store, "run", [page(comment(1), declared_total=6)], at(2))
    assert reads.source(store, "wall:-1_2").declared_comments == 6
    writes.write_states(store, "run", [(ref(), SourceState.COMPLETE, 7, 0)], at(3))
    assert reads.source(store, "wall:-1_2").declared_comments == 7


def test_the_newest_statement_counts_wherever_vk_made_it(store: Store) -> None:
    """A page of a later run outdates the verdict of an earlier one; a number that is not said, does not."""
    writes.write_states(store, "run", [(ref(), SourceState.COMPLETE, 7, 0)], at(1))
    writes.write_pages(store, "next", [page(comment(1), declared_total=9)], at(2))
    writes.write_pages(store, "next", [page(comment(1), call="thread:1:0", thread_root=1)], at(3))

    assert reads.source(store, "wall:-1_2").declared_comments == 9


def test_a_source_without_any_state_is_unknown(store: Store) -> None:
    """A source known from its pages alone is listed, and nothing is claimed about it."""
    writes.write_pages(store, "run", [page(comment(1, source="topic:-1_2"))], at(1))
    writes.write_sources(store, "run", [source()], at(1))

    assert [(row.key, row.state, row.collected) for row in reads.sources(store)] == [
        ("wall:-1_2", "unknown", 0),
        ("topic:-1_2", "unknown", 1),
    ]


def test_an_unknown_source_is_not_found(store: Store) -> None:
    """Asking for a source that is not here says so."""
    assert not reads.has_source(store, "wall:-1_2")
    with pytest.raises(NotFound):
        reads.source(store, "wall:-1_2")


def test_the_checkpoint_gives_each_call_once_with_its_last_answer(store: Store) -> None:
    """A run goes on from what was answered; other runs do not count; a repeated call counts once."""
    first = page(comment(1), call="roots:0", declared_total=30, declared_level=20, threads=((1, 12, 10),))
    refused = page(call="thread:1:10", thread_root=1, refused_code=15, source=ref())
    thread = page(comment(2, root_id=1), call="thread:1:10", thread_root=1, extra={"next": "20"})
    writes.write_pages(store, "run", [first, refused], at(1))
    writes.write_pages(store, "other", [page(comment(9), call="roots:100")], at(1))
    writes.write_pages(store, "run", [thread], at(2))

    assert reads.answered(store, "run") == [
        reads.PageRecord(ref(), "roots:0", 30, 20, ((1, 12, 10),), None, 1, 0, {}),
        reads.PageRecord(ref(), "thread:1:10", None, None, (), 1, 1, 0, {"next": "20"}),
    ]
    assert reads.answered(store, "nobody") == []


def test_pages_and_checkpoint_are_one_step(store: Store) -> None:
    """A page that cannot be written leaves no trace in the checkpoint either."""
    broken = page(comment(2**70), call="roots:100")

    with pytest.raises(OverflowError):
        writes.write_pages(store, "run", [page(comment(1)), broken], at(1))

    assert reads.answered(store, "run") == []
    assert store.version() == 0


def test_the_balance_says_what_is_missing_and_what_was_refused(store: Store) -> None:
    """Refusals by code, threads never answered by key; a refusal that was answered later is forgotten."""
    roots = page(
        comment(1), comment(2), comment(3), call="roots:0", declared_total=60,
        threads=((1, 10, 10), (2, 25, 10), (3, 15, 10)),
    )  # fmt: skip
    pages = [
        roots,
        page(call="thread:2:10", thread_root=2, refused_code=15, source=ref()),
        page(call="thread:3:10", thread_root=3, refused_code=10, source=ref()),
        page(call="thread:3:10", thread_root=3, source=ref()),
    ]
    writes.write_pages(store, "run", pages, at(1))
    writes.write_states(store, "run", [(ref(), SourceState.PARTIAL, None, 0)], at(2))
    closed = ref("wall:-1_9")
    writes.write_states(store, "run", [(closed, SourceState.CLOSED, None, 212)], at(2))

    one, two = reads.balance(store)

    assert (one.source, one.state, one.declared, one.collected) == ("wall:-1_2", SourceState.PARTIAL, 60, 3)
    assert (one.refused, one.missing, one.updated_at) == ({15: 1}, ("wall:-1_2:2",), at(2))
    assert (two.source, two.state, two.declared) == ("wall:-1_9", SourceState.CLOSED, None)
    assert (two.refused, two.missing) == ({212: 1}, ())

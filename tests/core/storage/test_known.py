"""Balances as they were judged, what is known of a source before it is asked again, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.balances import Reading, SourceBalance
from core.models import SourceState
from core.storage import reads, writes
from core.storage.store import Store
from core.templates import Reason
from tests.builders import at, comment, page, ref, source, tombstone

FULL = SourceBalance(
    ref(), "Пост о погоде", SourceState.PARTIAL,
    listed=9, declared=8, declared_level=4, roots=3, replies=4, tombstones=1, placeholders=1, collected=7,
    refused_code=15, missing_roots=1, missing_threads=((2, 3), (5, 1)),
    reason=Reason("Access denied to {place}.", {"place": 3}),
    error_code="access_denied", reading=Reading.MOVED, calls=6, retries=2, bytes=12_345,
)  # fmt: skip
COMPLETE = replace(
    FULL, state=SourceState.COMPLETE, reading=Reading.FULL, missing_roots=0, missing_threads=()
)


def test_a_balance_comes_out_as_it_went_in(store: Store) -> None:
    """Every column is kept; the newest balance of each source counts; keys narrow."""
    other = SourceBalance(ref("topic:-3_4"), "", SourceState.EMPTY, reading=Reading.UNMOVED)
    writes.write_sources(store, "run", [source()], at(1))
    writes.write_balances(store, "run", [SourceBalance(ref(), "", SourceState.COLLECTING, listed=9)], at(1))
    writes.write_balances(store, "run", [FULL, other], at(2))

    assert reads.balances(store) == [other, FULL]
    assert reads.balances(store, ["wall:-1_2"]) == [FULL]
    assert reads.balances(store, []) == []
    assert reads.source(store, "wall:-1_2").state is SourceState.PARTIAL


@pytest.mark.parametrize("text", ["Access denied.", ""])
def test_why_something_is_missing_reads_as_an_older_version_wrote_it(store: Store, text: str) -> None:
    """A finished sentence without values is one; an empty one says nothing."""
    writes.write_sources(store, "run", [source()], at(1))
    writes.write_balances(store, "run", [FULL], at(2))
    with store.writing("states") as transaction:
        transaction.cursor.execute(
            "update source_states set reason = $text, reason_params = null", {"text": text}
        )

    (found,) = reads.balances(store)
    assert found.reason == (Reason(text) if text else None)


def test_a_source_without_a_title_is_called_by_its_first_words(store: Store) -> None:
    """As the collector does it: the text on one line, cut."""
    writes.write_sources(store, "run", [source(title="", text="Первая\n  строка " + "а" * 100)], at(1))
    writes.write_balances(store, "run", [FULL], at(2))

    (found,) = reads.balances(store)
    assert found.title.startswith("Первая строка а")
    assert len(found.title) == 80


def test_a_state_without_a_balance_is_filled_with_what_is_stored(store: Store) -> None:
    """Imports and sources judged by an older program state no numbers; their comments are counted."""
    writes.write_states(store, "run", [(ref(), SourceState.COMPLETE, 4, 0)], at(1))
    shown = [comment(1), comment(2, root_id=1), tombstone(3), comment(4, is_placeholder=True)]
    writes.write_pages(store, "run", [page(*shown)], at(1))

    for _ in range(2):
        (found,) = reads.balances(store)
        assert (found.roots, found.replies, found.tombstones, found.placeholders) == (3, 1, 1, 1)
        assert (found.collected, found.declared, found.reading) == (4, 4, Reading.FULL)
        assert reads.known(store, [ref()])[ref()].balance == found
        writes.fold(store)


def test_what_is_missing_is_named(store: Store) -> None:
    """The thread of one hidden reply and the roots are named, though every page was answered."""
    roots = page(comment(1), comment(2), threads=((1, 0, 0), (2, 3, 2)), declared_total=6)
    writes.write_pages(store, "run", [roots, page(call="thread:2:0", thread_root=2, source=ref())], at(1))
    writes.write_balances(store, "run", [FULL], at(2))

    (row,) = reads.balance(store)
    assert row.missing == ("wall:-1_2:roots", "wall:-1_2:2", "wall:-1_2:5")
    assert row.sheet == replace(FULL, title="")
    assert (row.state, row.refused) == (SourceState.PARTIAL, {15: 1})


def test_a_verdict_outweighs_what_earlier_pages_left_unanswered(store: Store) -> None:
    """A thread that an interrupted run did not finish is missing until a later run has judged the source."""
    writes.write_pages(store, "old", [page(comment(1), threads=((1, 25, 10),))], at(1))
    assert reads.balance(store)[0].missing == ("wall:-1_2:1",)
    assert reads.balance(store)[0].sheet is None

    writes.write_balances(store, "new", [SourceBalance(ref(), "", SourceState.COLLECTING)], at(2))
    assert reads.balance(store)[0].missing == ("wall:-1_2:1",)
    writes.write_balances(store, "new", [COMPLETE], at(3))
    assert reads.balance(store)[0].missing == ()


def test_only_judged_sources_are_known(store: Store) -> None:
    """A source that is new, or was only begun, is not; a verdict stays known while a next run is at it."""
    begun = ref("wall:-1_3")
    writes.write_sources(store, "run", [source(), source("wall:-1_3")], at(1))
    collecting = SourceBalance(begun, "", SourceState.COLLECTING)
    writes.write_balances(store, "run", [COMPLETE, collecting], at(1))
    writes.write_balances(store, "next", [replace(collecting, ref=ref())], at(2))

    known = reads.known(store, [ref(), begun, ref("wall:-1_4")])

    assert list(known) == [ref()]
    assert known[ref()].state is SourceState.COMPLETE
    assert known[ref()].balance == COMPLETE
    assert (known[ref()].listed, known[ref()].declared, known[ref()].collected) == (9, 8, 7)
    assert reads.known(store, []) == {}


def test_a_run_does_not_know_what_it_has_judged_itself(store: Store) -> None:
    """A run that goes on after an interruption decides as it did at first."""
    writes.write_balances(store, "old", [COMPLETE], at(1))
    writes.write_balances(store, "run", [FULL], at(2))

    assert reads.known(store, [ref()])[ref()].state is SourceState.PARTIAL
    assert reads.known(store, [ref()], "run")[ref()].state is SourceState.COMPLETE
    assert reads.known(store, [ref("wall:-1_9")], "run") == {}


def test_when_a_source_was_last_read_in_full(store: Store) -> None:
    """A look at what moved, or no look, is no full reading; a refusal is none either."""
    for hour, balance in enumerate(
        [
            replace(COMPLETE, reading=Reading.FULL),
            replace(COMPLETE, reading=Reading.MOVED),
            replace(COMPLETE, reading=Reading.UNMOVED),
            replace(COMPLETE, state=SourceState.REFUSED, reading=Reading.FULL),
        ]
    ):
        writes.write_balances(store, f"run {hour}", [balance], at(hour))

    assert reads.known(store, [ref()])[ref()].read_at == at(0)
    refused = SourceBalance(ref("wall:-1_3"), "", SourceState.REFUSED)
    writes.write_balances(store, "run", [refused], at(1))
    assert reads.known(store, [refused.ref])[refused.ref].read_at is None


@pytest.mark.parametrize("folded", [False, True])
def test_threads_are_known_by_what_vk_declared_last_and_what_is_stored(store: Store, folded: bool) -> None:
    """The newest declaration by when it was seen; living and deleted replies apart; empty ones left out."""
    roots = [comment(1, replies=3), comment(2), comment(3), tombstone(4)]
    replies = [
        comment(11, root_id=1),
        tombstone(12, root_id=1),
        comment(13, root_id=1),
        comment(41, root_id=4),
    ]
    old = page(*roots, *replies, threads=((1, 3, 3), (2, 0, 0), (3, 5, 0), (4, -1, 0)))
    writes.write_pages(
        store, "new", [page(comment(1), tombstone(13, root_id=1), threads=((1, 2, 2),))], at(5)
    )
    writes.write_pages(store, "old", [old], at(1))
    writes.write_pages(store, "old", [page(comment(1, source="wall:-1_3"), threads=((1, 9, 0),))], at(1))
    writes.write_balances(store, "new", [COMPLETE], at(5))
    if folded:
        writes.fold(store)

    assert reads.known(store, [ref()])[ref()].threads == {
        1: reads.KnownThread(declared=2, live=1, tombstones=2),
        3: reads.KnownThread(declared=5, live=0, tombstones=0),
        4: reads.KnownThread(declared=None, live=1, tombstones=0),
    }

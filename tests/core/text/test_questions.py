"""What asks: the rule of core.text.patterns, over invented comments that ask and that do not."""

from __future__ import annotations

import pytest

from core.query import Query
from core.storage import ask
from core.storage.store import Store
from tests.builders import comment
from tests.core.enriched import enriched
from tests.core.text.asking import ASKS, ASKS_NOT, MARKED_BUT_RHETORICAL

READ = "select text, is_question from {rows}{featured} order by comment_id"


@pytest.fixture(scope="module")
def told() -> dict[str, bool]:
    """Return for each invented comment whether it was taken for a question."""
    texts = (*ASKS, *ASKS_NOT, *MARKED_BUT_RHETORICAL)
    store: Store = enriched([comment(n, text) for n, text in enumerate(texts, 1)])
    found = {str(text): bool(asks) for text, asks in ask.rows(store, Query(), READ)}
    store.close()
    return found


def test_what_asks_is_found(told: dict[str, bool]) -> None:
    """Of comments that ask, most of them without a question mark, at least 95 in 100 are found."""
    missed = [text for text in ASKS if not told[text]]
    assert len(missed) <= 0.05 * len(ASKS), missed


def test_what_does_not_ask_is_left(told: dict[str, bool]) -> None:
    """Cries and subordinate clauses that open with a question word are no questions: at most 5 in 100 are."""
    taken = [text for text in ASKS_NOT if told[text]]
    assert len(taken) <= 0.05 * len(ASKS_NOT), taken


def test_a_question_mark_always_asks(told: dict[str, bool]) -> None:
    """Questions that expect no answer are counted where they have the mark: a limit that notes tell."""
    assert all(told[text] for text in MARKED_BUT_RHETORICAL)


def test_there_are_sentences_enough() -> None:
    """The table is large enough to say something, and no sentence stands in it twice."""
    every = [*ASKS, *ASKS_NOT, *MARKED_BUT_RHETORICAL]
    assert len({*every}) == len(every) >= 80

"""Agreement between coders, by label."""

from __future__ import annotations

import pandas as pd
import pytest

from core.analysis.agreement import LEAST, agreements


def judged(name: str, *columns: str) -> list[tuple[str, str, str, str]]:
    """Return judgements of a name: a column is what one coder says of comment after comment, `-` nothing."""
    return [
        (name, f"c{place}", f"coder{number}", value)
        for number, column in enumerate(columns)
        for place, value in enumerate(column)
        if value != "-"
    ]


def frame(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Return judgements as the database gives them."""
    return pd.DataFrame(rows, columns=["name", "comment", "coder", "value"])


def test_full_agreement_is_one_and_chance_is_none() -> None:
    """Coders who agree on values that vary have alpha 1; names are kept apart."""
    both = "ab" * LEAST
    found = agreements(frame(*judged("тема", both, both), *judged("иное", both, both[::-1])))
    assert found["тема"].alpha is not None
    assert found["тема"].alpha.value == pytest.approx(1)
    assert found["иное"].alpha is not None
    assert found["иное"].alpha.value < 0


def test_too_few_say_nothing() -> None:
    """Below the least number of comments there is no alpha, but their number is told."""
    found = agreements(frame(*judged("тема", "ab" * 5, "ab" * 5)))["тема"]
    assert (found.alpha, found.comments, found.coders, found.is_unanimous) == (None, 10, 2, False)


def test_what_never_varies_says_nothing() -> None:
    """Where everybody always says the same, agreement cannot be told from chance."""
    found = agreements(frame(*judged("checked", "y" * LEAST, "y" * LEAST)))["checked"]
    assert (found.alpha, found.is_unanimous) == (None, True)
    assert agreements(frame()) == {}

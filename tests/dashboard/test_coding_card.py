"""What the card says in words: intervals, dashes, and whether learning from labels helps."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.mood.card import Card, Gain, Quality, Verdict
from core.analysis.stats.intervals import Estimate
from dashboard.components.coding_card import ends, quality, verdict


def gain(said: Verdict, after_f1: float) -> Gain:
    """Build a gain whose macro-F1 goes from 0.6 to a value."""
    accuracy = {1.0: 0.6, 0.5: 0.7}
    before, after = Quality(accuracy, 0.6, 0.2, 0.9), Quality(accuracy, after_f1, 0.1, 0.8)
    return Gain(before, after, Estimate(0.1, 0.05, 0.15, 100), said)


def card(found: Gain | None) -> Card:
    """Build a card with this gain."""
    return Card(
        name="sentiment",
        sample_id="one",
        coded=12,
        least=30,
        classes=(),
        scores=(),
        confusion=np.zeros((4, 4)),
        macro_f1=None,
        alpha=None,
        coders=1,
        gain=found,
        labels=0,
    )


def test_a_value_stands_with_its_interval() -> None:
    """Too few to say is a dash, everything else has both ends, written as the language does."""
    assert ends(None, "ru") == "—"
    assert ends(Estimate(0.5, 0.25, 0.75, 40), "en") == "0.50 [0.25; 0.75]"
    assert ends(Estimate(0.5, 0.25, 0.75, 40), "ru") == "0,50 [0,25; 0,75]"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "12 coded texts"),
        (gain("helps", 0.7), "Recalibration helps"),
        (gain("helps", 0.5), "macro-F1 falls"),
        (gain("harms", 0.6), "would do harm"),
        (gain("unclear", 0.6), "cannot be told yet"),
    ],
)
def test_the_verdict_is_one_sentence(found: Gain | None, said: str) -> None:
    """It says whether labels help, and that the likeliest class gets worse where it does."""
    assert said in verdict(card(found), "en")


def test_figures_stand_before_and_after() -> None:
    """A row per coverage, then macro-F1 and the error of calibration."""
    table = quality(gain("helps", 0.7), "en")
    assert len(table) == 4
    assert table.iloc[-1].tolist()[1:] == ["0.200", "0.100"]

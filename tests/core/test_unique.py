"""The different ones of many numbers: as numpy's own answer, whatever the numbers are."""

from __future__ import annotations

import numpy as np
import pytest

from core.unique import merged, unique, unique_of_sorted


@pytest.mark.parametrize("size", [0, 1, 2, 1000])
def test_each_number_comes_once_and_in_order(size: int) -> None:
    """The answer is numpy's for no number, few and many, negative ones included."""
    values = np.random.default_rng(size).integers(-50, 50, size)
    assert unique(values).tolist() == np.unique(values).tolist()
    assert unique_of_sorted(np.sort(values)).tolist() == np.unique(values).tolist()


@pytest.mark.parametrize("size", [0, 1, 300])
def test_two_that_are_in_order_become_one(size: int) -> None:
    """What stands in both comes once."""
    draw = np.random.default_rng(7)
    one, two = np.sort(draw.integers(0, 400, size)), np.sort(draw.integers(0, 400, 100))
    assert merged(one, two).tolist() == np.union1d(one, two).tolist()

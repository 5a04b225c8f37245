"""Lines over time that are groups: which are drawn, and what a group is in a period that has none of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]

Z_SQUARED: Final = 1.96**2


def largest(rows: Sequence[Row], split: str, most: int) -> list[Any]:
    """Return the groups with most comments; what belongs to none is no group beside the others."""
    sizes: Counter[Any] = Counter()
    for row in rows:
        sizes[row.get(split)] += int(row.get("comments") or 0)
    named = [group for group in sizes if group not in (None, "")] or list(sizes)
    return sorted(named, key=lambda group: -sizes[group])[:most]


def filled(rows: Sequence[Row], split: str, x: str, value: str, ends: tuple[str, str]) -> list[Row]:
    """Return rows of every group in every period that something is known of: what has no row has nothing.

    None of so many is a share of 0, with Wilson's (1927) interval where `ends` name one.
    """
    sizes = {row[x]: row.get("n") for row in rows if row.get(value) is not None}
    found = list(rows)
    there = {(row[x], row.get(split)) for row in rows}
    for group in dict.fromkeys(row.get(split) for row in rows):
        for period, n in sizes.items():
            if (period, group) not in there:
                high = Z_SQUARED / (float(n) + Z_SQUARED) if n else None
                interval = {ends[0]: 0.0, ends[1]: high} if all(ends) else {}
                found.append({x: period, split: group, value: 0, "comments": 0, "n": n, **interval})
    return sorted(found, key=lambda row: str(row[x]))

"""Dates and numbers are read in the forms people write, and never guessed from anything else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.importing.upload import Cell
from core.importing.values import day_order, moment_of, types_of, whole_of

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00"),
        ("2026-03-01T12:00:00+05:00", "2026-03-01T07:00:00"),
        ("2026-03-01 12:00:00", "2026-03-01T09:00:00"),
        ("2026-03-01 12:00:00 UTC", "2026-03-01T12:00:00"),
        ("2026-03-01T12:00:00.250Z", "2026-03-01T12:00:00.250000"),
        ("2026-03-01", "2026-02-28T21:00:00"),
        ("01.03.2026 12:00", "2026-03-01T09:00:00"),
        ("1.3.2026, 12:00:05", "2026-03-01T09:00:05"),
        ("01.03.2026 в 12:00", "2026-03-01T09:00:00"),
        ("01.03.26", "2026-02-28T21:00:00"),
        ("01/03/2026", "2026-02-28T21:00:00"),
        ("1772366400", "2026-03-01T12:00:00"),
        ("1772366400.5", "2026-03-01T12:00:00.500000"),
        ("1772366400250", "2026-03-01T12:00:00.250000"),
        (1772366400, "2026-03-01T12:00:00"),
        (1772366400250, "2026-03-01T12:00:00.250000"),
        (datetime.fromisoformat("2026-03-01T12:00"), "2026-03-01T09:00:00"),
    ],
)
def test_a_moment_is_read(cell: Cell, utc: str) -> None:
    """ISO, Unix time and Russian dates give the right instant; without an offset it is the zone's."""
    assert moment_of(cell, MOSCOW) == datetime.fromisoformat(utc + "+00:00")


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "вчера",
        "2 недели назад",
        "31.02.2026",
        "2026-13-01",
        "12",
        "1e9",
        5,
        True,
        None,
        "99.99.9999",
        "1.5",
    ],
)
def test_what_is_not_a_moment_is_none(cell: Cell) -> None:
    """A small number, a word or an impossible day is no date."""
    assert moment_of(cell, MOSCOW) is None


def test_the_order_of_day_and_month_is_the_columns() -> None:
    """`03/04/2025` is in April unless another date of the column shows that months come first."""
    assert day_order(["03/04/2025", "12/31/2025"]) == "month first"
    assert day_order(["03/04/2025", "05/06/2025"]) == "day first"
    assert moment_of("03/04/2025", ZoneInfo("UTC"), "month first") == datetime.fromisoformat(
        "2025-03-04T00:00Z"
    )
    assert moment_of("03/04/2025", ZoneInfo("UTC")) == datetime.fromisoformat("2025-04-03T00:00Z")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *(("12", 12), ("1 234", 1234), ("1\u00a0234", 1234), ("5.0", 5), (5.0, 5), ("-7", -7), ("+3", 3)),
        *(("", None), ("1.5", None), ("1,234", None), ("12k", None), (True, None), (10**30, None)),
    ],
)
def test_a_whole_number_is_read(cell: Cell, number: int | None) -> None:
    """Spaces between thousands are fine; a fraction, a word or a number too large is not one."""
    assert whole_of(cell) == number


@pytest.mark.parametrize(
    ("cell", "types"),
    [
        ("photo,sticker", ["photo", "sticker"]),
        ([{"type": "photo", "photo": {}}, {"type": "doc"}], ["photo", "doc"]),
        (["video"], ["video"]),
        ("", []),
        (None, []),
    ],
)
def test_attachment_types_are_read(cell: Cell, types: list[str]) -> None:
    """A list of words, of VK's objects, or words between commas gives the types."""
    assert types_of(cell) == types

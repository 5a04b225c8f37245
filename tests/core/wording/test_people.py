"""What people and communities are called."""

from __future__ import annotations

import pytest

from core.wording.people import called


@pytest.mark.parametrize(
    ("name", "author", "said"),
    [("Анна", 7, "Анна"), ("", 7, "id7"), (None, -7, "club7"), ("", None, "unknown")],
)
def test_everybody_is_called_something(name: str | None, author: int | None, said: str) -> None:
    """A name is used as it is; without one the address at VK is, and without both nobody is made up."""
    assert called(name, author, "en") == said

"""Lines of waiting things: one common order, taken by method, with what is skipped left in its place."""

from __future__ import annotations

from core.collect.lines import Lines


def lines(*things: str) -> Lines[str]:
    """Make lines of texts whose method is their first letter."""
    made: Lines[str] = Lines(lambda thing: thing[0])
    made.append(things)
    return made


def test_things_come_in_one_order_over_all_methods() -> None:
    """What waited first comes first, whatever its method; what is pushed comes before all, in its order."""
    waiting = lines("a1", "b1", "a2")
    waiting.push(["b2", "a3"])
    assert waiting.first("ab", 9) == ["b2", "a3", "a1", "b1", "a2"]
    assert waiting.first("ab", 2) == ["b2", "a3"]
    assert waiting.first("b", 9) == ["b2", "b1"]


def test_what_is_skipped_keeps_its_place() -> None:
    """Taking from the middle leaves what stood before and behind it as it was."""
    waiting = lines("a1", "a2", "b1", "a3", "a4")
    assert waiting.take(["a2", "b1", "a4"]) == ["a2", "b1", "a4"]
    assert waiting.first("ab", 9) == ["a1", "a3"]
    assert (len(waiting), waiting.methods) == (2, ["a"])


def test_a_method_is_dropped_as_a_whole() -> None:
    """All that waits for one method can be taken out; the others stay."""
    waiting = lines("a1", "b1", "a2")
    assert waiting.drop("a") == ["a1", "a2"]
    assert waiting.drop("c") == []
    assert waiting.first("ab", 9) == ["b1"]

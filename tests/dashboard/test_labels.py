"""Texts from outside on the page."""

from dashboard.components.labels import literal, readable


def test_a_mention_is_a_name() -> None:
    """A reader sees whom a comment addresses, as on VK; other brackets stay."""
    assert readable("[id7|Анна], да") == "Анна, да"
    assert readable("[club5:bp-5_77|Город], нет [см. тут|там]") == "Город, нет [см. тут|там]"


def test_markup_in_a_label_is_text() -> None:
    """A name cannot make a label bold, coloured or a link."""
    assert literal("*a* :red[b]") == r"\*a\* \:red\[b\]"


def test_lines_become_one_and_a_number_is_not_broken() -> None:
    """Line breaks and tabs would end a label; the space inside 1 128 is no place to break a line."""
    assert literal("  a\n\tb\u2028c 1\u00a0128 ") == "a b c 1\u00a0128"

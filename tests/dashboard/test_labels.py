"""Texts from outside on the page."""

from dashboard.components.labels import literal, readable


def test_a_mention_is_a_name() -> None:
    """A reader sees whom a comment addresses, as on VK; other brackets stay."""
    assert readable("[id7|Анна], да") == "Анна, да"
    assert readable("[club5:bp-5_77|Город], нет [см. тут|там]") == "Город, нет [см. тут|там]"


def test_markup_in_a_label_is_text() -> None:
    """A name cannot make a label bold, coloured or a link."""
    assert literal("*a* :red[b]") == r"\*a\* \:red\[b\]"

"""Texts from outside where Markdown is read."""

from core.wording.markup import literal


def test_markup_is_text() -> None:
    """A name cannot make a label bold, coloured or a link, and stays in one line."""
    assert literal(" *a*\n:red[b] ") == r"\*a\* \:red\[b\]"

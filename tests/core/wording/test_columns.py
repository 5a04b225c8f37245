"""Columns by the names that people know."""

from __future__ import annotations

from core.wording.balance_columns import BALANCE_WORDS, balance_header
from core.wording.columns import about, header, label


def test_a_column_has_a_label_and_a_meaning_in_both_languages() -> None:
    """What a person reads over a column is no name of a field."""
    assert (label("source", "ru"), label("source", "en")) == ("Источник", "Source")
    assert about("source", "ru") != about("source", "en")


def test_a_column_without_words_is_called_by_its_own_name() -> None:
    """A feature that was computed has a column too."""
    assert label("feature", "ru") == "feature"


def test_a_header_in_a_file_names_the_zone_of_its_times() -> None:
    """Local times without their zone would be read wrongly; English files keep the field's name."""
    assert header("published_at", "ru", "UTC").endswith("(UTC)")
    assert "(" not in header("published_at", "ru")
    assert header("published_at", "en", "UTC") == "published_at"


def test_a_balance_has_headers_as_the_comments_have() -> None:
    """The sheet of the balance follows the same rule."""
    by_name = {words.name: words for words in BALANCE_WORDS}
    assert balance_header(by_name["title"], "en", "UTC") == "title"
    assert balance_header(by_name["title"], "ru", "UTC") == "Название"
    assert [name for name, words in by_name.items() if balance_header(words, "ru", "UTC").endswith("(UTC)")]

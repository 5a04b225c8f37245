from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from core.text.spaced import SPACED, joined

SPACED_OUT = {
    "вот с у к а": "вот сука",
    "б л я т ь": "блять",
    "х.у.й": "хуй",
    "ну п-и-з-д-е-ц вообще": "ну пиздец вообще",
    "х*у*й": "хуй",
    "м о л о д ц ы!": "молодцы!",
    "(л ю б л ю)": "(люблю)",
    "а я с у к а злая": "а я сука злая",
    "п у т л е р": "путлер",
    "Х У Й": "ХУЙ",
}
AS_IT_IS = [
    "я и ты",
    "а я в шоке",
    "и т.д. и т.п.",
    "а б",
    "обычный текст",
    "5 6 7",
    "т.е. так",
    "из-за",
    "а б в г д е",
    "",
]


@pytest.mark.parametrize(("text", "expected"), SPACED_OUT.items())
def test_letters_apart_are_joined(text: str, expected: str) -> None:
    """Letters with one space or sign between each two are a word; the database's pattern finds the row."""
    assert pc.match_substring_regex(pa.scalar(text), pattern=SPACED).as_py()
    assert joined(pa.array([text])).to_pylist() == [expected]


@pytest.mark.parametrize("text", AS_IT_IS)
def test_other_texts_stay(text: str) -> None:
    """Words, abbreviations, lists of letters and one-letter words in a row are no spaced-out word."""
    assert joined(pa.array([text])).to_pylist() == [text]


def test_few_rows_are_worth_a_look() -> None:
    """The database's pattern leaves ordinary texts out."""
    texts = pa.array(["обычный текст", "а я пошел", "из-за тебя", "и т.д.", "5 6 7", ""])
    assert not any(pc.match_substring_regex(texts, pattern=SPACED).to_pylist())


def test_missing_texts_stay_missing() -> None:
    """A text that is not there has nothing to join."""
    assert joined(pa.array([None, "с у к а"])).to_pylist() == [None, "сука"]
